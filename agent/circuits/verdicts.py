"""Does what fires tell verified proposals from failed and crashed ones, right sums from wrong?

A verdict is about a whole text, so the share of expected findings that fired is averaged over a
text's steps. Texts about the same problems are one block: see `statistics`. Right and wrong answers
to one prompt share their activations and differ only in findings about results, whose maps weigh an
activation by the lens of the answer that was written. "No difference" is a result and is said in
words.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from peirce.agent.circuits.catalogue import NeuronFinding
from peirce.agent.circuits.comparison import VerdictDifference
from peirce.agent.circuits.firing import Firings, Step
from peirce.agent.circuits.statistics import benjamini_hochberg, contrast

PAIRS: Final = (("verified", "failed"), ("verified", "crashed"), ("right", "wrong"))
"""Groups that are compared: by verdict, and by whether all sums of a text are right."""


class _Text(NamedTuple):
    """One text: its groups, what its steps are about, and how much of what should fire did."""

    groups: frozenset[str]
    problems: frozenset[str]
    share: float


def compare_verdicts(
    firings: Sequence[Firings],
    kind_of: Callable[[NeuronFinding], str],
    *,
    rounds: int,
    seed: int,
) -> tuple[VerdictDifference, ...]:
    """Every pair of groups, for all findings and for each kind."""
    kinds = sorted({kind_of(finding) for each in firings for finding in each.findings})
    rows: list[VerdictDifference] = []
    for kind in (None, *kinds):
        texts = _texts(firings, kind_of, kind)
        for pair in PAIRS:
            chosen = [text for text in texts if text.groups.intersection(pair)]
            if all(any(name in text.groups for text in chosen) for name in pair):
                rows.append(_difference(kind or "all", pair, chosen, rounds=rounds, seed=seed))
    adjusted = benjamini_hochberg([row.p_value for row in rows])
    return tuple(
        row.model_copy(update={"adjusted_p": p}) for row, p in zip(rows, adjusted, strict=True)
    )


def _texts(
    firings: Sequence[Firings], kind_of: Callable[[NeuronFinding], str], kind: str | None
) -> list[_Text]:
    shares: dict[str, list[float]] = {}
    steps: dict[str, list[Step]] = {}
    for each in firings:
        columns = np.array([kind in (None, kind_of(f)) for f in each.findings], dtype=bool)
        expected, fired = each.expected[:, columns], each.fired[:, columns]
        counts = expected.sum(1)
        for index in np.flatnonzero(counts).tolist():
            step = each.steps[index]
            share = float((expected[index] & fired[index]).sum() / counts[index])
            shares.setdefault(step.recording, []).append(share)
            steps.setdefault(step.recording, []).append(step)
    return [
        _Text(
            frozenset((found[0].verdict, _correctness(found))),
            frozenset(step.problem for step in found),
            float(np.mean(shares[name])),
        )
        for name, found in steps.items()
    ]


def _correctness(steps: Sequence[Step]) -> str:
    return "right" if all(step.right_answer for step in steps) else "wrong"


def _difference(
    group: str, pair: tuple[str, str], texts: Sequence[_Text], *, rounds: int, seed: int
) -> VerdictDifference:
    numbers = {problems: i for i, problems in enumerate({text.problems: 0 for text in texts})}
    inside = np.array([pair[0] in text.groups for text in texts])
    found = contrast(
        np.array([text.share for text in texts]),
        inside,
        np.array([numbers[text.problems] for text in texts]),
        rounds=rounds,
        seed=seed,
    )
    return VerdictDifference(
        group=group,
        first=pair[0],
        second=pair[1],
        first_texts=int(inside.sum()),
        second_texts=int((~inside).sum()),
        prompts=len(numbers),
        first_mean=float(found.first.mean()),
        second_mean=float(found.second.mean()),
        effect=found.effect,
        p_value=found.p_value,
        adjusted_p=1.0,
    )
