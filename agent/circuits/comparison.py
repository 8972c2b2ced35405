"""What a comparison of recordings with a catalogue says, as records for tables, pages and JSON.

`compare` and `causal` make them; they need no optional package to be shown.
"""

from typing import Final

from peirce.agent.circuits.catalogue import Record

ALPHA: Final = 0.05
"""Adjusted p-values below this count as a difference."""
NO_STEPS: Final = (
    "These texts hold no sum that the catalogue's arithmetic knows, such as 57+68=125, so there is "
    "nothing to compare."
)


class Agreement(Record):
    """How well a group of findings predicts what fires."""

    group: str
    findings: int
    steps: int
    prompts: int
    """Distinct problems among the steps: what p-values rest on."""
    expected: int
    """Pairs of step and finding at which the heuristic holds."""
    fired: int
    both: int
    luck: float
    """Mean of `both` when prompts are shuffled."""
    p_value: float
    """One-sided: as many hits under shuffled prompts."""
    adjusted_p: float

    @property
    def precision(self) -> float:
        """Share of firings that were expected."""
        return self.both / self.fired if self.fired else float("nan")

    @property
    def luck_precision(self) -> float:
        """Share of firings that shuffled prompts would have expected."""
        return self.luck / self.fired if self.fired else float("nan")

    @property
    def recall(self) -> float:
        """Share of expected firings that happened."""
        return self.both / self.expected if self.expected else float("nan")


class StepRow(Record):
    """One step: how many findings were expected, how many fired."""

    recording: str
    step: str
    verdict: str
    right: bool
    expected: int
    fired: int
    both: int


class CausalCheck(Record):
    """How often answers change, over verified steps."""

    steps: int
    neurons: float
    """Mean number of neurons knocked out."""
    changed: float
    """Share of steps whose answer changes without the neurons that fired."""
    changed_random: float
    """The same without as many random other neurons of the same layers."""


class VerdictDifference(Record):
    """Whether expected heuristics fire more in one group of texts than in another."""

    group: str
    first: str
    second: str
    first_texts: int
    second_texts: int
    prompts: int
    """Distinct sets of problems in these texts."""
    first_mean: float
    """Mean share of expected findings that fired."""
    second_mean: float
    effect: float
    """Cliff's delta, -1 to 1."""
    p_value: float
    adjusted_p: float

    @property
    def conclusion(self) -> str:
        """In words."""
        if self.adjusted_p >= ALPHA:
            return "no difference"
        # The means, since it is their difference that the p-value is about.
        return f"more when {self.first if self.first_mean > self.second_mean else self.second}"


class Comparison(Record):
    """A recording laid beside a catalogue."""

    circuit: str
    """Digest of the catalogue."""
    model: str
    steps: tuple[StepRow, ...]
    by_operator: tuple[Agreement, ...]
    by_layer: tuple[Agreement, ...]
    by_heuristic: tuple[Agreement, ...]
    by_verdict: tuple[VerdictDifference, ...]
    causes: CausalCheck | None = None
    """`None` if no model was at hand to check with."""
