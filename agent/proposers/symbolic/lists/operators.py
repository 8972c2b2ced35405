"""The operators of the list search: Python's own and the words of `peirce.prototypes.lists`.

Prices: 1 to 2 for what anyone would try first, 3 for the usual, 4 and more for the unusual.
"""

from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.lists.terms import (
    TIMES,
    Kind,
    Op,
)
from peirce.prototypes import lists as words

I, B, L, LL, M, T = Kind.INT, Kind.BOOL, Kind.LIST, Kind.LISTS, Kind.MAP, Kind.TEST  # noqa: E741
Items: TypeAlias = tuple[int, ...]
Parts: TypeAlias = tuple[Items, ...]

LONGEST: Final = 120
"""Lists that grow longer than this are not followed up."""
LARGEST: Final = 10**9
"""Numbers beyond this are not followed up."""


def _short(items: Items) -> Items:
    if len(items) > LONGEST:
        raise ValueError
    return items


def _times(left: int, right: int) -> int:
    out = left * right
    if abs(out) > LARGEST:
        raise ValueError
    return out


def _range(start: int, stop: int) -> Items:
    if stop - start > LONGEST:
        raise ValueError
    return tuple(range(start, stop))


def _repeat(items: Items, times: int) -> Items:
    if len(items) * times > LONGEST:
        raise ValueError
    return items * times


def _repeat_each(items: Items, times: int) -> Items:
    if len(items) * times > LONGEST:
        raise ValueError
    return words.repeat_each(items, times)


def _divisors(number: int) -> Items:
    if abs(number) > 10_000:
        raise ValueError
    return words.divisors(number)


def _climb(items: Items) -> Items:
    if items and max(items) - min(items) > LONGEST:
        raise ValueError
    return words.climb(items)


def _running_products(items: Items) -> Items:
    return bounded(words.running_products(items))


def bounded(items: Items) -> Items:
    """The items themselves, if none is too large to follow up.

    Raises:
        ValueError: one is.
    """
    if items and (max(items) > LARGEST or min(items) < -LARGEST):
        raise ValueError
    return items


