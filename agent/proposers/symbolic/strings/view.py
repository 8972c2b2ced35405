"""One text per input, seen in columns: where every position falls, and which cuts fit an output.

A `View` holds a source text for all inputs of a task and matrices of positions with one column per
input. `View.cuts_at` answers the question version-space algebras are built on (Gulwani, POPL 2011):
which cuts give a next piece of the output in every example at once? It answers for all examples
jointly, with one comparison of matrices, so that no spaces need to be intersected afterwards.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from peirce.agent.proposers.symbolic.strings.cuts import (
    AnyCut,
    Border,
    Cut,
    Match,
    Place,
    Position,
    Stretch,
    Until,
)
from peirce.agent.proposers.symbolic.strings.tokens import NTH_COST, Token

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

MAX_PLACE: Final = 12
"""Largest number of characters counted from either end."""
UNDEFINED_COST: Final = 3.0
"""Bits for relying on what happens where a token is missing."""
EMPTY_COST: Final = 4.0
"""Bits for cutting out nothing on a test input."""

ODD_BORDER_COST: Final = 2.0
"""Bits for cutting every test input between characters of kinds not cut between in examples."""


class Fit(NamedTuple):
    """A cut that fits, where it falls on every input, and its cost."""

    cut: AnyCut
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cost: float


@dataclass(slots=True)
class _Columns:
    """Distinct rows of places, each with the cheapest description."""

    rows: dict[tuple[int, ...], int] = field(default_factory=dict[tuple[int, ...], int])
    what: list[Position] = field(default_factory=list[Position])
    costs: list[float] = field(default_factory=list[float])

    def add(self, row: tuple[int, ...], position: Position, cost: float) -> None:
        known = self.rows.get(row)
        if known is None:
            self.rows[row] = len(self.what)
            self.what.append(position)
            self.costs.append(cost)
        elif cost < self.costs[known]:
            self.what[known] = position
            self.costs[known] = cost


class View:
    """A source text for every input of a task, with all positions worked out."""

    def __init__(
        self, texts: Sequence[str], train: int, tokens: Sequence[Token], *, near: bool = True
    ) -> None:
        """Look at `texts`, the first `train` of which have outputs.

        Args:
            near: Also allow cuts relative to a position ("the two characters after the comma").
        """
        self.texts = tuple(texts)
        self.train = train
        self._tokens = tuple(tokens)
        self._spans = {token: _token_spans(token, self.texts) for token in self._tokens}
        self._columns = _Columns()
        self._add_places()
        self._add_borders()
        self.rows: Ints = np.array(list(self._columns.rows), dtype=np.int32).reshape(
            len(self._columns.what), len(self.texts)
        )
        self._borders = [_borders(text) for text in self.texts]
        self.costs: Floats = np.array(self._columns.costs) + self._oddity(self.rows)
        self._fixed = self._fixed_cuts(near=near)
        self._starts: Ints = np.array([fit.starts for fit in self._fixed], dtype=np.int32)
        self._ends: Ints = np.array([fit.ends for fit in self._fixed], dtype=np.int32)
        if self._fixed:
            odd = self._oddity(self._starts) + self._oddity(self._ends)
            pairs = zip(self._fixed, odd, strict=True)
            self._fixed = [fit._replace(cost=fit.cost + float(extra)) for fit, extra in pairs]

    def _add_places(self) -> None:
        lengths = [len(text) for text in self.texts]
        steady = len(set(lengths)) == 1
        for count in range(MAX_PLACE + 1):
            cost = 0.0 if count == 0 else 1.4 + 0.45 * count
            cost *= 0.7 if steady else 1.0
            short = UNDEFINED_COST * np.mean([length < count for length in lengths])
            left = tuple(min(count, length) for length in lengths)
            right = tuple(max(0, length - count) for length in lengths)
            self._columns.add(left, Place(count), cost + float(short))
            self._columns.add(right, Place(count, True), cost + float(short) + 0.2 * (count > 0))

    def _add_borders(self) -> None:
        for token, spans in self._spans.items():
            for nth, extra in NTH_COST.items():
                chosen = [_pick(found, nth) for found in spans]
                missing = [pair is None for pair in chosen]
                if all(missing[: self.train]):
                    continue
                cost = 1.0 + token.cost + extra + _undefined(missing, self.train)
                starts = tuple(
                    len(text) if pair is None else pair[0]
                    for pair, text in zip(chosen, self.texts, strict=True)
                )
                ends = tuple(0 if pair is None else pair[1] for pair in chosen)
                self._columns.add(starts, Border(token, nth, "start"), cost)
                self._columns.add(ends, Border(token, nth, "end"), cost)

    def _fixed_cuts(self, *, near: bool) -> list[Fit]:
        best: dict[tuple[tuple[int, ...], tuple[int, ...]], Fit] = {}
        found: list[Iterator[Fit]] = [self._matches()]
        if near:
            found += [self._untils(), self._stretches()]
        for fits in found:
            for fit in fits:
                key = (fit.starts, fit.ends)
                if key not in best or fit.cost < best[key].cost:
                    best[key] = fit
        return list(best.values())

    def _matches(self) -> Iterator[Fit]:
        for token, spans in self._spans.items():
            if token.literal:
                continue
            for nth, extra in NTH_COST.items():
                chosen = [_pick(found, nth) for found in spans]
                missing = [pair is None for pair in chosen]
                if all(missing[: self.train]):
                    continue
                starts = tuple(0 if pair is None else pair[0] for pair in chosen)
                ends = tuple(0 if pair is None else pair[1] for pair in chosen)
                cost = 1.0 + token.cost + extra + _undefined(missing, self.train)
                yield Fit(Match(token, nth), starts, ends, cost)

    def _untils(self) -> Iterator[Fit]:
        for token in self._tokens:
            following = [_next_match(token, text) for text in self.texts]
            for row, index in self._columns.rows.items():
                position = self._columns.what[index]
                if not isinstance(position, Border):
                    continue
                ends = tuple(table[place] for table, place in zip(following, row, strict=True))
                cost = self._columns.costs[index] + token.cost + 1.2
                yield Fit(Until(position, token), row, ends, cost)

    def _stretches(self) -> Iterator[Fit]:
        lengths = [len(text) for text in self.texts]
        for row, index in self._columns.rows.items():
            border = self._columns.what[index]
            if not isinstance(border, Border):
                continue
            for count in range(1, 7):
                cost = self._columns.costs[index] + 1.8 + 0.4 * count
                pairs = zip(row, lengths, strict=True)
                after = tuple(min(place + count, length) for place, length in pairs)
                yield Fit(Stretch(border, count), row, after, cost)
                before = tuple(max(0, place - count) for place in row)
                yield Fit(Stretch(border, -count), before, row, cost)

    def _oddity(self, rows: Ints) -> Floats:
        """Bits for falling, on test inputs, between characters unlike those in the examples."""
        tests = len(self.texts) - self.train
        if not tests or not len(rows):
            return np.zeros(len(rows))
        kinds = np.stack([table[rows[:, i]] for i, table in enumerate(self._borders)], axis=1)
        seen = kinds[:, self.train :, None] == kinds[:, None, : self.train]
        share = 1.0 - np.mean(np.any(seen, axis=2), axis=1)
        return ODD_BORDER_COST * min(1.0, self.train / 4) * share

    def cuts_at(self, reach: Sequence[Ints], open_: Ints, limit: int = 600) -> list[Fit]:
        """The cheapest cuts that write something where something is left, within reach in every example.

        Args:
            reach: For each example, how far text from each place on agrees with the rest of the
                output.
            open_: For each example, 1 if something is left to write and 0 if not.
            limit: How many at most.
        """
        far = [np.arange(len(r), dtype=np.int32) + r for r in reach]
        fits = self._fixed_at(far, open_) + self._pairs_at(far, open_, limit)
        fits.sort(key=lambda fit: fit.cost)
        return fits[:limit]

    def _fixed_at(self, far: list[Ints], open_: Ints) -> list[Fit]:
        if not len(self._fixed):
            return []
        starts, ends = self._starts[:, : self.train], self._ends[:, : self.train]
        bound = np.stack([far[i][starts[:, i]] for i in range(self.train)], axis=1)
        good = np.all((ends >= starts + open_) & (ends <= bound), axis=1)
        return [self._charged(self._fixed[index]) for index in np.flatnonzero(good)]

    def _pairs_at(self, far: list[Ints], open_: Ints, limit: int) -> list[Fit]:
        rows = self.rows[:, : self.train]
        bound = np.stack([far[i][rows[:, i]] for i in range(self.train)], axis=1)
        firsts = np.flatnonzero(np.all(bound >= rows + open_, axis=1))
        if not len(firsts):
            return []
        later = np.all(rows[None, :, :] >= rows[firsts][:, None, :] + open_, axis=2)
        within = np.all(rows[None, :, :] <= bound[firsts][:, None, :], axis=2)
        left, right = np.nonzero(later & within)
        left = firsts[left]
        costs = self.costs[left] + self.costs[right] + 1.0
        order = np.argsort(costs, kind="stable")[:limit]
        return [self._pair(int(left[k]), int(right[k]), float(costs[k])) for k in order]

    def _pair(self, left: int, right: int, cost: float) -> Fit:
        cut = Cut(self._columns.what[left], self._columns.what[right])
        starts = tuple(int(place) for place in self.rows[left])
        ends = tuple(int(place) for place in self.rows[right])
        return self._charged(Fit(cut, starts, ends, cost))

    def _charged(self, fit: Fit) -> Fit:
        tests = list(zip(fit.starts, fit.ends, strict=True))[self.train :]
        if not tests:
            return fit
        empty = sum(end <= start for start, end in tests) / len(tests)
        return fit._replace(cost=fit.cost + EMPTY_COST * empty)


def _token_spans(token: Token, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    pattern = re.compile(token.pattern)
    return [[hit.span() for hit in pattern.finditer(text)] for text in texts]


def _pick(spans: list[tuple[int, int]], nth: int) -> tuple[int, int] | None:
    return spans[nth] if -len(spans) <= nth < len(spans) else None


def _undefined(missing: Sequence[bool], train: int) -> float:
    tests = missing[train:]
    share = sum(tests) / len(tests) if tests else 0.0
    return UNDEFINED_COST * (any(missing[:train]) + share)


def _next_match(token: Token, text: str) -> list[int]:
    """For every place, where the first match that starts there or later starts."""
    pattern = re.compile(token.pattern)
    table = [len(text)] * (len(text) + 1)
    for place in range(len(text) - 1, -1, -1):
        table[place] = place if pattern.match(text, place) else table[place + 1]
    return table


def _borders(text: str) -> Ints:
    """For every place, a number for the kinds of characters on its two sides."""
    kinds = [0, *(_kind(char) for char in text), 0]
    return np.array([left * 4096 + right for left, right in pairwise(kinds)], dtype=np.int32)


def _kind(char: str) -> int:
    if char.isdigit():
        return 1
    if char.isalpha():
        return 2 if char.isupper() else 3
    return 4 if char.isspace() else 5 + ord(char) % 4000
