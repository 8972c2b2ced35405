from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Divisors:
    """Numbers up to a limit that one of two numbers divides, but not both.

    answer: int = 42
    """

    limit: int = 100
    first: int = 4
    second: int = 3

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Divisors":
        first, second = rng.sample(range(2, 8 + 4 * size), 2)
        return cls(limit=rng.randint(50, 200 * size), first=first, second=second)

    def render(self) -> str:
        return (
            f"How many whole numbers from 1 to {self.limit} are divisible by {self.first} or by "
            f"{self.second}, but not by both?"
        )

    def solve(self) -> int:
        small, large = self.first, self.second
        while large:
            small, large = large, small % large
        both = self.limit // (self.first * self.second // small)
        return self.limit // self.first + self.limit // self.second - 2 * both
