"""Serve over stdio or Streamable HTTP until the client leaves or Ctrl-C.

Over HTTP every request needs the bearer token, and the headers `Host` and `Origin` must name this
machine, so that no web page can reach the server through a visitor's browser (DNS rebinding).
"""

import hmac
import secrets
import socket
from collections.abc import Callable
from typing import Final

from peirce.agent.interfaces.mcp.server import build_server
from peirce.agent.interfaces.mcp.workbench import Workbench
from peirce.agent.settings import Settings
from peirce.tasks.errors import ConfigError

try:
    import uvicorn
    from mcp.server.transport_security import TransportSecuritySettings
    from starlette.datastructures import Headers
    from starlette.responses import JSONResponse
    from starlette.types import ASGIApp, Receive, Scope, Send
except ImportError as error:
    raise ImportError("the server needs mcp: pip install 'peirce[mcp]'") from error

PATH: Final = "/mcp"
REFUSAL: Final = (
    "send the header `Authorization: Bearer TOKEN`, with the token that `peirce serve` printed or "
    "that PEIRCE_TOKEN holds"
)
LOCAL: Final = TransportSecuritySettings(
    allowed_hosts=["127.0.0.1:*", "localhost:*", "[::1]:*"],
    allowed_origins=["http://127.0.0.1:*", "http://localhost:*", "http://[::1]:*"],
)

Say = Callable[[str], None]


class TokenGuard:
    """Lets only requests with the right bearer token through."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 401, or pass the request on."""
        if scope["type"] == "http":
            given = Headers(scope=scope).get("authorization", "")
            if not hmac.compare_digest(given.encode(), self._expected):
                challenge = {"WWW-Authenticate": "Bearer"}
                refusal = JSONResponse({"error": REFUSAL}, status_code=401, headers=challenge)
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def serve_stdio(settings: Settings, say: Say) -> None:
    """Serve one client on stdin and stdout; everything else goes to `say`.

    Raises:
        SandboxError: no sandbox of the level in the settings can be had.
    """
    async with Workbench.open(settings) as bench:
        say(bench.sandbox.isolation.summary)
        await build_server(bench).run_stdio_async()


async def serve_http(settings: Settings, address: str, say: Say) -> None:
    """Serve any number of clients at `address`, which is HOST:PORT.

    Raises:
        ConfigError: the address cannot be listened at.
        SandboxError: no sandbox of the level in the settings can be had.
    """
    listening = listen(address)
    token = settings.token.get_secret_value() or secrets.token_urlsafe(32)
    async with Workbench.open(settings) as bench:
        app = build_server(bench).streamable_http_app(
            streamable_http_path=PATH, transport_security=LOCAL
        )
        config = uvicorn.Config(TokenGuard(app, token), log_level="warning", lifespan="on")
        say(bench.sandbox.isolation.summary)
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        say(f"listening at http://{shown}:{port}{PATH}")
        if not settings.token.get_secret_value():
            say(f"token: {token}")
        await uvicorn.Server(config).serve(sockets=[listening])


def listen(address: str) -> socket.socket:
    """Open the socket at HOST:PORT.

    Raises:
        ConfigError: it is no address, or cannot be had.
    """
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise ConfigError(f"--http: {address!r} is no HOST:PORT; write for example 127.0.0.1:8765")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, int(port)), family=family)
    except OSError as error:
        raise ConfigError(
            f"--http: cannot listen at {address!r}: {error.strerror or error}; choose another port"
        ) from None
