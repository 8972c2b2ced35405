"""Prolog prototypes have one answer that is about the problem, or are refused."""

import json

import pytest
from tests.verifiers.prototypes.conftest import Interpreters

from peirce.prototypes.answer_types import Answer
from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.prototype import Kind, Prototype
from peirce.verifiers.prototypes.prolog import Proved, examine, measured, prove
from peirce.verifiers.prototypes.ruling import Refusal


@pytest.mark.parametrize("original", load_catalogue(Kind.PROLOG), ids=lambda one: one.name)
def test_originals_have_their_known_answer_in_every_disguise(
    original: Prototype, interpreters: Interpreters
):
    proved = interpreters.run(examine(original, interpreters.sandbox))
    assert isinstance(proved, Proved), proved
    assert proved.answer == json.loads(original.known_answer)
    assert (measured(original, proved).difficulty.inferences or 0) > 20


@pytest.mark.parametrize(
    ("source", "answer_type", "answer"),
    [
        ("answer(X) :- member(X, [3, 3]).", "int", 3),
        ("answer([a, 'B c', \"d\"]).", "list[str]", ["a", "B c", "d"]),
        ("answer([]).", "list[int]", []),
        ("answer([[1], [2, 3]]).", "list[list[int]]", [[1], [2, 3]]),
        ("answer(X) :- X is 2 ** 100.", "int", 2**100),
        ("answer(0.5).", "float", 0.5),
        ("answer('line\nbreak \"] [').", "str", 'line\nbreak "] ['),
    ],
)
def test_answers_come_back_as_json_values(
    source: str, answer_type: str, answer: Answer, interpreters: Interpreters
):
    proved = interpreters.run(prove(source, answer_type, interpreters.sandbox))
    assert isinstance(proved, Proved), proved
    assert proved.answer == answer


@pytest.mark.parametrize(
    ("source", "check"),
    [
        ("answer(1). answer(2).", "unique"),
        ("answer(X) :- member(X, []).", "unique"),
        ("answer(1) :- between(1, inf, _).", "unique"),
        ("answer(_).", "answer"),
        ("answer([X, X]).", "answer"),
        ("answer(f(1)).", "answer"),
        ("answer([1 | 2]).", "answer"),
        ("answer(one).", "answer"),
        ("answer([1]).", "answer"),
        ("answer(X) :- answer(X).", "runs"),
        ("answer(X) :- catch(answer(X), _, answer(X)).", "runs"),
        ("question(1).", "runs"),
        ("answer(X) :- nowhere(X).", "runs"),
        ("answer(1) :- .", "runs"),
        ("answer(X) :- shell(ls), X = 1.", "runs"),
        (":- shell(ls). answer(1).", "runs"),
        ('answer(1). peirce_examine(_, ["0 1", "n7"]).', "runs"),
        ('answer(1). peirce_marks(_, ["n7"], []).', "runs"),
        ("answer(X) :- atom_length(abc, X), halt.", "runs"),
    ],
)
def test_what_has_no_single_plain_answer_is_refused(
    source: str, check: str, interpreters: Interpreters
):
    refusal = interpreters.run(prove(source, "int", interpreters.sandbox))
    assert isinstance(refusal, Refusal), refusal
    assert refusal.check == check
    assert refusal.why


@pytest.mark.parametrize(
    "source",
    [
        "p(ann). answer(X) :- p(N), atom_length(N, X).",
        "p(3). p(1). p(2). answer(X) :- findall(Y, p(Y), [X | _]).",
        "p(3). p(1). answer(X) :- once(p(X)).",
    ],
    ids=["names", "order", "first"],
)
def test_an_answer_that_hangs_on_names_or_order_is_refused(source: str, interpreters: Interpreters):
    prototype = Prototype(
        name="x", kind=Kind.PROLOG, words="", source=source, goal="answer(X)", answer_type="int"
    )
    refusals = [
        interpreters.run(examine(prototype, interpreters.sandbox, seed=seed)) for seed in range(3)
    ]
    assert any(isinstance(one, Refusal) and one.check == "invariant" for one in refusals)
