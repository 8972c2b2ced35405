"""The host's side of one zygote: start it, hand it one program at a time, stop it.

Jobs go in as sealed memory files, replies come back over a pipe of their own that is read with a
cap; only the zygote's report says how the process ended. Cancelling a run kills the program and
leaves the worker usable.
"""

import asyncio
import contextlib
import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from peirce.tasks.errors import SandboxError
from peirce.tasks.values import Value, ValueType, encode
from peirce.verifiers.program import Language, Program
from peirce.verifiers.prolog.goals import goal_text
from peirce.verifiers.prolog.installed import Installation
from peirce.verifiers.sandbox.bubblewrap import bare_command, find_places, namespaced_command
from peirce.verifiers.sandbox.inside import zygote
from peirce.verifiers.sandbox.level import Level, Limits
from peirce.verifiers.sandbox.seccomp import Filters

START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 2.0
GRACE_SECONDS: Final = 5.0
"""How much later than its latest a report may come before the zygote is given up."""
_CHUNK: Final = 1 << 16
_CREDENTIALS: Final = struct.Struct("iii")


class WorkerLost(Exception):
    """The zygote is gone or does not answer; the program's fate is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """How a worker is to be built."""

    level: Level
    limits: Limits
    filters: Filters | None
    """None leaves seccomp out: level weak, or a test of the other layers."""
    bwrap: str | None
    """Path of bubblewrap; None leaves the namespaces out."""
    landlock: bool
    seed: int = 0
    """Of the hash function and both random number generators."""
    prolog: Installation | None = None
    """What to embed if the programs are in Prolog; None if they are in Python."""

    def environment(self) -> dict[str, str]:
        """The whole environment of the interpreter inside."""
        return {
            "LANG": "C.UTF-8",
            "LD_BIND_NOW": "1",
            "MKL_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONHASHSEED": str(self.seed),
            "TZ": "UTC",
        }

    def command(self, control: int, canary: str) -> list[str]:
        """Argument list of the process."""
        orders = zygote.Orders(
            control=control,
            language=Language.PYTHON if self.prolog is None else Language.PROLOG,
            library=str(self.prolog.library) if self.prolog else "",
            home=str(self.prolog.home) if self.prolog else "",
            seed=self.seed,
            memory_bytes=self.limits.memory_bytes,
            canary=canary,
            landlock=self.landlock,
            zygote_filter=self.filters.zygote.hex() if self.filters else "",
            child_filter=self.filters.child.hex() if self.filters else "",
        )
        places, words = find_places(), json.dumps(orders)
        if self.bwrap is None:
            return bare_command(places, words)
        shown = (self.prolog.library, self.prolog.home) if self.prolog else ()
        return namespaced_command(self.bwrap, places, self.environment(), words, shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What is known after a program's process has ended."""

    reply: bytes
    overflow: bool
    """Whether the reply was longer than is read."""
    status: int
    """As from wait(2)."""
    reason: int
    """Why the zygote killed it, `zygote.ENDED` if it did not."""
    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int


class _Running:
    """One program under way."""

    __slots__ = ("cap", "future", "overflow", "pipe", "reply", "timer")

    def __init__(
        self, pipe: int, cap: int, future: asyncio.Future[Ran], timer: asyncio.TimerHandle
    ) -> None:
        self.pipe = pipe
        self.cap = cap
        self.future = future
        self.timer = timer
        self.reply = bytearray()
        self.overflow = False


