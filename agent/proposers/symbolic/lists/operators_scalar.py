"""Operators that give numbers, truth values and lists of lists, and the higher-order forms.

Functions and tests of one number `x` stand for themselves on every input; the higher-order forms
apply them to each item.
"""

from collections.abc import Callable
from itertools import dropwhile, takewhile
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.lists.operators import LARGEST, Items, bounded
from peirce.agent.proposers.symbolic.lists.terms import (
    AND,
    COMPARE,
    NOT,
    OR,
    PLUS,
    TIMES,
    Kind,
    Op,
)
from peirce.prototypes import lists as words

I, B, L, LL, M, T = Kind.INT, Kind.BOOL, Kind.LIST, Kind.LISTS, Kind.MAP, Kind.TEST  # noqa: E741
Map: TypeAlias = Callable[[int], int]
Test: TypeAlias = Callable[[int], bool]


def _nth(position: int, code: str, name: str) -> Op:
    return Op((L,), I, 2, lambda a: a[position], code, name)


def _checked(number: int) -> int:
    if abs(number) > LARGEST:
        raise ValueError
    return number


def _product(items: Items) -> int:
    return _checked(words.product(items))


TO_INT: Final = (
    _nth(0, "{0:20}[0]", "the first item of {0}"),
    _nth(-1, "{0:20}[-1]", "the last item of {0}"),
    Op((L,), I, 2, len, "len({0})", "the length of {0}"),
    Op((L,), I, 2, sum, "sum({0})", "the sum of {0}"),
    Op((L,), I, 2, max, "max({0})", "the largest item of {0}"),
    Op((L,), I, 2, min, "min({0})", "the smallest item of {0}"),
    Op((L,), I, 4, _product, "product({0})", "the product of {0}"),
    Op(
        (L,),
        I,
        4,
        lambda a: words.by_frequency(a)[0],
        "by_frequency({0})[0]",
        "the most frequent item of {0}",
    ),
    Op(
        (L,),
        I,
        5,
        lambda a: words.by_frequency(a)[-1],
        "by_frequency({0})[-1]",
        "the least frequent item of {0}",
    ),
    Op((L,), I, 4, words.from_digits, "from_digits({0})", "the number whose digits are {0}"),
    Op(
        (L, I),
        I,
        1,
        lambda a, n: a[n] if n >= 0 else _fail(),
        "{0:20}[{1}]",
        "the item of {0} at position {1}",
    ),
    Op(
        (L, I),
        I,
        3,
        lambda a, n: a[-n] if n > 0 else _fail(),
        "{0:20}[-{1:12}]",
        "item {1} of {0} counted from the end",
    ),
    Op(
        (L, I), I, 3, lambda a, n: a.count(n), "list({0}).count({1})", "how often {1} occurs in {0}"
    ),
    Op(
        (L, I),
        I,
        3,
        lambda a, n: a.index(n),
        "list({0}).index({1})",
        "the position of the first {1} in {0}",
    ),
    Op((LL,), I, 3, len, "len({0})", "the number of {0}"),
    Op((I, I), I, 2, lambda m, n: m + n, "{0:10} + {1:11}", "{0} plus {1}", PLUS),
    Op((I, I), I, 2, lambda m, n: m - n, "{0:10} - {1:11}", "{0} minus {1}", PLUS),
    Op((I, I), I, 3, lambda m, n: _checked(m * n), "{0:11} * {1:12}", "{0} times {1}", TIMES),
    Op(
        (I, I),
        I,
        3,
        lambda m, n: m // n,
        "{0:11} // {1:12}",
        "{0} divided by {1}, rounded down",
        TIMES,
    ),
    Op(
        (I, I),
        I,
        3,
        lambda m, n: m % n,
        "{0:11} % {1:12}",
        "the remainder of {0} divided by {1}",
        TIMES,
    ),
    Op((I, I), I, 4, lambda m, n: max(m, n), "max({0}, {1})", "the larger of {0} and {1}"),
    Op((I, I), I, 4, lambda m, n: min(m, n), "min({0}, {1})", "the smaller of {0} and {1}"),
    Op((I,), I, 4, abs, "abs({0})", "{0} without its sign"),
    Op((I,), I, 4, words.digit_sum, "digit_sum({0})", "the digit sum of {0}"),
)
"""Operators that give a number."""

