"""Heuristics: what they hold for, and how they are written."""

import numpy as np
import pytest

from peirce.agent.circuits.arithmetic import Arithmetic, Operator
from peirce.agent.circuits.heuristics import (
    Heuristic,
    Identical,
    Modulo,
    MultiResult,
    On,
    Pattern,
    Problems,
    Range,
    holds,
    is_direct,
    kind_of,
    list_heuristics,
    parse_heuristic,
)

PROBLEMS = Problems(np.array([7, 12, 40]), np.array([7, 5, 2]), np.array([14, 17, 42]))


@pytest.mark.parametrize(
    ("heuristic", "expected"),
    [
        (Range(On.LEFT, 5, 13), [True, True, False]),
        (Modulo(On.RIGHT, 5, 2), [True, False, True]),
        (Pattern(On.RESULT, ".4."), [False, False, True]),
        (Pattern(On.RESULT, "01."), [True, True, False]),
        (Range(On.BOTH, 5, 13), [True, True, False]),
        (Identical(), [True, False, False]),
        (MultiResult((14, 42)), [True, False, True]),
    ],
)
def test_heuristic_holds_where_its_words_say(heuristic: Heuristic, expected: list[bool]):
    assert holds(heuristic, PROBLEMS).tolist() == expected


@pytest.mark.parametrize("operator", list(Operator))
def test_every_heuristic_reads_back_from_its_spelling(operator: Operator):
    listed = list_heuristics(Arithmetic(operands=30, largest=58), operator)
    assert len(set(map(str, listed))) == len(listed) > 100
    assert all(parse_heuristic(str(heuristic)) == heuristic for heuristic in listed)
    assert parse_heuristic("result among 1,2,7") == MultiResult((1, 2, 7))


def test_ranges_are_the_papers_at_its_size():
    listed = list_heuristics(Arithmetic(operands=300, largest=999), Operator.ADD)
    lengths = {h.stop - h.start for h in listed if isinstance(h, Range)}
    assert lengths == {10, 30, 50, 100}


def test_only_results_are_direct():
    assert is_direct(Range(On.RESULT, 0, 3))
    assert not is_direct(Identical())
    assert kind_of(Modulo(On.LEFT, 2, 1)) == "op1 modulo"


def test_unknown_spelling_is_refused_with_an_example():
    with pytest.raises(ValueError, match=r"result range 10\.\.19"):
        parse_heuristic("result is odd")
