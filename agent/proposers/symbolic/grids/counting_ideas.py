"""`Idea`: a rule that counts, with what it gives on every input, and how it is written."""

from dataclasses import dataclass

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.tasks.values import Grid
from peirce.verifiers.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A complete rule with what it gives on every input."""

    lines: tuple[str, ...]
    words: str
    results: tuple[Grid, ...]
    cost: float

    def write(self) -> Proposal:
        """The rule as a proposal."""
        body = "\n".join(f"    {line}" for line in self.lines)
        source = f"from peirce.prototypes import grids\n\n\ndef transform(grid):\n{body}\n"
        return Proposal(
            hypothesis=Hypothesis(words=self.words, level=Level.OBJECT),
            program=Program(source=source),
            origin="symbolic.grids.counting",
        )
