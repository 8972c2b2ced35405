"""Records of problems, forms of answers, and the catalogue."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from peirce.prototypes.answer_types import AnswerType, conforms, parse_answer_type, type_of
from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.prototype import LONGEST_SOURCE, Difficulty, Kind, Prototype
from peirce.tasks.errors import TaskError

RECORD = TypeAdapter(Prototype)
LEAVES = st.sampled_from(["bool", "int", "float", "str", "formula"])
PROTOTYPES = st.builds(
    Prototype,
    name=st.text(min_size=1),
    kind=st.sampled_from(Kind),
    words=st.text(),
    source=st.text(min_size=1).filter(str.strip),
    goal=st.text(min_size=1).filter(str.strip),
    answer_type=LEAVES,
    parents=st.tuples(st.text()),
    difficulty=st.builds(Difficulty, inferences=st.none() | st.integers(0)),
)


@given(PROTOTYPES)
def test_a_prototype_survives_the_round_trip_through_json(prototype: Prototype):
    again = RECORD.validate_json(RECORD.dump_json(prototype))
    assert again == prototype
    assert again.difficulty == prototype.difficulty
    assert again.digest == prototype.digest


def test_equal_problems_have_one_digest_whatever_they_are_called():
    first = Prototype(
        name="a", kind=Kind.PROLOG, words="x", source="s.", goal="g", answer_type="int"
    )
    other = Prototype(
        name="b", kind=Kind.PROLOG, words="y", source="s.", goal="g", answer_type="int"
    )
    puzzle = Prototype(
        name="a", kind=Kind.PUZZLE, words="x", source="s.", goal="g", answer_type="int"
    )
    assert first.digest == other.digest != puzzle.digest


@pytest.mark.parametrize("source", ["", " \n", "x" * (LONGEST_SOURCE + 1)])
def test_a_source_that_is_empty_or_too_long_is_refused(source: str):
    with pytest.raises(TaskError, match="characters"):
        Prototype(name="a", kind=Kind.EFA, words="", source=source, goal="g", answer_type="int")


@given(LEAVES, st.integers(0, 4))
def test_forms_of_answers_are_read_as_they_are_written(leaf: str, depth: int):
    kind = AnswerType(leaf, depth)
    assert parse_answer_type(str(kind)) == kind


@pytest.mark.parametrize(
    "text", ["dict", "list", "list[int, str]", "int | str", "[", "__import__('os')", "x" * 5000]
)
def test_other_forms_are_refused(text: str):
    with pytest.raises(TaskError, match="no form of an answer"):
        parse_answer_type(text)


@pytest.mark.parametrize(
    ("value", "kind", "fits"),
    [
        (1, "int", True),
        (True, "int", False),
        (1.0, "int", False),
        (float("nan"), "float", False),
        ([[1], []], "list[list[int]]", True),
        ([[1], [True]], "list[list[int]]", False),
        ((1,), "list[int]", False),
        (type("Text", (str,), {})("a"), "str", False),
    ],
)
def test_only_values_of_exactly_the_type_conform(value: object, kind: str, fits: bool):
    assert conforms(value, parse_answer_type(kind)) is fits


@pytest.mark.parametrize("kind", Kind)
def test_the_catalogue_holds_at_least_eight_prototypes_of_a_kind(kind: Kind):
    found = load_catalogue(kind)
    assert len({one.digest for one in found}) == len(found) >= 8
    assert all(one.words and one.kind is kind for one in found)


@pytest.mark.parametrize("kind", [Kind.PROLOG, Kind.EFA])
def test_known_answers_of_the_catalogue_are_of_the_stated_type(kind: Kind):
    for one in load_catalogue(kind):
        answer = json.loads(one.known_answer)
        assert conforms(answer, parse_answer_type(one.answer_type)), one.name
        assert type_of(answer) is not None
