"""What `peirce doctor` knows about the sandbox: each layer, each probe at each level, each fix.

It only looks and tries; rendering is the command line's job.
"""

import asyncio
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Final

from peirce.verifiers.sandbox.bubblewrap import bwrap_version, find_bwrap
from peirce.verifiers.sandbox.inside import kernel
from peirce.verifiers.sandbox.level import FILTER_NAME, Level, Limits
from peirce.verifiers.sandbox.opening import (
    FIX_BWRAP,
    FIX_MACHINE,
    FIX_NAMESPACES,
    NOT_LINUX,
    Attempt,
    attempt,
)
from peirce.verifiers.sandbox.seccomp import filters_for
from peirce.verifiers.sandbox.selftest import Probe

FIX_LANDLOCK: Final = "use Linux 5.13 or later with `landlock` in the boot parameter `lsm=`"
FIX_SECCOMP: Final = "use a kernel built with CONFIG_SECCOMP_FILTER"
FIX_CLOCK: Final = "use Linux 5.3 or later"
ROOT_WARNING: Final = (
    "running as root: at level strong the kernel does not count processes against a limit "
    "(seccomp still denies them); run as an ordinary user to have both"
)
_NEW_USER_NAMESPACE: Final = """\
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
sys.exit(os.strerror(ctypes.get_errno()) if libc.unshare(0x10000000) else 0)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerCheck:
    """Whether this machine offers one layer of the wall."""

    name: str
    present: bool
    detail: str
    fix: str = ""
    """What to type to get it; empty when it is present."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCheck:
    """Whether one level proves itself here."""

    level: Level
    reached: bool
    probes: tuple[Probe, ...]
    reason: str = ""
    """Why it was not reached."""
    fix: str = ""
    """What to type to reach it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Everything there is to say about the sandbox on this machine."""

    system: str
    """Kernel, machine and Python."""
    layers: tuple[LayerCheck, ...]
    levels: tuple[LevelCheck, ...]
    """Strongest first; weak is not listed, it proves nothing."""
    warnings: tuple[str, ...]

    @property
    def best(self) -> Level | None:
        """The strongest level that proved itself, if any did."""
        return next((check.level for check in self.levels if check.reached), None)


def diagnose() -> Diagnosis:
    """Look at every layer and try every level; takes a second or two."""
    machine = os.uname()
    python = ".".join(map(str, sys.version_info[:3]))
    system = f"{machine.sysname} {machine.release} {machine.machine}, Python {python}"
    if sys.platform != "linux":
        return Diagnosis(system=system, layers=(), levels=(), warnings=(NOT_LINUX,))
    levels, skipped = asyncio.run(_try_levels())
    warnings = [f"not importable inside: {name}" for name in skipped]
    if os.geteuid() == 0:
        warnings.insert(0, ROOT_WARNING)
    return Diagnosis(system=system, layers=_layers(), levels=levels, warnings=tuple(warnings))


async def _try_levels() -> tuple[tuple[LevelCheck, ...], tuple[str, ...]]:
    checks: list[LevelCheck] = []
    skipped: tuple[str, ...] = ()
    for level in (Level.STRONG, Level.MEDIUM):
        tried = await attempt(level, Limits())
        if tried.started is not None:
            skipped = skipped or tuple(tried.started.hello["failures"])
            await tried.started.worker.close()
        checks.append(_level_check(tried))
    return tuple(checks), skipped


def _level_check(tried: Attempt) -> LevelCheck:
    return LevelCheck(
        level=tried.level,
        reached=tried.started is not None,
        probes=tried.probes,
        reason=tried.reason,
        fix=tried.fix,
    )


def _layers() -> tuple[LayerCheck, ...]:
    return (
        _bubblewrap(),
        _user_namespaces(),
        _seccomp(),
        _landlock(),
        LayerCheck(name="resource limits", present=True, detail="setrlimit"),
        _cpu_clock(),
    )


def _bubblewrap() -> LayerCheck:
    bwrap = find_bwrap()
    if bwrap is None:
        return _layer("bubblewrap", False, "not installed", FIX_BWRAP)
    return _layer("bubblewrap", True, f"{bwrap_version(bwrap)} at {bwrap}", "")


def _user_namespaces() -> LayerCheck:
    command = [sys.executable, "-I", "-S", "-c", _NEW_USER_NAMESPACE]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    detail = "may be created" if done.returncode == 0 else done.stderr.strip()
    return _layer("user namespaces", done.returncode == 0, detail, FIX_NAMESPACES)


def _seccomp() -> LayerCheck:
    filters = filters_for()
    if filters is None:
        detail = f"no system call table for {os.uname().machine}"
        return _layer("seccomp", False, detail, FIX_MACHINE)
    try:
        kernel.prctl(kernel.PR_GET_SECCOMP)
    except OSError as error:
        return _layer("seccomp", False, str(error), FIX_SECCOMP)
    return _layer("seccomp", True, f"{FILTER_NAME}, sha256 {filters.sha256[:12]}", "")


def _landlock() -> LayerCheck:
    abi = kernel.landlock_abi()
    return _layer("Landlock", abi > 0, f"ABI {abi}" if abi else "absent", FIX_LANDLOCK)


def _cpu_clock() -> LayerCheck:
    try:
        time.clock_gettime((~os.getpid() << 3) | 2)
        os.close(os.pidfd_open(os.getpid()))
    except OSError as error:
        return _layer("CPU clock and pidfd", False, str(error), FIX_CLOCK)
    return _layer("CPU clock and pidfd", True, "per process", "")


def _layer(name: str, present: bool, detail: str, fix: str) -> LayerCheck:
    return LayerCheck(name=name, present=present, detail=detail, fix="" if present else fix)
