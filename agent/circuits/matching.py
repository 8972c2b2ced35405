"""Which heuristics a neuron's activation map matches, by the paper's score, and how surely.

The score (Algorithm 1 of arXiv 2410.21272) of a map against a heuristic that holds for k
problems is the share of the k highest map values at which it holds; a match needs 0.6. A broad
heuristic reaches that by luck, so each match also carries its base rate (the share of all
problems at which it holds) and `corrected`, the score rescaled so that luck is 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.circuits.heuristics import (
    Heuristic,
    MultiResult,
    Problems,
    holds,
    is_direct,
    kind_of,
)

THRESHOLD = 0.6
"""The paper's score from which a neuron counts as matching."""
FEWEST = 5
"""Heuristics that hold for fewer problems than this are not scored."""

Maps: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One neuron's match with one heuristic."""

    heuristic: Heuristic
    direct: bool
    """On the KV map (value times logit lens) rather than the K map (activation)."""
    sign: int
    """1 if high values mean the heuristic holds, -1 if low ones do."""
    score: float
    base_rate: float
    threshold: float
    """The k-th highest signed map value: the neuron fires from here on."""

    @property
    def corrected(self) -> float:
        """The score above luck, on a scale where luck is 0 and a perfect match is 1."""
        return correct(self.score, self.base_rate)


def correct(score: float, base_rate: float) -> float:
    """Rescale a score so that its base rate becomes 0 and 1 stays 1."""
    return (score - base_rate) / (1 - base_rate) if base_rate < 1 else 0.0


def match_neurons(
    keys: Maps,
    direct: Maps,
    problems: Problems,
    heuristics: Sequence[Heuristic],
    *,
    gated: bool,
    multiple: bool = False,
) -> tuple[tuple[Match, ...], ...]:
    """All matches of every neuron, best corrected score first.

    Args:
        keys: K maps, [neurons, problems].
        direct: KV maps, [neurons, problems].
        problems: The problems, in the order of the maps' columns.
        heuristics: What to look for.
        gated: Gated activations can be negative, so the lowest values of K are tested too.
        multiple: Also read multi-result heuristics off the KV maps (division, in the paper).
    """
    found: list[list[Match]] = [[] for _ in range(len(keys))]
    alive = (np.ptp(keys, axis=1) > 0) if len(keys) else np.zeros(0, dtype=bool)
    indirect = [h for h in heuristics if not is_direct(h)]
    results = [h for h in heuristics if is_direct(h)]
    _collect(found, keys, problems, indirect, alive, sign=1)
    if gated:
        _collect(found, keys, problems, indirect, alive, sign=-1)
    _collect(found, direct, problems, results, alive, sign=1)
    if multiple:
        _collect_multiple(found, direct, problems, alive)
    return tuple(tuple(sorted(each, key=_rank)) for each in found)


def strongest_of_each_kind(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The best match of each type of heuristic, best first."""
    best: dict[str, Match] = {}
    for match in sorted(matches, key=_rank):
        best.setdefault(kind_of(match.heuristic), match)
    return tuple(best.values())


def _rank(match: Match) -> tuple[float, str]:
    return (-match.corrected, str(match.heuristic))


def _collect(
    found: list[list[Match]],
    maps: Maps,
    problems: Problems,
    heuristics: Sequence[Heuristic],
    alive: NDArray[np.bool_],
    *,
    sign: int,
) -> None:
    """Append every match at or above the threshold to each neuron's list."""
    signed = maps if sign > 0 else -maps
    order = np.argsort(-signed, axis=1, kind="stable")
    total = maps.shape[1]
    for heuristic in heuristics:
        mask = holds(heuristic, problems)
        count = int(mask.sum())
        if not FEWEST <= count < total:
            continue
        scores = mask[order[:, :count]].mean(axis=1)
        for neuron in np.flatnonzero((scores >= THRESHOLD) & alive).tolist():
            found[neuron].append(
                Match(
                    heuristic=heuristic,
                    direct=is_direct(heuristic),
                    sign=sign,
                    score=float(scores[neuron]),
                    base_rate=count / total,
                    threshold=float(signed[neuron, order[neuron, count - 1]]),
                )
            )


def _collect_multiple(
    found: list[list[Match]], maps: Maps, problems: Problems, alive: NDArray[np.bool_]
) -> None:
    """Two to four results that make up 95 % of the top problems (1,000 of 90,000 in the paper)."""
    top = max(20, maps.shape[1] // 90)
    for neuron in np.flatnonzero(alive).tolist():
        order = np.argsort(-maps[neuron], kind="stable")[:top]
        values, counts = np.unique(problems.answer[order], return_counts=True)
        ranked = np.argsort(-counts, kind="stable")
        for size in (2, 3, 4):
            share = float(counts[ranked[:size]].sum() / top)
            if len(values) < size or counts[ranked[0]] / top >= 0.95 or share < 0.95:
                continue
            heuristic = MultiResult(tuple(sorted(values[ranked[:size]].tolist())))
            found[neuron].append(
                Match(
                    heuristic=heuristic,
                    direct=True,
                    sign=1,
                    score=share,
                    base_rate=float(holds(heuristic, problems).mean()),
                    threshold=float(maps[neuron, order[-1]]),
                )
            )
            break
