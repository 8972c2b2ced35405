"""`Verdict`: what happened when a program was run on every example. A bad program is data."""

from dataclasses import dataclass

from peirce.tasks.values import Value
from peirce.verifiers.sandbox import Cause, Level, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement on one program for one task."""

    train: tuple[Outcome, ...]
    """What the program gave for each train input, in order."""
    passed: tuple[bool, ...]
    """Whether that is exactly the expected output, for each train example."""
    closeness: tuple[float, ...]
    """How near each train output is to the expected one: 1 is equal, 0 has nothing in common."""
    test: tuple[Outcome, ...]
    """What the program gave for each test input, in order."""
    cpu_seconds: float
    """CPU time of the program over all inputs."""
    isolation: Level
    """Sandbox level it ran under."""
    stable: bool | None = None
    """Whether a second run elsewhere gave the same values; None if it was not asked for."""

    @property
    def fits(self) -> bool:
        """True if every train example is reproduced and no second run disagreed."""
        return all(self.passed) and self.stable is not False

    @property
    def score(self) -> float:
        """Mean closeness over the train examples, 0 to 1."""
        return sum(self.closeness) / len(self.closeness)

    @property
    def predictions(self) -> tuple[Value | None, ...]:
        """The value predicted for each test input; None where the program gave none."""
        return tuple(outcome.value for outcome in self.test)

    @property
    def complaint(self) -> str:
        """The first thing that went wrong, in words; empty if nothing did."""
        if self.stable is False:
            return "gives different answers when it is run a second time"
        for index, (outcome, passed) in enumerate(zip(self.train, self.passed, strict=True)):
            if outcome.cause is not Cause.OK:
                return f"example {index + 1}: {outcome.message}"
            if not passed and outcome.message:
                return f"example {index + 1}: {outcome.message}"
            if not passed:
                return f"example {index + 1}: the output is not the expected one"
        for index, outcome in enumerate(self.test):
            if outcome.cause is not Cause.OK:
                return f"test input {index + 1}: {outcome.message}"
        return ""
