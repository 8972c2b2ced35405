"""Sets of things and of pairs of things as whole numbers with a bit each, and what is done to them.

Of `width` things number n is bit n; the pair of things m and n is bit `m * width + n`, so that a
relation is a square of bits, one line of it for each first thing.
"""

from collections.abc import Sequence
from functools import cached_property


class Pairs:
    """Operations on properties and relations over so many things."""

    def __init__(self, width: int) -> None:
        """Prepare for `width` things."""
        self.width = width
        self._line = (1 << width) - 1

    @cached_property
    def diagonal(self) -> int:
        """Everything with itself."""
        return sum(1 << (n * self.width + n) for n in range(self.width))

    def _lines(self, bits: int) -> list[int]:
        """For each constant what it is related to."""
        return [bits >> (n * self.width) & self._line for n in range(self.width)]

    def _joined(self, lines: Sequence[int]) -> int:
        found = 0
        for line in reversed(lines):
            found = found << self.width | line
        return found

    def inverse(self, bits: int) -> int:
        """The relation the other way round."""
        lines = [0] * self.width
        while bits:
            low = bits & -bits
            first, second = divmod(low.bit_length() - 1, self.width)
            lines[second] |= 1 << first
            bits ^= low
        return self._joined(lines)

    def then(self, left: int, right: int) -> int:
        """From where the first relation leads the second leads on."""
        onward = self._lines(right)
        lines: list[int] = []
        for line in self._lines(left):
            reached = 0
            while line:
                low = line & -line
                reached |= onward[low.bit_length() - 1]
                line ^= low
            lines.append(reached)
        return self._joined(lines)

    def onward(self, bits: int) -> int:
        """Transitive closure, one constant at a time as the way through (Warshall 1962)."""
        lines = self._lines(bits)
        for middle in range(self.width):
            for n, line in enumerate(lines):
                if line >> middle & 1:
                    lines[n] |= lines[middle]
        return self._joined(lines)

    def on(self, bits: int, among: int) -> int:
        """The relation, to what has a property only."""
        return self._joined([line & among for line in self._lines(bits)])

    def some(self, bits: int) -> int:
        """The property of being related to something."""
        return sum(1 << n for n, line in enumerate(self._lines(bits)) if line)

    def reflexive(self, bits: int) -> int:
        """The property of being related to oneself."""
        return sum(1 << n for n, line in enumerate(self._lines(bits)) if line >> n & 1)

    def degrees(self, bits: int) -> list[int]:
        """For each thing to how many it is related."""
        return [line.bit_count() for line in self._lines(bits)]
