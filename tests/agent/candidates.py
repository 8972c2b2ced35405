"""Candidates and searches made up for tests of what is done with them."""

from peirce.agent.candidate import Candidate
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.proposal import Hypothesis, Proposal
from peirce.tasks.task import Task
from peirce.verifiers.evidence import Evidence
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox import Cause, Level, Outcome
from peirce.verifiers.verdict import Verdict

TASK = Task.from_pairs([([1], [1]), ([2], [2])], [[3], [4]])


def candidate(
    number: int,
    predicted: tuple[tuple[int, ...] | None, ...],
    *,
    bits: float = 50.0,
    fits: bool = True,
    copies: int = 0,
    origin: str = "a",
    surprises: tuple[str, ...] = (),
) -> Candidate:
    def outcome(value: tuple[int, ...] | None) -> Outcome:
        if value is None:
            return Outcome(cause=Cause.ERROR, message="it broke")
        return Outcome(cause=Cause.OK, value=value)

    return Candidate(
        proposal=Proposal(
            hypothesis=Hypothesis(words=f"rule {number}"),
            program=Program(source=str(number)),
            origin=origin,
        ),
        verdict=Verdict(
            train=(outcome((1,)), outcome((2,))),
            passed=(True, fits),
            closeness=(1.0, 1.0 if fits else 0.5),
            test=tuple(map(outcome, predicted)),
            cpu_seconds=0.0,
            isolation=Level.STRONG,
            stable=True if fits else None,
        ),
        evidence=Evidence(
            bits=bits, copies=copies, failures=predicted.count(None), surprises=surprises
        ),
    )


def inquiry(*candidates: Candidate) -> Inquiry:
    state = Inquiry(task=TASK, budget=Budget())
    for found in candidates:
        state.add(found)
    return state
