"""What people who write rules in Prolog rely on."""

import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pytest

from peirce.tasks.atoms import Atom
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.prolog import installed
from peirce.verifiers.sandbox import Cause, Execution, run_program

if TYPE_CHECKING:
    from tests.verifiers.sandbox.conftest import Arena

pytestmark = pytest.mark.skipif(shutil.which("swipl") is None, reason="needs SWI-Prolog")

FAMILY: Final = "parent(ann, bob). parent(bob, dora). parent(ann, cleo).\n"
GRAND: Final = "grand(X, Z) :- parent(X, Y), parent(Y, Z).\n"


def ask(
    arena: "Arena",
    source: str,
    *atoms: str,
    background: str = FAMILY,
    output_type: ValueType = ValueType.BOOLEAN,
) -> Execution:
    program = Program(source=source, language=Language.PROLOG, entry="grand", background=background)
    inputs = [Atom(text=atom) for atom in atoms]
    return arena.runner.run(arena.sandbox.run(program, inputs, output_type))


def call(arena: "Arena", source: str, inputs: Sequence[Value], output_type: ValueType) -> Execution:
    program = Program(source=source, language=Language.PROLOG, entry="transform")
    return arena.runner.run(arena.sandbox.run(program, inputs, output_type))


def test_an_atom_is_true_if_the_rule_proves_it_from_the_background(arena: "Arena") -> None:
    execution = ask(arena, GRAND, "grand(ann, dora)", "grand(ann, bob)", "grand(_, dora)")
    assert execution.values == (True, False, True)
    assert execution.isolation_level is arena.sandbox.isolation.level


@pytest.mark.parametrize("name", ["last", "sumlist", "subtract", "plus_one"])
@pytest.mark.parametrize("clause", ["{0}(a, b).", "{0}(X, Y) :- X == a, !, Y = b."])
def test_a_background_may_give_names_of_the_library_its_own_meaning(
    arena: "Arena", name: str, clause: str
) -> None:
    source = f"grand(X, Z) :- {name}(X, Z).\n"
    execution = ask(
        arena, source, "grand(a, b)", "grand(a, c)", background=clause.format(name) + "\n"
    )
    assert execution.values == (True, False), execution


@pytest.mark.parametrize(
    "body",
    [
        "maplist([A, B]>>parent(A, B), [X], [Y])",
        "maplist({Y}/[A]>>parent(A, Y), [X])",
        "foldl([A, S, [A | S]]>>true, [Y, X], [], [X, Y])",
        "findall(A, distinct(A, member(A, [X, X])), [_])",
        "aggregate_all(count, parent(X, Y), 1)",
        "list_to_heap([1 - X], H), get_from_heap(H, 1, X, _)",
        "phrase(sequence(one, [X, Y]), [X, Y])",
    ],
)
def test_what_programs_like_to_use_need_not_be_loaded(arena: "Arena", body: str) -> None:
    libraries = ":- use_module(library(heaps)).\n:- use_module(library(dcg/high_order)).\n"
    source = f"{libraries}grand(X, Y) :- parent(X, Y), {body}.\none(X) --> [X].\n"
    execution = ask(arena, source, "grand(ann, bob)")
    assert execution.values == (True,), execution.outcomes


def test_clauses_may_depend_on_a_condition(arena: "Arena") -> None:
    source = f":- if(member(a, [b])).\ngrand(_, _).\n:- else.\n{GRAND}:- endif.\n"
    assert ask(arena, source, "grand(ann, bob)", "grand(ann, dora)").values == (False, True)


def test_printing_is_harmless(arena: "Arena") -> None:
    source = "grand(X, Z) :- write(X), nl, print(Z), format('~w', [X]), parent(X, Z).\n"
    assert ask(arena, source, "grand(ann, bob)").values == (True,)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("grand(X, Z) :- parent(X, Y) parent(Y, Z).\n", "syntax error"),
        ("grand(X, Z) :- parent(X, Y), child(Z, Y).\n", "child/2 is called, but neither"),
        ("grand(X, Z) :- parent(X, Z).\nparent(a, b).\n", "parent/2 is given by the background"),
        ("great(X, Z) :- parent(X, Z).\n", "grand is not defined"),
        ("", "grand is not defined"),
    ],
)
def test_a_program_that_does_not_load_says_why(arena: "Arena", source: str, words: str) -> None:
    outcome = ask(arena, source, "grand(ann, bob)").outcomes[0]
    assert outcome.cause is Cause.LOAD
    assert words in outcome.message


def test_a_background_that_gives_a_name_of_prolog_itself_is_told_so(arena: "Arena") -> None:
    execution = ask(arena, GRAND, "grand(ann, bob)", background="parent(ann, bob).\nhalt(bob).\n")
    message = "the background, line 2: halt/1 belongs to Prolog"
    assert message in execution.outcomes[0].message


