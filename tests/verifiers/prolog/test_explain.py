import asyncio
import shutil
from typing import Final

import pytest

from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.prolog.goals import goal_text, term_text
from peirce.verifiers.sandbox import Limits, Sandbox
from peirce.verifiers.verdict import Verdict
from peirce.verifiers.verify import verify

needs_prolog = pytest.mark.skipif(shutil.which("swipl") is None, reason="needs SWI-Prolog")

TASK: Final = Task.from_pairs(
    [
        ("grand(ann, dora)", True),
        ("grand(ann, eli)", True),
        ("grand(ann, bob)", False),
        ("grand(dora, ann)", False),
    ],
    ["grand(bob, ann)"],
    input_type=ValueType.ATOM,
    output_type=ValueType.BOOLEAN,
    background="parent(ann, bob). parent(bob, dora). parent(bob, eli).",
)


async def _verdict(source: str) -> Verdict:
    program = Program(source=source, language=Language.PROLOG, entry="grand")
    async with Sandbox.open(limits=Limits(cpu_seconds=1)) as sandbox:
        return await verify(program, TASK, sandbox)


def verdict_on(source: str) -> Verdict:
    return asyncio.run(_verdict(source))


@needs_prolog
def test_a_right_rule_fits_and_is_stable() -> None:
    verdict = verdict_on("grand(X, Z) :- parent(X, Y), parent(Y, Z).")
    assert verdict.fits
    assert verdict.stable is True
    assert verdict.predictions == (False,)
    assert verdict.complaint == ""


@needs_prolog
def test_a_rule_that_misses_and_covers_wrongly_is_told_both() -> None:
    verdict = verdict_on("grand(X, Z) :- parent(X, Z).")
    assert verdict.passed == (False, False, False, True)
    assert "misses 2 of 2 atoms that hold (grand(ann, dora), grand(ann, eli))" in verdict.complaint
    assert "parent(ann,dora) does not hold" in verdict.complaint
    wrong = verdict.train[2].message
    assert "covers 1 of 2 atoms that do not hold" in wrong
    assert "grand(ann,bob) holds by its clause: parent(ann,bob)" in wrong


@needs_prolog
@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            "grand(X, Z) :- grand(X, Y), parent(Y, Z).",
            "grand(ann,dora) takes more than 20,000 inferences in its clause, at grand(ann,A); "
            "grand(ann,A) takes",
        ),
        (
            "grand(X, Z) :- step(X, Z).\nstep(X, Z) :- parent(X, Y), grand(X, Z), parent(Y, Z).",
            "step(ann,dora) takes more than 20,000 inferences in its clause: parent(ann,bob), "
            "at grand(ann,dora)",
        ),
        (
            "grand(X, Z) :- parent(X, Y), Y < Z.",
            "grand(ann,dora) raises an error in its clause: parent(ann,bob), at bob<dora",
        ),
    ],
    ids=["left recursion", "recursion by way of another", "error"],
)
def test_a_proof_that_breaks_off_is_told_with_the_calls_that_led_there(
    source: str, words: str
) -> None:
    verdict = verdict_on(source)
    assert words in verdict.train[0].message, verdict.train[0]
    assert not verdict.train[0].ok
    assert words in verdict.complaint


@needs_prolog
def test_variables_in_a_reason_have_letters() -> None:
    verdict = verdict_on("grand(X, Z) :- ( parent(X, Z) ; parent(X, Y), parent(Z, Y) ).")
    assert "parent(ann,dora);parent(ann,A),parent(dora,A) does not hold" in verdict.complaint


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (((1, 2), (3, 4)), "[[1,2],[3,4]]"),
        ("it's", '"it\\\'s"'),
        (("a", "b"), '["a","b"]'),
        (-3, "-3"),
        (True, "true"),
        ("\n\u00e9", '"\\xa\\\\xe9\\"'),
    ],
)
def test_values_are_written_as_prolog_terms(value: "str | int | bool", text: str) -> None:
    assert term_text(value) == text
    assert goal_text("p", value, ValueType.LIST) == f"'p'({text}, Out)"
    assert goal_text("p", value, ValueType.BOOLEAN) == f"'p'({text})"
