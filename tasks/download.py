"""`fetch`: a file from where it is published, whole and right or not at all.

A download that was cut off goes on where it stopped. The file gets its name only after its SHA-256
was checked; what does not match is thrown away. Only https is spoken, and http to this machine.
"""

import contextlib
import fcntl
import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias, cast
from urllib.parse import urlsplit

from peirce.tasks.errors import TaskError

MAX_BYTES: Final = 1 << 30
"""Largest file that is downloaded."""
TRIES: Final = 3
"""Connections made for one file before what is there is left for the next time."""
TIMEOUT: Final = 30.0
"""Seconds without a byte after which a connection counts as dead."""
_CHUNK: Final = 1 << 16
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")

Source: TypeAlias = Callable[[Path], None]
"""Writes the file to a path; may find the beginning of it there."""


def fetch(source: Source, target: Path, *, sha256: str, say: Callable[[str], None]) -> str:
    """Get a file and return its SHA-256.

    Args:
        source: writes it.
        target: where it goes.
        sha256: what it must be; empty to accept anything.
        say: receives lines for people.

    Raises:
        TaskError: it cannot be had, or is another file than the one meant.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.with_name(part.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if part.is_file() and part.stat().st_size:
                say(f"going on after {part.stat().st_size} bytes")
            source(part)
            found = sha256_of(part)
            if sha256 and found != sha256:
                part.unlink()
                raise TaskError(
                    f"{target.name}: has the SHA-256 {found} instead of {sha256}; it was tampered "
                    "with or changed and is thrown away"
                )
            part.replace(target)
    except OSError as error:
        raise TaskError(f"{target}: cannot be written: {error.strerror or error}") from None
    return found


def sha256_of(path: Path) -> str:
    """SHA-256 of a file as 64 hex digits.

    Raises:
        TaskError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise TaskError(f"{path}: cannot be read: {error.strerror or error}") from None


def check_address(url: str) -> None:
    """Refuse addresses that anybody on the way could answer for.

    Raises:
        TaskError: the address is neither https nor on this machine.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and (parts.scheme, parts.hostname in _LOOPBACK) != ("http", True):
        raise TaskError(f"{url!r}: only https addresses are downloaded from")


def from_url(url: str) -> Source:
    """A source that speaks HTTP and goes on where it was cut off.

    Raises:
        TaskError: the address is neither https nor on this machine.
    """
    check_address(url)

    def write(part: Path) -> None:
        reason = ""
        for _ in range(TRIES):
            try:
                if _receive(url, part):
                    return
                reason = "the connection was cut"
            except urllib.error.HTTPError as error:
                error.close()
                if error.code == 416 and part.stat().st_size:
                    part.unlink()  # What is there is longer than the file: begin anew.
                    continue
                raise TaskError(f"{url}: the server says {error.code} {error.reason}") from None
            except (urllib.error.URLError, http.client.HTTPException, TimeoutError) as error:
                reason = str(getattr(error, "reason", error))
        size = part.stat().st_size if part.is_file() else 0
        raise TaskError(
            f"{url}: {reason}, {TRIES} times; {size} bytes are here and the same command goes on "
            "from there"
        )

    return write


def _receive(url: str, part: Path) -> bool:
    """Append what the server sends; True if the file is whole then."""
    have = part.stat().st_size if part.is_file() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
        response = cast("http.client.HTTPResponse", answer)
        goes_on = response.status == 206
        length = response.headers.get("Content-Length")
        expected = None if length is None else int(length) + (have if goes_on else 0)
        if expected is not None and expected > MAX_BYTES:
            raise TaskError(f"{url}: {expected} bytes are over the limit of {MAX_BYTES}")
        with part.open("ab" if goes_on else "wb") as file:
            _copy(response, file, url)
            size = file.tell()
    return expected is None or size == expected


def _copy(response: http.client.HTTPResponse, file: BinaryIO, url: str) -> None:
    with contextlib.suppress(http.client.IncompleteRead, ConnectionError):
        while chunk := response.read(_CHUNK):
            file.write(chunk)
            if file.tell() > MAX_BYTES:
                raise TaskError(f"{url}: is over the limit of {MAX_BYTES} bytes")
