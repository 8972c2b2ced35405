"""Turns the bytes a confined process wrote into outcomes. It trusts nothing in them.

Strict UTF-8, strict JSON (no NaN, no Infinity, no duplicate keys), one line per input, the declared
type by `peirce.tasks.values.decode`. Integral floats and bools where integers belong are refused.
"""

import json
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Never, cast

from peirce.tasks.errors import TaskError
from peirce.tasks.values import ValueType, decode
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox.outcome import Cause, Outcome

MAX_MESSAGE: Final = 300
MAX_SOURCE_LINE: Final = 120
_ESCAPE_SEQUENCE: Final = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P^_X].*?(?:\x1b\\|\x07|$)|\x1b.", re.DOTALL
)
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_KINDS: Final = {
    "error": Cause.ERROR,
    "load": Cause.LOAD,
    "memory": Cause.MEMORY,
    "policy": Cause.POLICY,
    "type": Cause.TYPE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How the process ended, as the host knows it."""

    cause: Cause | None
    """None for a clean exit."""
    message: str = ""


class _Malformed(Exception):
    """The reply is not what the runner writes."""


def sanitize(text: str, limit: int = MAX_MESSAGE) -> str:
    """Cut untrusted text down to one printable line: no escape, control or format characters."""
    text = _ESCAPE_SEQUENCE.sub("", text[: limit * 4])
    kept = "".join(char if unicodedata.category(char)[0] not in "CZ" else " " for char in text)
    line = " ".join(kept.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def decode_reply(
    reply: bytes, program: Program, count: int, output_type: ValueType, end: End
) -> tuple[Outcome, ...]:
    """One outcome per input, whatever `reply` holds."""
    try:
        lines = _lines(reply, clean=end.cause is None)
        loaded = [_parse(line) for line in lines]
        if len(loaded) == 1 and "l" in loaded[0]:
            failure = _failure(loaded[0]["l"], program)
            if end.cause is None:
                return (failure,) * count
            loaded = []
        if len(loaded) > count:
            raise _Malformed(f"{len(loaded)} answers to {count} inputs")
        answered = [_outcome(item, program, output_type, i) for i, item in enumerate(loaded)]
    except _Malformed as error:
        cause = end.cause or Cause.BAD_REPLY
        message = end.message or f"the reply cannot be read: {sanitize(str(error))}"
        return (Outcome(cause=cause, message=message),) * count
    return _complete(answered, count, end)


def _complete(answered: list[Outcome], count: int, end: End) -> tuple[Outcome, ...]:
    """Fill in for the inputs that have no answer."""
    cause = end.cause
    message = end.message
    if cause is None:
        if len(answered) == count:
            return tuple(answered)
        cause, message = Cause.ERROR, "the program ended its own process before it had answered"
    elif len(answered) == count:
        # All answers are there and yet the process died: nothing it said is believed.
        return (Outcome(cause=cause, message=message),) * count
    place = f"at input {len(answered) + 1} of {count}: {message}"
    lost = Outcome(cause=cause, message=place if count > 1 else message)
    return (*answered, *[lost] * (count - len(answered)))


def _lines(reply: bytes, *, clean: bool) -> list[bytes]:
    lines = reply.split(b"\n")
    rest = lines.pop()
    if rest and clean:
        raise _Malformed("it ends in the middle of a line")
    return lines


def _parse(line: bytes) -> dict[str, object]:
    try:
        raw: object = json.loads(
            line.decode("utf-8"),
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_unique,
        )
    except (ValueError, RecursionError) as error:
        raise _Malformed(f"not JSON ({type(error).__name__})") from None
    if not isinstance(raw, dict):
        raise _Malformed("a line is not an object")
    content = cast("dict[str, object]", raw)
    if len(content) != 1 or next(iter(content)) not in ("v", "e", "l"):
        raise _Malformed("a line has unknown keys")
    return content


def _refuse_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is not finite")
    return number


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("duplicate key")
    return content


def _outcome(
    content: dict[str, object], program: Program, output_type: ValueType, index: int
) -> Outcome:
    if "e" in content:
        return _failure(content["e"], program)
    if "v" not in content:
        raise _Malformed("a load failure amid answers")
    try:
        value = decode(content["v"], output_type, where="returned value")
    except TaskError as error:
        return Outcome(cause=Cause.TYPE, message=sanitize(f"{error}{_hint(content['v'])}"))
    except RecursionError:
        raise _Malformed(f"answer {index} is nested too deeply") from None
    return Outcome(cause=Cause.OK, value=value)


def _hint(raw: object) -> str:
    """Say what to do about the two mistakes numpy makes easy."""
    leaf = raw
    while isinstance(leaf, list) and leaf:
        items = cast("list[object]", leaf)
        odd = [item for item in items if isinstance(item, bool | float)]
        leaf = odd[0] if odd else items[0]
    if isinstance(leaf, bool):
        return "; convert booleans with int() or .astype(int)"
    if isinstance(leaf, float):
        return "; convert floats with int() or .astype(int)"
    return ""


def _failure(raw: object, program: Program) -> Outcome:
    match raw:
        case [str(kind), str(name), str(text), int(line)] if kind in _KINDS:
            cause = _KINDS[kind]
        case _:
            raise _Malformed("a failure that is not described as the runner does")
    where = ""
    lines = _LINE_END.split(program.source)
    if 1 <= line <= len(lines):
        where = f" (line {line}: `{sanitize(lines[line - 1], MAX_SOURCE_LINE)}`)"
    what = sanitize(f"{name}: {text}" if name and text else name or text, MAX_MESSAGE)
    match cause:
        case Cause.POLICY:
            what = f"programs get no files, network, processes or threads: {what}"
        case Cause.MEMORY:
            what = f"out of memory: {what}"
        case Cause.TYPE:
            what = f"returned value: {what}"
        case _:
            pass
    return Outcome(cause=cause, message=what + where)
