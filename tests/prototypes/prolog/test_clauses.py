"""Prolog source as clauses, in other clothes, and changed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.prolog.clauses import arguments, read_clauses, write_clauses
from peirce.prototypes.prolog.disguises import rename, rename_answer, renaming, reorder
from peirce.prototypes.prolog.mutations import (
    EXPLORATORY,
    TRANSFORMATIVE,
    Mutation,
    compose,
)
from peirce.prototypes.prototype import Kind, Prototype
from peirce.tasks.errors import TaskError

ORIGINALS = load_catalogue(Kind.PROLOG)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)


def applied(name: str, parts: list[str]) -> str:
    return f"{name}({', '.join(parts)})"


def listed(parts: list[str]) -> str:
    return f"[{', '.join(parts)}]"


def clause(head: str, goals: list[str]) -> str:
    return f"{head} :- {', '.join(goals)}." if goals else f"{head}."


LEAVES = NAMES | st.integers(0, 99).map(str)
ODD_LEAVES = st.sampled_from(["X", "_", "Y1", "'a. b'", '"50% % off"', "[]", "0'a"])
TERMS = st.recursive(
    LEAVES | ODD_LEAVES,
    lambda inner: st.one_of(
        st.builds(applied, NAMES, st.lists(inner, min_size=1, max_size=3)),
        st.builds(listed, st.lists(inner, min_size=1, max_size=3)),
        st.builds("({} =< {})".format, inner, inner),
    ),
    max_leaves=6,
)
HEADS = st.builds("{}({})".format, NAMES, TERMS)
CLAUSES = st.builds(clause, HEADS, st.lists(HEADS, max_size=3))


@given(st.lists(CLAUSES, max_size=4))
def test_clauses_are_read_as_they_are_written(texts: list[str]):
    source = "".join(f"{text}\n" for text in texts)
    clauses = read_clauses(source)
    assert len(clauses) == len(texts)
    assert write_clauses(clauses) == source


def test_comments_and_layout_are_no_part_of_a_clause():
    source = "a(1). % one. two\n/* b(2). */ c('%', \"/*\") :-\n    a(X), % why\n    X > 0.\n"
    assert write_clauses(read_clauses(source)) == "a(1).\nc('%', \"/*\") :- a(X), X > 0.\n"


@pytest.mark.parametrize(
    "source", ["a(1)", "a(1.\n", "a(1)).\n", "a :- .\n", "a :- b,, c.\n", "\x00.\n", "a(]).\n"]
)
def test_broken_source_is_refused(source: str):
    with pytest.raises(TaskError, match="Prolog"):
        read_clauses(source)


def test_arguments_are_found_behind_brackets_and_operators():
    (clause,) = read_clauses("p(f(a, b), [1, 2 | T], (x , y)).")
    assert len(arguments(clause.head)) == 3
    assert clause.functor == "p/3"


@given(st.integers(0, 99))
def test_a_renaming_is_one_to_one_and_keeps_the_alphabetical_order(seed: int):
    clauses = read_clauses("p(ann, bea). p(zoe, 3). q(X) :- p(X, _), length([X], N), N is 0 + 1.")
    names = renaming(clauses, random.Random(seed))
    assert set(names) == {"ann", "bea", "p", "q", "zoe"}
    assert [names[name] for name in sorted(names)] == sorted(set(names.values()))


def test_names_of_the_library_and_texts_are_not_renamed():
    clauses = read_clauses('a(b). answer(X) :- findall(Y, a(Y), X), length(X, 1), c("b").')
    text = write_clauses(rename(clauses, renaming(clauses, random.Random(1))))
    assert "findall(" in text and "length(" in text and '"b"' in text and "answer(" in text
    assert "a(b)" not in text


def test_answers_follow_a_renaming():
    assert rename_answer([["ann", 3], "bob"], {"ann": "x"}) == [["x", 3], "bob"]


@given(st.integers(0, 99))
def test_another_order_keeps_every_clause_and_the_order_where_there_is_a_cut(seed: int):
    source = ":- dynamic d/1.\na(1).\na(2).\nb(1) :- !.\nb(2).\n"
    clauses = read_clauses(source)
    other = reorder(clauses, random.Random(seed))
    assert sorted(one.text for one in other) == sorted(one.text for one in clauses)
    assert other[0].functor == ""
    assert [one.text for one in other if one.functor == "b/1"] == ["b(1) :- !.", "b(2)."]


@pytest.mark.parametrize("mutation", [*EXPLORATORY, *TRANSFORMATIVE])
@pytest.mark.parametrize("original", ORIGINALS, ids=lambda one: one.name)
def test_a_mutation_changes_something_and_leaves_readable_clauses(
    mutation: Mutation, original: Prototype
):
    clauses = read_clauses(original.source)
    for seed in range(5):
        changed = mutation(clauses, random.Random(seed))
        if changed is not None:
            text = write_clauses(changed.clauses)
            assert text != write_clauses(clauses)
            assert write_clauses(read_clauses(text)) == text


def test_every_mutation_finds_something_to_change_in_the_catalogue():
    for mutation in (*EXPLORATORY, *TRANSFORMATIVE):
        assert any(
            mutation(read_clauses(one.source), random.Random(seed))
            for one in ORIGINALS
            for seed in range(5)
        ), mutation


def test_composed_prototypes_share_no_predicate():
    by_name = {one.name: one for one in ORIGINALS}
    changed = compose(by_name["route"], by_name["colours"])
    assert changed is not None
    functors = {one.functor for one in changed.clauses}
    assert "first_answer/1" in functors and "second_answer/1" in functors and "answer/1" in functors
    assert all(name.startswith(("first_", "second_", "answer")) for name in functors)
