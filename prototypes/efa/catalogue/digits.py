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
        # The powers of numbers with another last digit end in one or two digits only.
        bases = [base for base in range(2, 30 * size) if base % 10 in (2, 3, 7, 8)]
        return cls(base=rng.choice(bases), exponent=rng.randint(20, 10 ** (2 + size)))

    def render(self) -> str:
        return f"What is the last digit of {self.base} to the power of {self.exponent}?"

    def solve(self) -> int:
        return pow(self.base, self.exponent, 10)
