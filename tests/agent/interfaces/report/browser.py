"""A headless Chromium, driven over its debugging pipe with the standard library alone."""

import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
PATIENCE = 40.0
"""Seconds a browser may take to answer."""

Reply = dict[str, "str | int | list[Reply] | Reply"]


@dataclass
class Browser:
    """One tab."""

    to: int
    back: int
    session: str = ""
    asked: int = 0
    buffer: bytes = b""
    complaints: list[str] = field(default_factory=list[str])
    """Errors on the console, and scripts that the page's policy has blocked."""

    def send(self, method: str, **parameters: object) -> Reply:
        """Send a command and wait for its reply; note complaints that come meanwhile."""
        self.asked += 1
        message: dict[str, object] = {"id": self.asked, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            reply = self._next()
            if reply.get("id") == self.asked:
                assert "error" not in reply, reply
                return cast("Reply", reply["result"])

    def run(self, expression: str) -> object:
        """Evaluate JavaScript in the page."""
        found = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return cast("Reply", found["result"]).get("value")

    def open(self, page: Path | str, fragment: str = "") -> None:
        """Load a file or address and wait until its scripts have run."""
        address = page if isinstance(page, str) else page.as_uri()
        self.send("Page.navigate", url=f"{address}{fragment}")
        self.wait_for("document.readyState === 'complete'")

    def wait_for(self, condition: str) -> None:
        """Ask the page until a condition holds, over a new load if need be."""
        deadline = time.monotonic() + PATIENCE
        while self.run(condition) is not True:
            assert time.monotonic() < deadline, f"{condition} never came true"

    def _next(self) -> Reply:
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.back], [], [], PATIENCE)
            assert ready, "the browser does not answer"
            self.buffer += os.read(self.back, 1 << 16)
        line, _, self.buffer = self.buffer.partition(b"\0")
        message = cast("Reply", json.loads(line))
        if message.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
            self.complaints.append(json.dumps(message["params"]))
        return message


@contextmanager
def browser(profile: Path) -> Generator[Browser]:
    """Start Chromium, give one tab, end it."""
    (read, to), (back, write) = os.pipe(), os.pipe()
    options = "--headless --no-sandbox --disable-gpu --remote-debugging-pipe"
    process = subprocess.Popen(
        ["bash", "-c", f'exec "$0" {options} --user-data-dir="$1" 3<&{read} 4>&{write}',
         CHROMIUM, str(profile)],
        pass_fds=(read, write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(read)
    os.close(write)
    tab = Browser(to, back)
    try:
        target = tab.send("Target.createTarget", url="about:blank")["targetId"]
        attached = tab.send("Target.attachToTarget", targetId=target, flatten=True)
        tab.session = str(attached["sessionId"])
        for domain in ("Page", "Runtime", "Log"):
            tab.send(f"{domain}.enable")
        yield tab
    finally:
        process.kill()
        process.wait()
        os.close(to)
        os.close(back)
