"""Prolog that cannot be embedded runs as a process of its own, behind namespaces."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from tests.verifiers.sandbox.conftest import EXPECTED_LEVEL, Arena
from tests.verifiers.sandbox.test_attacks_by_prolog import CLAIMS, EXHAUSTING, REFUSED

from peirce.tasks.atoms import Atom
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.prolog.installed import find_prolog
from peirce.verifiers.sandbox import Cause, Execution, Level, Limits, Sandbox
from peirce.verifiers.sandbox import sandbox as opened

LIMITS: Final = Limits(cpu_seconds=0.1, wall_factor=3.0)
pytestmark = [
    pytest.mark.skipif(shutil.which("swipl") is None, reason="needs SWI-Prolog"),
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap"),
    pytest.mark.skipif(EXPECTED_LEVEL < Level.STRONG, reason="needs namespaces"),
]


@pytest.fixture(scope="module")
def cold() -> Iterator[Arena]:
    """A sandbox on a machine whose SWI-Prolog has no shared library."""
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
        found = replace(find_prolog(), library=Path("/nowhere/libswipl.so"))
        patch.setattr(opened, "find_prolog", lambda: found)
        stack = AsyncExitStack()
        sandbox = runner.run(stack.enter_async_context(Sandbox.open(limits=LIMITS)))
        yield Arena(sandbox=sandbox, runner=runner)
        runner.run(stack.aclose())


def ask(
    cold: Arena, source: str, *inputs: Value, output_type: ValueType = ValueType.BOOLEAN
) -> Execution:
    program = Program(
        source=source, language=Language.PROLOG, entry="t", background="p(a). p('b\n c')."
    )
    return cold.runner.run(cold.sandbox.run(program, inputs, output_type))


def test_atoms_and_values_are_answered(cold: Arena) -> None:
    execution = ask(cold, "t(X) :- p(X).", Atom(text="t(a)"), Atom(text="t(c)"))
    assert execution.values == (True, False), execution.outcomes
    assert execution.cpu_seconds > 0
    turned = ask(cold, "t(L, R) :- reverse(L, R).", (1, 2), output_type=ValueType.LIST)
    assert turned.values == ((2, 1),)


def test_what_does_not_load_says_why(cold: Arena) -> None:
    outcome = ask(cold, "t(X) :- q(X).", Atom(text="t(a)")).outcomes[0]
    assert outcome.cause is Cause.LOAD
    assert "q/1 is called, but neither" in outcome.message


@pytest.mark.parametrize("name", ["shell_directive", "open_to_read", "halt", "stream_alias"])
def test_an_attack_on_the_host_is_refused_before_it_runs(cold: Arena, name: str) -> None:
    outcome = ask(cold, REFUSED[name], Atom(text="t(a)")).outcomes[0]
    assert outcome.cause in (Cause.POLICY, Cause.LOAD), outcome
    assert not Path("/tmp/peirce-left-over").exists()


@pytest.mark.slow
def test_all_attacks_on_the_host_that_the_embedded_engine_withstands_are_refused(
    cold: Arena,
) -> None:
    for name, execution in each(cold, REFUSED):
        assert execution.outcomes[0].cause in (Cause.POLICY, Cause.LOAD), (name, execution)
    assert not Path("/tmp/peirce-left-over").exists()


@pytest.mark.slow
def test_all_attacks_on_time_or_memory_end_at_a_limit(cold: Arena) -> None:
    ends = (Cause.TIMEOUT, Cause.MEMORY, Cause.ERROR, Cause.CRASH)
    for name, execution in each(cold, EXHAUSTING):
        assert execution.outcomes[0].cause in ends, (name, execution)
    assert ask(cold, "t(X) :- p(X).", Atom(text="t(a)")).values == (True,)


def each(cold: Arena, attacks: dict[str, str]) -> Iterator[tuple[str, Execution]]:
    """Every attack and what came of it."""

    async def together() -> list[Execution]:
        programs = (
            Program(source=source, language=Language.PROLOG, entry="t")
            for source in attacks.values()
        )
        asked = [Atom(text="t(a)")]
        runs = (cold.sandbox.run(program, asked, ValueType.BOOLEAN) for program in programs)
        return await asyncio.gather(*runs)

    return zip(attacks, cold.runner.run(together()), strict=True)


@pytest.mark.parametrize("name", CLAIMS)
def test_printed_answers_are_not_believed(cold: Arena, name: str) -> None:
    assert ask(cold, CLAIMS[name], Atom(text="t(a)")).values == (False,)


@pytest.mark.parametrize(
    ("name", "causes"),
    [
        ("loop", {Cause.ERROR}),
        ("square", {Cause.TIMEOUT, Cause.ERROR, Cause.MEMORY}),
        ("sleep", {Cause.TIMEOUT}),
        ("numlist", {Cause.ERROR, Cause.MEMORY, Cause.TIMEOUT, Cause.CRASH}),
    ],
)
def test_an_attack_on_time_or_memory_ends_at_a_limit(
    cold: Arena, name: str, causes: set[Cause]
) -> None:
    source = re.sub(r"\bt\(", "u(", EXHAUSTING[name]) + "\nt(X) :- X = b, u(X).\nt(a).\n"
    first, second = ask(cold, source, Atom(text="t(a)"), Atom(text="t(b)")).outcomes
    assert first.value is True, first
    assert second.cause in causes, second
    assert second.message


def test_a_machine_without_namespaces_is_told_what_is_missing() -> None:
    async def run() -> Execution:
        with pytest.MonkeyPatch.context() as patch:
            found = replace(find_prolog(), library=Path("/nowhere/libswipl.so"))
            patch.setattr(opened, "find_prolog", lambda: found)
            async with Sandbox.open(ceiling=Level.MEDIUM, limits=LIMITS) as sandbox:
                program = Program(source="t(a).", language=Language.PROLOG, entry="t")
                return await sandbox.run(program, [Atom(text="t(a)")], ValueType.BOOLEAN)

    outcome = asyncio.run(run()).outcomes[0]
    assert outcome.cause is Cause.LOAD
    assert "cannot be embedded" in outcome.message
    assert "medium" in outcome.message
