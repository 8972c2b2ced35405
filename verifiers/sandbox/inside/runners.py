"""Runs one program on its inputs inside a confined child and writes one line per input.

A line is `{"v": value}` or `{"e": [kind, type, message, line]}`; a single `{"l": [...]}` says that
the program could not be loaded. Whatever is written here is only a claim: the host decodes and
judges it. One runner per language stands in `RUNNERS`; a zygote adds those it has started.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from types import CodeType, ModuleType, TracebackType
from typing import Final, Protocol, TypedDict, cast

PROGRAM_FILE: Final = "<program>"
MODULE_NAME: Final = "program"
FLUSH_SECONDS: Final = 0.02
MAX_BUFFER: Final = 1 << 16
MAX_MESSAGE: Final = 1000


class Job(TypedDict):
    """What the host sends: a program and its inputs, never an expected output."""

    language: str
    background: str
    """What the program may take for known; Prolog only."""
    source: str
    entry: str
    inputs: list[object]
    """Values, or for Prolog the texts of goals."""
    output: str
    """The declared type of the answers."""


class Reply:
    """Lines on their way to the host: held back while the program is quick, sent when it is not."""

    __slots__ = ("_descriptor", "_held", "_sent_at", "_size")

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._held: list[str] = []
        self._size = 0
        self._sent_at = time.monotonic()

    def add(self, line: str) -> None:
        """Queue one line."""
        self._held.append(line)
        self._size += len(line)
        if self._size > MAX_BUFFER or time.monotonic() - self._sent_at > FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write all queued lines."""
        data = memoryview("".join(self._held).encode("ascii"))
        self._held.clear()
        self._size = 0
        while data:
            data = data[os.write(self._descriptor, data) :]
        self._sent_at = time.monotonic()


class _Array(Protocol):
    """What numpy's arrays and scalars have in common here."""

    def tolist(self) -> object:
        """The same as plain Python."""
        ...


def _plain(value: object) -> object:
    """Numpy scalars and arrays as plain Python; anything else has no JSON form."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        return cast("_Array", value).tolist()
    raise TypeError(f"a value of type {type(value).__name__} was returned")


_encoder = json.JSONEncoder(default=_plain, allow_nan=False, separators=(",", ":"))
_encode = _encoder.encode


def run_python(job: Job, reply: Reply) -> None:
    """Load a Python module and call its entry once per input."""
    module = ModuleType(MODULE_NAME)
    sys.modules[MODULE_NAME] = module
    try:
        code: CodeType = compile(job["source"], PROGRAM_FILE, "exec", dont_inherit=True)
        exec(code, module.__dict__)
    # SystemExit and KeyboardInterrupt included: the program is not the one who decides to leave.
    except BaseException as error:
        reply.add(_line("l", _describe(error, "load")))
        return
    function = module.__dict__.get(job["entry"])
    if not callable(function):
        problem = "is not defined" if function is None else "is not a function"
        reply.add(_line("l", ["load", "", f"{job['entry']} {problem}", 0]))
        return
    for value in job["inputs"]:
        reply.add(_answer(function, value))


def _answer(function: Callable[[object], object], value: object) -> str:
    try:
        result = function(value)
    except BaseException as error:
        return _line("e", _describe(error, "error"))
    try:
        return f'{{"v":{_encode(result)}}}\n'
    except BaseException as error:
        return _line("e", _describe(error, "type"))


def _line(key: str, content: list[object]) -> str:
    return f'{{"{key}":{_encode(content)}}}\n'


def _describe(error: BaseException, kind: str) -> list[object]:
    try:
        message = str(error)[:MAX_MESSAGE]
        if isinstance(error, MemoryError):
            kind = "memory"
        elif isinstance(error, PermissionError) or message.startswith("can't start new thread"):
            kind = "policy"
        line = error.lineno if isinstance(error, SyntaxError) else _program_line(error)
        return [kind, str(type(error).__name__)[:100], message, line or 0]
    # An exception whose own text fails, or no memory left to tell.
    except BaseException:
        return [kind, "Exception", "", 0]


def _program_line(error: BaseException) -> int:
    line = 0
    frame: TracebackType | None = error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == PROGRAM_FILE:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


RUNNERS: Final[dict[str, Callable[[Job, Reply], None]]] = {"python": run_python}


def run(data: bytes, descriptor: int) -> None:
    """Run the job in `data` and write its lines to `descriptor`."""
    job: Job = json.loads(data)
    reply = Reply(descriptor)
    runner = RUNNERS.get(job["language"])
    if runner is None:
        reply.add(_line("l", ["load", "", f"no runner for the language {job['language']}", 0]))
    else:
        runner(job, reply)
    reply.flush()
