"""Compiles the grid engine before the first test starts, where no test's time limit counts."""

import pytest

from peirce.agent.proposers.symbolic.grids.engine.warming import warm_up


def pytest_collection_finish(session: pytest.Session) -> None:
    if session.items and not session.config.option.collectonly:
        warm_up(lambda _: None)
