"""`leading_items`: the first items of a long JSON array, without reading the rest of it."""

import io
import json
from typing import IO, Final, cast

from peirce.tasks.errors import TaskError
from peirce.tasks.reading import MAX_FILE_BYTES

_CHUNK: Final = 1 << 16
_BETWEEN: Final = " \t\r\n,"


def leading_items(stream: IO[bytes], count: int, *, where: str) -> list[object]:
    """The first objects or arrays of a JSON array; fewer if it has fewer.

    Raises:
        TaskError: it is no such array, or they do not end within `MAX_FILE_BYTES`.
    """
    reader = io.TextIOWrapper(stream, encoding="utf-8", errors="replace")
    text = reader.read(_CHUNK).lstrip()
    if not text.startswith("["):
        raise TaskError(f"{where}: expected an array […]")
    text, found, size = text[1:], list[object](), 0
    decoder = json.JSONDecoder()
    while len(found) < count:
        text = text.lstrip(_BETWEEN)
        if text.startswith("]"):
            break
        try:
            item, end = cast("tuple[object, int]", decoder.raw_decode(text))
        except json.JSONDecodeError as error:
            more = reader.read(_CHUNK)
            size += len(more)
            if not more or size > MAX_FILE_BYTES:
                raise TaskError(f"{where}: item {len(found)} is not JSON: {error.msg}") from None
            text += more
            continue
        found.append(item)
        text = text[end:]
    return found
