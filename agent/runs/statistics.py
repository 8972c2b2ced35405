"""The statistics of a run: bootstrap intervals, calibration, coverage at a precision, paired tests.

Every function takes plain sequences with one entry per task and knows nothing of records.
"""

import math
from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from pydantic import BaseModel, ConfigDict

RESAMPLES: Final = 2_000
"""Bootstrap resamples."""
CONFIDENCE: Final = 0.95
BINS: Final = 10
"""Bins of equal width of the reliability curve."""
_SEED: Final = 0
_CHUNK: Final = 1 << 22
"""Drawn indices held at once."""

Array: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


class _Figure(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Interval(_Figure):
    """A figure with its bootstrap confidence interval over tasks."""

    value: float
    low: float
    high: float
    """Infinite (null in JSON) where resampling leaves it open."""


class Bin(_Figure):
    """One bin of the reliability curve."""

    low: float
    high: float
    tasks: int
    stated: float
    """Mean stated probability."""
    right: float
    """Share that was right."""


class Calibration(_Figure):
    """How far stated probabilities can be believed."""

    brier: float
    """Mean squared difference of stated probability and outcome (Brier 1950)."""
    error: float
    """Expected calibration error: mean distance of the bins from the diagonal."""
    bins: tuple[Bin, ...]
    """Bins that hold tasks."""


class Coverage(_Figure):
    """The largest share of tasks that could be answered at the asked precision."""

    precision: float
    """Asked for: share of the given answers that are right."""
    share: float
    """Share of all tasks answered; 0 where no threshold reaches the precision."""
    threshold: float | None
    """Least stated probability at which an answer is given; null where none reaches it."""
    reached: float | None
    """Precision among the answers given."""


class Paired(_Figure):
    """McNemar's exact test on the tasks that exactly one of two runs has solved."""

    only_first: int
    only_second: int
    both: int
    neither: int
    p_value: float
    """Two-sided: chance of a split at least so uneven if both were equally good."""
    difference: Interval
    """Share solved by the second less share solved by the first."""


def mean_interval(values: Sequence[float]) -> Interval | None:
    """The mean with its percentile bootstrap interval; None of nothing."""
    return ratio_interval(values, [1.0] * len(values))


def ratio_interval(tops: Sequence[float], bottoms: Sequence[float]) -> Interval | None:
    """Sum over sum with its interval, tasks resampled whole; None where the bottoms sum to 0.

    Resamples whose bottoms sum to 0 count as infinite, so the interval may be open above.
    """
    top, bottom = np.array(tops, dtype=np.float64), np.array(bottoms, dtype=np.float64)
    if not len(top) or bottom.sum() == 0:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = _resample(top) / _resample(bottom)
    ratios = np.sort(np.nan_to_num(ratios, nan=np.inf, posinf=np.inf))
    edge = (1.0 - CONFIDENCE) / 2.0
    return Interval(
        value=float(top.sum() / bottom.sum()),
        low=float(ratios[int(edge * (len(ratios) - 1))]),
        high=float(ratios[math.ceil((1.0 - edge) * (len(ratios) - 1))]),
    )


def _resample(values: Array) -> Array:
    """Sums of `RESAMPLES` resamples; the same draw for every array of this length."""
    rng, sums = np.random.default_rng(_SEED), list[Array]()
    rows = max(1, _CHUNK // len(values))
    for start in range(0, RESAMPLES, rows):
        count = min(rows, RESAMPLES - start)
        sums.append(values[rng.integers(len(values), size=(count, len(values)))].sum(axis=1))
    return np.concatenate(sums)


def calibration(stated: Sequence[float], right: Sequence[bool]) -> Calibration | None:
    """Compare stated probabilities with outcomes; None of nothing."""
    if not stated:
        return None
    bins: list[Bin] = []
    for index in range(BINS):
        inside = [place for place, p in enumerate(stated) if min(int(p * BINS), BINS - 1) == index]
        if inside:
            bins.append(
                Bin(
                    low=index / BINS,
                    high=(index + 1) / BINS,
                    tasks=len(inside),
                    stated=sum(stated[place] for place in inside) / len(inside),
                    right=sum(right[place] for place in inside) / len(inside),
                )
            )
    pairs = list(zip(stated, right, strict=True))
    return Calibration(
        brier=sum((p - outcome) ** 2 for p, outcome in pairs) / len(pairs),
        error=sum(found.tasks * abs(found.stated - found.right) for found in bins) / len(pairs),
        bins=tuple(bins),
    )


def coverage(stated: Sequence[float], right: Sequence[bool], *, precision: float) -> Coverage:
    """How many tasks could be answered, the surest first, with `precision` of them right."""
    ranked = sorted(zip(stated, right, strict=True), key=lambda pair: -pair[0])
    best = Coverage(precision=precision, share=0.0, threshold=None, reached=None)
    hits = 0
    for count, (p, outcome) in enumerate(ranked, start=1):
        hits += outcome
        tied = count < len(ranked) and ranked[count][0] == p
        if not tied and p > 0 and hits / count >= precision:
            best = Coverage(
                precision=precision,
                share=count / len(ranked),
                threshold=p,
                reached=hits / count,
            )
    return best


def paired(first: Sequence[bool], second: Sequence[bool]) -> Paired:
    """Test whether two runs over the same tasks, of which there is at least one, differ."""
    pairs = list(zip(first, second, strict=True))
    difference = mean_interval([float(right) - float(left) for left, right in pairs])
    if difference is None:
        raise ValueError("there is no pair to compare")
    only_first = sum(left and not right for left, right in pairs)
    only_second = sum(right and not left for left, right in pairs)
    return Paired(
        only_first=only_first,
        only_second=only_second,
        both=sum(left and right for left, right in pairs),
        neither=sum(not left and not right for left, right in pairs),
        p_value=mcnemar(only_first, only_second),
        difference=difference,
    )


def mcnemar(left: int, right: int) -> float:
    """Exact two-sided p-value of McNemar's test for the two discordant counts (McNemar 1947)."""
    total, fewer = left + right, min(left, right)
    tail = sum(math.comb(total, count) for count in range(fewer + 1))
    # Integers throughout: 2**total overflows a float from about a thousand tasks on.
    return min(1.0, 2 * tail * 10**18 // 2**total / 10**18)