TO_BOOL: Final = (
    Op((I, I), B, 2, lambda m, n: m > n, "{0:6} > {1:6}", "{0} is greater than {1}", COMPARE),
    Op((I, I), B, 2, lambda m, n: m == n, "{0:6} == {1:6}", "{0} is {1}", COMPARE),
    Op((I, L), B, 2, lambda n, a: n in a, "{0:6} in {1:6}", "{0} occurs in {1}", COMPARE),
    Op((I,), B, 5, lambda n: n % 2 == 0, "{0:11} % 2 == 0", "{0} is even", COMPARE),
    Op(
        (L, L),
        B,
        4,
        lambda a, b: a == b,
        "list({0}) == list({1})",
        "{0} is the same as {1}",
        COMPARE,
    ),
    Op(
        (T, L),
        B,
        3,
        lambda p, a: any(map(p, a)),
        "any({0} for x in {1})",
        "{0} for some item of {1}",
    ),
    Op(
        (T, L),
        B,
        3,
        lambda p, a: all(map(p, a)),
        "all({0} for x in {1})",
        "{0} for every item of {1}",
    ),
    Op((B,), B, 2, lambda b: not b, "not {0:4}", "it is not so that {0}", NOT),
    Op((B, B), B, 3, lambda b, c: b and c, "{0:3} and {1:4}", "{0} and {1}", AND),
    Op((B, B), B, 3, lambda b, c: b or c, "{0:2} or {1:3}", "{0} or {1}", OR),
)
"""Operators that give a truth value."""

TO_LISTS: Final = (
    Op((L,), LL, 3, words.runs, "runs({0})", "the runs of equal neighbours in {0}"),
    Op((L,), LL, 4, words.ascents, "ascents({0})", "the rising stretches of {0}"),
    Op((L,), LL, 5, words.prefixes, "prefixes({0})", "the beginnings of {0}"),
    Op((L,), LL, 5, words.suffixes, "suffixes({0})", "the ends of {0}"),
    Op(
        (L,),
        LL,
        4,
        lambda a: tuple((x,) for x in a),
        "[[x] for x in {0}]",
        "the items of {0}, each in a list of its own",
    ),
    Op((L,), LL, 4, words.halves, "halves({0})", "the two halves of {0}"),
    Op(
        (L, I),
        LL,
        3,
        lambda a, n: words.chunks(a, n) if n > 0 else _fail(),
        "chunks({0}, {1})",
        "the pieces of {0} of length {1}",
    ),
    Op(
        (L, I),
        LL,
        4,
        lambda a, n: words.windows(a, n) if n > 0 else _fail(),
        "windows({0}, {1})",
        "the windows of {0} of length {1}",
    ),
    Op(
        (L, I),
        LL,
        4,
        words.split_on,
        "split_on({0}, {1})",
        "the parts of {0} between the items {1}",
    ),
    Op(
        (L, L),
        LL,
        4,
        lambda a, b: tuple(zip(a, b, strict=False)),
        "[[x, y] for x, y in zip({0}, {1})]",
        "the pairs of {0} and {1}",
    ),
    Op((L, L), LL, 3, lambda a, b: (a, b), "[{0}, {1}]", "{0} and {1}"),
    Op((L,), LL, 2, lambda a: (a,), "[{0}]", "the list of just {0}"),
    Op((LL,), LL, 2, lambda p: p[::-1], "{0:20}[::-1]", "{0} reversed"),
    Op((LL,), LL, 3, lambda p: tuple(sorted(p)), "sorted({0})", "{0} sorted"),
    Op(
        (LL,),
        LL,
        3,
        lambda p: tuple(sorted(p, key=len)),
        "sorted({0}, key=len)",
        "{0} sorted by length",
    ),
    Op(
        (LL,),
        LL,
        3,
        lambda p: tuple(sorted(p, key=sum)),
        "sorted({0}, key=sum)",
        "{0} sorted by sum",
    ),
    Op(
        (LL,),
        LL,
        2,
        lambda p: tuple(q[::-1] for q in p),
        "[part[::-1] for part in {0}]",
        "{0}, each reversed",
    ),
    Op(
        (LL,),
        LL,
        3,
        lambda p: tuple(tuple(sorted(q)) for q in p),
        "[sorted(part) for part in {0}]",
        "{0}, each sorted",
    ),
    Op(
        (LL,),
        LL,
        3,
        lambda p: tuple(q[1:] for q in p),
        "[part[1:] for part in {0}]",
        "{0}, each without its first item",
    ),
    Op(
        (LL,),
        LL,
        3,
        lambda p: tuple(q[:1] for q in p),
        "[part[:1] for part in {0}]",
        "the first items of {0}",
    ),
    Op((LL,), LL, 3, lambda p: p[1:], "{0:20}[1:]", "{0} but for the first"),
    Op((LL,), LL, 3, lambda p: p[:-1], "{0:20}[:-1]", "{0} but for the last"),
    Op((LL,), LL, 4, words.transpose, "transpose({0})", "{0} with rows and columns exchanged"),
    Op((LL,), LL, 3, words.unique, "unique({0})", "{0}, each distinct one once"),
    Op(
        (LL, I),
        LL,
        3,
        lambda p, n: tuple(q for q in p if len(q) > n),
        "[part for part in {0} if len(part) > {1:6}]",
        "those of {0} longer than {1}",
    ),
    Op(
        (LL, I),
        LL,
        3,
        lambda p, n: tuple(q for q in p if len(q) == n),
        "[part for part in {0} if len(part) == {1:6}]",
        "those of {0} of length {1}",
    ),
    Op(
        (LL, I),
        LL,
        3,
        lambda p, n: tuple(q for q in p if n in q),
        "[part for part in {0} if {1:6} in part]",
        "those of {0} that contain {1}",
    ),
)
"""Operators that give a list of lists."""


