from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Sharing:
    """Sweets shared among children, some left over.

    answer: int = 2
    """

    sweets: int = 38
    children: int = 6

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Sharing":
        children = rng.randint(3, 4 + 3 * size)
        return cls(sweets=rng.randint(children + 1, 40 * size + children), children=children)

    def render(self) -> str:
        return (
            f"{self.sweets} sweets are shared equally among {self.children} children, each "
            "getting as many as possible. How many sweets are left over?"
        )

    def solve(self) -> int:
        return self.sweets % self.children
