"""The page of a run that is still going on, served to this machine alone.

It listens on the loopback address, answers only requests that name it there (no DNS rebinding), and
only below a path that holds a secret token; the page loads itself anew when records have come.
"""

import secrets
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, cast

from peirce.agent.interfaces.report.page import page, policy
from peirce.agent.runs.folder import RECORDS_FILE, read_run
from peirce.tasks.errors import ConfigError, PeirceError

HOST: Final = "127.0.0.1"
TIMEOUT: Final = 20.0
"""Seconds a client may take over one request."""


class LivePage:
    """What is served: the page as it is now, and a word that changes when the page does."""

    def __init__(self, run: Path) -> None:
        """Take the folder of a run.

        Raises:
            TaskError: there is no run there.
        """
        read_run(run)
        self._run = run
        self._drawn = ("", "")

    def state(self) -> str:
        """A word that changes when records have come."""
        try:
            return str((self._run / RECORDS_FILE).stat().st_size)
        except OSError:
            return "none"

    def html(self) -> str:
        """The page; drawn anew only where something has changed."""
        state = self.state()
        if self._drawn[0] != state:
            self._drawn = (state, page(self._run, state=state))
        return self._drawn[1]


class _Answers(BaseHTTPRequestHandler):
    """Answers one request."""

    timeout = TIMEOUT

    def __init__(self, live: LivePage, token: str, *arguments: object) -> None:
        self._live = live
        self._token = token
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Give the page or its state to those who know the token and came straight here."""
        port = cast("ThreadingHTTPServer", self.server).server_port
        named = self.headers.get("Host", "") in (f"{HOST}:{port}", f"localhost:{port}")
        root, _, name = self.path.lstrip("/").partition("/")
        if not named or not secrets.compare_digest(root.encode(), self._token.encode()):
            self._reply(HTTPStatus.FORBIDDEN, "open the whole address that `peirce view` printed")
            return
        try:
            match name:
                case "":
                    self._reply(HTTPStatus.OK, self._live.html(), kind="text/html")
                case "state":
                    self._reply(HTTPStatus.OK, self._live.state())
                case _:
                    self._reply(HTTPStatus.NOT_FOUND, "there is one page here")
        except PeirceError as error:
            self._reply(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))

    def _reply(self, status: HTTPStatus, text: str, *, kind: str = "text/plain") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", policy(live=True))
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the path holds the token."""


def serve_live(run: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve the run in the folder `run` until Ctrl-C.

    Raises:
        TaskError: there is no run there.
        ConfigError: the port cannot be had.
    """
    live, token = LivePage(run), secrets.token_urlsafe(24)
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Answers, live, token))
    except (OSError, OverflowError) as error:
        raise ConfigError(f"--port: cannot listen at {port}: {error}; choose another") from None
    with server:
        server.daemon_threads = True
        say(f"http://{HOST}:{server.server_port}/{token}/")
        server.serve_forever()
