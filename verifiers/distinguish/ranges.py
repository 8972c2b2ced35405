"""`Range`: from the least to the greatest of what was seen."""

from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers between two bounds, both included."""

    low: int
    high: int

    def capped(self, most: int) -> "Range":
        """The same, with an upper bound of `most` unless even the lower one is above it."""
        return Range(self.low, max(self.low, min(self.high, most)))

    def integers(self) -> SearchStrategy[int]:
        """Its numbers; the one nearest zero is the simplest."""
        return st.integers(self.low, self.high)


def range_of(numbers: Iterable[int]) -> Range:
    """The least range that holds all the numbers, of which there is at least one."""
    found = list(numbers)
    return Range(min(found), max(found))
