"""Few small clauses that together cover all that holds: a weighted set cover.

Of two clauses of one length the one that covers more is likelier to be right (Holte, Acker and
Porter, Concept learning and the problem of small disjuncts, 1989). Taking whichever clause adds
most for its size often ends in a patchwork; the shortest program of the same clauses is sought by
branch and bound, over the atom that fewest clauses cover. Of very many clauses or atoms it looks at
a part, and what is found is the shortest of that part.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.relations.noise import LITERAL_BITS
from peirce.agent.proposers.symbolic.relations.refining import Found

MAX_WORK: Final = 60_000
"""Clauses times atoms, beyond which the clauses that cover least for their size are left out."""
MAX_NODES: Final = 4_000
"""Partial programs that are looked at."""


@dataclass(frozen=True, slots=True, order=True)
class _Choice:
    """A clause as the search sees it."""

    each: float
    """Bits for every atom it covers."""
    bits: float
    covered: int
    """Positive atoms, as a set of bits."""
    number: int
    """Which clause it is."""


def cover(positives: int, found: Sequence[Found], most: int | None = None) -> list[Found] | None:
    """Consistent clauses that cover all positive atoms at little cost; None if none are found.

    Args:
        positives: how many atoms there are to cover.
        found: clauses that cover no negative atom.
        most: clauses that a program may have.
    """
    choices = _undominated(_choices(positives, found), max(1, MAX_WORK // max(1, positives)))
    known = _greedy(choices, (1 << positives) - 1)
    if not known:
        return None
    limit = most or positives
    numbers = _Search(choices, positives, known, limit).best()
    return [found[number] for number in numbers] if len(numbers) <= limit else None


def _choices(positives: int, found: Sequence[Found]) -> list[_Choice]:
    """The cheapest clause of each coverage, those that cover most for their size first."""
    best: dict[frozenset[int], tuple[float, int]] = {}
    for number, item in enumerate(found):
        rarity = math.log2((positives + 2) / (len(item.covered) + 1))
        bits = LITERAL_BITS * item.clause.size + rarity
        if item.covered and bits < best.get(item.covered, (math.inf, 0))[0]:
            best[item.covered] = bits, number
    return sorted(
        _Choice(bits / len(covered), bits, sum(1 << atom for atom in covered), number)
        for covered, (bits, number) in best.items()
    )


def _undominated(choices: Sequence[_Choice], most: int) -> list[_Choice]:
    """Without what a cheaper clause covers as well."""
    kept: list[_Choice] = []
    for item in choices:
        if len(kept) == most:
            break
        if not any(other.bits <= item.bits and not item.covered & ~other.covered for other in kept):
            kept.append(item)
    return kept


def _greedy(choices: Sequence[_Choice], every: int) -> list[int]:
    """One after another, whichever adds most for its size; nothing if an atom stays uncovered."""
    missing, chosen = every, list[_Choice]()
    while missing:
        best = max(
            choices, key=lambda item: (item.covered & missing).bit_count() / item.bits, default=None
        )
        if best is None or not best.covered & missing:
            return []
        chosen.append(best)
        missing &= ~best.covered
    for item in tuple(chosen):
        rest = [other for other in chosen if other is not item]
        together = 0
        for other in rest:
            together |= other.covered
        if together == every:
            chosen = rest
    return [item.number for item in chosen]


class _Search:
    """Branch and bound from a program that is known."""

    def __init__(
        self, choices: Sequence[_Choice], positives: int, known: Sequence[int], most: int
    ) -> None:
        self._covering = [
            [item for item in choices if item.covered >> atom & 1] for atom in range(positives)
        ]
        self._least = [min(item.each for item in items) for items in self._covering]
        self._every = (1 << positives) - 1
        self._most = most
        self._chosen: list[int] = []
        self._nodes = 0
        self._best = list(known)
        bits = {item.number: item.bits for item in choices}
        self._bits = sum(bits[number] for number in known) if len(known) <= most else math.inf

    def best(self) -> list[int]:
        """The cheapest program; the one that was known if there is nothing better."""
        self._extend(self._every, 0.0)
        return self._best

    def _extend(self, missing: int, bits: float) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            return
        if not missing:
            self._bits, self._best = bits, list(self._chosen)
            return
        if len(self._chosen) == self._most:
            return
        rarest = min(_atoms(missing), key=lambda atom: len(self._covering[atom]))
        options = sorted(
            (bits + item.bits + self._bound(missing & ~item.covered), item)
            for item in self._covering[rarest]
        )
        for least, item in options:
            if least >= self._bits:
                return
            self._chosen.append(item.number)
            self._extend(missing & ~item.covered, bits + item.bits)
            self._chosen.pop()

    def _bound(self, missing: int) -> float:
        """Bits that what is missing costs in any case: each atom its cheapest share of a clause."""
        return sum(self._least[atom] for atom in _atoms(missing))


def _atoms(covered: int) -> Iterator[int]:
    while covered:
        lowest = covered & -covered
        yield lowest.bit_length() - 1
        covered ^= lowest
