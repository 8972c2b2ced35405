"""A beam of bodies that grow reason by reason towards clauses that cover one given atom.

A body grows by one reason at a time: a literal that tests what is known, or a way to something new
together with what is said of it there, for the way alone tells nothing apart (lookahead: Blockeel
and De Raedt 1997). The bodies kept are those that part what holds from what does not best for what
they cover (FOIL's gain, Quinlan 1990), few of each that cover the same. All cover the seed, an atom
that holds, so that rare clauses are not crowded out by frequent ones (Muggleton, Inverse entailment
and Progol, 1995).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.relations.literals import Literals
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.refining import Found
from peirce.agent.proposers.symbolic.relations.tables import Numbers, Tables
from peirce.agent.proposers.symbolic.relations.terms import Clause, Literal

MAX_BODY: Final = 8
WIDTH: Final = 36
"""Bodies that are grown further."""
ALIKE: Final = 3
"""Of these, such that cover the same atoms."""
STEPS: Final = 3
"""Literals of one reason."""
MAX_ROWS: Final = 4_000
"""Ways to make one body hold."""
MAX_SEEN: Final = 400
"""Atoms of either sort that a search looks at."""
EVALUATED: Final = 8
"""Bodies that are looked at in one go."""
_SEED: Final = 0
"""Where the seed stands among the atoms of a search."""


@dataclass(frozen=True, slots=True)
class _Body:
    """A body, and how it holds: one column for the atom, then one for every variable."""

    literals: tuple[Literal, ...]
    types: tuple[int, ...]
    open: frozenset[int]
    rows: Numbers
    covered: NDArray[np.bool_]
    gain: float = 0.0


class Beam:
    """One search for consistent clauses."""

    def __init__(
        self, problem: Problem, tables: Tables, seed: int, *, tolerated: float = 0.0
    ) -> None:
        """Start from the empty body.

        Args:
            problem: what is to be learned.
            tables: of its database and all its atoms.
            seed: the positive atom that every clause is to cover, by number.
            tolerated: for each positive atom that a clause covers, so many negative ones.
        """
        self._problem = problem
        self._tolerated = tolerated
        self._literals = Literals(problem)
        others = [number for number in range(len(problem.positives)) if number != seed]
        self._numbers = (seed, *_spread(others))
        positives = [problem.positives[number] for number in self._numbers]
        negatives = [problem.negatives[number] for number in _spread(range(len(problem.negatives)))]
        self._positives = len(positives)
        rows = (*positives, *negatives)
        self._tables = tables
        every = np.ones(len(rows), dtype=np.bool_)
        self._level = [_Body((), problem.head_types, frozenset(), tables.numbered(rows), every)]
        self._seen: set[frozenset[Literal]] = set()
        self._most = min(problem.bias.max_body or MAX_BODY, MAX_BODY)

    @property
    def goes_on(self) -> bool:
        """Whether there are bodies to be grown."""
        return bool(self._level)

    def clauses(self) -> Iterator[Found | None]:
        """Those of one reason more that cover no negative atom; None now and then.

        The best bodies are told as well if they cover few negative atoms, in case those are wrong.
        """
        grown: list[_Body] = []
        for body in self._level:
            for number, new in enumerate(self._reasons(body, STEPS)):
                if number % EVALUATED == 0:
                    yield None
                if new is None:
                    continue
                if new.covered[self._positives :].any():
                    grown.append(new)
                elif found := self._finished(new, 0.0):
                    yield found
        self._level = _best(grown)
        for body in self._level:
            yield (
                None if body.open or not self._tolerated else self._finished(body, self._tolerated)
            )

    def _reasons(self, body: _Body, steps: int, branched: bool = False) -> Iterator[_Body | None]:
        """Bodies with one reason more; None for literals that do not help."""
        if len(body.literals) >= self._most:
            return
        for literal in self._literals.after(body):
            new = self._with(body, literal)
            if new is None or not new.open:
                yield new
            elif steps > 1:
                # A way that branches is taken once; one that leads to a single thing costs nothing.
                branches = len(new.rows) > len(body.rows)
                if not (branches and branched):
                    yield from self._reasons(new, steps - 1, branches or branched)

    def _with(self, body: _Body, literal: Literal) -> _Body | None:
        if literal in body.literals:
            return None
        known = len(body.types)
        fresh = sorted(number for number in literal.variables if number >= known)
        literals = (*body.literals, literal)
        key = frozenset(literals)
        if key in self._seen:
            return None
        self._seen.add(key)
        rows = self._tables.joined(literal, body.rows, known, MAX_ROWS)
        if rows is None or not len(rows):
            return None
        if not fresh and len(rows) == len(body.rows):
            return None
        covered = np.zeros(len(body.covered), dtype=np.bool_)
        covered[rows[:, 0]] = True
        if not covered[_SEED]:
            return None
        kinds = tuple(
            self._problem.types[literal.name, len(literal.arguments), place]
            for place, item in enumerate(literal.arguments)
            if isinstance(item, int) and item >= known
        )
        new = _Body(
            literals,
            (*body.types, *kinds),
            (body.open - literal.variables) | frozenset(fresh),
            rows,
            covered,
        )
        return replace(new, gain=self._gain(new))

    def _gain(self, body: _Body) -> float:
        """Bits told of the positive atoms it covers."""
        right = int(body.covered[: self._positives].sum())
        share = self._positives / len(body.covered)
        return right * float(np.log2(right / int(body.covered.sum()) / share))

    def _finished(self, body: _Body, tolerated: float) -> Found | None:
        covers = self._covers(body)
        if covers is None or covers[1] > tolerated * len(covers[0]):
            return None
        clause = Clause(self._problem.name, self._problem.arity, body.literals)
        return Found(clause, *covers)

    def _covers(self, body: _Body) -> tuple[frozenset[int], int] | None:
        """Which positive atoms a body holds for, and how many negative ones; None if unclear."""
        problem = self._problem
        if len(problem.positives) + len(problem.negatives) == len(body.covered):
            right, wrong = body.covered[: self._positives], body.covered[self._positives :]
            found = (self._numbers[place] for place in np.flatnonzero(right))
            return frozenset(found), int(wrong.sum())
        proved, denied = (
            self._tables.proved(body.literals, rows)
            for rows in (problem.positives, problem.negatives)
        )
        if proved is None or denied is None:
            return None
        return frozenset(map(int, np.flatnonzero(proved))), int(denied.sum())


def _spread(numbers: Sequence[int]) -> Sequence[int]:
    """Some of them, spread over all."""
    return numbers[:: -(-len(numbers) // MAX_SEEN)] if numbers else numbers


def _best(bodies: Sequence[_Body]) -> list[_Body]:
    """Those with most gain, short ones first, each once and few that cover the same."""
    kept: list[_Body] = []
    seen: set[frozenset[Literal]] = set()
    times: Counter[bytes] = Counter()
    for body in sorted(bodies, key=lambda item: (-item.gain, len(item.literals))):
        key, covers = frozenset(body.literals), body.covered.tobytes()
        if key in seen or times[covers] >= ALIKE:
            continue
        seen.add(key)
        times[covers] += 1
        kept.append(body)
        if len(kept) == WIDTH:
            break
    return kept
