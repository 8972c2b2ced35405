"""What came of running a program: one `Outcome` per input, gathered in an `Execution`."""

from dataclasses import dataclass
from enum import StrEnum

from peirce.tasks.values import Value
from peirce.verifiers.sandbox.level import Level


class Cause(StrEnum):
    """Why an outcome is what it is."""

    OK = "ok"
    """A value of the declared type came back."""
    ERROR = "error"
    """The program raised, or left early."""
    TYPE = "type"
    """Something came back that is not a value of the declared type."""
    LOAD = "load"
    """The program could not be loaded: syntax, a failing import, no such function."""
    TIMEOUT = "timeout"
    """The CPU limit, or the wall-clock backstop, was reached."""
    MEMORY = "memory"
    """The memory limit was reached."""
    OUTPUT_LIMIT = "output_limit"
    """The reply was longer than is read."""
    POLICY = "policy"
    """It tried what programs may not do: files, network, processes, threads."""
    CRASH = "crash"
    """Its process died by a signal."""
    BAD_REPLY = "bad_reply"
    """The reply was not in the form the runner writes: the program tampered with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a program gave for one input."""

    cause: Cause
    value: Value | None = None
    """The answer; None unless `cause` is OK."""
    message: str = ""
    """A sentence that says what went wrong, safe to print; empty when nothing did.

    A verifier may add to a wrong answer why it came about.
    """

    @property
    def ok(self) -> bool:
        """Whether there is an answer."""
        return self.cause is Cause.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """What a program gave for all its inputs, and what that cost."""

    outcomes: tuple[Outcome, ...]
    """One per input, in order."""
    cpu_seconds: float
    """CPU time of the program's process, as the kernel counted it."""
    wall_seconds: float
    """From fork to exit."""
    peak_bytes: int
    """Largest resident memory, the interpreter included."""
    isolation_level: Level
    """The wall it ran behind."""

    @property
    def values(self) -> tuple[Value | None, ...]:
        """The answers, None where there is none."""
        return tuple(outcome.value for outcome in self.outcomes)

    @property
    def ok(self) -> bool:
        """Whether every input has an answer."""
        return all(outcome.ok for outcome in self.outcomes)
