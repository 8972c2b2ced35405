"""`SymbolicProposer`: the proposer that needs no model. It is the embedded default."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from typing import Final

from peirce.agent.candidate import Candidate
from peirce.agent.inquiry import Inquiry
from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.faults import isolated
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.agent.proposers.symbolic.methods import METHODS
from peirce.agent.proposers.symbolic.portfolio import interleave
from peirce.agent.proposers.symbolic.repair import repair
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

STEP_SECONDS: Final = 0.01
"""What one step counts for where the budget is given in steps."""
MOST_UNSEEN: Final = 32
"""Test inputs that methods see: every rule tried is worked out on each of them, so that of
thousands they would cost all the time and memory there is, and rules differ on fewer as well."""
MOST_WAITS: Final = 4
"""Proposals whose judgement is waited for."""
WAIT_SECONDS: Final = 0.25
"""How long at most; a judgement takes about a tenth of a second."""
REPAIRABLE: Final = 0.2
"""Mean closeness from which a wrong program is worth a repair."""


class SymbolicProposer:
    """Guesses rules by search and fitting alone."""

    def __init__(self, methods: Sequence[Method] = METHODS) -> None:
        """Use `methods`, by default all there are."""
        self._methods = tuple(methods)
        self.costs: dict[str, float] = {}
        """CPU seconds that the methods have worked so far, by name."""

    @property
    def name(self) -> str:
        """`symbolic`."""
        return "symbolic"

    async def propose(self, inquiry: Inquiry) -> AsyncIterator[Proposal]:
        """Yield the proposals of all methods, giving way to other work after every step.

        The first few are waited for: while this process computes, its sandbox is seldom heard, and
        a search that knows its first rule fits may soon end.
        """
        task, clock, waits = _with_few_tests(inquiry.task), _clock(inquiry), MOST_WAITS
        for proposal in interleave(self._methods, task, clock, self.costs):
            if proposal is None:
                await asyncio.sleep(0)
                continue
            yield proposal
            if waits:
                waits -= 1
                await inquiry.judged(proposal.program, WAIT_SECONDS)

    def refine(self, inquiry: Inquiry, candidate: Candidate) -> Iterator[Proposal]:
        """Yield repairs that make a nearly right program fit, whoever wrote it."""
        if candidate.verdict.score >= REPAIRABLE and candidate.verdict.stable is not False:
            with isolated("repair", inquiry.tell):
                yield from repair(inquiry.task, candidate)


def _with_few_tests(task: Task) -> Task:
    """The task with its first test inputs; atoms are read together, so all of them are kept."""
    if task.input_type is ValueType.ATOM or len(task.test) <= MOST_UNSEEN:
        return task
    return replace(task, test=task.test[:MOST_UNSEEN])


def _clock(inquiry: Inquiry) -> Clock:
    budget, tell = inquiry.budget, inquiry.tell
    if budget.steps is None:
        return Clock(seconds=budget.cpu_seconds or budget.seconds, tell=tell)
    return Clock(seconds=budget.steps * STEP_SECONDS, step_seconds=STEP_SECONDS, tell=tell)
