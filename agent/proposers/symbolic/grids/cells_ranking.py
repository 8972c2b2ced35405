"""Which of the rule lists that fit is said first: short ones, that several demos speak for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.cells_search import RuleList
from peirce.agent.proposers.symbolic.grids.cells_table import Table

MOST_ANSWERS: Final = 4
"""Rules with different predictions that are proposed."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rule list that fits, written down, and what it predicts."""

    proposal: Proposal
    cost: float
    answer: bytes


def ranked(table: Table, rules: RuleList, before: float, proposal: Proposal) -> Ranked:
    """A rule list with its place among others; `before` is what its canvas costs."""
    answer = rules.predict()[table.size :].tobytes()
    return Ranked(proposal, rules.cost + before + _doubt(table, rules), answer)


def best(found: Sequence[Ranked]) -> Iterator[Proposal]:
    """The best lists, one for every prediction on the test cells."""
    seen: set[bytes] = set()
    for hit in sorted(found, key=lambda hit: hit.cost):
        if hit.answer not in seen:
            seen.add(hit.answer)
            yield hit.proposal
        if len(seen) == MOST_ANSWERS:
            return


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
