"""Finds the strongest level that proves itself here, and says why stronger ones did not.

A level is never inferred: its first worker must come up and withstand every probe. A level below
the floor is never used, and weak only if the floor says so.
"""

import os
import sys
from dataclasses import dataclass
from typing import Final

from peirce.tasks.errors import SandboxError
from peirce.verifiers.sandbox.bubblewrap import bwrap_version, find_bwrap
from peirce.verifiers.sandbox.level import FILTER_NAME, Isolation, Level, Limits
from peirce.verifiers.sandbox.seccomp import filters_for
from peirce.verifiers.sandbox.selftest import Probe, prove
from peirce.verifiers.sandbox.worker import Blueprint, Started, WorkerLost, start_worker

NOT_LINUX: Final = (
    "the sandbox needs Linux (seccomp, pidfd); run Peirce in a Linux container or virtual "
    "machine, for example `docker run -it python:3.12 bash`, or in WSL2 on Windows"
)
FIX_BWRAP: Final = "install it: `sudo apt install bubblewrap` (or dnf, pacman)"
FIX_NAMESPACES: Final = (
    "allow user namespaces: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` "
    "(Ubuntu 24.04 and later) or `sudo sysctl -w kernel.unprivileged_userns_clone=1` (old Debian); "
    "inside a container this is up to its host"
)
FIX_MACHINE: Final = "use an x86_64 or aarch64 machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of trying one level."""

    level: Level
    blueprint: Blueprint | None
    started: Started | None
    """A worker that is up; its owner must close it. None when the level was not reached."""
    probes: tuple[Probe, ...] = ()
    reason: str = ""
    """Why the level was not reached."""
    fix: str = ""
    """What to type to reach it."""


def blueprint_for(level: Level, limits: Limits) -> Blueprint | str:
    """How workers of `level` are built here, or why they cannot be."""
    filters = filters_for()
    bwrap = find_bwrap()
    if level is Level.WEAK:
        return Blueprint(level=level, limits=limits, filters=None, bwrap=None, landlock=False)
    if filters is None:
        return f"no system call table for {os.uname().machine}"
    if level is Level.STRONG and bwrap is None:
        return "no namespaces: bubblewrap is not installed"
    return Blueprint(
        level=level,
        limits=limits,
        filters=filters,
        bwrap=bwrap if level is Level.STRONG else None,
        landlock=True,
    )


async def attempt(level: Level, limits: Limits) -> Attempt:
    """Start one worker at `level` and let it prove itself."""
    blueprint = blueprint_for(level, limits)
    if isinstance(blueprint, str):
        fix = FIX_MACHINE if filters_for() is None else FIX_BWRAP
        return Attempt(level=level, blueprint=None, started=None, reason=blueprint, fix=fix)
    try:
        started = await start_worker(blueprint)
    except SandboxError as error:
        what = "no namespaces" if level is Level.STRONG else "it does not start"
        fix = FIX_NAMESPACES if level is Level.STRONG else ""
        reason = f"{what}: {error}"
        return Attempt(level=level, blueprint=blueprint, started=None, reason=reason, fix=fix)
    if level is Level.WEAK:
        return Attempt(level=level, blueprint=blueprint, started=started)
    try:
        probes = await prove(started, level, limits)
    except WorkerLost as error:
        await started.worker.close()
        reason = f"{level} died in its self-test: {error}"
        return Attempt(level=level, blueprint=blueprint, started=None, reason=reason)
    except BaseException:
        await started.worker.close()
        raise
    failed = [probe for probe in probes if not probe.withstood]
    if failed:
        await started.worker.close()
        names = ", ".join(f"{probe.name} ({probe.detail})" for probe in failed)
        return Attempt(
            level=level,
            blueprint=blueprint,
            started=None,
            probes=probes,
            reason=f"{level} failed its self-test: {names}",
        )
    return Attempt(level=level, blueprint=blueprint, started=started, probes=probes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A level that holds, its first worker, and how to build more."""

    blueprint: Blueprint
    started: Started
    isolation: Isolation


async def reach(floor: Level, ceiling: Level, limits: Limits) -> Opened:
    """Try the levels from `ceiling` down to `floor`; the first that proves itself is taken.

    Raises:
        SandboxError: none does; the message says why and what to do.
    """
    if sys.platform != "linux":
        raise SandboxError(NOT_LINUX)
    if ceiling < floor:
        raise SandboxError(f"the ceiling {ceiling} is below the floor {floor}")
    refused: list[Attempt] = []
    for level in sorted(Level, key=lambda level: -level.rank):
        if not floor.rank <= level.rank <= ceiling.rank:
            continue
        tried = await attempt(level, limits)
        if tried.blueprint is not None and tried.started is not None:
            isolation = describe(tried.blueprint, tried.started, tried.probes, refused)
            return Opened(blueprint=tried.blueprint, started=tried.started, isolation=isolation)
        refused.append(tried)
    reasons = "; ".join(f"{tried.level}: {tried.reason}" for tried in refused)
    fixes = "; ".join(dict.fromkeys(tried.fix for tried in refused if tried.fix))
    advice = f" To get it, {fixes}." if fixes else ""
    raise SandboxError(
        f"no sandbox of level {floor} or stronger here ({reasons}).{advice} "
        "`peirce doctor` shows each layer."
    )


def describe(
    blueprint: Blueprint, started: Started, probes: tuple[Probe, ...], refused: list[Attempt]
) -> Isolation:
    """What a worker's wall is made of."""
    layers = ["rlimits"]
    missing = [tried.reason for tried in refused]
    if blueprint.filters is not None:
        layers.insert(0, f"seccomp {FILTER_NAME}")
    abi = started.hello["landlock"]
    if abi:
        layers.insert(0, f"landlock ABI {abi}")
    elif blueprint.landlock:
        missing.append("no Landlock in this kernel")
    if blueprint.bwrap is not None:
        layers.insert(0, f"bwrap {bwrap_version(blueprint.bwrap)}")
    if blueprint.level is Level.WEAK:
        missing.append("programs can read and write files, use the network and start processes")
    kernel = os.uname()
    withstood = sum(probe.withstood for probe in probes)
    return Isolation(
        level=blueprint.level,
        layers=tuple(layers),
        missing=tuple(missing),
        filter_sha256=blueprint.filters.sha256 if blueprint.filters else "",
        kernel=f"{kernel.sysname} {kernel.release} {kernel.machine}",
        selftest=f"{withstood}/{len(probes)}" if probes else "not run",
    )
