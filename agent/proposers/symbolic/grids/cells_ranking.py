"""Which of the rule lists that fit are said: short ones, that several demos speak for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.cells_search import RuleList, search
from peirce.agent.proposers.symbolic.grids.cells_table import Table
from peirce.agent.proposers.symbolic.method import Clock
from peirce.verifiers.program import Program

MOST_ANSWERS: Final = 4
"""Rules with different predictions that are proposed."""
STEPS: Final = 16
"""Steps of work between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rule list that fits, written down, and what it predicts."""

    proposal: Proposal
    cost: float
    answer: bytes


def ranked(
    table: Table, before: float, write: Callable[[RuleList], Proposal | None], clock: Clock
) -> Iterator[Ranked | None]:
    """The rule lists of a table that can be written down, and `None` between steps of work.

    `before` is what their canvas costs.
    """
    for step, rules in enumerate(search(table)):
        proposal = write(rules) if rules else None
        if rules and proposal:
            answer = rules.predict()[table.size :].tobytes()
            yield Ranked(proposal, rules.cost + before + _doubt(table, rules), answer)
        yield None
        if step % STEPS == STEPS - 1 and clock.left() <= 0:
            return


class Shortlist:
    """The lists found so far, and which of them have been said."""

    def __init__(self) -> None:
        """Start empty."""
        self._found: list[Ranked] = []
        self._said: set[Program] = set()
        self._least = inf

    def take(self, hit: Ranked) -> Iterator[Proposal]:
        """Say at once what is shorter than all before; the rest waits."""
        self._found.append(hit)
        if hit.cost < self._least:
            self._least = hit.cost
            yield from self._say(hit)

    def best(self) -> Iterator[Proposal]:
        """The best lists, one for every prediction on the test cells."""
        answers: set[bytes] = set()
        for hit in sorted(self._found, key=lambda hit: hit.cost):
            if hit.answer not in answers:
                answers.add(hit.answer)
                yield from self._say(hit)
            if len(answers) == MOST_ANSWERS:
                return

    def _say(self, hit: Ranked) -> Iterator[Proposal]:
        if hit.proposal.program not in self._said:
            self._said.add(hit.proposal.program)
            yield hit.proposal


def _doubt(table: Table, rules: RuleList) -> float:
    """What a list loses for rules that only one demo speaks for or that no test input meets."""
    demos = len(np.unique(table.demo[: table.size]))
    doubt = 0.0
    for rule in rules.rules:
        holds = rule.holds
        support = len(np.unique(table.demo[: table.size][holds[: table.size]]))
        doubt += 2.0 * (support == 1 and demos > 1)
        doubt += 1.0 * (support == demos and not holds[table.size :].any())
    return doubt