def _take(test: Test, items: Items) -> Items:
    return tuple(takewhile(test, items))


def _drop(test: Test, items: Items) -> Items:
    return tuple(dropwhile(test, items))


HIGHER: Final = (
    Op(
        (T, L),
        L,
        2,
        lambda p, a: tuple(filter(p, a)),
        "[x for x in {1} if {0}]",
        "the items of {1} for which {0}",
    ),
    Op(
        (M, L),
        L,
        2,
        lambda f, a: bounded(tuple(map(f, a))),
        "[{0} for x in {1}]",
        "{0}, for each item of {1}",
    ),
    Op(
        (T, L),
        L,
        4,
        _take,
        "list(takewhile(lambda x: {0}, {1}))",
        "the items of {1} as long as {0}",
    ),
    Op(
        (T, L),
        L,
        4,
        _drop,
        "list(dropwhile(lambda x: {0}, {1}))",
        "{1} from the first item on that breaks the rule that {0}",
    ),
    Op(
        (T, L),
        I,
        3,
        lambda p, a: sum(map(p, a)),
        "sum({0} for x in {1})",
        "the number of items of {1} for which {0}",
    ),
    Op(
        (T, L),
        L,
        4,
        lambda p, a: tuple(i for i, x in enumerate(a) if p(x)),
        "[i for i, x in enumerate({1}) if {0}]",
        "the positions in {1} at which {0}",
    ),
    Op(
        (T, M, L),
        L,
        5,
        lambda p, f, a: tuple(f(x) if p(x) else x for x in a),
        "[{1:2} if {0:2} else x for x in {2}]",
        "{1} in place of each item of {2} for which {0}",
    ),
    Op(
        (T, L),
        L,
        5,
        lambda p, a: tuple(sorted(a, key=lambda x: not p(x))),
        "sorted({1}, key=lambda x: not {0:4})",
        "the items of {1} with those for which {0} moved to the front",
    ),
    Op(
        (M, L),
        L,
        4,
        lambda f, a: tuple(sorted(a, key=f)),
        "sorted({1}, key=lambda x: {0})",
        "{1} sorted by {0}",
    ),
)
"""Forms that take a function or a test of one item."""


def _fail() -> int:
    raise ValueError
