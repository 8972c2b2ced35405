"""Operators that give numbers, truth values and lists of lists, and the higher-order forms."""

from typing import Final

from peirce.agent.proposers.symbolic.lists.compiled import op
from peirce.agent.proposers.symbolic.lists.terms import AND, COMPARE, NOT, OR, PLUS, TIMES

TO_INT: Final = (
    op("L -> I", 2, "{0:20}[0]", "the first item of {0}"),
    op("L -> I", 2, "{0:20}[-1]", "the last item of {0}"),
    op("L -> I", 1, "len({0})", "the length of {0}"),
    op("L -> I", 2, "sum({0})", "the sum of {0}"),
    op("L -> I", 2, "max({0})", "the largest item of {0}"),
    op("L -> I", 2, "min({0})", "the smallest item of {0}"),
    op("L -> I", 4, "product({0})", "the product of {0}"),
    op("L -> I", 4, "by_frequency({0})[0]", "the most frequent item of {0}"),
    op("L -> I", 5, "by_frequency({0})[-1]", "the least frequent item of {0}"),
    op("L -> I", 4, "from_digits({0})", "the number whose digits are {0}"),
    op("L -> I", 5, "next_by_differences({0})", "the next number after {0} by differences"),
    op("L -> I", 5, "next_by_ratio({0})", "the next number after {0} by a fixed ratio"),
    op("L -> I", 5, "next_by_recurrence({0})", "the next number after {0} by a recurrence"),
    op("L N -> I", 1, "{0:20}[{1}]", "the item of {0} at position {1}"),
    op("L Z -> I", 3, "{0:20}[-{1:12}]", "item {1} of {0} counted from the end"),
    op("L I -> I", 3, "list({0}).count({1})", "how often {1} occurs in {0}"),
    op("L I -> I", 3, "list({0}).index({1})", "the position of the first {1} in {0}"),
    op("P -> I", 3, "len({0})", "the number of {0}"),
    op("I I -> I", 2, "{0:10} + {1:11}", "{0} plus {1}", PLUS),
    op("I I -> I", 2, "{0:10} - {1:11}", "{0} minus {1}", PLUS),
    op("I I -> I", 3, "{0:11} * {1:12}", "{0} times {1}", TIMES),
    op("I I -> I", 3, "{0:11} // {1:12}", "{0} divided by {1}, rounded down", TIMES),
    op("I I -> I", 3, "{0:11} % {1:12}", "the remainder of {0} divided by {1}", TIMES),
    op("I I -> I", 4, "max({0}, {1})", "the larger of {0} and {1}"),
    op("I I -> I", 4, "min({0}, {1})", "the smaller of {0} and {1}"),
    op("I -> I", 4, "abs({0})", "{0} without its sign"),
    op("I -> I", 4, "digit_sum({0})", "the digit sum of {0}"),
)
"""Operators that give a number."""
TO_BOOL: Final = (
    op("I I -> B", 2, "{0:6} > {1:6}", "{0} is greater than {1}", COMPARE),
    op("I I -> B", 2, "{0:6} == {1:6}", "{0} is {1}", COMPARE),
    op("I L -> B", 4, "{0:6} in {1:6}", "{0} occurs in {1}", COMPARE),
    op("I -> B", 5, "{0:11} % 2 == 0", "{0} is even", COMPARE),
    op("L L -> B", 4, "list({0}) == list({1})", "{0} is the same as {1}", COMPARE),
    op("T L -> B", 3, "any({0} for x in {1})", "{0} for some item of {1}"),
    op("T L -> B", 3, "all({0} for x in {1})", "{0} for every item of {1}"),
    op("B -> B", 2, "not {0:4}", "it is not so that {0}", NOT),
    op("B B -> B", 3, "{0:3} and {1:4}", "{0} and {1}", AND),
    op("B B -> B", 3, "{0:2} or {1:3}", "{0} or {1}", OR),
)
"""Operators that give a truth value."""
TO_LISTS: Final = (
    op("L -> P", 3, "runs({0})", "the runs of equal neighbours in {0}"),
    op("L -> P", 4, "ascents({0})", "the rising stretches of {0}"),
    op("L -> P", 5, "prefixes({0})", "the beginnings of {0}"),
    op("L -> P", 5, "suffixes({0})", "the ends of {0}"),
    op("L -> P", 4, "[[x] for x in {0}]", "the items of {0}, each in a list of its own"),
    op("L -> P", 4, "halves({0})", "the two halves of {0}"),
    op("L Z -> P", 3, "chunks({0}, {1})", "the pieces of {0} of length {1}"),
    op("L Z -> P", 4, "windows({0}, {1})", "the windows of {0} of length {1}"),
    op("L I -> P", 4, "split_on({0}, {1})", "the parts of {0} between the items {1}"),
    op("L L -> P", 4, "[[x, y] for x, y in zip({0}, {1})]", "the pairs of {0} and {1}"),
    op("L L -> P", 3, "[{0}, {1}]", "{0} and {1}"),
    op("L -> P", 2, "[{0}]", "the list of just {0}"),
    op("P -> P", 2, "{0:20}[::-1]", "{0} reversed"),
    op("P -> P", 3, "sorted({0})", "{0} sorted"),
    op("P -> P", 3, "sorted({0}, key=len)", "{0} sorted by length"),
    op("P -> P", 3, "sorted({0}, key=sum)", "{0} sorted by sum"),
    op("P -> P", 2, "[part[::-1] for part in {0}]", "{0}, each reversed"),
    op("P -> P", 3, "[sorted(part) for part in {0}]", "{0}, each sorted"),
    op("P -> P", 3, "[part[1:] for part in {0}]", "{0}, each without its first item"),
    op("P -> P", 3, "[part[:1] for part in {0}]", "the first items of {0}"),
    op("P -> P", 3, "{0:20}[1:]", "{0} but for the first"),
    op("P -> P", 3, "{0:20}[:-1]", "{0} but for the last"),
    op("P -> P", 4, "transpose({0})", "{0} with rows and columns exchanged"),
    op("P -> P", 3, "unique({0})", "{0}, each distinct one once"),
    op(
        "P I -> P", 3, "[part for part in {0} if len(part) > {1:6}]", "those longer than {1} of {0}"
    ),
    op("P I -> P", 3, "[part for part in {0} if len(part) == {1:6}]", "{0} of length {1}"),
    op("P I -> P", 3, "[part for part in {0} if {1:6} in part]", "{0} containing {1}"),
)
"""Operators that give a list of lists."""
HIGHER: Final = (
    op("T L -> L", 2, "[x for x in {1} if {0}]", "the items of {1} for which {0}"),
    op("F L -> L", 2, "[{0} for x in {1}]", "{0}, for each item of {1}"),
    op("T L -> L", 4, "list(takewhile(lambda x: {0}, {1}))", "the beginning of {1} where {0}"),
    op(
        "T L -> L",
        4,
        "list(dropwhile(lambda x: {0}, {1}))",
        "{1} without its beginning where {0}",
    ),
    op("T L -> I", 3, "sum({0} for x in {1})", "the number of items of {1} for which {0}"),
    op("T L -> L", 4, "[i for i, x in enumerate({1}) if {0}]", "the positions in {1} at which {0}"),
    op(
        "T F L -> L",
        5,
        "[{1:2} if {0:2} else x for x in {2}]",
        "{2} with {1} for items where {0}",
    ),
    op(
        "T L -> L",
        5,
        "sorted({1}, key=lambda x: not {0:4})",
        "{1}, first where {0}",
    ),
    op("F L -> L", 4, "sorted({1}, key=lambda x: {0})", "{1} sorted by {0}"),
)
"""Forms that take a function or a test of one item."""
