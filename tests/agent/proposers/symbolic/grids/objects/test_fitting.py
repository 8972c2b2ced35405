import pytest

from peirce.agent.proposers.symbolic.grids.objects.actions import Action, delete, keep
from peirce.agent.proposers.symbolic.grids.objects.attributes import ATTRIBUTES
from peirce.agent.proposers.symbolic.grids.objects.fitting import SHORT, Board, Trial, bits, fit
from peirce.agent.proposers.symbolic.grids.objects.predicates import (
    Column,
    Predicate,
    distinct,
    predicates_of,
)

SIZE = next(one for one in ATTRIBUTES if one.code == "item.size")


def column(train: tuple[int, ...], test: tuple[int, ...]) -> Column:
    return Column(SIZE, train, test)


def board(kept: int, required: int) -> Board:
    """Four rows, each of which would explain one cell by staying."""
    explained = tuple(1 << row if kept >> row & 1 else 0 for row in range(4))
    stay = Trial(keep(), kept, explained, 0b11)
    go = Trial(delete(), 0b1111 & ~required, (0, 0, 0, 0), 0b11)
    return Board(4, 2, required, (stay, go))


def test_bits_are_the_places_of_the_ones():
    assert bits(0b10110) == [1, 2, 4]
    assert bits(0) == []


def test_rows_that_all_stay_need_no_condition():
    rules = [rule for rule in fit(board(0b1111, 0b1111), [], 0) if rule]
    assert [group.trial.action.code for group in rules[0].groups] == ["item"]
    assert rules[0].cost == 0


def test_a_condition_is_found_that_separates_the_rows():
    rules = [rule for rule in fit(board(0b0011, 0b0011), [column((1, 1, 4, 5), (1, 9))], 1) if rule]
    assert rules
    for rule in rules:
        stays = next(one for one in rule.groups if one.trial.action.code == "item")
        assert (stays.train, stays.test) == (0b0011, 0b01)


@pytest.mark.parametrize(("cost", "sought"), [(1.0, False), (SHORT, True)])
def test_two_conditions_are_combined_only_where_one_makes_no_short_rule(cost: float, sought: bool):
    paint = Action(code="item.rest(3)", words="", draw=lambda scene, index: None, cost=cost)
    trials = (
        Trial(keep(), 0b1100, (0, 0, 0b0100, 0b1000), 0b11),
        Trial(paint, 0b0011, (0b0001, 0b0010, 0, 0), 0b11),
    )
    found = fit(Board(4, 2, 0b1111, trials), [column((1, 1, 4, 5), (1, 4))], 2)
    conditions = {len(rule.groups) - 1 for rule in found if rule and rule.attribute is None}
    assert conditions == ({1, 2} if sought else {1})


def test_no_rule_is_given_where_nobody_explains_a_cell():
    assert [
        rule for rule in fit(board(0b0011, 0b0111), [column((1, 1, 4, 5), ())], 2) if rule
    ] == []


def test_numbers_give_conditions_of_equality_and_order():
    codes = {one.code: (one.train, one.test) for one in predicates_of(column((1, 2, 2), (3,)))}
    assert codes["item.size == 2"] == (0b110, 0)
    assert codes["item.size >= 2"] == (0b110, 1)


def test_of_equal_splits_the_cheapest_condition_stays():
    dear, cheap = Predicate("a", "", 0b01, 0, 3), Predicate("b", "", 0b01, 0, 2)
    opposite = Predicate("c", "", 0b10, 0, 1)
    assert distinct([dear, cheap], 0b11, 0) == [cheap]
    assert distinct([dear, cheap, opposite], 0b11, 0) == [opposite]
    assert len(distinct([dear, cheap, opposite], 0b11, 0, oriented=True)) == 2
    assert distinct([Predicate("all", "", 0b11, 0, 1)], 0b11, 0) == []
