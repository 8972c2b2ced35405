"""Fit rules of the form "for each item, write …" to the outputs of a task.

Given the phrases about the items of a base list, the functions here look up which of them explain
the outputs: which test keeps the right items, which number is written for each item, which test
decides between two ways of writing. Counting comes first: a test that keeps a wrong number of
items is out before its items are looked at.
"""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from peirce.agent.proposers.symbolic.lists.features import Features, Items, Rows
from peirce.agent.proposers.symbolic.lists.terms import Kind, Op, Term

TRIES: Final = 150
"""Tests looked at closely per shape, cheapest first."""
_USES_PLACE: Final = re.compile(r"\bi\b")


def _over(terms: tuple[Term, ...]) -> str:
    indexed = any(_USES_PLACE.search(term.code) for term in terms)
    return "for i, x in enumerate({0})" if indexed else "for x in {0}"


def _rule(
    features: Features,
    code: str,
    text: str,
    parts: tuple[Term, ...],
    cost: int,
    values: tuple[object, ...],
) -> Term:
    """A whole rule: `{0}` is the base, `{1}` … are the parts, `@` the loop."""
    base = features.base.term
    op = Op((), Kind.LIST, cost, lambda: None, code.replace("@", _over(parts)), text)
    total = cost + base.cost + sum(part.cost for part in parts)
    return Term(op, (base, *parts), total, values)


