"""Prolog that cannot be embedded runs as a process of its own, behind namespaces."""

import asyncio
import math
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
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
from peirce.verifiers.sandbox.bubblewrap import find_bwrap, prolog_command
from peirce.verifiers.sandbox.seccomp import filters_for
from peirce.verifiers.sandbox.swipl import START_SECONDS, ColdProlog
from peirce.verifiers.sandbox.verdicts import judge
from peirce.verifiers.sandbox.worker import job_for

LIMITS: Final = Limits(cpu_seconds=0.1, wall_factor=3.0)
KILLED: Final = ("caught_loop", "column", "sleep", "square")
"""Attacks that end with the process: by its limits, or by a crash."""
LOAD_ALL: Final = """peirce_cold:(
    stream_property(In, file_no(0)),
    stream_property(Out, file_no(1)),
    frames(In, Sources),
    forall(member(Source, Sources), (peirce_runner:load("", Source, "t", Reply), say(Out, Reply)))
)"""
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


def test_all_attacks_on_the_host_that_the_embedded_engine_withstands_are_refused() -> None:
    replies = list(loaded([text for attack in REFUSED.values() for text in (attack, "t(a).")]))
    for name, refused, honest in zip(REFUSED, replies[::2], replies[1::2], strict=True):
        assert refused.split("\n")[0] in (Cause.POLICY, Cause.LOAD), (name, refused)
        # Whatever was loaded before left nothing behind that changes what is refused.
        assert honest == "ok\n0\n", name
    assert not Path("/tmp/peirce-left-over").exists()


def loaded(sources: Sequence[str]) -> Iterator[str]:
    """What one process, behind the walls that each program gets, says of one source after another.

    A start costs a hundred times what it costs to refuse a program.
    """
    bwrap, filters = find_bwrap(), filters_for()
    assert bwrap is not None
    assert filters is not None
    with TemporaryFile() as wall:
        wall.write(filters.cold)
        wall.seek(0)
        command = prolog_command(bwrap, find_prolog(), filter_at=wall.fileno(), seed=0)
        command[command.index("peirce_cold:main")] = LOAD_ALL
        job = "".join(f"{len(source)}\n{source}" for source in sources)
        done = subprocess.run(
            command, input=job, stdout=subprocess.PIPE, text=True, pass_fds=(wall.fileno(),)
        )
    rest = done.stdout
    while rest:
        size, rest = rest.split("\n", 1)
        yield rest[: int(size)]
        rest = rest[int(size) :]


def test_one_process_withstands_all_attacks_that_prolog_can_end_itself() -> None:
    names = [name for name in EXHAUSTING if name not in KILLED]
    texts = [re.sub(r"\b([tfmd])(?=[(/])", rf"{name}_\1", EXHAUSTING[name]) for name in names]
    source = "\n".join((*texts, *(f"t({name}) :- {name}_t(a)." for name in names), "t(a)."))
    program = Program(source=source, language=Language.PROLOG, entry="t")
    asked = [Atom(text=f"t({name})") for name in (*names, "a")]
    job, limits = job_for(program, asked, ValueType.BOOLEAN), Limits(cpu_seconds=10.0)
    ran = asyncio.run(ColdProlog(find_prolog(), seed=0, size=1).run(job, limits))
    *outcomes, last = judge(ran, program, len(asked), ValueType.BOOLEAN, limits)
    for name, outcome in zip(names, outcomes, strict=True):
        assert outcome.cause in (Cause.MEMORY, Cause.ERROR), (name, outcome)
        assert "inferences" in outcome.message or "memory" in outcome.message, (name, outcome)
    assert last.value is True, last


def test_the_kernel_ends_what_uses_up_its_cpu_time() -> None:
    source = "t(_) :- l.\nl :- catch(n(0), _, l).\nn(N) :- M is N + 1, ( M > 99 -> n(0) ; n(M) )."
    program = Program(source=source, language=Language.PROLOG, entry="t")
    limits = Limits(cpu_seconds=0.1, wall_factor=100.0)
    job = job_for(program, [Atom(text="t(a)")], ValueType.BOOLEAN)
    ran = asyncio.run(ColdProlog(find_prolog(), seed=0, size=1).run(job, limits))
    (outcome,) = judge(ran, program, 1, ValueType.BOOLEAN, limits)
    assert outcome.cause is Cause.TIMEOUT, outcome
    assert "of CPU time" in outcome.message
    assert ran.cpu_seconds < math.ceil(limits.cpu_seconds + START_SECONDS) + 0.5


@pytest.mark.parametrize("name", CLAIMS)
def test_printed_answers_are_not_believed(cold: Arena, name: str) -> None:
    assert ask(cold, CLAIMS[name], Atom(text="t(a)")).values == (False,)


@pytest.mark.parametrize(
    ("name", "causes"),
    [
        ("square", {Cause.TIMEOUT, Cause.ERROR, Cause.MEMORY}),
        ("column", {Cause.TIMEOUT, Cause.ERROR, Cause.MEMORY}),
        ("sleep", {Cause.TIMEOUT}),
        ("caught_loop", {Cause.ERROR, Cause.MEMORY, Cause.TIMEOUT, Cause.CRASH}),
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
