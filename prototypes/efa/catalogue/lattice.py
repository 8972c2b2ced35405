from dataclasses import dataclass
from math import comb
from random import Random


@dataclass(frozen=True)
class Lattice:
    """Shortest ways through a grid of streets that avoid one crossing.

    answer: int = 66
    """

    east: int = 5
    north: int = 4
    closed_east: int = 2
    closed_north: int = 2

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Lattice":
        east, north = rng.randint(3, 4 + 2 * size), rng.randint(3, 4 + 2 * size)
        return cls(
            east=east,
            north=north,
            closed_east=rng.randint(1, east - 1),
            closed_north=rng.randint(1, north - 1),
        )

    def render(self) -> str:
        return (
            f"In a grid of streets you walk from the crossing (0, 0) to ({self.east}, "
            f"{self.north}), always one block east or one block north. The crossing "
            f"({self.closed_east}, {self.closed_north}) is closed. How many different walks "
            "are there?"
        )

    def solve(self) -> int:
        total = comb(self.east + self.north, self.east)
        if self.closed_east > self.east or self.closed_north > self.north:
            return total
        before = comb(self.closed_east + self.closed_north, self.closed_east)
        left_east, left_north = self.east - self.closed_east, self.north - self.closed_north
        after = comb(left_east + left_north, left_east)
        return total - before * after