LIST_TO_LIST: Final = (
    Op((L,), L, 2, lambda a: a[::-1], "{0:20}[::-1]", "{0} reversed"),
    Op((L,), L, 2, lambda a: tuple(sorted(a)), "sorted({0})", "{0} sorted"),
    Op(
        (L,),
        L,
        3,
        lambda a: tuple(sorted(a, reverse=True)),
        "sorted({0}, reverse=True)",
        "{0} sorted from largest to smallest",
    ),
    Op((L,), L, 2, lambda a: a[1:], "{0:20}[1:]", "{0} without its first item"),
    Op((L,), L, 2, lambda a: a[:-1], "{0:20}[:-1]", "{0} without its last item"),
    Op((L,), L, 2, words.unique, "unique({0})", "{0} with each distinct item once"),
    Op((L,), L, 3, words.repeated, "repeated({0})", "the items that occur repeatedly in {0}"),
    Op((L,), L, 3, words.singles, "singles({0})", "the items that occur only once in {0}"),
    Op((L,), L, 3, lambda a: a[::2], "{0:20}[::2]", "every other item of {0}, from the first on"),
    Op(
        (L,), L, 3, lambda a: a[1::2], "{0:20}[1::2]", "every other item of {0}, from the second on"
    ),
    Op((L,), L, 3, words.differences, "differences({0})", "the differences of neighbours in {0}"),
    Op((L,), L, 4, words.pair_sums, "pair_sums({0})", "the sums of neighbours in {0}"),
    Op((L,), L, 3, words.running_sums, "running_sums({0})", "the running sums of {0}"),
    Op((L,), L, 4, _running_products, "running_products({0})", "the running products of {0}"),
    Op((L,), L, 4, words.running_maxima, "running_maxima({0})", "the running maxima of {0}"),
    Op((L,), L, 4, words.running_minima, "running_minima({0})", "the running minima of {0}"),
    Op((L,), L, 4, words.records, "records({0})", "the items larger than all before them in {0}"),
    Op(
        (L,),
        L,
        4,
        words.by_frequency,
        "by_frequency({0})",
        "the distinct items of {0}, most frequent first",
    ),
    Op(
        (L,),
        L,
        4,
        words.occurrences,
        "occurrences({0})",
        "how often each distinct item of {0} occurs",
    ),
    Op((L,), L, 4, words.tally, "tally({0})", "each distinct item of {0} followed by its count"),
    Op((L,), L, 5, words.seen_before, "seen_before({0})", "how often each item of {0} came before"),
    Op((L,), L, 5, words.ranks, "ranks({0})", "the rank of each item of {0}"),
    Op((L,), L, 5, _climb, "climb({0})", "a walk in steps of one through {0}"),
    Op(
        (L,),
        L,
        5,
        words.alternate_ends,
        "alternate_ends({0})",
        "{0} taken in turn from its front and its back",
    ),
    Op((L,), L, 3, lambda a: a[: len(a) // 2], "halves({0})[0]", "the first half of {0}"),
    Op((L,), L, 3, lambda a: a[len(a) // 2 :], "halves({0})[1]", "the second half of {0}"),
    Op(
        (L,),
        L,
        4,
        lambda a: (*a[-1:], *a[1:-1], *(a[:1] if len(a) > 1 else ())),
        "swap({0}, 0, len({0}) - 1)",
        "{0} with its first and last item exchanged",
    ),
    Op(
        (L,),
        L,
        4,
        lambda a: _short(a + a[::-1]),
        "[*{0:6}, *{0:20}[::-1]]",
        "{0} followed by its mirror image",
    ),
)
"""From one list to another."""

LIST_INT_TO_LIST: Final = (
    Op(
        (L, I),
        L,
        2,
        lambda a, n: a[:n] if n >= 0 else _fail(),
        "{0:20}[:{1}]",
        "the first {1} items of {0}",
    ),
    Op(
        (L, I),
        L,
        2,
        lambda a, n: a[n:] if n >= 0 else _fail(),
        "{0:20}[{1}:]",
        "{0} without its first {1} items",
    ),
    Op(
        (L, I),
        L,
        3,
        lambda a, n: a[-n:] if n > 0 else _fail(),
        "{0:20}[-{1:12}:]",
        "the last {1} items of {0}",
    ),
    Op(
        (L, I),
        L,
        3,
        lambda a, n: a[:-n] if n > 0 else _fail(),
        "{0:20}[:-{1:12}]",
        "{0} without its last {1} items",
    ),
    Op((L, I), L, 2, lambda a, n: _short((*a, n)), "[*{0:6}, {1}]", "{0} followed by {1}"),
    Op((I, L), L, 2, lambda n, a: _short((n, *a)), "[{0}, *{1:6}]", "{0} followed by {1}"),
    Op(
        (L, I), L, 3, words.remove_at, "remove_at({0}, {1})", "{0} without the item at position {1}"
    ),
    Op((L, I), L, 3, words.remove_first, "remove_first({0}, {1})", "{0} without the first {1}"),
    Op((L, I), L, 3, words.rotate_left, "rotate_left({0}, {1})", "{0} rotated to the left by {1}"),
    Op(
        (L, I),
        L,
        4,
        words.split_before,
        "split_before({0}, {1})",
        "the part of {0} before the first {1}",
    ),
    Op(
        (L, I),
        L,
        4,
        words.split_after,
        "split_after({0}, {1})",
        "the part of {0} after the first {1}",
    ),
    Op(
        (L, I),
        L,
        3,
        lambda a, n: tuple(x for x in a if x != n),
        "[x for x in {0} if x != {1:6}]",
        "{0} without every {1}",
    ),
    Op(
        (L, I),
        L,
        3,
        lambda a, n: tuple(x for x in a if x > n),
        "[x for x in {0} if x > {1:6}]",
        "the items of {0} greater than {1}",
    ),
    Op(
        (L, I),
        L,
        3,
        lambda a, n: tuple(x for x in a if x < n),
        "[x for x in {0} if x < {1:6}]",
        "the items of {0} less than {1}",
    ),
    Op(
        (L, I),
        L,
        4,
        lambda a, n: tuple(x + n for x in a),
        "[x + {1:11} for x in {0}]",
        "the items of {0} each plus {1}",
    ),
    Op(
        (L, I),
        L,
        4,
        lambda a, n: tuple(_times(x, n) for x in a),
        "[x * {1:12} for x in {0}]",
        "the items of {0} each times {1}",
    ),
    Op((L, I), L, 4, words.positions, "positions({0}, {1})", "the positions of {1} in {0}"),
    Op((L, I), L, 4, _repeat, "list({0}) * {1:12}", "{0} repeated {1} times", TIMES),
    Op(
        (L, I), L, 3, _repeat_each, "repeat_each({0}, {1})", "{0} with every item written {1} times"
    ),
    Op(
        (L, I),
        L,
        4,
        lambda a, n: a[::n] if n > 1 else _fail(),
        "{0:20}[::{1}]",
        "every item of {0} at a position divisible by {1}",
    ),
    Op(
        (L, I),
        L,
        4,
        lambda a, n: a[n - 1 :: n] if n > 1 else _fail(),
        "{0:20}[{1} - 1 :: {1}]",
        "every {1}th item of {0}",
    ),
    Op((I,), L, 1, lambda n: (n,), "[{0}]", "the list of just {0}"),
    Op(
        (I,),
        L,
        4,
        lambda n: _range(0, n),
        "list(range({0}))",
        "the numbers from 0 up to but not including {0}",
    ),
    Op(
        (I,),
        L,
        3,
        lambda n: _range(1, n + 1),
        "list(range(1, {0:10} + 1))",
        "the numbers from 1 to {0}",
    ),
    Op(
        (I, I),
        L,
        4,
        lambda m, n: _range(m, n + 1),
        "list(range({0}, {1:10} + 1))",
        "the numbers from {0} to {1}",
    ),
    Op(
        (I,),
        L,
        4,
        lambda n: _range(1, n + 1)[::-1],
        "list(range({0}, 0, -1))",
        "the numbers from {0} down to 1",
    ),
    Op(
        (I, I),
        L,
        3,
        lambda x, n: _repeat((x,), n),
        "[{0}] * {1:12}",
        "{0} written {1} times",
        TIMES,
    ),
    Op((I,), L, 4, words.digits, "digits({0})", "the digits of {0}"),
    Op((I,), L, 5, _divisors, "divisors({0})", "the divisors of {0}"),
    Op(
        (L, I, I),
        L,
        4,
        words.swap,
        "swap({0}, {1}, {2})",
        "{0} with the items at positions {1} and {2} exchanged",
    ),
    Op(
        (L, I, I),
        L,
        3,
        words.insert_at,
        "insert_at({0}, {1}, {2})",
        "{0} with {2} inserted at position {1}",
    ),
    Op(
        (L, I, I),
        L,
        3,
        words.replace_at,
        "replace_at({0}, {1}, {2})",
        "{0} with {2} in place of the item at position {1}",
    ),
    Op(
        (L, I, I),
        L,
        5,
        words.move,
        "move({0}, {1}, {2})",
        "{0} with the item at position {1} moved to position {2}",
    ),
    Op(
        (L, I, I),
        L,
        3,
        lambda a, m, n: a[m:n] if m >= 0 and n >= 0 else _fail(),
        "{0:20}[{1}:{2}]",
        "the items of {0} from position {1} up to but not including {2}",
    ),
    Op(
        (L, I, I),
        L,
        4,
        lambda a, m, n: tuple(n if x == m else x for x in a),
        "[{2} if x == {1:6} else x for x in {0}]",
        "{0} with {2} in place of every {1}",
    ),
)
"""From a list and numbers, or from numbers alone, to a list."""

LISTS_TO_LIST: Final = (
    Op((L, L), L, 3, lambda a, b: _short((*a, *b)), "[*{0:6}, *{1:6}]", "{0} followed by {1}"),
    Op((L, L), L, 4, words.interleave, "interleave({0}, {1})", "{0} and {1} taken in turn"),
    Op((L, L), L, 4, words.shared, "shared({0}, {1})", "the items of {0} that are also in {1}"),
    Op((L, L), L, 4, words.without, "without({0}, {1})", "the items of {0} that are not in {1}"),
    Op(
        (L, L),
        L,
        4,
        lambda a, b: tuple(x + y for x, y in zip(a, b, strict=False)),
        "[x + y for x, y in zip({0}, {1})]",
        "the item-by-item sums of {0} and {1}",
    ),
    Op(
        (L, L),
        L,
        4,
        lambda a, b: tuple(x - y for x, y in zip(a, b, strict=False)),
        "[x - y for x, y in zip({0}, {1})]",
        "the item-by-item differences of {0} and {1}",
    ),
    Op(
        (L, L),
        L,
        4,
        lambda a, b: tuple(_times(x, y) for x, y in zip(a, b, strict=False)),
        "[x * y for x, y in zip({0}, {1})]",
        "the item-by-item products of {0} and {1}",
    ),
    Op(
        (L, L),
        L,
        5,
        lambda a, b: tuple(map(max, a, b)),
        "[max(x, y) for x, y in zip({0}, {1})]",
        "the larger item of {0} and {1} at each position",
    ),
    Op(
        (L, L),
        L,
        5,
        lambda a, b: tuple(map(min, a, b)),
        "[min(x, y) for x, y in zip({0}, {1})]",
        "the smaller item of {0} and {1} at each position",
    ),
    Op(
        (L, L),
        L,
        5,
        lambda a, b: _repeat_pairs(a, b),
        "[x for x, n in zip({0}, {1}) for _ in range(n)]",
        "each item of {0} as often as {1} says",
    ),
    Op((LL,), L, 3, words.flatten, "flatten({0})", "the items of {0} in one list"),
    Op((LL,), L, 2, lambda p: p[0], "{0:20}[0]", "the first of {0}"),
    Op((LL,), L, 2, lambda p: p[-1], "{0:20}[-1]", "the last of {0}"),
    Op((LL,), L, 3, lambda p: max(p, key=len), "max({0}, key=len)", "the longest of {0}"),
    Op((LL,), L, 3, lambda p: min(p, key=len), "min({0}, key=len)", "the shortest of {0}"),
    Op(
        (LL,),
        L,
        3,
        lambda p: max(p, key=sum),
        "max({0}, key=sum)",
        "the one of {0} with the largest sum",
    ),
    Op(
        (LL,),
        L,
        3,
        lambda p: tuple(map(len, p)),
        "[len(part) for part in {0}]",
        "the lengths of {0}",
    ),
    Op((LL,), L, 3, lambda p: tuple(map(sum, p)), "[sum(part) for part in {0}]", "the sums of {0}"),
    Op(
        (LL,),
        L,
        3,
        lambda p: tuple(map(max, p)),
        "[max(part) for part in {0}]",
        "the maxima of {0}",
    ),
    Op(
        (LL,),
        L,
        3,
        lambda p: tuple(map(min, p)),
        "[min(part) for part in {0}]",
        "the minima of {0}",
    ),
    Op(
        (LL,),
        L,
        3,
        lambda p: tuple(q[0] for q in p),
        "[part[0] for part in {0}]",
        "the first items of {0}",
    ),
    Op(
        (LL,),
        L,
        3,
        lambda p: tuple(q[-1] for q in p),
        "[part[-1] for part in {0}]",
        "the last items of {0}",
    ),
    Op(
        (LL,),
        L,
        5,
        lambda p: tuple(v for q in p for v in (len(q), q[0])),
        "[part for run in {0} for part in (len(run), run[0])]",
        "the length and first item of each of {0}",
    ),
    Op(
        (LL,),
        L,
        5,
        lambda p: tuple(v for q in p for v in (q[0], len(q))),
        "[part for run in {0} for part in (run[0], len(run))]",
        "the first item and length of each of {0}",
    ),
)
"""From two lists, or a list of lists, to a list."""


def _repeat_pairs(left: Items, right: Items) -> Items:
    if sum(right) > LONGEST:
        raise ValueError
    return tuple(x for x, n in zip(left, right, strict=False) for _ in range(n))


def _fail() -> Items:
    raise ValueError
