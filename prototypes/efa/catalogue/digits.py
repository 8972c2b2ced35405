from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Digits:
    """The last digit of a power.

    answer: int = 3
    """

    base: int = 7
    exponent: int = 2027

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Digits":
        return cls(base=rng.randint(2, 30 * size), exponent=rng.randint(20, 10 ** (2 + size)))

    def render(self) -> str:
        return f"What is the last digit of {self.base} to the power of {self.exponent}?"

    def solve(self) -> int:
        return pow(self.base, self.exponent, 10)
