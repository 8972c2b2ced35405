"""`View`: a way to look at a task, and how a rule for what is seen becomes a rule for the task."""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from peirce.agent.proposal import Hypothesis, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found
from peirce.prototypes.grids.part import Rows
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, Value

SLICE: Final = 0.1
"""CPU seconds one search through a view works before the next one has its turn."""
IMPORT: Final = "from peirce.prototypes import grids\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A way to look at a task."""

    task: Task
    """What is seen."""
    before: tuple[str, ...]
    """Statements that make what is seen out of `grid`."""
    above: str = ""
    """Functions that these call."""
    seen: str
    """The variable that holds it."""
    after: str = "{}"
    """Expression that turns the answer of the derived task, `{}`, into the task's own."""
    words: str
    """What is done first, as a sentence."""
    last_words: str = ""
    """What is done last, as a sentence."""

    def compose(self, proposal: Proposal) -> Proposal:
        """A proposal for the derived task as one for the task itself."""
        inner = re.sub(r"\btransform\b", "rule", proposal.program.source).rstrip("\n")
        if IMPORT not in inner + "\n":
            inner = IMPORT + inner
        if self.above:
            inner = inner.replace(IMPORT, f"{IMPORT}\n\n{self.above}\n\n", 1)
        result = self.after.replace("{}", f"rule({self.seen})", 1)
        body = [*self.before, f"return {result}"]
        source = inner + "\n\n\ndef transform(grid):\n" + "".join(f"    {line}\n" for line in body)
        return replace(
            proposal,
            hypothesis=Hypothesis(
                words=f"{self.words} {proposal.hypothesis.words} {self.last_words}".rstrip(),
                level=proposal.hypothesis.level,
            ),
            program=replace(proposal.program, source=source),
        )

    def through(self, found: Found) -> Found:
        """What a search of the derived task finds, as proposals for the task itself."""
        return (None if proposal is None else self.compose(proposal) for proposal in found)


def derived(task: Task, inputs: Sequence[Rows], outputs: Sequence[Rows]) -> Task:
    """The task with other grids."""
    train = tuple(
        Example(input=plain(left), output=plain(right))
        for left, right in zip(inputs, outputs, strict=False)
    )
    return replace(task, train=train, test=tuple(plain(grid) for grid in inputs[len(outputs) :]))


def plain(grid: Rows) -> Grid:
    """A grid without a place."""
    return tuple(tuple(row) for row in grid)


def grids_of(values: Sequence[Value]) -> tuple[Grid, ...]:
    """Values of a task of grids, as what they are."""
    return cast("tuple[Grid, ...]", tuple(values))


def in_turn(searches: Iterable[Found], clock: Clock) -> Found:
    """Several searches, each for a slice of time at a time, until all have ended."""
    waiting = deque(searches)
    while waiting and clock.left() > 0:
        found = waiting.popleft()
        until = clock.spent() + SLICE
        for proposal in found:
            yield proposal
            if clock.spent() >= until:
                waiting.append(found)
                break
