from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Ladder:
    """Ways to climb a staircase in steps of two lengths.

    answer: int = 12
    """

    stairs: int = 12
    short: int = 2
    long: int = 3

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Ladder":
        # With two even steps no odd staircase could be climbed.
        short, long = rng.choice(((1, 2), (1, 3), (2, 3)))
        return cls(stairs=rng.randint(6, 8 + 4 * size), short=short, long=long)

    def render(self) -> str:
        return (
            f"A staircase has {self.stairs} stairs. You climb {self.short} or {self.long} stairs "
            "at a time and want to arrive exactly at the top. In how many different orders can "
            "you take your steps?"
        )

    def solve(self) -> int:
        ways = [1] + [0] * self.stairs
        for stair in range(1, self.stairs + 1):
            steps = [step for step in {self.short, self.long} if step <= stair]
            ways[stair] = sum(ways[stair - step] for step in steps)
        return ways[-1]
