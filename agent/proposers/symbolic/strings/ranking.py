"""Which reading of the examples to say first: short ones, backed by others, with likely outputs."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Final, Generic, Protocol, TypeAlias, TypeVar

from peirce.agent.proposers.symbolic.strings.texts import Problem

EMPTY_COST: Final = 4.0
"""Bits for predicting an empty text where no output was empty."""
MOST_STRANGE: Final = 12.0
"""Bits charged at most for strange predictions."""
TOLD: Final = 4
"""Distinct predictions proposed at most."""
SUPPORT: Final = 4
"""Programs proposed for the likeliest prediction."""
MARGIN: Final = 1.5
"""Bits by which a proposed reading may be less likely than the likeliest; small, since what
speaks against it (odd predictions, missing tokens) does not show in its program."""
Looks: TypeAlias = tuple[str | int | bool, ...]


class Ranked(Protocol):
    """Something with a description length and predictions."""

    @property
    def cost(self) -> float:
        """Description length in bits."""
        ...

    @property
    def tests(self) -> tuple[str, ...]:
        """Predictions for the test inputs."""
        ...


R = TypeVar("R", bound=Ranked)
S = TypeVar("S", bound=Ranked)


@dataclass(frozen=True, slots=True)
class Reading(Generic[R]):
    """A distinct prediction for the test inputs, and the programs that make it."""

    score: float
    """Minus the logarithm of its probability, up to a constant, in bits."""
    programs: tuple[R, ...]
    """Shortest first."""


def ranked(
    found: Sequence[R], problem: Problem, shown: Sequence[int], unseen: Sequence[int]
) -> list[Reading[R]]:
    """The distinct predictions, most probable first.

    The probability of a prediction is the sum over the programs that make it, each weighed by its
    description length and by how much its predictions look like the outputs seen.
    """
    groups: dict[tuple[str, ...], list[R]] = defaultdict(list)
    for item in found:
        groups[item.tests].append(item)
    likeness = Likeness(problem, shown)
    readings: list[Reading[R]] = []
    for tests, items in groups.items():
        items.sort(key=lambda item: item.cost)
        least = items[0].cost
        mass = sum(2.0 ** (least - item.cost) for item in items)
        score = least - log2(mass) + likeness.strangeness(tests, unseen)
        readings.append(Reading(score, tuple(items)))
    readings.sort(key=lambda reading: reading.score)
    return readings


def told(readings: Sequence[Reading[R]], rival: Reading[S] | None = None) -> Iterator[R]:
    """The programs worth proposing: several for the likeliest prediction, one for each other.

    Args:
        readings: Distinct predictions, most probable first.
        rival: The likeliest reading of another kind; what agrees with it is told, and of the rest
            only what is likelier.
    """
    if rival is not None:
        agreed = rival.programs[0].tests
        readings = [r for r in readings if r.score < rival.score or r.programs[0].tests == agreed]
    for order, reading in enumerate(readings[:TOLD]):
        if reading.score <= readings[0].score + MARGIN:
            yield from reading.programs[: SUPPORT if order == 0 else 1]


class Likeness:
    """What the outputs of some examples have in common, and what is new about the test inputs."""

    def __init__(self, problem: Problem, shown: Sequence[int]) -> None:
        """Look at the examples with these numbers."""
        self._columns = problem.columns
        outputs = [problem.outputs[index] for index in shown]
        self._always = _common([looks(output) for output in outputs])
        self._known = [_seen([looks(column[i]) for i in shown]) for column in problem.columns]
        self._weight = min(1.0, len(outputs) / 4)
        self._may_be_empty = "" in outputs

    def strangeness(self, predictions: Sequence[str], unseen: Sequence[int]) -> float:
        """Bits to charge for predictions unlike the outputs seen.

        A look that is new among the inputs may be new among the outputs too, and costs nothing.
        """
        total = 0.0
        for prediction, index in zip(predictions, unseen, strict=True):
            if not prediction and not self._may_be_empty:
                total += EMPTY_COST
            total += self._weight * self._missed(looks(prediction), index)
        return min(MOST_STRANGE, total)

    def _missed(self, found: Looks, index: int) -> float:
        missed = 0.0
        for place, (always, look) in enumerate(zip(self._always, found, strict=True)):
            if not always or look in always or self._is_new(place, index):
                continue
            missed += _WEIGHTS[place]
        return missed

    def _is_new(self, place: int, index: int) -> bool:
        return any(
            looks(column[index])[place] not in known[place]
            for column, known in zip(self._columns, self._known, strict=True)
        )


def _common(found: Sequence[Looks]) -> list[set[str | int | bool]]:
    """For each kind of look, the one all texts share, or nothing."""
    seen = _seen(found)
    return [values if len(values) == 1 else set() for values in seen]


def _seen(found: Sequence[Looks]) -> list[set[str | int | bool]]:
    return [set(values) for values in zip(*found, strict=True)]


@lru_cache(maxsize=20_000)
def looks(text: str) -> Looks:
    """What a person would notice about a text at a glance."""
    return (_shape(text), len(text), *(bool(pattern.search(text)) for pattern in _LOOKS))


def _shape(text: str) -> str:
    text = re.sub(r"[A-Z]+", "A", text)
    text = re.sub(r"[a-z]+", "a", text)
    return re.sub(r"[0-9]+", "0", text)


_LOOKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^[A-Z]",
        r"^[a-z]",
        r"^\d",
        r"[A-Za-z]$",
        r"\d$",
        r"[A-Za-z]",
        r"\d",
        r"\s",
        r"^\s|\s$",
    )
)
_WEIGHTS: Final = (1.0, 0.4, *(0.5 for _ in _LOOKS))