class Worker:
    """One zygote. Use `start_worker` to get one."""

    def __init__(
        self, control: socket.socket, process: subprocess.Popen[bytes], zygote_pidfd: int
    ) -> None:
        self._control = control
        self._process = process
        self._zygote = zygote_pidfd
        self._loop = asyncio.get_running_loop()
        self._running: _Running | None = None
        self._when_idle: Callable[[], None] | None = None
        self.lost = False
        """Whether it must be replaced."""
        self._loop.add_reader(control, self._on_report)

    async def run(self, job: bytes, limits: Limits) -> Ran:
        """Run one job to its end.

        Raises:
            WorkerLost: the zygote died.
        """
        if self.lost or self._running is not None:
            raise WorkerLost("the worker is not free")
        running = self._begin(job, limits)
        try:
            return await running.future
        except asyncio.CancelledError:
            self._kill_program()
            raise

    def when_idle(self, callback: Callable[[], None]) -> None:
        """Call back as soon as no program is running; at once if none is."""
        if self._running is None:
            callback()
        else:
            self._when_idle = callback

    async def close(self) -> None:
        """End the zygote and whatever it runs. May be called again."""
        self.lose("the sandbox was closed")
        if self._process.returncode is not None:
            return
        descriptor = os.pidfd_open(self._process.pid)
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(readable(descriptor), STOP_SECONDS)
        finally:
            os.close(descriptor)
            self._process.kill()
            self._process.wait()

    def lose(self, why: str) -> None:
        """Give the zygote up: kill it, fail what it was running."""
        if self.lost:
            return
        self.lost = True
        self._loop.remove_reader(self._control)
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._zygote, signal.SIGKILL)
        os.close(self._zygote)
        running = self._finish()
        if running is not None and not running.future.done():
            running.future.set_exception(WorkerLost(why))

    def _begin(self, job: bytes, limits: Limits) -> _Running:
        order = zygote.ORDER.pack(limits.cpu_seconds, limits.wall_seconds)
        sealed = _sealed(job)
        pipe, reply = os.pipe()
        os.set_blocking(pipe, False)
        try:
            socket.send_fds(self._control, [order], [sealed, reply])
        except OSError as error:
            os.close(pipe)
            self.lose(f"the zygote is gone ({error.strerror})")
            raise WorkerLost(str(error)) from None
        finally:
            os.close(sealed)
            os.close(reply)
        latest = zygote.STARVED_FACTOR * limits.wall_seconds + GRACE_SECONDS
        timer = self._loop.call_later(latest, self.lose, "the zygote did not report in time")
        running = _Running(pipe, limits.reply_bytes, self._loop.create_future(), timer)
        self._running = running
        self._loop.add_reader(pipe, self._on_reply)
        return running

    def _finish(self) -> _Running | None:
        running = self._running
        if running is None:
            return None
        self._running = None
        running.timer.cancel()
        self._close_pipe(running)
        callback, self._when_idle = self._when_idle, None
        if callback is not None:
            self._loop.call_soon(callback)
        return running

    def _close_pipe(self, running: _Running) -> None:
        if running.pipe >= 0:
            self._loop.remove_reader(running.pipe)
            os.close(running.pipe)
            running.pipe = -1

    def _kill_program(self) -> None:
        if not self.lost and self._running is not None:
            with contextlib.suppress(OSError):
                self._control.send(zygote.KILL)

    def _on_reply(self) -> None:
        if self._running is not None:
            self._drain(self._running)

    def _drain(self, running: _Running) -> None:
        """Read what has come, up to the cap; end of file and overflow close the pipe."""
        while running.pipe >= 0:
            try:
                chunk = os.read(running.pipe, _CHUNK)
            except BlockingIOError:
                return
            running.reply += chunk
            if not chunk:
                self._close_pipe(running)
            elif len(running.reply) > running.cap:
                running.overflow = True
                self._close_pipe(running)
                self._kill_program()

    def _on_report(self) -> None:
        try:
            report = self._control.recv(zygote.REPORT.size)
        except BlockingIOError:
            return
        except OSError:
            report = b""
        if len(report) != zygote.REPORT.size:
            self.lose("the zygote ended unexpectedly")
            return
        if self._running is not None:
            self._drain(self._running)
        running = self._finish()
        if running is None or running.future.done():
            return
        status, reason, user, system, wall, peak = zygote.REPORT.unpack(report)
        running.future.set_result(
            Ran(
                reply=bytes(running.reply),
                overflow=running.overflow,
                status=status,
                reason=reason,
                cpu_seconds=user + system,
                wall_seconds=wall,
                peak_bytes=int(peak),
            )
        )


def job_for(program: Program, inputs: Sequence[Value], output_type: ValueType) -> bytes:
    """What goes inside: the program, what it may take for known, and the inputs."""
    prolog = program.language is Language.PROLOG
    goals = (goal_text(program.entry, value, output_type) for value in inputs if prolog)
    job = {
        "language": program.language,
        "background": program.background,
        "source": program.source,
        "entry": program.entry,
        "inputs": list(goals if prolog else inputs),
        "output": output_type,
    }
    # Only atoms have no JSON form of their own; tuples become lists.
    return json.dumps(job, default=encode).encode("ascii")


def _sealed(data: bytes) -> int:
    """A memory file that nobody, not even its readers, can change."""
    descriptor = os.memfd_create("job", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
    return descriptor


async def readable(descriptor: int) -> None:
    """Wait until there is something to read."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.add_reader(descriptor, _wake, future)
    try:
        await future
    finally:
        loop.remove_reader(descriptor)


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A worker and what its zygote said about itself."""

    worker: Worker
    hello: zygote.Hello


async def start_worker(blueprint: Blueprint) -> Started:
    """Start a zygote and wait until it serves.

    Raises:
        SandboxError: it did not come up; the message holds what it printed.
    """
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control.setblocking(False)
    control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    with tempfile.NamedTemporaryFile() as canary, theirs:
        canary.write(b"readable by everybody on the host")
        canary.flush()
        Path(canary.name).chmod(0o644)
        try:
            process = _spawn(blueprint, theirs, canary.name)
        except OSError as error:
            control.close()
            raise SandboxError(f"cannot start the sandbox process: {error}") from None
        theirs.close()
        try:
            await asyncio.wait_for(readable(control.fileno()), START_SECONDS)
            data, ancillary, _, _ = control.recvmsg(1 << 18, socket.CMSG_SPACE(_CREDENTIALS.size))
            if not data:
                raise SandboxError(_last_words(process))
        except (OSError, TimeoutError) as error:
            _abandon(control, process)
            raise SandboxError(f"the sandbox process did not come up: {error!r}") from None
        except BaseException:
            _abandon(control, process)
            raise
    if process.stderr:
        process.stderr.close()
    pid = next((_CREDENTIALS.unpack(item)[0] for _, _, item in ancillary), 0)
    control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
    hello = cast("zygote.Hello", json.loads(data))
    return Started(worker=Worker(control, process, os.pidfd_open(pid)), hello=hello)


def _spawn(blueprint: Blueprint, theirs: socket.socket, canary: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        blueprint.command(theirs.fileno(), canary),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=(theirs.fileno(),),
        env=blueprint.environment(),
        cwd="/",
        # A Ctrl-C at the terminal goes to the host alone; the zygote leaves when the host does.
        start_new_session=True,
    )


def _abandon(control: socket.socket, process: subprocess.Popen[bytes]) -> None:
    control.close()
    with process:
        process.kill()


def _last_words(process: subprocess.Popen[bytes]) -> str:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    process.kill()
    printed = process.stderr.read(1 << 16) if process.stderr else b""
    lines = printed.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"the sandbox process ended with status {process.returncode}"
