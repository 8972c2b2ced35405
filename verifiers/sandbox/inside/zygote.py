"""The warm process that forks one confined child per program.

Promises: it is a fresh interpreter that never saw the host's memory; it reads no job, only
forwards the job's descriptors; after `serve` begins it can open nothing. Each child may burn its
CPU limit and is then killed here by pidfd. The wall clock is only the backstop: for what idles, and
several times as much for what would compute but has to wait for a core. One child at a time. When
the host goes away, so does the zygote and with it the child.
"""

import contextlib
import gc
import json
import math
import os
import random
import resource
import select
import signal
import socket
import struct
import sys
import time
from typing import Final, NoReturn, TypedDict

from peirce.verifiers.sandbox.inside import kernel, preload, prolog, runners

ORDER: Final = struct.Struct("<dd")
"""Host to zygote, with a job and a reply descriptor: CPU seconds, wall seconds."""
REPORT: Final = struct.Struct("<iidddd")
"""Zygote to host: wait status, why killed, CPU user, CPU system, wall seconds, peak bytes."""
KILL: Final = b"k"
"""Host to zygote: end the running program."""

ENDED: Final = 0
CPU_LIMIT: Final = 1
WALL_LIMIT: Final = 2
CANCELLED: Final = 3

LOOK_SECONDS: Final = 0.25
"""How often a child is looked at that has neither ended nor used its time up."""
IDLE_SHARE: Final = 0.01
"""A child that got less than this of a core since the last look idles."""
STARVED_FACTOR: Final = 6.0
"""A child that does not idle is stopped after this many times its wall limit."""

DESCRIPTORS: Final = 24
"""RLIMIT_NOFILE of the zygote and its children."""
NOBODY: Final = 65534
COLLECT_AFTER: Final = (50_000, 20, 20)
"""Garbage collection thresholds of programs: most are over before a collection would pay."""
WARM_ROUNDS: Final = 12
"""More than the eight calls after which the interpreter specialises code, writing to its pages."""
WARM_PROGRAMS: Final = (
    """\
from collections import Counter
def transform(grid):
    common = Counter(cell for row in grid for cell in row).most_common(1)[0][0]
    out = [[common] * len(row) for row in grid]
    for r in range(len(grid)):
        out[r][0] = grid[-r][0]
    return out
""",
    """\
import numpy as np
def transform(grid):
    a = np.array(grid)
    b = np.pad(np.where(a > 1, np.rot90(a), 0), 1) @ np.ones((5, 5), dtype=int)
    return np.unique(b).tolist(), b[1:-1], a.sum(axis=0), str(a), np.random.rand() > 2
""",
    "def transform(grid):\n    return grid[99]\n",
)


class Orders(TypedDict):
    """How the host wants the zygote to be; sent as its only argument."""

    control: int
    language: str
    """Of the programs it is for."""
    library: str
    home: str
    """Where Prolog lies; both empty if the programs are in Python."""
    seed: int
    memory_bytes: int
    canary: str
    landlock: bool
    zygote_filter: str
    child_filter: str


class Hello(TypedDict):
    """What the zygote found out about its own confinement before it began to serve."""

    pid: int
    canary_seen: bool
    canary_seen_under_landlock: bool
    interfaces: list[str]
    capabilities: int
    no_new_privileges: bool
    landlock: int
    seccomp: int
    uid: int
    failures: list[str]


