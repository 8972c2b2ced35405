"""How far the agreement of programs can be trusted: measured, not assumed.

Passing all train examples is a weak certificate. The belief that an answer is right is a logistic
function of a few signs, fitted on searches whose outcome is known (Platt 1999, Probabilistic
outputs for support vector machines).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peirce.verifiers.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is known about a prediction before it is scored."""

    share: float
    """Share of the posterior mass that predicts it, 0 to 1."""
    bits: float
    """Description length of the shortest program behind it."""
    examples: int
    """Number of train examples."""
    origins: int
    """How many different methods found a program behind it."""
    programs: int
    """How many programs stand behind it."""
    failures: int
    """Test inputs the leading program fails on."""
    copies: int
    """Train outputs the leading program holds as literals."""
    surprises: int = 0
    """Regularities of the examples that the predictions break."""
    turned: float | None = None
    """Share of the reflections that the leading program takes as its rule would; None where it was
    run on none."""
    unpaid: float = 0.0
    """Bits of the shortest program beyond what the examples say, by `unpaid`."""
    confirmed: float | None = None
    """Share of the examples left out of a search that the rule found without them explains; None
    where none was left out."""

    def vector(self) -> tuple[float, ...]:
        """The signs as the logistic model takes them, the constant first."""
        share = min(max(self.share, 0.02), 0.98)
        return (
            1.0,
            math.log(share / (1.0 - share)),
            math.log2(1.0 + self.bits) - 6.0,
            math.log2(self.examples) - 1.5,
            math.log2(self.origins),
            min(3.0, math.log2(self.programs)),
            float(self.failures > 0),
            float(self.copies > 0),
            min(3.0, float(self.surprises)),
            0.0 if self.turned is None else self.turned - TURNED,
            min(MOST_UNPAID, self.unpaid),
            0.0 if self.confirmed is None else self.confirmed - CONFIRMED,
        )


TURNED: Final = 0.5
"""`Signs.turned` of a program that is neither likelier nor less likely for it."""
CONFIRMED: Final = 0.7
"""`Signs.confirmed` of a rule that is neither likelier nor less likely for it."""
WEIGHTS: Final = (0.9, 0.45, -0.6, 0.5, 0.8, 0.1, -1.5, -2.0, -0.8, 0.5, -0.08, 1.0)
"""Log-odds for each entry of `Signs.vector`."""
MOST_UNPAID: Final = 40.0
"""Bits of `Signs.unpaid` that count: even a list in disguise is right about much."""
PLAIN_BITS: Final = 60.0
"""Description length of a rule that people would state, and believe after few examples."""


RANKING: Final = (0.08, 6.6, 4.3, 1.4)
"""Bits against a program that fits: for each bit of description length, if it copies an output, if
it fails on a test input, for each regularity of the examples its predictions break (Laplace's rule
of succession says 2.3 for three examples). Fitted by `scripts/rank.py` on grid tasks."""
METHOD_BITS: Final[dict[str, float]] = {
    "symbolic.grids.cells": 2.5,
    "symbolic.grids.cells_pictures": 1.2,
}
"""Bits against the programs of a method, by origin: how much oftener they fit by accident than
their length says. `scripts/rank.py` proposes them: cell rules choose among more conditions than any
other method."""


def against(evidence: Evidence, origin: str) -> float:
    """How many bits speak against a program that fits its examples."""
    signs = (
        evidence.bits,
        float(evidence.copies > 0),
        float(evidence.failures > 0),
        float(len(evidence.surprises)),
    )
    bits = sum(weight * sign for weight, sign in zip(RANKING, signs, strict=True))
    return bits + METHOD_BITS.get(origin, 0.0)


def believe(signs: Signs) -> float:
    """Probability that a prediction of programs that fit is right."""
    odds = sum(weight * sign for weight, sign in zip(WEIGHTS, signs.vector(), strict=True))
    return 1.0 / (1.0 + math.exp(-odds))


def unpaid(bits: float, outputs: Sequence[object]) -> float:
    """Bits of a program that say whether things hold, beyond those needed to say it of each.

    A program longer than the truth values it explains may be a list of them in disguise. Other
    outputs say far more than any program, and plain rules are given credit.
    """
    if not all(isinstance(output, bool) for output in outputs):
        return 0.0
    told = _choice(len(outputs), sum(output is True for output in outputs))
    return max(0.0, bits - max(PLAIN_BITS, told))


def believe_near_miss(passed: Sequence[bool], score: float) -> float:
    """Probability that a prediction is right although its program misses some train example.

    Of programs that fit all demonstrations but one about one in five is right on the test, of
    those that fit fewer about one in thirty (measured for grid search, top-quarks/ARC-solution).
    """
    missed = len(passed) - sum(passed)
    base = 0.2 if missed == 1 and len(passed) > 1 else 0.03
    return base * score


def believe_despite_exceptions(
    passed: Sequence[bool], outputs: Sequence[object], bits: float, answers: int
) -> float:
    """Probability that some answers of a rule are right although it misses some of many atoms.

    Three things may be behind the atoms: no rule, the rule and noise, or another rule of which this
    one is a part. Each says how likely the atoms are (Bayesian model selection, with a uniform
    prior for every rate: MacKay, Information Theory, Inference, and Learning Algorithms, ch. 28).
    Noise falls as often on what the rule says holds as on what it says does not; what a part leaves
    out falls on one of them. A rule with noise is right about other atoms as often as about those
    shown (Laplace's rule of succession); of the other two nothing is believed.

    Args:
        passed: for each example whether the rule explains it.
        outputs: of the examples; belief is 0 where they are anything but truth values.
        bits: description length of the rule.
        answers: how many have to be right at once.
    """
    shown, missed = len(passed), len(passed) - sum(passed)
    if not all(isinstance(output, bool) for output in outputs):
        return 0.0
    sides = [
        [right for right, output in zip(passed, outputs, strict=True) if right is (output is side)]
        for side in (True, False)
    ]
    noise = bits + _choice(shown, missed)
    partial = bits + sum(_choice(len(side), len(side) - sum(side)) for side in sides)
    chance = _choice(shown, sum(output is True for output in outputs))
    odds = sum(2.0 ** min(100.0, noise - other) for other in (partial, chance))
    return ((shown - missed + 1) / (shown + 2)) ** answers / (1.0 + odds)


def _choice(among: int, number: int) -> float:
    """Bits to say how many, and which."""
    return math.log2(math.comb(among, number)) + math.log2(among + 1)
