"""A budget allows something."""

from collections.abc import Callable

import pytest

from peirce.agent.inquiry import Budget
from peirce.tasks.errors import ConfigError


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Budget(seconds=0), "of 0 seconds; give more than 0, at most"),
        (lambda: Budget(seconds=float("inf")), "of inf seconds; give more than 0, at most"),
        (lambda: Budget(cpu_seconds=0), "of 0 cpu_seconds; give more"),
        (lambda: Budget(cpu_seconds=-1), "of -1 cpu_seconds; give more"),
        (lambda: Budget(cpu_seconds=float("nan")), "of nan cpu_seconds; give more"),
        (lambda: Budget(programs=0), "of 0 programs; give more"),
        (lambda: Budget(tokens=-1), "of -1 tokens; give 0 or more"),
        (lambda: Budget(steps=0), "of 0 steps; give more"),
        (lambda: Budget(left_out=-1), "of -1 left_out; give 0 or more"),
    ],
)
def test_a_budget_that_allows_nothing_or_has_no_end_is_refused(
    build: Callable[[], Budget], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        build()
