"""Bytes of a stranger in, text and JSON out, or one `TaskError` that says what and where.

Covered: the size limit before reading, anything that is no regular file, other encodings than
UTF-8, truncated JSON, repeated keys, nesting without end, integers of a million digits. Whether
the values make a task is decided elsewhere.
"""

import json
import os
import stat
from difflib import get_close_matches
from pathlib import Path
from typing import Final, cast

from peirce.tasks.errors import TaskError
from peirce.tasks.values import MAX_DIGITS, show

MAX_FILE_BYTES: Final = 64 * 1024 * 1024
"""Largest task file, in bytes."""

_TOO_LONG: Final = 1 << (MAX_DIGITS * 4)
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """Read a UTF-8 file of at most `MAX_FILE_BYTES`.

    Raises:
        TaskError: it is absent, unreadable, too large, no regular file or not UTF-8.
    """
    try:
        with open(path, "rb", opener=_open_without_waiting) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise TaskError(f"{path}: is no regular file; give a task file or a folder of them")
            _check_size(path, status.st_size)
            data = stream.read(MAX_FILE_BYTES + 1) or b""
    except ValueError:
        raise TaskError(f"{str(path)!r}: a path cannot hold a null character") from None
    except OSError as error:
        raise TaskError(f"{path}: cannot be read: {error.strerror or error}") from None
    except MemoryError:
        raise TaskError(f"{path}: does not fit into the memory of this machine") from None
    _check_size(path, len(data))
    return _as_text(data, path)


def _open_without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_NONBLOCK)


def _check_size(path: Path, size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise TaskError(
            f"{path}: {size} bytes is over the limit of {MAX_FILE_BYTES} bytes "
            f"({MAX_FILE_BYTES >> 20} MiB); split the file"
        )


def _as_text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = "UTF-16" if data.startswith(_UTF16_MARKS) else f"byte 0x{data[error.start]:02x}"
        raise TaskError(
            f"{path}: {found} at offset {error.start} is not UTF-8; save the file as UTF-8"
        ) from None


def parse_json(text: str, *, where: str) -> object:
    """Parse one JSON document.

    NaN and infinities come through as floats and over-long integers as one that is over the
    limit, so that the decoder of the value can name the field they stand in.

    Raises:
        TaskError: it is not JSON, repeats a key or is nested too deeply; starts with `where`.
    """
    try:
        return cast(
            "object", json.loads(text, parse_int=_parse_int, object_pairs_hook=_refuse_repeats)
        )
    except json.JSONDecodeError as error:
        ended = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        hint = "; the text ends too early" if ended else ""
        line = f"line {error.lineno}, " if "\n" in text else ""
        raise TaskError(
            f"{where}: {line}column {error.colno} is not JSON: {error.msg}{hint}"
        ) from None
    except _RepeatedKeyError as error:
        raise TaskError(
            f"{where}: the key {show(error.key)} occurs twice in one object; keep one"
        ) from None
    except RecursionError:
        raise TaskError(f"{where}: brackets are nested too deeply to be a task") from None
    except MemoryError:
        raise TaskError(f"{where}: does not fit into the memory of this machine") from None


class _RepeatedKeyError(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _parse_int(digits: str) -> int:
    return int(digits) if len(digits) <= MAX_DIGITS else _TOO_LONG


def _refuse_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) == len(pairs):
        return out
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise _RepeatedKeyError(key)
        seen.add(key)
    raise AssertionError("unreachable: fewer keys than pairs without a repeated one")


def name_of(path: Path) -> str:
    """Return the stem of a file as text, whatever bytes the file system holds."""
    return path.stem.encode("utf-8", "replace").decode()


def as_object(raw: object, *, where: str) -> dict[str, object]:
    """Take a parsed JSON object as such.

    Raises:
        TaskError: it is something else.
    """
    if not isinstance(raw, dict):
        raise TaskError(f"{where}: expected an object {{…}}, got {show(raw)}")
    return cast("dict[str, object]", raw)


def as_array(raw: object, *, where: str) -> list[object]:
    """Take a parsed JSON array as such.

    Raises:
        TaskError: it is something else.
    """
    if not isinstance(raw, list):
        raise TaskError(f"{where}: expected an array […], got {show(raw)}")
    return cast("list[object]", raw)


def check_keys(
    found: dict[str, object], *, required: tuple[str, ...], optional: tuple[str, ...], where: str
) -> None:
    """Make sure that the keys we read are there; ignore others unless they look like a slip.

    Raises:
        TaskError: a required key is missing, or an unknown one is close to an absent one.
    """
    absent = [key for key in (*required, *optional) if key not in found]
    for key in found:
        if key in required or key in optional:
            continue
        meant = get_close_matches(key.lower()[:40], absent, n=1, cutoff=0.75)
        if meant:
            raise TaskError(f"{where}: unknown key {show(key)}; did you mean {meant[0]!r}?")
    missing = [key for key in required if key not in found]
    if missing:
        raise TaskError(f"{where}: the key {missing[0]!r} is missing; found {show(sorted(found))}")
