"""One workbench for the tests of the server, and the server as a process."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`: pip install 'peirce[mcp]'")

from tests.looping import Looping

from peirce.agent.interfaces.mcp.workbench import Workbench
from peirce.agent.settings import Settings

TOKEN = "a-token-that-only-tests-use"


@dataclass(frozen=True)
class Shop(Looping):
    """An event loop with an open workbench in it."""

    bench: Workbench


@pytest.fixture(scope="session")
def shop() -> Iterator[Shop]:
    with asyncio.Runner() as runner:
        opening = Workbench.open(Settings.resolve())
        yield Shop(runner, runner.run(opening.__aenter__()))
        runner.run(opening.__aexit__(None, None, None))


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of a server process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "peirce", "serve", "--http", "127.0.0.1:0"],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PEIRCE_TOKEN": TOKEN},
    )
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if "listening at " in line:
            break
    assert TOKEN not in said
    yield said.rpartition("listening at ")[2].strip()
    process.terminate()
    process.communicate(timeout=30)
