"""Recorded calls verified and weighed: what this verifier and this weighing make of a given pool.

`attribute` says why a task was answered wrong, as far as runs can tell:

- `selection`: a program that is right on every test input was there, and another was preferred;
- `program`: no program was right, but a small symbolic repair of one is: the rule was right, what
  was written for it was not;
- `sandbox`: no program got so far as to give a value for every test input;
- `hypothesis`: programs ran and repairs did not help: no right rule was proposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from peirce.agent.candidate import Answer, Candidate, Stop
from peirce.agent.corroborate import corroborate
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.judging import judge
from peirce.agent.proposers.recorded.pack import Recorded
from peirce.agent.proposers.recorded.proposals import proposals_in
from peirce.agent.proposers.symbolic.repair import repair
from peirce.agent.trace import Sink
from peirce.agent.traced import answered, judged, proposed, started
from peirce.agent.weigh import weigh
from peirce.tasks.values import same_value
from peirce.verifiers.sandbox import Sandbox

SECONDS: Final = 1e6
"""Recorded programs are all looked at, however long that takes."""


class Cause(StrEnum):
    """Why a task was answered wrong."""

    SELECTION = "selection"
    PROGRAM = "program"
    SANDBOX = "sandbox"
    HYPOTHESIS = "hypothesis"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPool:
    """What came of one recorded task."""

    recorded: Recorded
    candidates: tuple[Candidate, ...]
    """In the order of the recording, each program once."""
    last: Candidate | None
    """The program written last, which the recording pipeline was scored by."""
    answer: Answer
    """Weighed from these candidates alone."""
    right: frozenset[str]
    """Digests of the programs that are right on every test input."""
    cause: Cause | None
    """Why the answer is wrong; None if it is right."""

    @property
    def solved(self) -> bool:
        """True if the first predictions are right on every test input."""
        return self.cause is None

    @property
    def reproduced(self) -> bool:
        """True if the pipeline's own test verdict on its last program comes out here too."""
        if not self.recorded.verdicts:
            return True
        marks = self.recorded.verdicts[-1]
        if self.last is None:
            return not any(marks)
        return _marks(self.recorded, self.last.verdict.predictions) == marks


async def judge_pool(recorded: Recorded, sandbox: Sandbox, *, tell: Sink) -> JudgedPool:
    """Verify every program of a recorded task and weigh them into an answer."""
    task = recorded.loaded.task
    inquiry = Inquiry(task=task, budget=Budget(seconds=SECONDS))
    tell(started(inquiry, sandbox.isolation.summary))
    last: Candidate | None = None
    for proposal in proposals_in(recorded.calls):
        known = inquiry.candidates.get(proposal.program.digest)
        if known is not None:
            last = known
            continue
        tell(proposed(proposal))
        last = await judge(proposal, task, sandbox)
        inquiry.add(last)
        tell(judged(last))
    await corroborate(inquiry, weigh(inquiry, Stop.EXHAUSTED).candidates, sandbox, tell=tell)
    answer = weigh(inquiry, Stop.EXHAUSTED)
    tell(answered(answer))
    candidates = tuple(inquiry.candidates.values())
    right = frozenset(
        found.digest for found in candidates if all(_marks(recorded, found.verdict.predictions))
    )
    first = tuple(column[0].value if column else None for column in answer.predictions)
    solved = bool(first) and all(_marks(recorded, first))
    return JudgedPool(
        recorded=recorded,
        candidates=candidates,
        last=last,
        answer=answer,
        right=right,
        cause=None if solved else await _attribute(recorded, inquiry, right, sandbox),
    )


async def _attribute(
    recorded: Recorded, inquiry: Inquiry, right: frozenset[str], sandbox: Sandbox
) -> Cause:
    if right:
        return Cause.SELECTION
    candidates = list(inquiry.candidates.values())
    for candidate in candidates:
        for proposal in repair(inquiry.task, candidate):
            repaired = await judge(proposal, inquiry.task, sandbox)
            if repaired.fits and all(_marks(recorded, repaired.verdict.predictions)):
                return Cause.PROGRAM
    ran = any(None not in found.verdict.predictions for found in candidates)
    return Cause.HYPOTHESIS if ran else Cause.SANDBOX


def _marks(recorded: Recorded, values: Sequence[object]) -> tuple[bool, ...]:
    """For each test input whether the value is the right one."""
    answers = recorded.loaded.answers or ()
    return tuple(
        value is not None and same_value(value, answer)  # type: ignore[arg-type]
        for value, answer in zip(values, answers, strict=False)
    )