class Fitter:
    """One base list, one set of outputs to explain."""

    def __init__(self, features: Features, train: int) -> None:
        self._of = features
        self._train = train
        self._width = int(features.lengths[:train].sum())
        self._numbers = features.numbers.matrix
        self._tests = features.tests.matrix.astype(np.bool_)
        inputs = len(features.base.lists)
        self._belongs = (features.owner[:, None] == np.arange(inputs)[None, :]).astype(np.float32)
        self._kept = (self._tests.astype(np.float32) @ self._belongs).astype(np.int64)

    def lists(self, outputs: tuple[Items, ...]) -> Iterator[Term | None]:
        """Rules whose results are these lists."""
        lengths = np.array([len(output) for output in outputs], dtype=np.int64)
        flat = np.array([item for output in outputs for item in output], dtype=np.int64)
        if not self._width or not len(flat):
            return
        yield from self._uniform(lengths, flat)
        yield None
        yield from self._keeps(lengths, outputs)
        yield None
        if np.array_equal(lengths, self._of.lengths[: self._train]):
            yield from self._chosen(flat)
            yield from self._partitions(outputs)
        yield None
        yield from self._written(lengths, flat)

    def numbers(self, outputs: Items) -> Iterator[Term | None]:
        """Rules that count or add up items to give these numbers."""
        goal = np.array(outputs, dtype=np.int64)
        train = self._train
        for index in np.flatnonzero((self._kept[:, :train] == goal).all(axis=1))[:3]:
            test = self._of.tests.terms[index]
            yield _rule(
                self._of,
                "sum(1 @ if {1})",
                "the number of items of {0} for which {1}",
                (test,),
                3,
                tuple(map(int, self._kept[index])),
            )
        yield None
        yield from self._sums(goal)

    def truths(self, outputs: tuple[bool, ...]) -> Iterator[Term | None]:
        """Rules that say whether some or all items pass a test."""
        goal = np.array(outputs, dtype=np.bool_)
        some = self._kept > 0
        every = self._kept == self._of.lengths
        for found, word, text in ((some, "any", "some"), (every, "all", "every")):
            for index in np.flatnonzero((found[:, : self._train] == goal).all(axis=1))[:3]:
                yield _rule(
                    self._of,
                    f"{word}({{1}} @)",
                    f"{{1}} for {text} item of {{0}}",
                    (self._of.tests.terms[index],),
                    3,
                    tuple(map(bool, found[index])),
                )
        yield None

    def _sums(self, goal: Rows) -> Iterator[Term | None]:
        train = self._train
        belongs = self._belongs.astype(np.float64)
        totals = (self._numbers @ belongs).astype(np.int64)
        for index in np.flatnonzero((totals[:, :train] == goal).all(axis=1))[:3]:
            yield _rule(
                self._of,
                "sum({1} @)",
                "the sum of {1} over the items of {0}",
                (self._of.numbers.terms[index],),
                3,
                tuple(map(int, totals[index])),
            )
        partial = ((self._tests * self._of.x) @ belongs).astype(np.int64)
        for index in np.flatnonzero((partial[:, :train] == goal).all(axis=1))[:3]:
            yield _rule(
                self._of,
                "sum(x @ if {1})",
                "the sum of the items of {0} for which {1}",
                (self._of.tests.terms[index],),
                3,
                tuple(map(int, partial[index])),
            )

    def _gather(self, row: Rows, mask: Rows) -> tuple[Items, ...]:
        ends = np.cumsum(self._of.lengths)
        return tuple(
            tuple(row[end - size : end][mask[end - size : end]].tolist())
            for end, size in zip(ends, self._of.lengths, strict=True)
        )

    def _keeps(self, lengths: Rows, outputs: tuple[Items, ...]) -> Iterator[Term]:
        train = self._train
        good = np.flatnonzero((self._kept[:, :train] == lengths).all(axis=1))
        for index in good:
            values = self._gather(self._of.x, self._tests[index])
            if values[:train] == outputs:
                test = self._of.tests.terms[index]
                yield _rule(
                    self._of, "[x @ if {1}]", "the items of {0} for which {1}", (test,), 2, values
                )

    def _partitions(self, outputs: tuple[Items, ...]) -> Iterator[Term]:
        train = self._train
        for index, test in enumerate(self._of.tests.terms):
            if test.cost > 6 or _USES_PLACE.search(test.code):
                continue
            mask = self._tests[index]
            values = tuple(
                kept + dropped
                for kept, dropped in zip(
                    self._gather(self._of.x, mask), self._gather(self._of.x, ~mask), strict=True
                )
            )
            if values[:train] == outputs:
                yield _rule(
                    self._of,
                    "sorted({0}, key=lambda x: not ({1}))",
                    "the items of {0}, first those for which {1}, then the others",
                    (test,),
                    4,
                    values,
                )

    def _row(self, mask: Rows, goal: Rows) -> int | None:
        """The cheapest number phrase that equals the goal on the marked train items."""
        marked = np.flatnonzero(mask[: self._width])
        rough = np.flatnonzero((self._numbers[:, marked[:3]] == goal[:3]).all(axis=1))
        fine = rough[(self._numbers[rough][:, marked] == goal).all(axis=1)]
        if not len(fine):
            return None
        return int(fine[0])

    def _segment(self, mask: Rows, starts: Rows, flat: Rows, size: int) -> "list[int] | None":
        """One number phrase for each of the `size` numbers written per marked item."""
        places = starts[mask[: self._width]]
        out: list[int] = []
        for offset in range(size):
            row = self._row(mask, flat[places + offset])
            if row is None:
                return None
            out.append(row)
        return out

    def _uniform(self, lengths: Rows, flat: Rows) -> Iterator[Term]:
        """The same number of numbers written for every item."""
        train = self._train
        own = self._of.lengths[:train]
        size = int(lengths.sum() // max(1, own.sum()))
        if not 1 <= size <= 4 or not np.array_equal(lengths, own * size):
            return
        everything = np.ones(len(self._of.x), dtype=np.bool_)
        rows = self._segment(everything, np.arange(self._width) * size, flat, size)
        if rows is None:
            return
        parts = tuple(self._of.numbers.terms[row] for row in rows)
        if size == 1:
            values = self._gather(self._numbers[rows[0]], everything)
            yield _rule(self._of, "[{1} @]", "{1}, for each item of {0}", parts, 2, values)
            return
        slots = ", ".join(f"{{{n}}}" for n in range(1, size + 1))
        text = " and ".join(f"{{{n}}}" for n in range(1, size + 1))
        yield _rule(
            self._of,
            f"[part @ for part in ({slots})]",
            f"{text}, for each item of {{0}}",
            parts,
            3,
            self._write(everything, rows, []),
        )

    def _write(self, mask: Rows, then: list[int], other: list[int]) -> tuple[Items, ...]:
        out: list[list[int]] = [[] for _ in self._of.base.lists]
        for place, owner in enumerate(self._of.owner):
            for row in then if mask[place] else other:
                out[owner].append(int(self._numbers[row][place]))
        return tuple(map(tuple, out))

    def _chosen(self, flat: Rows) -> Iterator[Term]:
        """One of two numbers for each item, a test deciding."""
        width = self._width
        terms = self._of.numbers.terms
        wrong = (self._numbers[:, :width] != flat).astype(np.float32)
        hopeful = np.flatnonzero(
            (wrong.sum(axis=1) < width) & np.array([t.cost <= 6 for t in terms])
        )
        if not len(hopeful):
            return
        hopeful = hopeful[np.argsort([terms[i].cost for i in hopeful], kind="stable")]
        tests = self._tests[:, :width]
        fails_then = wrong[hopeful] @ tests.T.astype(np.float32)
        fails_other = wrong[hopeful] @ (~tests).T.astype(np.float32)
        mixed = tests.any(axis=1) & ~tests.all(axis=1)
        good = np.flatnonzero(
            (fails_then == 0).any(axis=0) & (fails_other == 0).any(axis=0) & mixed
        )
        for index in good[:TRIES]:
            then = int(hopeful[int(np.argmax(fails_then[:, index] == 0))])
            other = int(hopeful[int(np.argmax(fails_other[:, index] == 0))])
            test = self._of.tests.terms[index]
            yield _rule(
                self._of,
                "[{2:2} if {1:2} else {3:1} @]",
                "{2} if {1}, otherwise {3}, for each item of {0}",
                (test, terms[then], terms[other]),
                3,
                self._write(self._tests[index], [then], [other]),
            )

    def _written(self, lengths: Rows, flat: Rows) -> Iterator[Term | None]:
        """Different numbers of numbers written for items that pass a test and the others."""
        own = self._of.lengths[: self._train]
        kept = self._kept[:, : self._train]
        for yes, no in ((1, 0), (2, 1), (1, 2), (2, 0), (3, 1), (1, 3), (0, 2), (3, 0), (2, 3)):
            fits = np.flatnonzero((kept * yes + (own - kept) * no == lengths).all(axis=1))
            for index in fits[:TRIES]:
                mask = self._tests[index]
                inside = mask[: self._width]
                if not inside.any() or inside.all():
                    continue
                sizes = np.where(inside, yes, no)
                starts = np.cumsum(sizes) - sizes
                then = self._segment(mask, starts, flat, yes)
                other = None if then is None else self._segment(~mask, starts, flat, no)
                if then is not None and other is not None:
                    yield self._branches(index, then, other)
            yield None

    def _branches(self, index: int, then: list[int], other: list[int]) -> Term:
        test = self._of.tests.terms[index]
        parts = (test, *(self._of.numbers.terms[row] for row in (*then, *other)))
        values = self._write(self._tests[index], then, other)
        if len(then) == 1 and not other:
            return _rule(
                self._of,
                "[{2} @ if {1}]",
                "{2}, for each item of {0} for which {1}",
                parts,
                3,
                values,
            )
        slots = [f"{{{n}}}" for n in range(2, len(parts) + 1)]
        first, second = slots[: len(then)], slots[len(then) :]
        first_text = " and ".join(first) or "nothing"
        second_text = " and ".join(second) or "nothing"
        return _rule(
            self._of,
            f"[part @ for part in ([{', '.join(first)}] if {{1:2}} else [{', '.join(second)}])]",
            f"{first_text} if {{1}}, otherwise {second_text}, for each item of {{0}}",
            parts,
            4,
            values,
        )
