"""Prolog where it cannot be embedded: a `swipl` in namespaces of its own for each program.

The same checks of `prolog.pl`, namespaces that hold nothing but SWI-Prolog, a seccomp filter
that leaves files to read and little else, limits on memory and time. What it does not have: a
zygote (each program pays for a start, some tenths of a second) and a fine CPU limit (the kernel
counts whole seconds, the start included; the wall clock stops what sleeps).
"""

import asyncio
import json
import math
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from typing import IO, Final

from peirce.tasks.errors import SandboxError
from peirce.verifiers.prolog.installed import Installation
from peirce.verifiers.sandbox.bubblewrap import find_bwrap, prolog_command
from peirce.verifiers.sandbox.inside import zygote
from peirce.verifiers.sandbox.inside.prolog import INFERENCES, Said, line_of
from peirce.verifiers.sandbox.inside.runners import Job
from peirce.verifiers.sandbox.level import Limits
from peirce.verifiers.sandbox.seccomp import filters_for
from peirce.verifiers.sandbox.worker import Ran, readable

START_SECONDS: Final = 1.0
"""CPU seconds that starting may take, on top of the limit."""
# One limit a command: dash takes no more, and sets none if there are.
_LIMITED: Final = """\
ulimit -t "$1" && ulimit -v "$2" && ulimit -f 0 && ulimit -c 0 && shift 2 && exec "$@"\
"""
_CHUNK: Final = 1 << 16


class ColdProlog:
    """Runs Prolog programs one process each; lends itself like a pool of workers."""

    restarts: Final = 0
    """There is nothing that could have to be replaced."""

    def __init__(self, prolog: Installation, *, seed: int, size: int) -> None:
        """Prepare to run `size` programs at a time.

        Raises:
            SandboxError: there is no bubblewrap, or no filter for this machine.
        """
        bwrap, filters = find_bwrap(), filters_for()
        if bwrap is None or filters is None:
            lacking = "bubblewrap (`sudo apt install bubblewrap`)" if filters else "a known machine"
            raise SandboxError(f"SWI-Prolog cannot be embedded here, and alone it needs {lacking}")
        self._filter = filters.cold
        self._command = partial(prolog_command, bwrap, prolog, seed=seed)
        self._slots = asyncio.Semaphore(size)
        self._closed = False

    async def run(self, job: bytes, limits: Limits) -> Ran:
        """Run a job to its end."""
        async with self._slots:
            if self._closed:
                raise SandboxError("the sandbox is closed")
            return await self._run(_framed(json.loads(job)), limits)

    async def close(self) -> None:
        """Start nothing more; what runs is ended by whoever cancels it."""
        self._closed = True

    async def _run(self, job: bytes, limits: Limits) -> Ran:
        started = time.monotonic()
        reply, timed_out = bytearray(), False
        process = self._spawn(job, limits)
        descriptor = os.pidfd_open(process.pid)
        try:
            async with asyncio.timeout(limits.wall_seconds + START_SECONDS):
                await _drain(process.stdout, reply, limits.reply_bytes)
                if len(reply) <= limits.reply_bytes:
                    await readable(descriptor)
        except TimeoutError:
            timed_out = True
        finally:
            # Not `process.kill()`: that would wait for it and lose what it cost.
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            os.close(descriptor)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        spent = _own_status(status) == signal.SIGKILL and cpu > _most_seconds(limits) - 0.5
        return Ran(
            reply=_lines(bytes(reply)),
            overflow=len(reply) > limits.reply_bytes,
            status=_own_status(status),
            reason=zygote.WALL_LIMIT if timed_out else zygote.CPU_LIMIT if spent else zygote.ENDED,
            cpu_seconds=cpu,
            wall_seconds=time.monotonic() - started,
            peak_bytes=usage.ru_maxrss * 1024,
        )

    def _spawn(self, job: bytes, limits: Limits) -> subprocess.Popen[bytes]:
        limited = [str(_most_seconds(limits)), str(limits.memory_bytes >> 10)]
        wall, work = _memory_file(self._filter), _memory_file(job)
        try:
            return subprocess.Popen(
                ["/bin/sh", "-c", _LIMITED, "sh", *limited, *self._command(filter_at=wall)],
                stdin=work,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(wall,),
                env={},
                cwd="/",
                start_new_session=True,
            )
        finally:
            os.close(wall)
            os.close(work)


def _most_seconds(limits: Limits) -> int:
    """Whole CPU seconds after which the kernel ends it."""
    return math.ceil(limits.cpu_seconds + START_SECONDS)


def _memory_file(data: bytes) -> int:
    descriptor = os.memfd_create("job")
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(data)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _framed(job: Job) -> bytes:
    mode = "explain" if job["output"] == "string" else "answer"
    texts = [job["background"], job["source"], job["entry"], mode, str(INFERENCES)]
    frames = [_frame(text) for text in (*texts, *map(str, job["inputs"]))]
    return "".join(frames).encode("utf-8", "replace")


def _frame(text: str) -> str:
    return f"{len(text)}\n{text}"


async def _drain(pipe: IO[bytes] | None, into: bytearray, cap: int) -> None:
    """Take all that comes out of a pipe, up to the cap."""
    assert pipe is not None
    with pipe:
        os.set_blocking(pipe.fileno(), False)
        while len(into) <= cap:
            await readable(pipe.fileno())
            chunk = os.read(pipe.fileno(), _CHUNK)
            if not chunk:
                return
            into += chunk


def _lines(data: bytes) -> bytes:
    """The frames of the replies as the lines that a zygote's child writes."""
    replies = [Said.read(frame) for frame in _frames(data.decode("utf-8", "replace"))]
    if replies and replies[0].kind != "ok":
        return line_of(replies[0], loading=True).encode()
    return "".join(map(line_of, replies[1:])).encode()


def _frames(text: str) -> Iterator[str]:
    """What is framed, as far as it is whole."""
    at = 0
    while (end := text.find("\n", at)) > at and text[at:end].isdecimal():
        stop = end + 1 + int(text[at:end])
        if len(text) < stop:
            return
        yield text[end + 1 : stop]
        at = stop


def _own_status(status: int) -> int:
    """As if the program had been waited for itself: bubblewrap passes a signal on as 128 + it."""
    code = os.waitstatus_to_exitcode(status)
    return code - 128 if code > 128 else status