def test_broken_background_is_named_as_such(arena: "Arena") -> None:
    execution = ask(arena, GRAND, "grand(ann, bob)", background="parent(ann bob).")
    assert "the background, line 1" in execution.outcomes[0].message


def test_a_load_failure_names_the_line(arena: "Arena") -> None:
    execution = ask(arena, "% a rule\n" + GRAND + "grand(X :- .\n", "grand(ann, bob)")
    assert "line 3" in execution.outcomes[0].message


def test_only_the_entry_is_asked(arena: "Arena") -> None:
    execution = ask(arena, GRAND, "parent(ann, bob)", "grand(ann)", "grand(ann, dora)")
    assert [outcome.cause for outcome in execution.outcomes] == [
        *(Cause.ERROR, Cause.ERROR, Cause.OK)
    ]


def test_an_endless_proof_ends_and_the_next_goal_is_asked(arena: "Arena") -> None:
    source = "grand(ann, Z) :- grand(ann, Z).\ngrand(bob, _).\n"
    first, second = ask(arena, source, "grand(ann, bob)", "grand(bob, x)").outcomes
    assert not first.ok
    assert second.value is True


def test_a_rule_says_why_an_atom_holds_or_not(arena: "Arena") -> None:
    source = GRAND + "grand(X, Z) :- parent(X, Y), grand(Y, Z).\n"
    execution = ask(
        arena,
        source,
        *("grand(ann, dora)", "grand(ann, bob)"),
        output_type=ValueType.STRING,
    )
    holds, fails = map(str, execution.values)
    assert holds.startswith("grand(ann,dora) holds by clause 1: parent(ann,bob), parent(bob,dora)")
    assert "then parent(bob,bob) does not hold" in fails


def test_what_is_asserted_for_one_example_is_noticed(arena: "Arena") -> None:
    source = (
        ":- dynamic seen/1.\ngrand(X, _) :- seen(X), !.\ngrand(X, _) :- assertz(seen(X)), fail.\n"
    )

    async def confirmed() -> bool:
        program = Program(source=source, language=Language.PROLOG, entry="grand")
        inputs = [Atom(text="grand(a, b)"), Atom(text="grand(a, b)")]
        execution = await arena.sandbox.run(program, inputs, ValueType.BOOLEAN)
        assert execution.values == (False, True)
        return await arena.sandbox.confirm(program, inputs, ValueType.BOOLEAN, execution)

    assert not arena.runner.run(confirmed())


@pytest.mark.parametrize(
    ("source", "value", "output_type", "expected"),
    [
        ("transform(G, H) :- reverse(G, H).", ((1, 2), (3, 4)), ValueType.GRID, ((3, 4), (1, 2))),
        ("transform(L, N) :- sum_list(L, N).", (4, -5, 6), ValueType.NUMBER, 5),
        (
            'transform(S, T) :- string_concat(S, "!", T).',
            'caf\u00e9 "x"\\\n\U0001f600',
            ValueType.STRING,
            'caf\u00e9 "x"\\\n\U0001f600!',
        ),
        ("transform(L) :- msort(L, L).", (1, 2, 3), ValueType.BOOLEAN, True),
        ("transform(L, [L, []]).", (1, 2), ValueType.LIST, ((1, 2), ())),
    ],
)
def test_grids_lists_and_texts_have_a_relational_view(
    arena: "Arena", source: str, value: Value, output_type: ValueType, expected: Value
) -> None:
    assert call(arena, source, [value], output_type).values == (expected,)


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("transform(_, _).", Cause.TYPE),
        ("transform(_, X) :- X = [X].", Cause.TYPE),
        ("transform(_, f(x)).", Cause.TYPE),
        ("transform(_, [[1], [2, 3]]).", Cause.TYPE),
        ("transform(_, _) :- fail.", Cause.ERROR),
        ("transform(L, X) :- X is foo + L.", Cause.ERROR),
    ],
)
def test_answers_that_are_no_values_are_refused(arena: "Arena", source: str, cause: Cause) -> None:
    outcome = call(arena, source, [((1,),)], ValueType.GRID).outcomes[0]
    assert outcome.cause is cause, outcome
    assert outcome.message


def test_without_prolog_the_outcome_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    installed.find_prolog.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    program = Program(source=GRAND, language=Language.PROLOG, entry="grand")
    try:
        execution = run_program(program, [Atom(text="grand(a, b)")], ValueType.BOOLEAN)
    finally:
        installed.find_prolog.cache_clear()
    assert execution.outcomes[0].cause is Cause.LOAD
    assert "swi-prolog-nox" in execution.outcomes[0].message
