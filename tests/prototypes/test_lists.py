import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import lists

ITEMS = st.lists(st.integers(-20, 20), max_size=8)
FEW = st.lists(st.integers(0, 3), max_size=8)
PLACES = st.integers(-3, 12)

EXAMPLES: dict[str, tuple[tuple[object, ...], object]] = {
    "alternate_ends": (([1, 2, 3, 4, 5],), (1, 5, 2, 4, 3)),
    "ascents": (([1, 4, 2, 3, 3],), ((1, 4), (2, 3), (3,))),
    "by_frequency": (([3, 1, 1, 2, 2, 2],), (2, 1, 3)),
    "chunks": (([1, 2, 3], 2), ((1, 2), (3,))),
    "climb": (([2, 4, 3],), (2, 3, 4, 3)),
    "continue_by_differences": (([2, 4, 6], 2), (8, 10)),
    "differences": (([5, 7, 4],), (2, -3)),
    "digit_sum": ((-307,), 10),
    "digits": ((-307,), (3, 0, 7)),
    "divisors": ((12,), (1, 2, 3, 4, 6, 12)),
    "flatten": (([[1], [], [2, 3]],), (1, 2, 3)),
    "from_digits": (([3, 0, 7],), 307),
    "halves": (([1, 2, 3],), ((1,), (2, 3))),
    "insert_at": (([1, 2], 1, 9), (1, 9, 2)),
    "interleave": (([1, 2, 3], [7]), (1, 7, 2, 3)),
    "is_prime": ((91,), False),
    "is_square": ((81,), True),
    "move": (([1, 2, 3], 0, 2), (2, 3, 1)),
    "next_by_differences": (([1, 4, 9, 16],), 25),
    "next_by_ratio": (([3, 6, 12],), 24),
    "next_by_recurrence": (([1, 1, 2, 3, 5],), 8),
    "occurrences": (([4, 5, 4],), (2, 1)),
    "pair_sums": (([1, 2, 4],), (3, 6)),
    "positions": (([7, 1, 7], 7), (0, 2)),
    "prefixes": (([1, 2],), ((1,), (1, 2))),
    "product": (([2, 3, 4],), 24),
    "ranks": (([30, 10, 30, 20],), (2, 0, 2, 1)),
    "records": (([2, 1, 5, 5, 6],), (2, 5, 6)),
    "remove_at": (([1, 2, 3], 1), (1, 3)),
    "remove_first": (([1, 2, 1], 1), (2, 1)),
    "repeat_each": (([1, 2], 2), (1, 1, 2, 2)),
    "repeated": (([1, 2, 1, 3, 3, 1],), (1, 3)),
    "replace_at": (([1, 2, 3], 1, 9), (1, 9, 3)),
    "rotate_left": (([1, 2, 3], 1), (2, 3, 1)),
    "running_maxima": (([2, 5, 3],), (2, 5, 5)),
    "running_minima": (([2, 5, 1],), (2, 2, 1)),
    "running_products": (([2, 3, 4],), (2, 6, 24)),
    "running_sums": (([2, 3, 4],), (2, 5, 9)),
    "runs": (([1, 1, 2, 1],), ((1, 1), (2,), (1,))),
    "seen_before": (([5, 6, 5, 5],), (0, 0, 1, 2)),
    "shared": (([1, 2, 3], [3, 1]), (1, 3)),
    "singles": (([1, 2, 1],), (2,)),
    "split_after": (([1, 2, 3], 2), (3,)),
    "split_before": (([1, 2, 3], 2), (1,)),
    "split_on": (([1, 0, 0, 2], 0), ((1,), (), (2,))),
    "suffixes": (([1, 2],), ((1, 2), (2,))),
    "swap": (([1, 2, 3], 0, 2), (3, 2, 1)),
    "tally": (([4, 5, 4],), (4, 2, 5, 1)),
    "transpose": (([[1, 2, 3], [4, 5]],), ((1, 4), (2, 5))),
    "unique": (([2, 1, 2],), (2, 1)),
    "windows": (([1, 2, 3], 2), ((1, 2), (2, 3))),
    "without": (([1, 2, 3], [3, 1]), (2,)),
}


def test_every_word_has_an_example():
    assert set(EXAMPLES) == set(lists.__all__)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_words_mean_what_their_examples_show(name: str):
    arguments, expected = EXAMPLES[name]
    assert getattr(lists, name)(*arguments) == expected


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_words_do_not_care_whether_lists_come_as_tuples(name: str):
    arguments, expected = EXAMPLES[name]
    frozen = [tuple(item) if isinstance(item, list) else item for item in arguments]
    assert getattr(lists, name)(*frozen) == expected


@given(ITEMS, PLACES, PLACES)
def test_swapping_twice_and_rotating_back_change_nothing(items: list[int], one: int, two: int):
    assert lists.swap(lists.swap(items, one, two), one, two) == tuple(items)
    assert lists.rotate_left(lists.rotate_left(items, one), -one) == tuple(items)


@given(ITEMS, st.integers(0, 8), st.integers(-5, 5))
def test_removing_undoes_inserting(items: list[int], place: int, value: int):
    inserted = lists.insert_at(items, place, value)
    assert lists.remove_at(inserted, min(place, len(items))) == tuple(items)


@given(FEW, st.integers(1, 5))
def test_cutting_loses_nothing(items: list[int], size: int):
    for parts in (lists.runs(items), lists.ascents(items), lists.halves(items)):
        assert lists.flatten(parts) == tuple(items)
    assert lists.flatten(lists.chunks(items, size)) == tuple(items)


@given(FEW)
def test_singles_and_repeated_items_are_the_distinct_ones(items: list[int]):
    assert {*lists.singles(items), *lists.repeated(items)} == set(items)
    assert sum(lists.occurrences(items)) == len(items)


@given(ITEMS)
def test_running_sums_undo_differences(items: list[int]):
    assert lists.running_sums((*items[:1], *lists.differences(items))) == tuple(items)


@given(ITEMS)
def test_taking_from_both_ends_keeps_every_item(items: list[int]):
    assert sorted(lists.alternate_ends(items)) == sorted(items)
    assert len(lists.ranks(items)) == len(items)


@given(st.integers(0, 10**9))
def test_digits_and_from_digits_are_inverse(number: int):
    assert lists.from_digits(lists.digits(number)) == number


@given(st.integers(1, 3000))
def test_primes_have_two_divisors_and_squares_an_odd_number(number: int):
    assert lists.is_prime(number) == (len(lists.divisors(number)) == 2)
    assert lists.is_square(number) == (len(lists.divisors(number)) % 2 == 1)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=3), st.integers(4, 7))
def test_polynomials_go_on_by_differences(coefficients: list[int], count: int):
    values = [
        sum(coefficient * n**power for power, coefficient in enumerate(coefficients))
        for n in range(count + 2)
    ]
    assert lists.continue_by_differences(values[:count], 2) == tuple(values[count:])


@given(ITEMS)
def test_sequences_go_on_whatever_they_are(items: list[int]):
    for go_on in (lists.next_by_differences, lists.next_by_ratio, lists.next_by_recurrence):
        assert isinstance(go_on(items), int)
