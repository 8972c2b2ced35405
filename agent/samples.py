"""Which examples the rounds of a robust search look at where some may be wrong.

Whichever examples are the wrong ones, at least one sample should hold none of them. Where there are
few examples, samples drawn blindly leave that to luck; here the examples that a round leaves out
are chosen so that all rounds together leave out as many of the possible sets of wrong ones as can
be (a covering design, found greedily). Sets count by how likely they are: examples that are unlike
the others are left out first (`peirce.verifiers.regularities.doubts`). Smaller samples need fewer
rounds, and a round gets the more time the fewer there are: the size is taken that needs the fewest.
"""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

ENOUGH: Final = 0.95
"""Chance with which some round must leave out all wrong examples."""
FEW: Final = 4
"""Smallest sample wanted: fewer examples are explained by too many rules."""
LEAST: Final = 3
"""Smallest sample where larger ones need too many rounds."""
POSSIBLE: Final = 250
"""Sets of wrong examples that are considered; drawn at random where there are more."""
DRAWN: Final = 40
"""Samples drawn for each that is taken."""
MOST_DOUBT: Final = 6.0
"""Bits against an example above which more make no difference."""

_Sets: TypeAlias = Mapping[frozenset[int], float]
"""Sets of examples that may be the wrong ones, and their chances."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Examples that one round looks at."""

    chosen: tuple[int, ...]
    """Indices in rising order."""
    chance: float
    """That it is the first without a wrong example."""


def samples_without(
    wrong: int, doubts: Sequence[float], *, most: int, rounds: int, lots: random.Random
) -> list[Sample]:
    """Samples of the examples, one for each round.

    Args:
        wrong: how many of the examples may be wrong.
        doubts: bits that speak against each example.
        most: largest sample.
        rounds: most samples.
        lots: where chance comes from.

    Returns:
        Samples of one size, which avoid the wrong examples with a chance of `ENOUGH`, as far as so
        many samples of `LEAST` examples can.
    """
    possible = _possible(wrong, doubts, lots)
    found: list[Sample] = []
    for size in range(most, min(most, LEAST) - 1, -1):
        enough = bool(found) and len(found) <= rounds
        if size < FEW and enough:
            break
        # One more than may be: so many mean that this size is not enough.
        cover = _cover(possible, doubts, size, rounds + 1, lots)
        if not found or len(cover) < len(found):
            found = cover
    return found[:rounds]


def _possible(wrong: int, doubts: Sequence[float], lots: random.Random) -> _Sets:
    """Sets of so many examples with their chances, which add up to 1."""
    odds = [2.0 ** min(bits, MOST_DOUBT) for bits in doubts]
    if math.comb(len(odds), wrong) > POSSIBLE:
        drawn = Counter(_draw(wrong, odds, lots) for _ in range(POSSIBLE))
        return {each: count / POSSIBLE for each, count in drawn.items()}
    sets = [frozenset(chosen) for chosen in combinations(range(len(odds)), wrong)]
    weights = [math.prod(odds[index] for index in each) for each in sets]
    return {each: weight / sum(weights) for each, weight in zip(sets, weights, strict=True)}


def _draw(wrong: int, odds: Sequence[float], lots: random.Random) -> frozenset[int]:
    """So many examples, one after another by their odds (Efraimidis and Spirakis 2006)."""
    keys = [lots.random() ** (1 / weight) for weight in odds]
    return frozenset(sorted(range(len(odds)), key=lambda index: -keys[index])[:wrong])


def _cover(
    possible: _Sets, doubts: Sequence[float], size: int, most: int, lots: random.Random
) -> list[Sample]:
    """Samples of one size until they avoid enough; each the best of some for what is left."""
    left, found, used = dict(possible), list[Sample](), Counter[int]()
    count = len(doubts)
    while len(found) < most and (not found or sum(left.values()) > 1 - ENOUGH):
        drawn = [frozenset(lots.sample(range(count), size)) for _ in range(DRAWN)]
        least_used = sorted(range(count), key=lambda index: (used[index], lots.random()))
        least_doubted = sorted(range(count), key=lambda index: (doubts[index], used[index]))
        drawn += [frozenset(least_used[:size]), frozenset(least_doubted[:size])]
        best = max(drawn, key=lambda sample: _avoided(sample, left))
        found.append(Sample(tuple(sorted(best)), _avoided(best, left)))
        left = {each: chance for each, chance in left.items() if not best.isdisjoint(each)}
        used.update(best)
    return found


def _avoided(sample: frozenset[int], sets: _Sets) -> float:
    return sum(chance for each, chance in sets.items() if sample.isdisjoint(each))
