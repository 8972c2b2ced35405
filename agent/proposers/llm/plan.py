"""`Plan`: how a budget of tokens is spread over guessing, writing and refining."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from peirce.agent.proposal import Hypothesis
from peirce.tasks.errors import ConfigError

Select: TypeAlias = Callable[[Sequence[Hypothesis]], Awaitable[Sequence[Hypothesis]]]
"""Lets a person pick among hypotheses."""


class Narrow(StrEnum):
    """How many hypotheses become few."""

    NONE = "none"
    """Near-duplicates are merged, all others kept."""
    SUMMARISE = "summarise"
    """The model keeps and corrects the likeliest."""
    ASK = "ask"
    """A person picks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Numbers that decide what is asked of a model for one task."""

    rules_per_view: int = 4
    """Samples of hypotheses for each view of the task."""
    rules_per_sample: int = 4
    """Hypotheses asked for in each sample."""
    kept_rules: int = 8
    """Hypotheses that become programs."""
    programs_per_rule: int = 4
    """Programs written for each kept hypothesis."""
    direct_programs: int = 8
    """Programs written for each view without a hypothesis."""
    direct_answers: int = 4
    """Answers given for each test input without any program."""
    refinements: int = 24
    """Failed programs that are sent back with what went wrong; 0 for small models."""
    refining: int = 4
    """Refinements under way at the same time, so that an engine is not left with one alone."""
    pool_every: int = 4
    """Each so-many-th refinement shows several partly right programs instead of one."""
    temperature: float = 1.0
    longest_reply: int = 2048
    """Tokens of one reply at most; models that think aloud need more."""
    narrow: Narrow = Narrow.SUMMARISE

    def __post_init__(self) -> None:
        """Refuse plans that ask for nothing."""
        if self.rules_per_view * self.kept_rules <= 0 and self.direct_programs <= 0:
            raise ConfigError(f"{self!r} asks for neither rules nor direct programs")
        for name, number in (("pool_every", self.pool_every), ("refining", self.refining)):
            if number < 1:
                raise ConfigError(f"{name} is {number}; it must be at least 1")
