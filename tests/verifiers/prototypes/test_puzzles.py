"""Puzzles accept exactly what makes them True, and simple answers are found."""

import itertools
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.verifiers.prototypes.conftest import Interpreters

from peirce.prototypes.answer_types import AnswerType, conforms, parse_answer_type
from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.prototype import Kind, Prototype
from peirce.prototypes.puzzles.mutations import compose, enlarge, turn
from peirce.prototypes.puzzles.reading import constants, read_puzzle
from peirce.prototypes.puzzles.values import candidates
from peirce.tasks.errors import TaskError
from peirce.verifiers.prototypes.puzzles import Solved, check_answer, solve_puzzle
from peirce.verifiers.prototypes.ruling import Refusal

ORIGINALS = load_catalogue(Kind.PUZZLE)
each_original = pytest.mark.parametrize("original", ORIGINALS, ids=lambda one: one.name)


class Agreeable(str):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


def execute(puzzle: Prototype, answer: object) -> object:
    names: dict[str, object] = {}
    exec(puzzle.source, names)
    sat = names["sat"]
    assert callable(sat)
    return sat(answer)


@each_original
def test_originals_are_solved_by_trying_simple_answers(
    original: Prototype, interpreters: Interpreters
):
    solved = interpreters.run(solve_puzzle(original, interpreters.sandbox, most=15_000))
    assert isinstance(solved, Solved), solved
    assert execute(original, solved.answer) is True
    assert solved.candidates > 4


@pytest.mark.parametrize(
    ("source", "answer", "check"),
    [
        ("def sat(x: int): return True", True, "type"),
        ("def sat(x: int): return True", 1.0, "type"),
        ("def sat(x: list[int]): return True", [1, "2"], "type"),
        ("def sat(x: str): return True", Agreeable("a"), "type"),
        ("def sat(x: int): return 1", 1, "sat"),
        ("def sat(x: int): return 'yes'", 1, "sat"),
        ("def sat(x: int): return x == 2", 1, "sat"),
        ("def sat(x: int): raise ValueError", 1, "sat"),
        ("def sat(x: int):\n    while True: pass", 1, "sat"),
        ("def sat(x: int): return bool(open('/etc/passwd'))", 1, "sat"),
        ("def sat(x: int): import os; os._exit(0)", 1, "sat"),
    ],
)
def test_only_true_of_exactly_the_right_type_counts(
    source: str, answer: object, check: str, interpreters: Interpreters
):
    refusal = interpreters.run(check_answer(read_puzzle(source), answer, interpreters.sandbox))
    assert isinstance(refusal, Refusal)
    assert refusal.check == check, refusal


@pytest.mark.parametrize(
    "body",
    ["assert x > 3\n    return x * x == 49", "return next(i for i in range(x) if i == 6) == x - 1"],
)
def test_answers_that_a_puzzle_raises_for_are_passed_over(body: str, interpreters: Interpreters):
    puzzle = read_puzzle(f"def sat(x: int):\n    {body}\n")
    solved = interpreters.run(solve_puzzle(puzzle, interpreters.sandbox, most=50))
    assert isinstance(solved, Solved), solved
    assert solved.answer == 7


def test_a_right_answer_is_accepted(interpreters: Interpreters):
    puzzle = read_puzzle("def sat(li: List[int], n=3): return len(li) == n and sum(li) == 2 ** n")
    assert puzzle.answer_type == "list[int]"
    assert interpreters.run(check_answer(puzzle, [8, 0, 0], interpreters.sandbox)) is None


def test_a_puzzle_that_answers_for_the_search_is_still_checked(interpreters: Interpreters):
    lying = read_puzzle(
        "import json\n"
        "def sat(x: int):\n    json.dumps = lambda *_: '[7, 1]'\n    return x == 0 or x > 9\n"
    )
    found = interpreters.run(solve_puzzle(lying, interpreters.sandbox, most=50))
    assert isinstance(found, Refusal), found


@pytest.mark.parametrize(
    "source",
    [
        *("x = 1", "def sat(): return True", "def sat(x): return True", "def sat(x: int, y): pass"),
        *("def sat(x: dict): pass", "def sat(x: int", "def other(x: int): pass"),
    ],
)
def test_what_is_no_puzzle_is_refused(source: str):
    with pytest.raises(TaskError):
        read_puzzle(source)


def test_the_words_of_a_puzzle_are_no_hint():
    puzzle = 'def sat(x: int, n=17):\n    """Find 99."""\n    return x == n + 4 and True'
    assert constants(puzzle) == (17, 4)


@given(st.sampled_from(["bool", "int", "str", "float"]), st.integers(0, 2))
@settings(max_examples=20, deadline=None)
def test_simple_answers_are_of_the_type_and_never_repeated(leaf: str, depth: int):
    kind = AnswerType(leaf, depth)
    found = list(itertools.islice(candidates(kind, (12, "ab")), 400))
    assert all(conforms(one, kind) for one in found)
    assert len({json.dumps(one) for one in found}) == len(found)
    assert len(found) == (2 if (leaf, depth) == ("bool", 0) else 400)


@given(st.lists(st.integers(0, 3), max_size=4))
@settings(max_examples=20, deadline=None)
def test_short_lists_of_small_numbers_are_soon_among_the_simple_answers(wanted: list[int]):
    kind = parse_answer_type("list[int]")
    assert any(one == wanted for one in itertools.islice(candidates(kind), 30_000))


@each_original
def test_mutations_leave_puzzles_that_are_not_the_old_one(original: Prototype):
    rng = random.Random(1)
    both = compose(original, ORIGINALS[0], rng)
    children = [enlarge(original, rng), turn(original, rng), both and both.puzzle]
    made = [child for child in children if child is not None]
    assert made
    varied = enlarge(original, rng)
    assert varied is None or compose(varied, original, rng) is None, "the same puzzle twice"
    for child in made:
        assert read_puzzle(child.source).answer_type == child.answer_type
        assert original.digest in child.parents and child.mutation
