"""Weigh: turn verified candidates into ranked predictions with a probability and a reason.

A program that reproduces the examples weighs 2 to the minus of the bits that speak against it: its
description length, copied outputs, failures on test inputs, broken regularities. The mass of a
prediction is the sum over the programs that make it (Solomonoff 1964, the posterior predictive over
programs; as weighted vote in Li et al. 2022 and SOAR 2025). What each sign counts, and how far a
share can be trusted, is fitted on measured searches: see `peirce.agent.calibration`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from peirce.agent.calibration import (
    Signs,
    against,
    believe,
    believe_despite_exceptions,
    believe_near_miss,
)
from peirce.agent.candidate import Answer, Candidate, Prediction, Stop
from peirce.agent.inquiry import Inquiry
from peirce.verifiers.symmetries import Symmetries, Symmetry

GUESS_WEIGHT: Final = 0.02
"""Weight of a direct answer beside the shortest rule's 1."""
GUESS_BELIEF: Final = 0.35
"""Belief in a direct answer that every sample gives (Qiu et al. 2023: MiniARC 14 %, lists 40 %)."""
KEPT: Final = 5
"""Predictions kept for each test input."""
NEAR_MISS: Final = 0.5
"""Least mean closeness at which a program that does not fit may still lend an answer."""
PATIENCE: Final = 3.0
"""A search goes on so many times as long as it took to its leading answer; see `settled`."""
PATIENCE_FLOOR: Final = 1.0
"""Seconds a search goes on at least, beside that; half as many for a certain answer."""
PATIENCE_SHARE: Final = 0.1
PATIENCE_SHARE_MOST: Final = 2.0
"""Part of the budget it goes on beside that while the answer is not certain, and how many seconds
that is at most."""
CERTAIN: Final = 0.9
"""Probability from which on the leading answer is as good as certain."""
LIKELY: Final = 0.8
"""Probability below which the leading answer is doubted."""
DOUBT: Final = 3.0
"""How many times the patience a doubted answer is given."""

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
        why=_why(inquiry, ranked, whole),
        stop=stop,
        spent=inquiry.spent(),
    )


def settled(inquiry: Inquiry) -> bool:
    """True when going on is not expected to change the leading answer.

    Proposers give their short rules first, so the longer the leading predictions have stood
    unchanged while the search went on, the less a later rule can outweigh them. The search must
    have gone on for `PATIENCE` times as long as it took to reach them, and for a floor of seconds;
    for a part of the budget too where they are not certain, and `DOUBT` times as long where they
    are not likely to be right. (Of the answers to grid tasks that had stood, 180 of 183 said to be
    likely were right, but 17 of 24 others.) A leading answer that is unlike all examples is no
    reason to stop.
    """
    budget = inquiry.budget
    if not budget.settle or budget.steps is not None:
        return False
    fits = inquiry.fitting()
    if not fits or fits[0].evidence.surprises:
        return False
    moved, searched = PATIENCE * inquiry.moved, inquiry.searched()
    if searched < 0.5 * PATIENCE_FLOOR + moved:
        return False
    count = len(inquiry.candidates)
    if inquiry.believed[0] != count:
        inquiry.believed = (count, weigh(inquiry, Stop.SETTLED).probability)
    belief = inquiry.believed[1]
    if belief >= CERTAIN:
        return True
    limit = budget.seconds if budget.cpu_seconds is None else budget.cpu_seconds
    patience = PATIENCE_FLOOR + min(PATIENCE_SHARE * limit, PATIENCE_SHARE_MOST) + moved
    return searched >= (patience if belief >= LIKELY else DOUBT * patience)


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
    return Signs(
        share=mass.share,
        bits=min(found.evidence.bits for found in backing),
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


def _why(inquiry: Inquiry, ranked: Sequence[Candidate], whole: Sequence[_Mass[object]]) -> str:
    """The reason in words: how many rules explain the examples, and how far they agree."""
    shown = len(inquiry.task.train)
    if not ranked or not whole:
        return f"no rule was found that explains any of the {shown} examples{_fault(inquiry)}"
    lead = ranked[0]
    if lead.proposal.transductive:
        return f"no rule explains all {shown} examples; {len(ranked)} direct answers were given"
    if not lead.fits:
        return (
            f"no rule explains all {shown} examples; the nearest explains "
            f"{sum(lead.verdict.passed)} and comes {lead.verdict.score:.0%} close"
        )
    every = f"all {shown} examples" if shown > 1 else "the one example"
    agreeing = len(whole[0].support)
    parts = [f"one rule explains {every}"]
    if agreeing > 1:
        origins = {found.proposal.origin for found in ranked[:agreeing]}
        ways = f", found in {len(origins)} different ways," if len(origins) > 1 else ""
        parts = [f"{agreeing} programs{ways} explain {every} and agree"]
    others = sum(len(mass.support) for mass in whole[1:])
    if others:
        verb = "fits" if others == 1 else "fit"
        noun = "program" if others == 1 else "programs"
        parts.append(f"{others} other {noun} that {verb} would answer differently")
    if lead.evidence.copies:
        parts.append("the program repeats an example's output instead of computing it")
    if lead.evidence.failures:
        parts.append("the program fails on a test input")
    if lead.evidence.surprises:
        parts.append(f"but {' and '.join(lead.evidence.surprises)}, and the answer breaks that")
    return "; ".join((*parts, *_corroboration(inquiry, lead)))


def _fault(inquiry: Inquiry) -> str:
    """What all programs failed of on all examples, if it is one thing that none could help."""
    programs = [found.verdict for found in inquiry.candidates.values()]
    messages = {outcome.message for verdict in programs for outcome in verdict.train}
    message = messages.pop() if len(messages) == 1 else ""
    if not message:
        return ""
    return f"; all {len(programs)} programs failed alike: {message}"


def _corroboration(inquiry: Inquiry, lead: Candidate) -> Iterator[str]:
    """What the leading rule did where no example says what is right."""
    found, left_out = lead.evidence.symmetries, inquiry.left_out
    if found is not None and found.kept:
        listed = ", ".join(_CHANGES[symmetry] for symmetry in found.kept)
        yield f"inputs that are {listed} give outputs changed alike"
    if found is not None and found.broken:
        listed = ", ".join(_CHANGES[symmetry] for symmetry in found.broken)
        yield f"inputs that are {listed} give other outputs"
    if left_out is not None:
        yield (
            f"sought without one example, {left_out.confirmed} of {left_out.tried} times the rule "
            "found explains that one too"
        )


_CHANGES: Final = {
    Symmetry.NAMES: "renamed",
    Symmetry.MIRROR: "mirrored",
    Symmetry.FLIP: "upside down",
    Symmetry.TRANSPOSE: "transposed",
}
"""How people call an input after each change."""