def _readable(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
    except OSError:
        return False
    return True


def _prepare(orders: Orders) -> tuple[str, ...]:
    """Load what programs need; returns what could not be loaded."""
    if orders["language"] != "prolog":
        return preload.preload()
    runner = prolog.start(orders["library"], orders["home"], orders["seed"])
    runners.RUNNERS["prolog"] = runner
    return ()


def _confine(orders: Orders) -> Hello:
    """Preload, lock down step by step, and say what was seen at each step."""
    failures = _prepare(orders)
    canary_seen = _readable(orders["canary"])
    interfaces = [name for _, name in socket.if_nameindex()]
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_MEMLOCK):
        resource.setrlimit(limit, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    memory = orders["memory_bytes"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if orders["zygote_filter"] and os.geteuid() == 0:
        # As somebody else RLIMIT_NPROC binds and the host's files are out of reach. Inside a user
        # namespace that maps one id only this fails, and is not needed.
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
    capabilities = kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    abi = kernel.landlock_abi() if orders["landlock"] else 0
    if abi:
        kernel.forbid_by_landlock(abi)
    seen_under_landlock = _readable(orders["canary"])
    if orders["zygote_filter"]:
        kernel.Filter(bytes.fromhex(orders["zygote_filter"])).install()
    return Hello(
        pid=os.getpid(),
        canary_seen=canary_seen,
        canary_seen_under_landlock=seen_under_landlock,
        interfaces=interfaces,
        capabilities=capabilities,
        no_new_privileges=kernel.prctl(kernel.PR_GET_NO_NEW_PRIVS) == 1,
        landlock=abi,
        seccomp=kernel.prctl(kernel.PR_GET_SECCOMP),
        uid=os.getuid(),
        failures=list(failures),
    )


def _child(job: int, reply: int, cpu: float, confinement: kernel.Filter | None) -> NoReturn:
    """Become the confined process, run the job, leave without any clean-up."""
    status = 1
    try:
        whole = math.ceil(cpu) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        if confinement is not None:
            confinement.install()
        data = _read_all(job)
        os.close(job)
        runners.run(data, reply)
        status = 0
    finally:
        os._exit(status)


def _read_all(descriptor: int) -> bytes:
    parts: list[bytes] = []
    offset = 0
    while part := os.pread(descriptor, 1 << 20, offset):
        parts.append(part)
        offset += len(part)
    return b"".join(parts)


def _watch(pid: int, control: socket.socket, cpu: float, wall: float, started: float) -> int:
    """Wait until the child has ended, killing it when a limit is reached or the host says so."""
    descriptor = os.pidfd_open(pid)
    clock = (~pid << 3) | 2  # the kernel's name for the CPU clock of another process
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        poll.register(control, select.POLLIN)
        reason = ENDED
        left = min(cpu, wall)
        idled = used = 0.0
        looked = started
        while True:
            ready = poll.poll(None if reason else max(1.0, min(left, LOOK_SECONDS) * 1000))
            if any(number == descriptor for number, _ in ready):
                return reason
            if ready:
                os.read(control.fileno(), len(KILL))
                reason = CANCELLED
            else:
                burnt, now = time.clock_gettime(clock), time.monotonic()
                if burnt - used < IDLE_SHARE * (now - looked):
                    idled += now - looked
                used, looked = burnt, now
                cpu_left = cpu - used
                wall_left = min(wall - idled, STARVED_FACTOR * wall - (now - started))
                # A single thread burns CPU no faster than time passes: sleep that long.
                left = min(cpu_left, wall_left)
                reason = CPU_LIMIT if cpu_left <= 0 else WALL_LIMIT if wall_left <= 0 else ENDED
            if reason:
                poll.unregister(control)
                signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    finally:
        os.close(descriptor)


def _serve(control: socket.socket, confinement: kernel.Filter | None) -> None:
    """Fork one child per order until the host closes the control socket."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, ORDER.size, 2)
        if not message:
            return
        if len(message) != ORDER.size or len(descriptors) != 2:
            continue  # a KILL that came after its program had ended
        cpu, wall = ORDER.unpack(message)
        job, reply = descriptors
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            os.close(control.fileno())
            _child(job, reply, cpu, confinement)
        os.close(job)
        os.close(reply)
        reason = _watch(pid, control, cpu, wall, started)
        _, status, usage = os.wait4(pid, 0)
        elapsed = time.monotonic() - started
        peak = usage.ru_maxrss * 1024.0
        control.send(REPORT.pack(status, reason, usage.ru_utime, usage.ru_stime, elapsed, peak))


def _settle(language: str) -> None:
    """Do now what each child would otherwise do for itself, one page fault after another."""
    inputs: list[object] = [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]] * 3
    for source in WARM_PROGRAMS * WARM_ROUNDS if language == "python" else ():
        job = runners.Job(
            language=language,
            background="",
            source=source,
            entry="transform",
            inputs=inputs,
            output="grid",
        )
        runners.run(json.dumps(job).encode(), 1)
    sys.modules.pop(runners.MODULE_NAME, None)
    gc.set_threshold(*COLLECT_AFTER)
    gc.collect()
    gc.freeze()
    kernel.give_back_memory()


def main() -> None:
    """Entry point of the fresh interpreter."""
    orders: Orders = json.loads(sys.argv[1])
    control = socket.socket(fileno=orders["control"])
    random.seed(orders["seed"])
    hello = _confine(orders)
    seed_numpy = getattr(sys.modules.get("numpy.random"), "seed", None)
    if seed_numpy is not None:
        seed_numpy(orders["seed"])
    random.seed(orders["seed"])
    child_filter = orders["child_filter"]
    confinement = kernel.Filter(bytes.fromhex(child_filter)) if child_filter else None
    sys.argv[:] = [""]
    os.dup2(1, 2)
    _settle(orders["language"])
    control.send(json.dumps(hello).encode())
    # The host is gone: nobody is left to serve or to tell.
    with contextlib.suppress(ConnectionError):
        _serve(control, confinement)
