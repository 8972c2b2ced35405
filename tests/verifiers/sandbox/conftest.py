"""One open sandbox per level for the whole session, and what every attack is measured by.

Both levels must be reached. Where that cannot be, PEIRCE_EXPECT_LEVEL=medium says so, and then
strong must indeed not be reachable (see test_opening.py).
"""

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Final

import pytest

from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox import Cause, Execution, Level, Limits, Sandbox

EXPECTED_LEVEL: Final = Level(os.environ.get("PEIRCE_EXPECT_LEVEL", "strong"))
LIMITS: Final = Limits(cpu_seconds=0.15, wall_factor=20.0)
GRID: Final[Value] = ((1, 2), (3, 4))
BREACH: Final[Value] = ((1,),)
HONEST: Final = """\
import collections, math, sys
import numpy as np
def transform(grid):
    assert math.pi > 3.14 and collections.Counter is not None and sys.path
    return np.fliplr(np.array(grid)).tolist()
"""
PRELUDE: Final = """\
import ctypes, errno, gc, io, itertools, json, math, os, re, resource, signal, socket, struct, sys
import threading, time
BREACH = [[1]]
LIBC = ctypes.CDLL(None, use_errno=True)
NUMBERS = {numbers}
def raw(name, *arguments):
    result = LIBC.syscall(ctypes.c_long(NUMBERS[name]), *map(ctypes.c_long, arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, name + ": " + os.strerror(code))
    return result
def call(name, *arguments):
    result = getattr(LIBC, name)(*arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, name + ": " + os.strerror(code))
    return result
"""
NUMBERS: Final = {
    "x86_64": {
        **{"add_key": 248, "bpf": 321, "clone3": 435, "epoll_create1": 291, "eventfd2": 290},
        **{"init_module": 175, "inotify_init1": 294, "io_uring_setup": 425, "kexec_load": 246},
        **{"keyctl": 250, "mount": 165, "mq_open": 240, "msgget": 68, "open_by_handle_at": 304},
        **{"openat": 257, "openat2": 437, "perf_event_open": 298, "personality": 135},
        **{"pidfd_getfd": 438, "pidfd_open": 434, "pidfd_send_signal": 424, "pivot_root": 155},
        **{"process_vm_readv": 310, "process_vm_writev": 311, "ptrace": 101, "request_key": 249},
        **{"seccomp": 317, "semget": 64, "setns": 308, "shmget": 29, "tgkill": 234},
        **{"timerfd_create": 283, "umount2": 166, "unshare": 272, "userfaultfd": 323},
        **{"setxattr": 188, "swapon": 167, "vmsplice": 278, "membarrier": 324, "getpid": 39},
    },
    "aarch64": {
        **{"add_key": 217, "bpf": 280, "clone3": 435, "epoll_create1": 20, "eventfd2": 19},
        **{"init_module": 105, "inotify_init1": 26, "io_uring_setup": 425, "kexec_load": 104},
        **{"keyctl": 219, "mount": 40, "mq_open": 180, "msgget": 186, "open_by_handle_at": 265},
        **{"openat": 56, "openat2": 437, "perf_event_open": 241, "personality": 92},
        **{"pidfd_getfd": 438, "pidfd_open": 434, "pidfd_send_signal": 424, "pivot_root": 41},
        **{"process_vm_readv": 270, "process_vm_writev": 271, "ptrace": 117, "request_key": 218},
        **{"seccomp": 277, "semget": 190, "setns": 268, "shmget": 194, "tgkill": 131},
        **{"timerfd_create": 85, "umount2": 39, "unshare": 97, "userfaultfd": 282},
        **{"setxattr": 5, "swapon": 224, "vmsplice": 75, "membarrier": 283, "getpid": 172},
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arena:
    """An open sandbox, driven without async."""

    sandbox: Sandbox
    runner: asyncio.Runner

    def run(
        self,
        source: str,
        inputs: Sequence[Value] = (GRID,),
        output_type: ValueType = ValueType.GRID,
        entry: str = "transform",
    ) -> Execution:
        """Run one program."""
        program = Program(source=source, entry=entry)
        return self.runner.run(self.sandbox.run(program, inputs, output_type))

    def attack(self, body: str) -> Execution:
        """Run an attack with the helpers above it; nothing may be spoilt by it."""
        numbers = NUMBERS[os.uname().machine]
        execution = self.run(PRELUDE.format(numbers=numbers) + body)
        self.still_honest()
        return execution

    def still_honest(self) -> None:
        """The next program comes out right, from the same worker."""
        execution = self.run(HONEST)
        assert execution.values == (((2, 1), (4, 3)),), execution.outcomes
        assert self.sandbox.restarts == 0

    def withstands(self, body: str, causes: str) -> None:
        """The attack gets nothing, ends for one of the reasons named, and spoils nothing."""
        execution = self.attack(body)
        outcome = execution.outcomes[0]
        assert outcome.value != BREACH
        assert outcome.cause in map(Cause, causes.split()), outcome
        assert outcome.ok or outcome.message
        assert execution.cpu_seconds < LIMITS.cpu_seconds + 0.2
        assert execution.peak_bytes <= LIMITS.memory_bytes


def _open(level: Level) -> Iterator[Arena]:
    if level > EXPECTED_LEVEL:
        pytest.skip(f"PEIRCE_EXPECT_LEVEL={EXPECTED_LEVEL}: {level} is not expected here")
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        opening = Sandbox.open(floor=level, ceiling=level, limits=LIMITS)
        sandbox = runner.run(stack.enter_async_context(opening))
        yield Arena(sandbox=sandbox, runner=runner)
        runner.run(stack.aclose())


@pytest.fixture(scope="session", params=[Level.STRONG, Level.MEDIUM])
def arena(request: pytest.FixtureRequest) -> Iterator[Arena]:
    """Every level in turn."""
    yield from _open(request.param)
