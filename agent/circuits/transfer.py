"""One request to a server, its answer read within bounds of time and size.

Nothing a server sends is believed before it has been read whole: it may be slow, endless, or no
server of ours at all. Between two bytes of an answer at most `seconds` may pass, and as much in all
once its headers are there.
"""

import time
import urllib.request
from http.client import HTTPException, HTTPResponse
from typing import Final
from urllib.error import HTTPError

from peirce.tasks.errors import ModelError

_PIECE: Final = 1 << 16


def exchange(address: str, *, seconds: float, most_bytes: int, body: bytes | None = None) -> bytes:
    """What a server answers; `body` is posted as JSON if there is one.

    Raises:
        ModelError: it does not answer, refuses, or sends for too long or too much.
    """
    if not address.startswith(("http://", "https://")):
        raise ModelError(f"{address!r} is no address of a server, such as http://127.0.0.1:8000")
    headers = {} if body is None else {"Content-Type": "application/json"}
    try:
        request = urllib.request.Request(address, data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return _read(answer, address, seconds, most_bytes)
    except HTTPError as error:
        with error:
            raise ModelError(f"{address!r} answers {_line(error)}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise ModelError(f"{address!r} does not answer: {_line(error)}") from error


def _line(error: Exception) -> str:
    """What an error says, which may be what a server says, in one short line."""
    return " ".join(str(error).split())[:200]


def _read(answer: HTTPResponse, address: str, seconds: float, most_bytes: int) -> bytes:
    end = time.monotonic() + seconds
    found = bytearray()
    while piece := answer.read1(_PIECE):
        found += piece
        if len(found) > most_bytes:
            raise ModelError(f"{address!r} sends more than {most_bytes} bytes")
        if time.monotonic() > end:
            raise ModelError(f"{address!r} sends for more than {seconds:g} seconds")
    if answer.length:
        raise ModelError(f"{address!r} ends {answer.length} bytes too early")
    return bytes(found)
