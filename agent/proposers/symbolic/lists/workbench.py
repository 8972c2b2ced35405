"""The bank of terms that several methods look at, grown once per task.

Methods take turns, so growth is shared: whoever needs more terms asks for them, and everyone sees
the same terms in the same order. `shared` terms are those of the first `SHARED` evaluations, the
same for every order in which methods run.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from peirce.agent.proposers.symbolic.lists.bank import Bank
from peirce.agent.proposers.symbolic.lists.terms import Kind, Term
from peirce.agent.proposers.symbolic.lists.vocabulary import OPERATORS, leaves
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.task import Task

SHARED: Final = 60_000
"""Evaluations whose terms every method may use."""


class Workbench:
    """A growing list of the distinct terms of one task, cheapest first."""

    def __init__(self, task: Task) -> None:
        self.bank = Bank(leaves(task), OPERATORS)
        self.log: list[Term] = []
        """Every term so far, in order of price."""
        self._mark: int | None = None
        self._growth = self._grow()

    def _grow(self) -> Iterator[None]:
        while True:
            for term in self.bank.grow():
                if term is not None:
                    self.log.append(term)
                    continue
                if self._mark is None and self.bank.steps >= SHARED:
                    self._mark = len(self.log)
                yield None

    def advance(self) -> None:
        """Grow for one batch of evaluations."""
        next(self._growth)

    def prepare(self, clock: Clock) -> Iterator[None]:
        """Grow until all shared terms are there, or the clock has run out."""
        while self._mark is None and clock.left() > 0:
            self.advance()
            yield None

    def shared(self, kind: Kind) -> list[Term]:
        """The shared terms of a kind, cheapest first."""
        return [term for term in islice(self.log, self._mark) if term.op.gives is kind]


_LATEST: Final[dict[str, Workbench]] = {}


def workbench(task: Task) -> Workbench:
    """The workbench of a task; only the latest one is kept."""
    if task.digest not in _LATEST:
        _LATEST.clear()
        _LATEST[task.digest] = Workbench(task)
    return _LATEST[task.digest]
