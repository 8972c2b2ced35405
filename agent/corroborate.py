"""Corroborate: look once more at what the answer rests on, after the search and before weighing.

Reproducing the examples is a weak certificate. Two more looks cost little beside a search: leading
programs are run on inputs changed by a symmetry (`peirce.verifiers.symmetries`), and, where the
budget asks for it, the rule is sought again with an example left out, which the rule then found
should explain although nobody showed it (leave-one-out cross-validation: Stone 1974). Neither goes
on when the time is used up or the caller asks to stop.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from peirce.agent.candidate import Answer, Candidate, LeftOut, Stop
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.trace import Sink
from peirce.agent.traced import corroborated
from peirce.tasks.task import Task
from peirce.tasks.values import Value, same_value
from peirce.verifiers.symmetries import examine
from peirce.verifiers.verify import Runs

Again: TypeAlias = Callable[[Inquiry], Awaitable[Answer]]
LEADING: Final = 3
"""Programs that are run on changed inputs."""
FLOOR: Final = 0.5
"""Seconds that a search without an example may take at least."""


async def corroborate(
    inquiry: Inquiry,
    leading: Sequence[Candidate],
    sandbox: Runs,
    *,
    tell: Sink,
    again: Again | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Add to the inquiry what speaks for or against its leading candidates.

    Args:
        inquiry: the search that has ended.
        leading: its candidates, likeliest first.
        sandbox: where programs run.
        tell: receives what came of it as an event.
        again: searches a smaller inquiry with the same proposers, where there are any.
        stop: ends this at once.
    """
    stop = stop or asyncio.Event()
    fitting = [found for found in leading if found.fits]
    if not fitting:
        return
    for found in fitting[:LEADING]:
        if not (stop.is_set() or inquiry.out_of_time()):
            await look_at_changes(inquiry, found, sandbox)
    if again is not None:
        inquiry.left_out = await _leave_out(inquiry, again, stop)
    tell(corroborated(inquiry))


async def look_at_changes(inquiry: Inquiry, candidate: Candidate, sandbox: Runs) -> None:
    """Run a candidate on changed inputs and keep what came of it."""
    found = await examine(candidate.proposal.program, inquiry.task, sandbox)
    evidence = replace(candidate.evidence, symmetries=found)
    inquiry.candidates[candidate.digest] = replace(candidate, evidence=evidence)


async def _leave_out(inquiry: Inquiry, again: Again, stop: asyncio.Event) -> LeftOut | None:
    """Search without the first example, then without the second, as often as the budget says.

    A model is not asked again: these searches have no tokens. One in which nobody had anything to
    propose says nothing about the rule and does not count.
    """
    task, tried, confirmed = inquiry.task, 0, 0
    seconds = max(FLOOR, inquiry.elapsed())
    for index in range(min(inquiry.budget.left_out, len(task.train)) if len(task.train) > 1 else 0):
        left = inquiry.budget.seconds - inquiry.elapsed()
        if stop.is_set() or left < FLOOR:
            break
        smaller_budget = _smaller(inquiry.budget, left, seconds)
        smaller = Inquiry(task=without(task, index), budget=smaller_budget, seed=inquiry.seed)
        answer = await again(smaller)
        if smaller.candidates and answer.stop is not Stop.INTERRUPTED:
            tried += 1
            confirmed += _gives(answer, task.train[index].output)
    return LeftOut(tried=tried, confirmed=confirmed) if tried else None


def _smaller(budget: Budget, left: float, seconds: float) -> Budget:
    """As long as the search itself took; where steps are counted, as many steps as it had."""
    return replace(
        budget,
        seconds=left if budget.steps else min(left, seconds),
        cpu_seconds=None if budget.cpu_seconds is None else min(budget.cpu_seconds, seconds),
        tokens=0,
        left_out=0,
    )


def without(task: Task, index: int) -> Task:
    """The task without one example, whose output is asked for instead."""
    held = task.train[index]
    return replace(task, train=task.train[:index] + task.train[index + 1 :], test=(held.input,))


def _gives(answer: Answer, output: Value) -> bool:
    """Whether a rule that explains the other examples was found and gives this output first."""
    first = answer.predictions[0][:1]
    return answer.verified and any(same_value(guess.value, output) for guess in first)
