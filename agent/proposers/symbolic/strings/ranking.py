"""Which reading of the examples to say first: short ones, backed by others, with likely outputs."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log2
from typing import Protocol, TypeVar


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


def ranked(found: Sequence[R], outputs: Sequence[str]) -> Iterator[R]:
    """One program for each distinct prediction, most probable prediction first.

    The probability of a prediction is the sum over the programs that make it, each weighed by its
    description length and by how much its predictions look like the outputs seen.
    """
    groups: dict[tuple[str, ...], list[R]] = defaultdict(list)
    for item in found:
        groups[item.tests].append(item)
    scored: list[tuple[float, int, R]] = []
    for order, (tests, items) in enumerate(groups.items()):
        mass = sum(2.0**-item.cost for item in items)
        score = -log2(mass) if mass > 0 else min(item.cost for item in items)
        best = min(items, key=lambda item: item.cost)
        scored.append((score + strangeness(tests, outputs), order, best))
    scored.sort(key=lambda entry: entry[:2])
    for _, _, item in scored:
        yield item


def strangeness(predictions: Iterable[str], outputs: Sequence[str]) -> float:
    """Bits to charge for predictions unlike the outputs seen, on average over the predictions."""
    tests = list(predictions)
    if not tests:
        return 0.0
    traits = [set(_traits(output)) for output in outputs]
    always = set[str].intersection(*traits)
    weight = min(1.0, len(outputs) / 4)
    missed = sum(len(always - set(_traits(test))) for test in tests) / len(tests)
    empty = 0 if "" in outputs else sum(not test for test in tests) / len(tests)
    return weight * 1.5 * missed + 4.0 * empty


def _traits(text: str) -> Iterator[str]:
    """What a person would notice about a text at a glance."""
    yield f"shape {_shape(text)}"
    yield f"characters {len(text)}"
    for name, pattern in _LOOKS:
        yield f"{name} {bool(re.search(pattern, text))}"


def _shape(text: str) -> str:
    text = re.sub(r"[A-Z]+", "A", text)
    text = re.sub(r"[a-z]+", "a", text)
    return re.sub(r"[0-9]+", "0", text)


_LOOKS = (
    ("starts with a capital", r"^[A-Z]"),
    ("starts with a small letter", r"^[a-z]"),
    ("starts with a digit", r"^\d"),
    ("ends with a letter", r"[A-Za-z]$"),
    ("ends with a digit", r"\d$"),
    ("has letters", r"[A-Za-z]"),
    ("has digits", r"\d"),
    ("has spaces", r"\s"),
    ("has spaces around", r"^\s|\s$"),
)
