"""One text per input, seen in columns: where every position falls, and which cuts fit an output.

A `View` holds a source text for all inputs of a task and matrices of positions with one column per
input. `View.cuts_at` answers the question version-space algebras are built on (Gulwani, POPL 2011):
which cuts give a next piece of the output in every example at once? It answers for all examples
jointly, with one comparison of matrices, so that no spaces need to be intersected afterwards.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log2
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

MAX_PLACE: Final = 20
"""Largest number of characters counted from either end."""
UNDEFINED_COST: Final = 3.0
"""Bits for relying on what happens where a token is missing."""
EMPTY_COST: Final = 4.0
"""Bits for cutting out nothing on a test input."""

MAX_STRETCH: Final = 6
"""Largest number of characters counted from a token."""
MAX_LOOKED_AT: Final = 800
"""Cuts looked at for one place in the output."""
PER_SIZE: Final = 8
"""Cuts kept that write the same part of the outputs."""
_BASE: Final = np.int64(1_000_003)
ODD_BORDER_COST: Final = 2.0
"""Bits for cutting every test input between characters of kinds not cut between in examples."""


class Fit(NamedTuple):
    """A cut that fits, where it falls on every input, and its cost."""

    cut: AnyCut
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cost: float


@dataclass(slots=True)
class _Table:
    """Distinct rows of places, each with its cheapest description."""

    index: dict[tuple[int, ...], int] = field(default_factory=dict[tuple[int, ...], int])
    what: list[Position] = field(default_factory=list[Position])
    costs: list[float] = field(default_factory=list[float])
    missing: list[tuple[bool, ...]] = field(default_factory=list[tuple[bool, ...]])

    def add(
        self, row: tuple[int, ...], position: Position, cost: float, missing: tuple[bool, ...]
    ) -> None:
        cost += UNDEFINED_COST * any(missing)
        known = self.index.get(row)
        if known is None:
            self.index[row] = len(self.what)
            self.what.append(position)
            self.costs.append(cost)
            self.missing.append(missing)
        elif cost < self.costs[known]:
            self.what[known] = position
            self.costs[known] = cost
            self.missing[known] = missing


@dataclass(slots=True)
class _Cuts:
    """Distinct pairs of rows of places, each with its cheapest description."""

    index: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = field(
        default_factory=dict[tuple[tuple[int, ...], tuple[int, ...]], int]
    )
    what: list[AnyCut] = field(default_factory=list[AnyCut])
    costs: list[float] = field(default_factory=list[float])
    missing: list[tuple[bool, ...]] = field(default_factory=list[tuple[bool, ...]])

    def add(
        self,
        pair: tuple[tuple[int, ...], tuple[int, ...]],
        cut: AnyCut,
        cost: float,
        missing: tuple[bool, ...],
    ) -> None:
        known = self.index.get(pair)
        if known is None:
            self.index[pair] = len(self.what)
            self.what.append(cut)
            self.costs.append(cost)
            self.missing.append(missing)
        elif cost < self.costs[known]:
            self.what[known] = cut
            self.costs[known] = cost
            self.missing[known] = missing


class View:
    """A source text for every input of a task, with all positions worked out."""

    def __init__(self, texts: Sequence[str], tokens: Sequence[Token]) -> None:
        """Look at one text per input."""
        self.texts = tuple(texts)
        self._tokens = tuple(tokens)
        self._spans = {token: _token_spans(token, self.texts) for token in self._tokens}
        self.table = _Table()
        self._add_places()
        self._add_borders()
        self.rows = _matrix(list(self.table.index), len(self.texts))
        self.cuts = _Cuts()
        self._add_matches()
        self._add_untils()
        self._add_stretches()
        pairs = list(self.cuts.index)
        self.starts = _matrix([pair[0] for pair in pairs], len(self.texts))
        self.ends = _matrix([pair[1] for pair in pairs], len(self.texts))
        self.kinds = [_borders(text) for text in self.texts]

    def _add_places(self) -> None:
        lengths = [len(text) for text in self.texts]
        steady = len(set(lengths)) == 1
        for count in range(MAX_PLACE + 1):
            cost = 0.0 if count == 0 else 1.2 + 1.1 * log2(count + 1)
            cost *= 0.7 if steady else 1.0
            short = tuple(length < count for length in lengths)
            left = tuple(min(count, length) for length in lengths)
            right = tuple(max(0, length - count) for length in lengths)
            self.table.add(left, Place(count), cost, short)
            self.table.add(right, Place(count, True), cost + 0.2 * (count > 0), short)

    def _add_borders(self) -> None:
        for token, spans in self._spans.items():
            for nth, extra in NTH_COST.items():
                chosen = [_pick(found, nth) for found in spans]
                missing = tuple(pair is None for pair in chosen)
                if all(missing):
                    continue
                cost = 1.0 + token.cost + extra
                starts = tuple(
                    len(text) if pair is None else pair[0]
                    for pair, text in zip(chosen, self.texts, strict=True)
                )
                ends = tuple(0 if pair is None else pair[1] for pair in chosen)
                self.table.add(starts, Border(token, nth, "start"), cost, missing)
                self.table.add(ends, Border(token, nth, "end"), cost, missing)

    def _add_matches(self) -> None:
        for token, spans in self._spans.items():
            if token.literal:
                continue
            for nth, extra in NTH_COST.items():
                chosen = [_pick(found, nth) for found in spans]
                missing = tuple(pair is None for pair in chosen)
                if all(missing):
                    continue
                starts = tuple(0 if pair is None else pair[0] for pair in chosen)
                ends = tuple(0 if pair is None else pair[1] for pair in chosen)
                self.cuts.add((starts, ends), Match(token, nth), 1.0 + token.cost + extra, missing)

    def _add_untils(self) -> None:
        for token in self._tokens:
            following = [_next_match(token, text) for text in self.texts]
            for row, index in self.table.index.items():
                position = self.table.what[index]
                if isinstance(position, Border):
                    ends = tuple(table[place] for table, place in zip(following, row, strict=True))
                    cost = self.table.costs[index] + token.cost + 1.2
                    missing = self.table.missing[index]
                    self.cuts.add((row, ends), Until(position, token), cost, missing)

    def _add_stretches(self) -> None:
        lengths = [len(text) for text in self.texts]
        for row, index in self.table.index.items():
            border = self.table.what[index]
            if not isinstance(border, Border):
                continue
            missing = self.table.missing[index]
            for count in range(1, MAX_STRETCH + 1):
                cost = self.table.costs[index] + 1.8 + 0.4 * count
                pairs = zip(row, lengths, strict=True)
                after = tuple(min(place + count, length) for place, length in pairs)
                self.cuts.add((row, after), Stretch(border, count), cost, missing)
                before = tuple(max(0, place - count) for place in row)
                self.cuts.add((before, row), Stretch(border, -count), cost, missing)


class Focus:
    """A view with the examples to explain and the inputs to predict for singled out."""

    def __init__(self, view: View, shown: Sequence[int], unseen: Sequence[int]) -> None:
        """Weigh every position and cut by how it behaves on these inputs."""
        self._view = view
        self._shown = list(shown)
        self._unseen = list(unseen)
        self._rows = view.rows[:, self._shown]
        self._starts = view.starts[:, self._shown]
        self._ends = view.ends[:, self._shown]
        self._row_costs = self._charged(view.table.costs, view.table.missing, [view.rows])
        both = [view.starts, view.ends]
        self._cut_costs = self._charged(view.cuts.costs, view.cuts.missing, both)
        if self._unseen and len(self._cut_costs):
            empty = view.ends[:, self._unseen] <= view.starts[:, self._unseen]
            self._cut_costs += EMPTY_COST * empty.mean(axis=1)

    def _charged(
        self, costs: Sequence[float], missing: Sequence[tuple[bool, ...]], places: Sequence[Ints]
    ) -> Floats:
        charged: Floats = np.array(costs, dtype=np.float64)
        if not len(charged):
            return charged
        absent = np.array(missing, dtype=np.bool_)
        charged -= UNDEFINED_COST * absent.any(axis=1)
        charged += UNDEFINED_COST * absent[:, self._shown].any(axis=1)
        if self._unseen:
            charged += UNDEFINED_COST * absent[:, self._unseen].mean(axis=1)
            for rows in places:
                charged += self._oddity(rows)
        return charged

    def _oddity(self, rows: Ints) -> Floats:
        """Bits for falling, on test inputs, between characters unlike those in the examples."""
        tables = self._view.kinds
        shown = np.stack([tables[i][rows[:, i]] for i in self._shown], axis=1)
        tests = np.stack([tables[i][rows[:, i]] for i in self._unseen], axis=1)
        seen = tests[:, :, None] == shown[:, None, :]
        share = 1.0 - np.mean(np.any(seen, axis=2), axis=1)
        return ODD_BORDER_COST * min(1.0, len(self._shown) / 4) * share

    def cuts_at(self, reach: Sequence[Ints], open_: Ints) -> list[Fit]:
        """The cheapest cuts that write something where something is left, in every example.

        Args:
            reach: For each example, how far text from each place on agrees with the rest of the
                output.
            open_: For each example, 1 if something is left to write and 0 if not.
        """
        far = [np.arange(len(r), dtype=np.int32) + r for r in reach]
        fixed = self._fixed_at(far, open_)
        left, right = self._pairs_at(far, open_)
        costs = np.concatenate([self._cut_costs[fixed], self._pair_costs(left, right)])
        sizes = np.concatenate(
            [
                self._ends[fixed] - self._starts[fixed],
                self._rows[right] - self._rows[left],
            ]
        )
        fits: list[Fit] = []
        for order in _cheapest(costs, sizes):
            cost = float(costs[order])
            if order < len(fixed):
                fits.append(self._cut(int(fixed[order]), cost))
            else:
                place = order - len(fixed)
                fits.append(self._pair(int(left[place]), int(right[place]), cost))
        return fits

    def _fixed_at(self, far: Sequence[Ints], open_: Ints) -> Ints:
        starts, ends = self._starts, self._ends
        bound = np.stack([far[i][starts[:, i]] for i in range(len(far))], axis=1)
        good = np.all((ends >= starts + open_) & (ends <= bound), axis=1)
        return np.flatnonzero(good).astype(np.int32)

    def _pairs_at(self, far: Sequence[Ints], open_: Ints) -> tuple[Ints, Ints]:
        rows = self._rows
        bound = np.stack([far[i][rows[:, i]] for i in range(len(far))], axis=1)
        firsts = np.flatnonzero(np.all(bound >= rows + open_, axis=1))
        later = np.all(rows[None, :, :] >= rows[firsts][:, None, :] + open_, axis=2)
        within = np.all(rows[None, :, :] <= bound[firsts][:, None, :], axis=2)
        left, right = np.nonzero(later & within)
        return firsts[left].astype(np.int32), right.astype(np.int32)

    def _pair_costs(self, left: Ints, right: Ints) -> Floats:
        costs = self._row_costs[left] + self._row_costs[right] + 1.0
        if self._unseen and len(left):
            rows = self._view.rows[:, self._unseen]
            costs = costs + EMPTY_COST * (rows[right] <= rows[left]).mean(axis=1)
        return costs

    def _cut(self, index: int, cost: float) -> Fit:
        view = self._view
        starts = tuple(view.starts[index].tolist())
        return Fit(view.cuts.what[index], starts, tuple(view.ends[index].tolist()), cost)

    def _pair(self, left: int, right: int, cost: float) -> Fit:
        what, rows = self._view.table.what, self._view.rows
        cut = Cut(what[left], what[right])
        return Fit(cut, tuple(rows[left].tolist()), tuple(rows[right].tolist()), cost)


def _cheapest(costs: Floats, sizes: Ints) -> list[int]:
    """The numbers of the cheapest rows, `PER_SIZE` of each size."""
    order = np.argsort(costs, kind="stable")[:MAX_LOOKED_AT]
    keys = sizes[order].astype(np.int64) @ (_BASE ** np.arange(sizes.shape[1], dtype=np.int64))
    taken: dict[int, int] = {}
    kept: list[int] = []
    for index, key in zip(order.tolist(), keys.tolist(), strict=True):
        seen = taken.get(key, 0)
        if seen < PER_SIZE:
            taken[key] = seen + 1
            kept.append(index)
    return kept


def _matrix(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, dtype=np.int32).reshape(len(rows), width)


def _token_spans(token: Token, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    pattern = re.compile(token.pattern)
    return [[hit.span() for hit in pattern.finditer(text)] for text in texts]


def _pick(spans: list[tuple[int, int]], nth: int) -> tuple[int, int] | None:
    return spans[nth] if -len(spans) <= nth < len(spans) else None


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
