"""Everything that can be said about one item of a list: its value, place, neighbours and list.

For a base list on every input, all items of all inputs are laid side by side, and every phrase
about an item becomes one row of a matrix: a number per item, or a truth value per item. Rows that
agree on all items are one phrase; the cheapest is kept. Fitting a rule to the examples is then a
question about rows (which row is the output, which rows keep as many items as the outputs hold).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.lists.lambdas import constant_cost
from peirce.agent.proposers.symbolic.lists.terms import (
    AND,
    ATOM,
    COMPARE,
    OR,
    PLUS,
    TIMES,
    Kind,
    Op,
    Term,
)
from peirce.prototypes import lists as words

Rows: TypeAlias = NDArray[Any]
Items: TypeAlias = tuple[int, ...]

LARGEST: Final = 10**6
"""Numbers beyond this are not followed up."""
PAIRED: Final = 150
"""Tests that are joined by "and" and "or", cheapest first."""
ITEMS: Final = 4_000
"""Most items, over all inputs, that are looked at one by one."""
SIGNS: Final = (
    (">", np.greater, "is greater than"),
    ("<", np.less, "is less than"),
    ("==", np.equal, "equals"),
    ("!=", np.not_equal, "differs from"),
)


class _Side(NamedTuple):
    """A neighbour of an item, in code and in words."""

    code: str
    text: str
    at_edge: str
    """True where there is no such neighbour."""
    inside: str
    """True where there is one."""
    edge: str
    """In words: that there is none."""


@dataclass(frozen=True, slots=True)
class Base:
    """The list whose items are talked about."""

    term: Term
    """How it is called in the code of the rule."""
    lists: tuple[Items, ...]
    """Its value on every input."""
    setup: tuple[str, ...] = ()
    """The line that defines it, if it is not the input itself."""


class Phrases:
    """Distinct rows with the terms they stand for, cheapest first within each batch added."""

    def __init__(self, width: int, kind: Kind) -> None:
        self.terms: list[Term] = []
        self.kind = kind
        self._rows: list[Rows] = []
        self._seen: dict[bytes, int] = {}
        self._width = width

    def add(self, term: Term, row: Rows) -> None:
        """Keep a row if it is new, or its cheaper term if it is not."""
        key = row.tobytes()
        index = self._seen.get(key)
        if index is None:
            self._seen[key] = len(self.terms)
            self.terms.append(term)
            self._rows.append(row)
        elif term.cost < self.terms[index].cost:
            self.terms[index] = term

    def sort(self) -> None:
        """Put the rows in order of price."""
        order = sorted(range(len(self.terms)), key=lambda index: self.terms[index].cost)
        self.terms = [self.terms[index] for index in order]
        self._rows = [self._rows[index] for index in order]
        self._seen = {row.tobytes(): index for index, row in enumerate(self._rows)}

    @property
    def matrix(self) -> Rows:
        """All rows."""
        if not self._rows:
            return np.zeros((0, self._width), dtype=np.int64)
        return np.stack(self._rows)

    def combine(
        self,
        op: Op,
        how: Callable[[Rows, Rows], Rows],
        left: "Sequence[tuple[Term, Rows]]",
        right: "Sequence[tuple[Term, Rows]]",
        limit: int,
    ) -> None:
        """Add `op` of every pair from left and right up to a price, cheapest first."""
        if not left or not right or not self._width:
            return
        prices = np.add.outer([a.cost for a, _ in left], [b.cost for b, _ in right]) + op.cost
        chosen = np.argsort(prices, axis=None, kind="stable")
        chosen = chosen[: int((prices <= limit).sum())]
        ones, others = np.divmod(chosen, len(right))
        second = np.stack([row for _, row in right])[others]
        with np.errstate(all="ignore"):
            rows = how(np.stack([row for _, row in left])[ones], second)
        for index in np.flatnonzero(_usable(op, rows, second)):
            place = self._seen.get(rows[index].tobytes())
            cost = int(prices.flat[chosen[index]])
            if place is None or cost < self.terms[place].cost:
                one, other = left[ones[index]][0], right[others[index]][0]
                self.add(Term(op, (one, other), cost, ()), rows[index])

    def pairs(self, limit: int) -> list[tuple[Term, Rows]]:
        """The terms up to a price, with their rows."""
        return [
            (term, row)
            for term, row in zip(self.terms, self._rows, strict=True)
            if term.cost <= limit
        ]


def _usable(op: Op, rows: Rows, second: Rows) -> Rows:
    if op.gives is Kind.BOOL:
        return np.ones(len(rows), dtype=np.bool_)
    good = np.asarray((np.abs(rows) <= LARGEST).all(axis=1))
    if op.code in (DIVIDE.code, REMAINDER.code):
        good = np.logical_and(good, (second != 0).all(axis=1))
    return good


def _size(number: int) -> int:
    return len(words.digits(number))


def _first_digit(number: int) -> int:
    return words.digits(number)[0]


def _number(cost: int, code: str, text: str, binds: int) -> Op:
    return Op((Kind.INT, Kind.INT), Kind.INT, cost, lambda: None, code, text, binds)


def _test(cost: int, code: str, text: str, binds: int = COMPARE) -> Op:
    return Op((Kind.INT, Kind.INT), Kind.BOOL, cost, lambda: None, code, text, binds)


DIVIDE: Final = _number(2, "{0:11} // {1:12}", "{0} divided by {1}, rounded down", TIMES)
REMAINDER: Final = _number(2, "{0:11} % {1:12}", "the remainder of {0} divided by {1}", TIMES)
ARITHMETIC: Final[tuple[tuple[Op, Callable[[Rows, Rows], Rows]], ...]] = (
    (_number(1, "{0:10} + {1:11}", "{0} plus {1}", PLUS), np.add),
    (_number(1, "{0:10} - {1:11}", "{0} minus {1}", PLUS), np.subtract),
    (_number(1, "{0:11} * {1:12}", "{0} times {1}", TIMES), np.multiply),
    (DIVIDE, np.floor_divide),
    (REMAINDER, np.remainder),
    (
        _number(3, "abs({0} - {1:11})", "the distance of {0} and {1}", ATOM),
        lambda a, b: np.abs(a - b),
    ),
    (_number(3, "max({0}, {1})", "the larger of {0} and {1}", ATOM), np.maximum),
    (_number(3, "min({0}, {1})", "the smaller of {0} and {1}", ATOM), np.minimum),
)
COMPARISONS: Final[tuple[tuple[Op, Callable[[Rows, Rows], Rows]], ...]] = (
    (_test(1, "{0:6} == {1:6}", "{0} is {1}"), np.equal),
    (_test(1, "{0:6} > {1:6}", "{0} is greater than {1}"), np.greater),
    (_test(1, "{0:6} < {1:6}", "{0} is less than {1}"), np.less),
    (_test(2, "{0:6} != {1:6}", "{0} is not {1}"), np.not_equal),
    (_test(2, "{0:6} >= {1:6}", "{0} is at least {1}"), np.greater_equal),
    (_test(2, "{0:6} <= {1:6}", "{0} is at most {1}"), np.less_equal),
)
BOTH: Final = Op(
    (Kind.BOOL,) * 2, Kind.BOOL, 2, lambda: None, "{0:3} and {1:4}", "{0} and {1}", AND
)
EITHER: Final = Op((Kind.BOOL,) * 2, Kind.BOOL, 2, lambda: None, "{0:2} or {1:3}", "{0} or {1}", OR)


def leaf(kind: Kind, cost: int, code: str, text: str, binds: int = ATOM) -> Term:
    """A term without arguments whose values are kept elsewhere."""
    return Term(Op((), kind, cost, lambda: None, code, text, binds), (), cost, ())


class Features:
    """The phrases about the items of one base list on all inputs of a task."""

    def __init__(
        self,
        base: Base,
        scalars: Iterable[tuple[Term, Items]],
        constants: Sequence[int],
        *,
        deep: bool,
    ) -> None:
        self.base = base
        self.lengths = np.array([len(items) for items in base.lists], dtype=np.int64)
        flat = [item for items in base.lists for item in items]
        self.x: Rows = np.array(flat, dtype=np.int64)
        self.owner: Rows = np.repeat(np.arange(len(base.lists)), self.lengths)
        """Which input each item belongs to."""
        self.place: Rows = np.concatenate(
            [np.arange(n, dtype=np.int64) for n in self.lengths] or [np.zeros(0, dtype=np.int64)]
        )
        width = len(flat)
        self.numbers = Phrases(width, Kind.INT)
        self.tests = Phrases(width, Kind.BOOL)
        self._constants = [
            (
                leaf(Kind.INT, constant_cost(c), str(c), str(c), 12),
                np.full(width, c, dtype=np.int64),
            )
            for c in constants
        ]
        self._deep = deep
        self._atoms(scalars)

    def build(self) -> Iterator[None]:
        """Lay out all phrases; yields between steps of a few milliseconds."""
        yield from self._numbers(deep=self._deep)
        self.numbers.sort()
        self._neighbours()
        yield from self._tests(deep=self._deep)
        self.tests.sort()

    def _atoms(self, scalars: Iterable[tuple[Term, Items]]) -> None:
        add = self.numbers.add
        name = self.base.term.code
        lists = self.base.lists
        add(leaf(Kind.INT, 1, "x", "the item"), self.x)
        add(leaf(Kind.INT, 2, "i", "its position"), self.place)
        for term, values in scalars:
            add(term, np.array(values, dtype=np.int64)[self.owner])
        count = [items.count(item) for items in lists for item in items]
        add(
            leaf(Kind.INT, 3, f"{name}.count(x)", "its number of occurrences"),
            np.array(count, dtype=np.int64),
        )
        seen = [n for items in lists for n in words.seen_before(items)]
        add(
            leaf(Kind.INT, 4, f"{name}[:i].count(x)", "the number of equal items before it"),
            np.array(seen, dtype=np.int64),
        )

    def _numbers(self, *, deep: bool) -> Iterator[None]:
        atoms = self.numbers.pairs(4)
        right = [*atoms, *self._constants]
        for op, how in ARITHMETIC:
            self.numbers.combine(op, how, atoms, right, 6 if deep else 5)
            yield
        small = [pair for pair in self._constants if pair[0].cost <= 2]
        for op, how in ARITHMETIC[:3]:
            self.numbers.combine(op, how, small, atoms, 6 if deep else 5)
            yield
        for code, text, run in (
            ("digit_sum(x)", "its digit sum", words.digit_sum),
            ("len(digits(x))", "its number of digits", _size),
            ("digits(x)[0]", "its first digit", _first_digit),
        ):
            row = np.array([run(int(n)) for n in self.x], dtype=np.int64)
            self.numbers.add(leaf(Kind.INT, 5, code, text), row)
        if deep:
            inner = self.numbers.pairs(5)
            for op, how in ARITHMETIC[:5]:
                self.numbers.combine(op, how, inner, right, 8)
                yield
        for term, row in self._constants:
            self.numbers.add(term, row)

    def _neighbours(self) -> None:
        name = self.base.term.code
        first, last = self.place == 0, self.place == self.lengths[self.owner] - 1
        self._beside(
            _Side(f"{name}[i - 1]", "the one before it", "i == 0", "i > 0", "it is the first"),
            np.roll(self.x, 1),
            first,
        )
        end = f"len({name}) - 1"
        self._beside(
            _Side(
                f"{name}[i + 1]", "the one after it", f"i == {end}", f"i < {end}", "it is the last"
            ),
            np.roll(self.x, -1),
            last,
        )

    def _beside(self, side: _Side, other: NDArray[np.int64], edge: NDArray[np.bool_]) -> None:
        """Compare every item with a neighbour; at the edge there is none."""
        for sign, how, verb in SIGNS:
            compared = f"x {sign} {side.code}"
            row = how(self.x, other)
            text = f"the item {verb} {side.text}"
            self.tests.add(
                leaf(Kind.BOOL, 4, f"{side.inside} and {compared}", text, AND), row & ~edge
            )
            text = f"{side.edge} or {verb} {side.text}"
            self.tests.add(
                leaf(Kind.BOOL, 4, f"{side.at_edge} or {compared}", text, OR), row | edge
            )

    def _tests(self, *, deep: bool) -> Iterator[None]:
        lists = self.base.lists
        for code, text, run in (
            ("is_prime(x)", "the item is prime", words.is_prime),
            ("is_square(x)", "the item is a square number", words.is_square),
        ):
            self.tests.add(
                leaf(Kind.BOOL, 5, code, text),
                np.array([run(int(n)) for n in self.x], dtype=np.bool_),
            )
        again = [item in items[i + 1 :] for items in lists for i, item in enumerate(items)]
        self.tests.add(
            leaf(
                Kind.BOOL,
                4,
                f"x in {self.base.term.code}[i + 1 :]",
                "the item occurs again later",
                COMPARE,
            ),
            np.array(again, dtype=np.bool_),
        )
        left = self.numbers.pairs(5 if deep else 4)
        values = sorted(
            {int(n) for n in self.x} - {int(row[0]) for _, row in self._constants if len(row)}
        )
        rare = [
            (leaf(Kind.INT, 4, str(n), str(n), 12), np.full(len(self.x), n, dtype=np.int64))
            for n in values[:80]
        ]
        scalars = [pair for pair in self.numbers.pairs(4) if pair[0].op.code not in ("x", "i")]
        for op, how in COMPARISONS:
            self.tests.combine(op, how, left, [*scalars, *self._constants], 8 if deep else 7)
            yield
            self.tests.combine(op, how, left[:2], rare, 8)
            yield
        if deep:
            self.tests.sort()
            simple = self.tests.pairs(6)[:PAIRED]
            self.tests.combine(BOTH, np.logical_and, simple, simple, 12)
            yield
            self.tests.combine(EITHER, np.logical_or, simple, simple, 12)
            yield
