"""Servers that are slow, endless or none of ours are left, with one line that says why."""

import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

import pytest

from peirce.agent.circuits.transfer import exchange
from peirce.tasks.errors import ModelError

HEAD = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def serving(answer: Callable[[socket.socket], object]) -> Generator[str]:
    """A server for one connection, which it may treat as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(1 << 16)
                try:
                    answer(connection)
                except OSError:
                    return  # the client has left

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        thread.join(5)
        assert not thread.is_alive(), "the client is still there"


def refused(answer: Callable[[socket.socket], object], **bounds: float) -> str:
    limits = {"seconds": 5.0, "most_bytes": 1 << 20} | bounds
    with serving(answer) as address, pytest.raises(ModelError) as error:
        exchange(address, seconds=limits["seconds"], most_bytes=int(limits["most_bytes"]))
    assert "\n" not in str(error.value)
    return str(error.value)


def endless(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"\r\n")
    while True:
        connection.sendall(b"x" * 1000)


def test_an_answer_comes_whole():
    with serving(lambda c: c.sendall(HEAD + b"Content-Length: 3\r\n\r\nyes")) as address:
        assert exchange(address, seconds=5, most_bytes=3) == b"yes"


def test_an_endless_answer_is_left_at_the_limit_of_its_size():
    assert "more than 5000 bytes" in refused(endless, most_bytes=5000)


def test_an_endless_answer_is_left_at_the_limit_of_time():
    assert "more than 0.05 seconds" in refused(endless, seconds=0.05, most_bytes=1 << 40)


def test_a_server_that_says_nothing_is_left():
    assert "timed out" in refused(lambda c: c.recv(1), seconds=0.1)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"", "does not answer"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "does not answer"),
        (HEAD + b"Content-Length: 9\r\n\r\nyes", "6 bytes too early"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "does not answer"),
        (b"HTTP/1.1 500 Broken\r\n\r\n", "500: Broken"),
        (b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n", "not allowed"),
    ],
    ids=["nothing", "no http", "cut off", "bad chunk", "error", "elsewhere"],
)
def test_broken_answers_are_refused(said: bytes, reason: str):
    assert reason in refused(lambda c: c.sendall(said))


@pytest.mark.parametrize("address", ["localhost:8000/x", "file:///etc/passwd", "http://[::1"])
def test_addresses_that_are_none_are_refused(address: str):
    with pytest.raises(ModelError):
        exchange(address, seconds=1, most_bytes=1)
