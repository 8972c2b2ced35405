"""Do neurons fire where the findings say they should, and does it matter for the verdict?

Precision and recall of firing by heuristic, layer and operator, with p-values against the same
firings under shuffled prompts; and by verdict the share of expected firings that happened, with
effect sizes. All p-values are corrected for multiple testing (Benjamini-Hochberg). "No
difference" is a result and is said in words.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peirce.agent.circuits.arithmetic import Mask
from peirce.agent.circuits.catalogue import NeuronFinding, Record
from peirce.agent.circuits.firing import Firings
from peirce.agent.circuits.heuristics import kind_of
from peirce.agent.circuits.statistics import benjamini_hochberg, cliffs_delta, permutation_p

ALPHA: Final = 0.05
"""Adjusted p-values below this count as a difference."""


class Agreement(Record):
    """How well a group of findings predicts what fires."""

    group: str
    findings: int
    steps: int
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
    def recall(self) -> float:
        """Share of expected firings that happened."""
        return self.both / self.expected if self.expected else float("nan")


class VerdictDifference(Record):
    """Whether expected heuristics fire more under one verdict than under another."""

    group: str
    first: str
    second: str
    first_steps: int
    second_steps: int
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
        return f"more when {self.first if self.effect > 0 else self.second}"


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


def compare(
    firings: Sequence[Firings], *, circuit: str, model: str, rounds: int = 999, seed: int = 0
) -> Comparison:
    """Compare firings with findings; `rounds` shuffles for each p-value."""
    return Comparison(
        circuit=circuit,
        model=model,
        steps=_rows(firings),
        by_operator=_agree(firings, lambda f: f"operator {f.operator.value}", rounds, seed),
        by_layer=_agree(firings, lambda f: f"layer {f.layer}", rounds, seed),
        by_heuristic=_agree(firings, _kind, rounds, seed),
        by_verdict=_differ(firings, rounds, seed),
    )


def _kind(finding: NeuronFinding) -> str:
    return kind_of(finding.parse())


def _rows(firings: Sequence[Firings]) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(
            recording=step.recording,
            step=str(step),
            verdict=step.verdict,
            right=step.right_answer,
            expected=int(each.expected[index].sum()),
            fired=int(each.fired[index].sum()),
            both=int((each.expected[index] & each.fired[index]).sum()),
        )
        for each in firings
        for index, step in enumerate(each.steps)
    )


def _agree(
    firings: Sequence[Firings], group_of: Callable[[NeuronFinding], str], rounds: int, seed: int
) -> tuple[Agreement, ...]:
    """One row for each group of findings, with its p-value against shuffled prompts."""
    names = sorted({group_of(finding) for each in firings for finding in each.findings})
    rows: list[Agreement] = []
    for name in names:
        parts = [(each, _columns(each, group_of, name)) for each in firings]
        parts = [(each, columns) for each, columns in parts if columns.any()]
        expected = [each.expected[:, columns] for each, columns in parts]
        fired = [each.fired[:, columns] for each, columns in parts]
        both = sum(int((e & f).sum()) for e, f in zip(expected, fired, strict=True))
        shuffled = _shuffle(expected, fired, rounds, seed)
        rows.append(
            Agreement(
                group=name,
                findings=sum(int(columns.sum()) for _, columns in parts),
                steps=sum(len(each.steps) for each, _ in parts),
                expected=sum(int(e.sum()) for e in expected),
                fired=sum(int(f.sum()) for f in fired),
                both=both,
                luck=float(shuffled.mean()),
                p_value=float((shuffled >= both).sum() + 1) / (rounds + 1),
                adjusted_p=1.0,
            )
        )
    adjusted = benjamini_hochberg([row.p_value for row in rows])
    return tuple(
        row.model_copy(update={"adjusted_p": p}) for row, p in zip(rows, adjusted, strict=True)
    )


def _columns(each: Firings, group_of: Callable[[NeuronFinding], str], name: str) -> Mask:
    return np.array([group_of(finding) == name for finding in each.findings], dtype=bool)


def _shuffle(
    expected: Sequence[Mask], fired: Sequence[Mask], rounds: int, seed: int
) -> NDArray[np.float64]:
    """Hits when each operator's expectations are dealt to its steps at random."""
    draws = np.random.default_rng(seed)
    hits = np.zeros(rounds)
    for wanted, got in zip(expected, fired, strict=True):
        overlap = got.astype(np.float32) @ wanted.astype(np.float32).T
        rows = np.arange(len(overlap))
        for round_ in range(rounds):
            hits[round_] += float(overlap[rows, draws.permutation(len(overlap))].sum())
    return hits


def _differ(firings: Sequence[Firings], rounds: int, seed: int) -> tuple[VerdictDifference, ...]:
    """Verified against failed and against crashed, for every type of heuristic and all."""
    kinds = sorted({_kind(finding) for each in firings for finding in each.findings})
    rows: list[VerdictDifference] = []
    for kind in ["all", *kinds]:
        shares: dict[str, list[float]] = {}
        for each in firings:
            columns = np.array([kind in ("all", _kind(f)) for f in each.findings], dtype=bool)
            expected, fired = each.expected[:, columns], each.fired[:, columns]
            counts = expected.sum(1)
            for index in np.flatnonzero(counts).tolist():
                share = float((expected[index] & fired[index]).sum() / counts[index])
                shares.setdefault(each.steps[index].verdict, []).append(share)
        first = np.array(shares.get("verified", ()))
        for other in ("failed", "crashed"):
            second = np.array(shares.get(other, ()))
            if len(first) and len(second):
                rows.append(
                    VerdictDifference(
                        group=kind,
                        first="verified",
                        second=other,
                        first_steps=len(first),
                        second_steps=len(second),
                        first_mean=float(first.mean()),
                        second_mean=float(second.mean()),
                        effect=cliffs_delta(first, second),
                        p_value=permutation_p(first, second, rounds=rounds, seed=seed),
                        adjusted_p=1.0,
                    )
                )
    adjusted = benjamini_hochberg([row.p_value for row in rows])
    return tuple(
        row.model_copy(update={"adjusted_p": p}) for row, p in zip(rows, adjusted, strict=True)
    )
