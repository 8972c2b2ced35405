"""Covers are complete, consistent with their limit, and the cheapest there are."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.agent.proposers.symbolic.relations.covering import cover
from peirce.agent.proposers.symbolic.relations.refining import Found
from peirce.agent.proposers.symbolic.relations.terms import Clause, Literal

ATOMS = 6
coverages = st.frozensets(st.integers(0, ATOMS - 1), min_size=1)
pools = st.lists(st.tuples(coverages, st.integers(1, 5)), max_size=8)


def found(pool: list[tuple[frozenset[int], int]]) -> list[Found]:
    return [
        Found(Clause("t", 1, (Literal(f"p{number}", (0,)),) * size), covered)
        for number, (covered, size) in enumerate(pool)
    ]


def length(program: list[Found]) -> int:
    return sum(item.clause.size for item in program)


def complete(program: list[Found]) -> bool:
    return len(frozenset[int]().union(*(item.covered for item in program))) == ATOMS


@settings(max_examples=60, deadline=None)
@given(pools, st.integers(1, 4))
def test_a_cover_is_found_whenever_there_is_one_and_none_is_much_shorter(
    pool: list[tuple[frozenset[int], int]], most: int
) -> None:
    items = found(pool)
    every = [
        list(some)
        for count in range(1, most + 1)
        for some in combinations(items, count)
        if complete(list(some))
    ]
    program = cover(ATOMS, items, most)
    assert (program is not None) is bool(every)
    if program is not None:
        assert complete(program)
        assert len(program) <= most
        # What a clause of few atoms is charged besides comes to less than a literal for each.
        assert length(program) < min(map(length, every)) + most


def test_of_two_clauses_of_one_length_the_one_that_covers_more_is_taken() -> None:
    rest, few, many = frozenset({0, 1, 2, 3}), frozenset({4, 5}), frozenset({2, 3, 4, 5})
    program = cover(ATOMS, found([(rest, 2), (few, 2), (many, 2)]))
    assert program is not None
    assert [item.covered for item in program] in ([rest, many], [many, rest])


def test_the_shortest_program_is_found_where_the_greedy_one_is_a_patchwork() -> None:
    tempting, left, right = frozenset({0, 1, 2, 3}), frozenset({0, 1, 4}), frozenset({2, 3, 5})
    program = cover(ATOMS, found([(tempting, 2), (left, 2), (right, 2), (frozenset({4, 5}), 3)]))
    assert program is not None
    assert {item.covered for item in program} == {left, right}
