"""Levels are proved, never assumed; each layer is tested with the others switched off."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from typing import TypeVar

import pytest

from peirce.tasks.errors import SandboxError
from peirce.verifiers.sandbox import Level, Limits, Sandbox, diagnose, opening
from peirce.verifiers.sandbox.bubblewrap import find_bwrap, find_places, namespaced_command
from peirce.verifiers.sandbox.level import Isolation
from peirce.verifiers.sandbox.opening import blueprint_for
from peirce.verifiers.sandbox.seccomp import filters_for
from peirce.verifiers.sandbox.selftest import Probe, prove
from peirce.verifiers.sandbox.worker import Blueprint, start_worker

T = TypeVar("T")
EXPECTED = Level(os.environ.get("PEIRCE_EXPECT_LEVEL", "strong"))
needs_namespaces = pytest.mark.skipif(
    EXPECTED is not Level.STRONG, reason=f"PEIRCE_EXPECT_LEVEL={EXPECTED}"
)


def drive(work: Coroutine[None, None, T]) -> T:
    return asyncio.run(asyncio.wait_for(work, 60))


def open_and_look(floor: Level, ceiling: Level = Level.STRONG) -> Isolation:
    async def work() -> Isolation:
        async with Sandbox.open(floor=floor, ceiling=ceiling) as sandbox:
            return sandbox.isolation

    return drive(work())


def proved(blueprint: Blueprint, level: Level) -> dict[str, Probe]:
    async def work() -> tuple[Probe, ...]:
        started = await start_worker(blueprint)
        try:
            return await prove(started, level, blueprint.limits)
        finally:
            await started.worker.close()

    return {probe.name: probe for probe in drive(work())}


def layers(*, seccomp: bool = False, landlock: bool = False, bwrap: bool = False) -> Blueprint:
    return Blueprint(
        level=Level.WEAK,
        limits=Limits(),
        filters=filters_for() if seccomp else None,
        bwrap=find_bwrap() if bwrap else None,
        landlock=landlock,
    )


def test_levels_are_ordered_by_strength() -> None:
    assert Level.WEAK < Level.MEDIUM < Level.STRONG
    assert sorted(Level, reverse=True) == [Level.STRONG, Level.MEDIUM, Level.WEAK]
    assert Level.STRONG >= Level.STRONG > Level.MEDIUM
    assert Level.WEAK <= Level.WEAK


def test_the_expected_level_is_reached() -> None:
    isolation = open_and_look(Level.MEDIUM)
    assert isolation.level is EXPECTED
    withstood, made = isolation.selftest.split("/")
    assert withstood == made
    assert int(made) >= 14
    assert "seccomp pure-1" in isolation.layers
    assert len(isolation.filter_sha256) == 64
    assert isolation.summary.startswith(f"sandbox: {EXPECTED} (")


def test_weak_must_be_asked_for_and_says_what_it_lacks() -> None:
    with pytest.raises(SandboxError, match="ceiling weak is below the floor medium"):
        open_and_look(Level.MEDIUM, ceiling=Level.WEAK)
    isolation = open_and_look(Level.WEAK, ceiling=Level.WEAK)
    assert isolation.level is Level.WEAK
    assert isolation.selftest == "not run"
    assert "files" in isolation.summary


def test_without_bubblewrap_strong_is_refused_with_the_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SandboxError, match="apt install bubblewrap"):
        open_and_look(Level.STRONG)
    isolation = open_and_look(Level.MEDIUM)
    assert isolation.level is Level.MEDIUM
    assert isolation.missing == ("no namespaces: bubblewrap is not installed",)


def test_a_bubblewrap_that_cannot_start_leads_to_medium_with_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "find_bwrap", lambda: "/bin/false")
    isolation = open_and_look(Level.MEDIUM)
    assert isolation.level is Level.MEDIUM
    assert isolation.missing[0].startswith("no namespaces: ")


def test_an_unknown_machine_gets_no_sandbox_above_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "filters_for", lambda: None)
    with pytest.raises(SandboxError, match="no system call table"):
        open_and_look(Level.MEDIUM)


def test_other_systems_are_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SandboxError, match="docker run"):
        open_and_look(Level.WEAK)


def test_a_level_that_fails_a_probe_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async def leaky(*_: object) -> tuple[Probe, ...]:
        return (Probe(name="read file", withstood=False, detail="root:x:0:0"),)

    monkeypatch.setattr(opening, "prove", leaky)
    with pytest.raises(SandboxError, match="medium failed its self-test: read file"):
        open_and_look(Level.MEDIUM)


def test_the_self_test_finds_the_holes_of_an_open_sandbox() -> None:
    probes = proved(layers(), Level.STRONG)
    through = {name for name, probe in probes.items() if not probe.withstood}
    assert through >= {
        *("connect tcp", "connect unix", "fork", "read file", "signal parent"),
        *("host files not mounted", "own process tree", "system calls filtered"),
    }
    assert {"environment", "honest", "loop", "memory"}.isdisjoint(through)


def test_seccomp_alone_withstands_every_program() -> None:
    probes = proved(layers(seccomp=True), Level.MEDIUM)
    assert all(probe.withstood for probe in probes.values()), probes


def test_landlock_alone_denies_files() -> None:
    probes = proved(layers(landlock=True), Level.MEDIUM)
    for name in ("Landlock denies files", "read file", "write tmp", "write shm"):
        assert probes[name].withstood, probes[name]
    assert not probes["fork"].withstood


@needs_namespaces
def test_namespaces_alone_hide_the_host() -> None:
    probes = proved(layers(bwrap=True), Level.STRONG)
    hidden = ("own process tree", "host files not mounted", "no network interface")
    for name in (*hidden, "no capabilities", "no new privileges"):
        assert probes[name].withstood, probes[name]
    # Not denied by policy but simply not there; the fork is only contained.
    assert "No such file" in probes["read file"].detail
    assert "refused" in probes["connect tcp"].detail
    assert not probes["fork"].withstood


def test_only_modules_of_tasks_are_shown_inside() -> None:
    command = namespaced_command("bwrap", find_places(), {}, "{}")
    inside = [word for word in command if word.startswith("/peirce/tasks/")]
    assert inside
    assert all(word.endswith((".py", "/__pycache__")) for word in inside)
    assert not [word for word in command if word.startswith("/peirce/agent")]
    assert "/proc" not in command
    assert "/dev" not in command


def test_the_second_look_has_other_seeds() -> None:
    blueprint = blueprint_for(Level.MEDIUM, Limits())
    assert isinstance(blueprint, Blueprint)
    assert blueprint.environment()["PYTHONHASHSEED"] == "0"


def test_the_diagnosis_names_layers_levels_and_fixes(monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagnose()
    assert found.best is EXPECTED
    assert {layer.name for layer in found.layers} >= {"bubblewrap", "seccomp", "Landlock"}
    assert [check.level for check in found.levels] == [Level.STRONG, Level.MEDIUM]
    assert all(layer.present != bool(layer.fix) for layer in found.layers)
    monkeypatch.setenv("PATH", "/nonexistent")
    without = diagnose()
    assert without.best is Level.MEDIUM
    assert "apt install bubblewrap" in without.levels[0].fix
    assert any("apt install bubblewrap" in layer.fix for layer in without.layers)


def test_the_diagnosis_of_another_system_is_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    found = diagnose()
    assert found.best is None
    assert "docker" in found.warnings[0]
