"""What is learned holds for what was never shown."""

import asyncio
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from itertools import islice, product
from typing import Final, TypeAlias

import pytest

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.method import Clock
from peirce.agent.proposers.symbolic.relations import METHOD
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.sandbox import Execution, Limits, Sandbox

LIMITS: Final = Limits(cpu_seconds=5)
STEPS: Final = 1_000
FAMILY: Final = """\
parent(ann, bob). parent(ann, cleo). parent(tom, bob). parent(tom, cleo).
parent(bob, dora). parent(bob, eli). parent(cleo, gus). parent(dora, hal). parent(gus, ida).
"""
CHAIN: Final = "".join(f"next(n{i}, n{i + 1}).\n" for i in range(12))


Running: TypeAlias = Callable[[Program, Sequence[Value]], Execution]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Running]:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        opened = runner.run(stack.enter_async_context(Sandbox.open(limits=LIMITS)))
        yield lambda program, inputs: runner.run(opened.run(program, inputs, ValueType.BOOLEAN))
        runner.run(stack.aclose())


def relation(
    holds: tuple[str, ...], fails: tuple[str, ...], background: str, tests: tuple[str, ...] = ()
) -> Task:
    pairs = [*((atom, True) for atom in holds), *((atom, False) for atom in fails)]
    return Task.from_pairs(
        pairs,
        tests,
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        background=background,
    )


def proposals(task: Task, steps: int = STEPS) -> Iterator[Proposal]:
    made = islice(METHOD.propose(task, Clock()), steps)
    return (item for item in made if item is not None)


GRANDPARENT: Final = relation(
    ("grandparent(ann, dora)", "grandparent(ann, gus)", "grandparent(bob, hal)"),
    ("grandparent(ann, bob)", "grandparent(dora, ann)", "grandparent(ann, hal)"),
    FAMILY,
    ("grandparent(tom, eli)", "grandparent(cleo, ida)", "grandparent(eli, hal)"),
)
ANCESTOR: Final = relation(
    ("ancestor(ann, bob)", "ancestor(ann, hal)", "ancestor(bob, hal)", "ancestor(tom, ida)"),
    ("ancestor(hal, ann)", "ancestor(dora, eli)", "ancestor(bob, gus)", "ancestor(ann, ann)"),
    FAMILY,
    ("ancestor(tom, hal)", "ancestor(gus, ida)", "ancestor(eli, hal)"),
)
LEAF: Final = relation(
    ("leaf(hal)", "leaf(eli)", "leaf(ida)"),
    ("leaf(ann)", "leaf(bob)", "leaf(gus)"),
    FAMILY + "person(ann). person(hal).",
    ("leaf(dora)", "leaf(hal)"),
)
TWO_CHILDREN: Final = relation(
    ("full(ann)", "full(bob)"),
    ("full(cleo)", "full(dora)", "full(eli)", "full(hal)"),
    FAMILY,
    ("full(tom)", "full(gus)"),
)
EVEN: Final = relation(
    ("even(n0)", "even(n2)", "even(n6)"),
    ("even(n1)", "even(n5)", "even(n7)"),
    CHAIN + "zero(n0).",
    ("even(n8)", "even(n12)", "even(n11)", "even(n9)"),
)
COLOURS: Final = relation(
    ("warm(a)", "warm(b)", "warm(e)"),
    ("warm(c)", "warm(d)", "warm(f)"),
    "colour(a, red). colour(b, red). colour(c, blue). colour(d, green). colour(e, red). "
    "colour(f, blue). colour(g, red). colour(h, green).",
    ("warm(g)", "warm(h)"),
)
AVOIDING: Final = relation(
    ("way(n0, n1)", "way(n0, n3)", "way(n1, n3)", "way(n5, n7)", "way(n6, n8)"),
    ("way(n0, n4)", "way(n2, n5)", "way(n3, n5)", "way(n3, n1)", "way(n7, n9)", "way(n2, n2)"),
    CHAIN + "blocked(n4). blocked(n9).",
    ("way(n0, n2)", "way(n5, n8)", "way(n1, n6)", "way(n8, n10)", "way(n10, n12)"),
)


@pytest.mark.skipif(shutil.which("swipl") is None, reason="needs SWI-Prolog")
@pytest.mark.parametrize(
    ("task", "expected"),
    [
        (GRANDPARENT, (True, True, False)),
        (ANCESTOR, (True, True, False)),
        (LEAF, (False, True)),
        (TWO_CHILDREN, (True, False)),
        (EVEN, (True, True, False, False)),
        (COLOURS, (True, False)),
        (AVOIDING, (True, True, False, False, True)),
    ],
)
def test_the_first_rule_fits_and_is_right_about_new_atoms(
    sandbox: Running, task: Task, expected: tuple[bool, ...]
) -> None:
    first = next(proposals(task))
    assert first.program.language is Language.PROLOG
    program = replace(first.program, background=task.background)
    execution = sandbox(program, task.inputs)
    assert execution.values == (*task.outputs, *expected), (first.program.source, execution)


def test_a_rule_is_said_in_words_and_in_prolog() -> None:
    first = next(proposals(GRANDPARENT))
    assert first.program.source == "grandparent(A, B) :- parent(A, C), parent(C, B).\n"
    assert first.hypothesis.words == (
        "A is a grandparent of B if for some C, A is a parent of C and C is a parent of B."
    )
    assert first.origin == "symbolic.relations.learn"


def test_recursive_rules_are_tabled() -> None:
    source = next(proposals(ANCESTOR)).program.source
    assert source.startswith(":- table ancestor/2.\n")


def test_counting_is_said_in_prolog() -> None:
    assert (
        next(proposals(TWO_CHILDREN)).program.source
        == "full(A) :- aggregate_all(count, parent(A, _), 2).\n"
    )


def test_rules_of_the_background_are_worked_out() -> None:
    background = (
        FAMILY + "old(X) :- parent(X, Y), parent(Y, _).\nyoung(X) :- person(X), \\+ old(X). "
    )
    background += "".join(f"person({name}). " for name in ("ann", "bob", "eli", "hal", "gus"))
    task = relation(("t(eli)", "t(hal)", "t(gus)"), ("t(ann)", "t(bob)"), background)
    assert "t(A) :- young(A).\n" in {item.program.source for item in proposals(task)}


def test_the_same_task_gives_the_same_rules() -> None:
    first, again = ([item.program for item in proposals(EVEN, STEPS // 2)] for _ in range(2))
    assert first == again
    assert first


def test_tasks_it_is_not_for_are_left_alone() -> None:
    no_background = relation(("t(a)",), ("t(b)",), "")
    assert METHOD.promise(no_background) == 0
    assert METHOD.promise(GRANDPARENT) == 1
    two_relations = relation(("t(a)",), ("s(b)",), FAMILY)
    nested = relation(("t(f(a))",), ("t(f(b))",), FAMILY)
    contradictory = relation(("t(ann)",), ("t(ann)",), FAMILY)
    for task in (two_relations, nested, contradictory):
        assert not list(proposals(task, STEPS // 4))


def test_every_step_is_given_back_to_the_portfolio() -> None:
    edges = "".join(f"edge(n{a}, n{b}). " for a, b in product(range(8), repeat=2) if a * b % 3 == 1)
    task = relation(("t(n1, n2)", "t(n2, n5)"), ("t(n1, n1)", "t(n4, n7)"), edges)
    steps = list(islice(METHOD.propose(task, Clock()), 200))
    assert steps.count(None) > 0
