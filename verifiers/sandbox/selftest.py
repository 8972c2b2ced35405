"""Proves a level on the machine at hand instead of inferring it from what is installed.

Two kinds of probe: what the zygote saw before it began to serve (so that the filter cannot hide a
missing namespace), and small attacks run as ordinary programs.
"""

import contextlib
import os
import socket
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Final

from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox.inside import zygote
from peirce.verifiers.sandbox.level import Level, Limits
from peirce.verifiers.sandbox.outcome import Cause, Outcome
from peirce.verifiers.sandbox.verdicts import judge
from peirce.verifiers.sandbox.worker import Started, Worker, job_for

PROBE_LIMITS: Final = Limits(cpu_seconds=0.1, wall_factor=100.0)
SECCOMP_FILTERING: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One attempt to get through, and what became of it."""

    name: str
    withstood: bool
    detail: str
    """What was seen, in a few words."""


_SOURCE: Final = """\
import ctypes, errno, os, resource, signal, socket

def _raw(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *arguments) < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return "the kernel did it"

def read_file(targets):
    return open(targets[0]).read()

def write_tmp(targets):
    return str(os.open("/tmp", os.O_RDWR | os.O_TMPFILE))

def write_shm(targets):
    return str(os.open("/dev/shm", os.O_RDWR | os.O_TMPFILE))

def connect_tcp(targets):
    socket.create_connection(("127.0.0.1", int(targets[1])), 1).close()
    return "connected"

def connect_unix(targets):
    socket.socket(socket.AF_UNIX).connect("\\0" + targets[2])
    return "connected"

def fork(targets):
    if os.fork() == 0:
        os._exit(0)
    return "forked"

def execute(targets):
    os.execv("/bin/true", ["true"])

def signal_parent(targets):
    os.kill(os.getppid(), 0)
    return "signalled"

def limit_parent(targets):
    return str(resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE))

def trace_parent(targets):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, os.getppid(), 0, 0) < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return "attached"

def io_uring(targets):
    return _raw(425, 1, ctypes.create_string_buffer(128))

def environment(targets):
    return " ".join(sorted(os.environ))

def loop(targets):
    while True:
        pass

def memory(targets):
    return str(len(bytearray(int(targets[3]))))

def honest(targets):
    return targets[0]
"""

_DENIED: Final = (
    *("read_file", "write_tmp", "write_shm", "connect_tcp", "connect_unix", "fork", "execute"),
    *("signal_parent", "limit_parent", "trace_parent", "io_uring"),
)


async def prove(started: Started, level: Level, limits: Limits) -> tuple[Probe, ...]:
    """Run every probe of `level` against a fresh worker.

    Raises:
        WorkerLost: the worker did not survive; the level is not reached.
    """
    probes = [*confinement(started.hello, level)]
    with _targets(limits) as targets:
        for entry in (*_DENIED, "environment", "loop", "memory", "honest"):
            outcome = await _attempt(started.worker, entry, targets)
            probes.append(_judge(entry, outcome, targets))
    return tuple(probes)


def confinement(hello: zygote.Hello, level: Level) -> Iterator[Probe]:
    """What the zygote's own account proves; cheap, so asked of every worker."""
    capabilities = hello["capabilities"]
    yield _probe("no capabilities", capabilities == 0, f"effective set {capabilities:#x}")
    yield _probe("no new privileges", hello["no_new_privileges"], "prctl")
    seccomp = hello["seccomp"]
    yield _probe("system calls filtered", seccomp == SECCOMP_FILTERING, f"mode {seccomp}")
    if hello["landlock"]:
        seen = hello["canary_seen_under_landlock"]
        yield _probe("Landlock denies files", not seen, f"ABI {hello['landlock']}")
    if level is Level.STRONG:
        yield _probe("own process tree", hello["pid"] == 1, f"pid {hello['pid']}")
        yield _probe("host files not mounted", not hello["canary_seen"], "canary file")
        names = hello["interfaces"]
        yield _probe("no network interface", set(names) <= {"lo"}, " ".join(names) or "none")


def _probe(name: str, withstood: bool, detail: str) -> Probe:
    return Probe(name=name, withstood=withstood, detail=detail)


@contextlib.contextmanager
def _targets(limits: Limits) -> Generator[tuple[str, ...]]:
    """Things on the host that an attack would reach if the wall had a hole."""
    name = f"peirce-probe-{os.getpid()}-{os.urandom(4).hex()}"
    with socket.socket() as tcp, socket.socket(socket.AF_UNIX) as unix:
        tcp.bind(("127.0.0.1", 0))
        tcp.listen()
        unix.bind("\0" + name)
        unix.listen()
        port: int = tcp.getsockname()[1]
        yield ("/etc/passwd", str(port), name, str(limits.memory_bytes))


async def _attempt(worker: Worker, entry: str, targets: tuple[str, ...]) -> Outcome:
    program = Program(source=_SOURCE, entry=entry)
    ran = await worker.run(job_for(program, [targets], ValueType.STRING), PROBE_LIMITS)
    return judge(ran, program, 1, ValueType.STRING, PROBE_LIMITS)[0]


def _judge(entry: str, outcome: Outcome, targets: tuple[str, ...]) -> Probe:
    match entry:
        case "environment":
            foreign = set(str(outcome.value).split()) & (set(os.environ) - _HARMLESS)
            withstood = outcome.ok and not foreign
        case "loop":
            withstood = outcome.cause is Cause.TIMEOUT
        case "memory":
            withstood = outcome.cause is Cause.MEMORY
        case "honest":
            withstood = outcome.value == targets[0]
        case _:
            withstood = outcome.cause is Cause.POLICY
    if outcome.cause is Cause.POLICY:
        detail = "denied"
    else:
        detail = outcome.message or f"answered {str(outcome.value)[:60]!r}"
    return Probe(name=entry.replace("_", " "), withstood=withstood, detail=detail)


_HARMLESS: Final = frozenset(
    {
        "LANG",
        "LC_CTYPE",
        "LD_BIND_NOW",
        "MKL_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
    }
    | {"PWD", "PYTHONHASHSEED", "TZ"}
)
"""Set for every program, whatever the host's value is."""
