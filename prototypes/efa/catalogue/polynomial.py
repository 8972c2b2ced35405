from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Polynomial:
    """The derivative of a product of two linear factors and a power, as a formula.

    answer: formula = "12*x**3 + 6*x**2 - 10*x"
    """

    first: int = 3
    second: int = 5
    power: int = 2

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Polynomial":
        return cls(
            first=rng.randint(2, 3 + 3 * size),
            second=rng.randint(2, 3 + 3 * size),
            power=rng.randint(1, 1 + size),
        )

    def render(self) -> str:
        return (
            f"What is the derivative of {self.of_x(self.power)} * ({self.first}*x + {self.second})"
            " * (x - 1) with respect to x, as a formula in x?"
        )

    def solve(self) -> str:
        terms = (
            (self.first, self.power + 2),
            (self.second - self.first, self.power + 1),
            (-self.second, self.power),
        )
        written = (
            f"{factor * power}*{self.of_x(power - 1)}" if power > 1 else f"{factor * power}"
            for factor, power in terms
            if factor
        )
        return " + ".join(written).replace("+ -", "- ")

    def of_x(self, power: int) -> str:
        return "x" if power == 1 else f"x**{power}"
