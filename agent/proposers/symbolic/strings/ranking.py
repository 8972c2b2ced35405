"""Which reading of the examples to say first: short ones, backed by others, with likely outputs."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import log2
from typing import Final, Protocol, TypeVar


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
    always = frozenset[str].intersection(*(traits(output) for output in outputs))
    weight = min(1.0, len(outputs) / 4)
    missed = sum(len(always - traits(test)) for test in tests) / len(tests)
    empty = 0 if "" in outputs else sum(not test for test in tests) / len(tests)
    return weight * 1.5 * missed + 4.0 * empty


@lru_cache(maxsize=20_000)
def traits(text: str) -> frozenset[str]:
    """What a person would notice about a text at a glance."""
    looks = {f"{name} {bool(pattern.search(text))}" for name, pattern in _LOOKS}
    return frozenset({f"shape {_shape(text)}", f"characters {len(text)}"} | looks)


def _shape(text: str) -> str:
    text = re.sub(r"[A-Z]+", "A", text)
    text = re.sub(r"[a-z]+", "a", text)
    return re.sub(r"[0-9]+", "0", text)


_LOOKS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
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
)
