"""Which program says most in least, where some of the atoms may be wrong.

What a program does not get right has to be said besides: which atoms it misses and which it covers
wrongly. The program is taken for which both together are shortest, and only if that is shorter
than to say of every atom whether it holds. (Two-part minimum description length, as in Quinlan's
FOIL 1990 and in Hocquette et al., Learning MDL logic programs from noisy data, 2024.)
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.refining import Found
from peirce.agent.proposers.symbolic.relations.terms import Clause

TOLERATED: Final = 0.34
"""Negative atoms that a clause may cover for each positive one, where atoms may be wrong."""
FEWEST: Final = 20
"""Atoms of a task, below which none is taken to be wrong."""
LITERAL_BITS: Final = 6.0
"""To pick a relation and its arguments."""
MOST_CLAUSES: Final = 4
MOST_LOOKED_AT: Final = 300
"""Clauses that programs are made of, those with most right first."""
CLEARLY: Final = 20.0
"""Bits by which a program with exceptions has to be shorter to be believed before one without."""


def may_be_noisy(problem: Problem) -> bool:
    """Whether there are enough atoms to tell wrong ones by."""
    return len(problem.positives) + len(problem.negatives) >= FEWEST and bool(problem.negatives)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A program, and what is to be said besides."""

    program: tuple[Clause, ...]
    covered: frozenset[int]
    """The positive atoms it explains, by number."""
    exceptions: int
    """Atoms it misses or wrongly covers; one that two clauses wrongly cover counts twice."""
    bits: float
    """Of both."""

    def is_clearer_than(self, problem: Problem, exact: Sequence[Clause]) -> bool:
        """Whether it is to be believed before a program without exceptions."""
        return self.exceptions > 0 and self.bits + CLEARLY < _length(problem, exact, 0, 0)


class Rough:
    """Clauses that are mostly right, and the programs of them that say most in least."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._is_wanted = may_be_noisy(problem)
        self._found: dict[tuple[frozenset[int], int], Found] = {}
        """The smallest clause of each coverage."""
        self._summed_up = 0
        self._told = True
        self.best: Summary | None = None
        """The program with least to be said besides; None if nothing says more than the atoms."""

    @property
    def tolerated(self) -> float:
        """Negative atoms that a clause may cover for each positive one."""
        return TOLERATED if self._is_wanted else 0.0

    @property
    def missed(self) -> frozenset[int]:
        """The positive atoms that the best program leaves out."""
        every = frozenset(range(len(self._problem.positives)))
        return every - self.best.covered if self.best else frozenset()

    def add(self, item: Found) -> None:
        """Take a clause in, and look for a program whenever there are twice as many."""
        key = item.covered, item.wrong
        known = self._found.get(key)
        if known is None or item.clause.size < known.clause.size:
            self._found[key] = item
        if len(self._found) > 2 * self._summed_up:
            self.sum_up()

    def sum_up(self) -> None:
        """Look for a better program."""
        if not self._is_wanted or len(self._found) == self._summed_up:
            return
        self._summed_up = len(self._found)
        summary = shortest(self._problem, list(self._found.values()))
        if summary and (self.best is None or summary.bits < self.best.bits):
            self.best, self._told = summary, not summary.exceptions

    def programs(self) -> Iterator[tuple[Clause, ...] | None]:
        """Each better program with exceptions, None meanwhile, without end."""
        while True:
            new = self.best if not self._told else None
            self._told = True
            yield new.program if new else None


def shortest(problem: Problem, found: Sequence[Found]) -> Summary | None:
    """The program that leaves least to be said, one clause after another; None if none helps."""
    likely = sorted(found, key=lambda item: item.wrong - len(item.covered))[:MOST_LOOKED_AT]
    chosen: list[Found] = []
    best = told = _bits(problem, chosen)
    while len(chosen) < MOST_CLAUSES:
        totals = [(_bits(problem, [*chosen, item]), number) for number, item in enumerate(likely)]
        total, number = min(totals, default=(math.inf, 0))
        if total >= best:
            break
        best = total
        chosen.append(likely[number])
    if best >= told:
        return None
    return Summary(
        program=tuple(item.clause for item in chosen),
        covered=frozenset[int]().union(*(item.covered for item in chosen)),
        exceptions=_missed(problem, chosen) + sum(item.wrong for item in chosen),
        bits=best,
    )


def _length(problem: Problem, program: Sequence[Clause], missed: int, wrong: int) -> float:
    covered = len(problem.positives) - missed
    literals = sum(clause.size for clause in program)
    left = len(problem.negatives) + missed - wrong
    return LITERAL_BITS * literals + _choice(covered + wrong, wrong) + _choice(left, missed)


def _bits(problem: Problem, chosen: Sequence[Found]) -> float:
    wrong = min(sum(item.wrong for item in chosen), len(problem.negatives))
    program = [item.clause for item in chosen]
    return _length(problem, program, _missed(problem, chosen), wrong)


def _missed(problem: Problem, chosen: Sequence[Found]) -> int:
    covered = frozenset[int]().union(*(item.covered for item in chosen))
    return len(problem.positives) - len(covered)


def _choice(among: int, number: int) -> float:
    """Bits to say how many, and which."""
    return math.log2(math.comb(among, number)) + math.log2(among + 1)
