"""Weigh: turn verified candidates into ranked predictions with a probability and a reason.

A program that reproduces the examples weighs 2 to the minus of the bits that speak against it: its
description length, copied outputs, failures on test inputs, broken regularities. The mass of a
prediction is the sum over the programs that make it (Solomonoff 1964, the posterior predictive over
programs; as weighted vote in Li et al. 2022 and SOAR 2025). What each sign counts, and how far a
share can be trusted, is fitted on measured searches: see `peirce.agent.calibration`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from peirce.agent.calibration import (
    Signs,
    against,
    believe,
    believe_despite_exceptions,
    believe_near_miss,
    unpaid,
)
from peirce.agent.candidate import Answer, Candidate, Prediction, Stop
from peirce.agent.inquiry import Inquiry
from peirce.agent.reasons import why
from peirce.verifiers.symmetries import Symmetries, Symmetry

GUESS_WEIGHT: Final = 0.02
"""Weight of a direct answer beside the shortest rule's 1."""
GUESS_BELIEF: Final = 0.35
"""Belief in a direct answer that every sample gives (Qiu et al. 2023: MiniARC 14 %, lists 40 %)."""
KEPT: Final = 5
"""Predictions kept for each test input."""
NEAR_MISS: Final = 0.5
"""Least mean closeness at which a program that does not fit may still lend an answer."""
T_co = TypeVar("T_co", covariant=True)


def weigh(inquiry: Inquiry, stop: Stop) -> Answer:
    """Weigh all candidates of an inquiry into the answer."""
    fits = inquiry.fitting()
    guesses = [found for found in inquiry.candidates.values() if found.proposal.transductive]
    pool = (fits or _near_misses(inquiry.candidates.values())) + guesses
    weights = _weights(pool, fits=bool(fits))
    ranked = sorted(pool, key=lambda found: (-weights[found.digest], found.digest))
    whole = _masses(ranked, weights, lambda found: found.verdict.predictions)
    best = whole[0] if whole else None
    ranked.sort(key=lambda found: best is None or found.digest not in best.support)
    signs = _signs(inquiry, ranked, best) if best and fits else None
    columns = range(len(inquiry.task.test))
    probability = _belief(inquiry, ranked, best, len(columns)) if best else 0.0
    return Answer(
        predictions=tuple(_rank(inquiry, ranked, weights, column) for column in columns),
        candidates=tuple(ranked),
        verified=bool(fits),
        probability=probability,
        signs=signs,
        why=why(inquiry, ranked, [mass.support for mass in whole]),
        stop=stop,
        spent=inquiry.spent(),
    )


@dataclass(frozen=True, slots=True)
class _Mass(Generic[T_co]):
    value: T_co
    share: float
    support: tuple[str, ...]


def _near_misses(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates that come near, best first: they lend an answer when nothing fits."""
    near = [
        found
        for found in candidates
        if found.verdict.score >= NEAR_MISS
        and found.verdict.stable is not False
        and not found.proposal.transductive
    ]
    near.sort(key=lambda found: (-sum(found.verdict.passed), -found.verdict.score))
    return near[: 4 * KEPT]


def _weights(pool: Sequence[Candidate], *, fits: bool) -> dict[str, float]:
    bits = {
        found.digest: against(found.evidence, found.proposal.origin)
        for found in pool
        if not found.proposal.transductive
    }
    least = min(bits.values(), default=0.0)
    weights: dict[str, float] = {}
    for found in pool:
        if found.proposal.transductive:
            weights[found.digest] = GUESS_WEIGHT
            continue
        weight = 2.0 ** (least - bits[found.digest])
        if not fits:
            weight *= 4.0 ** (sum(found.verdict.passed) + 4 * found.verdict.score)
        weights[found.digest] = weight
    return weights


def _masses(
    ranked: Sequence[Candidate],
    weights: dict[str, float],
    predicted: Callable[[Candidate], T_co | None],
) -> list[_Mass[T_co]]:
    """Group candidates by what they predict; the share of each prediction, largest first."""
    groups: dict[str, tuple[T_co, list[str]]] = {}
    for found in ranked:
        value = predicted(found)
        if value is not None:
            groups.setdefault(repr(value), (value, []))[1].append(found.digest)
    total = sum(weights[digest] for _, support in groups.values() for digest in support) or 1.0
    masses = [
        _Mass(value, sum(weights[digest] for digest in support) / total, tuple(support))
        for value, support in groups.values()
    ]
    return sorted(masses, key=lambda mass: -mass.share)


def _rank(
    inquiry: Inquiry, ranked: Sequence[Candidate], weights: dict[str, float], column: int
) -> tuple[Prediction, ...]:
    masses = _masses(ranked, weights, lambda found: found.verdict.predictions[column])
    if not masses:
        return ()
    first = _belief(inquiry, ranked, masses[0], 1)
    rest = max(1e-9, 1.0 - masses[0].share)
    predictions: list[Prediction] = []
    for index, mass in enumerate(masses[:KEPT]):
        share = first if index == 0 else min(first, (1.0 - first) * 0.5 * mass.share / rest)
        predictions.append(Prediction(value=mass.value, probability=share, support=mass.support))
    return tuple(predictions)


def _belief(
    inquiry: Inquiry, ranked: Sequence[Candidate], mass: _Mass[object], answers: int
) -> float:
    lead = next(found for found in ranked if found.digest in mass.support)
    if lead.proposal.transductive:
        return mass.share * GUESS_BELIEF
    if not lead.fits:
        passed = lead.verdict.passed
        despite = believe_despite_exceptions(
            passed, inquiry.task.outputs, lead.evidence.bits, max(1, answers)
        )
        return mass.share * max(despite, believe_near_miss(passed, lead.verdict.score))
    return believe(_signs(inquiry, ranked, mass))


def _signs(inquiry: Inquiry, ranked: Sequence[Candidate], mass: _Mass[object]) -> Signs:
    backing = [found for found in ranked if found.digest in mass.support]
    left_out = inquiry.left_out
    bits = min(found.evidence.bits for found in backing)
    return Signs(
        share=mass.share,
        bits=bits,
        unpaid=unpaid(bits, inquiry.task.outputs),
        examples=len(inquiry.task.train),
        origins=len({found.proposal.origin for found in backing}),
        programs=len(backing),
        failures=backing[0].evidence.failures,
        copies=backing[0].evidence.copies,
        surprises=len(backing[0].evidence.surprises),
        turned=_turned(backing[0].evidence.symmetries),
        confirmed=left_out.confirmed / left_out.tried if left_out else None,
    )


def _turned(found: Symmetries | None) -> float | None:
    """The share of reflections kept.

    Renamed colours and letters do not count: a rule that fits by accident mostly keeps them too,
    because few programs name any.
    """
    if found is None:
        return None
    kept, broken = (
        sum(symmetry is not Symmetry.NAMES for symmetry in group)
        for group in (found.kept, found.broken)
    )
    return kept / (kept + broken) if kept + broken else None
