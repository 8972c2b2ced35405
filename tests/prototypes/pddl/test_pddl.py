"""PDDL as values and back, and its mutations."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.pddl.grounding import ground
from peirce.prototypes.pddl.model import Literal, successor, write_domain, write_problem
from peirce.prototypes.pddl.mutations import (
    Planning,
    Varied,
    demand,
    double,
    exchange,
    join,
    wander,
    weaken,
)
from peirce.prototypes.pddl.reading import read_domain, read_plan, read_problem
from peirce.prototypes.prototype import Kind, Prototype
from peirce.tasks.errors import TaskError

ORIGINALS = load_catalogue(Kind.PDDL)
MANY = " ".join(f"?x{number}" for number in range(21))
DOMAIN = """
(define (domain walk)
  (:requirements :strips :typing)
  (:types room place - object hall - room)
  (:constants exit - hall)
  (:predicates (at ?x - room) (near ?x - room ?y - room))
  (:action go :parameters (?x - room ?y - room)
    :precondition (and (at ?x) (near ?x ?y)) :effect (and (at ?y) (not (at ?x)))))
"""
PROBLEM = """
(define (problem p) (:domain walk) (:objects a b - room c - place)
  (:init (at a) (near a b) (near b exit)) (:goal (at exit)))
"""


def planning(prototype: Prototype) -> Planning:
    domain = read_domain(prototype.source)
    return Planning(domain, read_problem(prototype.goal, domain))


@pytest.mark.parametrize("prototype", ORIGINALS, ids=lambda one: one.name)
def test_what_is_written_reads_back_the_same(prototype: Prototype):
    one = planning(prototype)
    domain = read_domain(write_domain(one.domain))
    assert domain == one.domain
    assert read_problem(write_problem(one.problem), domain) == one.problem


def test_case_layout_and_comments_do_not_matter():
    shouted = DOMAIN.upper().replace(" ", " ; (comment\n ")
    assert read_domain(shouted) == read_domain(DOMAIN)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("(at ?y) (not", "(att ?y) (not", "no predicate att"),
        ("(at ?y) (not", "(at ?y ?y) (not", "no predicate at of 2"),
        ("(at ?y) (not", "(at ?z) (not", "not declared"),
        ("(at ?y) (not", "(when (at ?x) (at ?y)) (not", "understood"),
        ("(near ?x ?y)", "(forall (?z) (at ?z))", "understood"),
        ("(near ?x ?y)", "(or (at ?x) (at ?y))", "understood"),
        ("?y - room)\n    :pre", "?y - rom)\n    :pre", "type rom"),
        ("?y - room)\n    :pre", "?x - room)\n    :pre", "declared twice"),
        (":typing)", ":typing :adl)", "requirement :adl"),
        ("(:action go", "(:derived go", ":derived"),
        ("hall - room)", "hall - roam)", "type roam"),
        ("(define", "(", "form"),
        ("(?x - room ?y - room)\n    :pre", f"({MANY})\n    :pre", "more than 20"),
        ("(at ?x)))))", "(at ?x))))", "never closed"),
        ("(at ?x)))))", "(at ?x))))))", "closes nothing"),
        ("(domain walk)", "(domain 'walk)", "no word of PDDL"),
        (":effect (and", ":effects (and", "it has :parameters"),
    ],
)
def test_a_broken_domain_is_refused_by_name(old: str, new: str, why: str):
    assert DOMAIN.count(old) >= 1
    with pytest.raises(TaskError, match=why.replace("(", r"\(")):
        read_domain(DOMAIN.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("(at a)", "(at d)", "not declared"),
        ("(at a)", "(at c)", "must be of type room"),
        ("(at a)", "(not (at a))", "negated fact"),
        ("(:domain walk)", "(:domain run)", "of the domain"),
        ("a b - room", "a a - room", "declared twice"),
        ("(:goal", "(:metric", ":metric"),
        ("c - place", "c - cave", "type cave"),
    ],
)
def test_a_broken_problem_is_refused_by_name(old: str, new: str, why: str):
    with pytest.raises(TaskError, match=why):
        read_problem(PROBLEM.replace(old, new), read_domain(DOMAIN))


@given(st.text(alphabet="()a-:?; \n=1", max_size=200))
def test_no_text_does_worse_than_be_refused(text: str):
    for read in (read_domain, read_plan):
        try:
            read(text)
        except TaskError as error:
            assert "PDDL" in str(error)


def test_only_steps_that_can_come_about_are_grounded():
    domain = read_domain(DOMAIN)
    steps = ground(domain, read_problem(PROBLEM, domain))
    assert {one.step for one in steps} == {("go", "a", "b"), ("go", "b", "exit")}


def test_what_a_step_deletes_and_adds_holds_afterwards():
    atom = ("at", "a")
    assert successor(frozenset(), (Literal(atom), Literal(atom, False))) == {atom}


@pytest.mark.parametrize("mutation", [wander, double, exchange, weaken, demand])
def test_mutations_give_other_problems_that_read_back_the_same(
    mutation: Callable[[Planning, random.Random], Varied | None],
):
    found = 0
    for number, original in enumerate(ORIGINALS):
        before = planning(original)
        varied = mutation(before, random.Random(number))
        if varied is None:
            continue
        found += 1
        after = varied.planning
        assert after != before and varied.words
        domain = read_domain(write_domain(after.domain))
        problem = read_problem(write_problem(after.problem), domain)
        assert domain == after.domain
        assert replace(problem, objects=()) == replace(after.problem, objects=())
    assert found >= len(ORIGINALS) // 2


def test_joined_problems_keep_their_names_apart():
    left, right = planning(ORIGINALS[0]), planning(ORIGINALS[1])
    joined = join(left, right).planning
    domain = read_domain(write_domain(joined.domain))
    assert len(domain.actions) == len(left.domain.actions) + len(right.domain.actions)
    problem = read_problem(write_problem(joined.problem), domain)
    assert len(problem.init) == len(left.problem.init) + len(right.problem.init)
    assert len(problem.goal) == len(left.problem.goal) + len(right.problem.goal)
