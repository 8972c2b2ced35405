"""A budget allows something."""

from collections.abc import Callable

import pytest

from peirce.agent.inquiry import Budget
from peirce.tasks.errors import ConfigError


@pytest.mark.parametrize(
    "build",
    [
        lambda: Budget(seconds=0),
        lambda: Budget(seconds=float("inf")),
        lambda: Budget(cpu_seconds=0),
        lambda: Budget(cpu_seconds=-1),
        lambda: Budget(cpu_seconds=float("nan")),
        lambda: Budget(programs=0),
        lambda: Budget(tokens=-1),
        lambda: Budget(steps=0),
        lambda: Budget(left_out=-1),
    ],
)
def test_a_budget_that_allows_nothing_or_has_no_end_is_refused(build: Callable[[], Budget]):
    with pytest.raises(ConfigError, match="allows nothing or has no end; seconds"):
        build()
