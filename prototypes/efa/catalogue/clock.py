from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Clock:
    """The time on a clock that runs fast, after some hours.

    answer: str = "09:39"
    """

    hour: int = 6
    minute: int = 15
    later: int = 200
    gain: int = 1

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Clock":
        return cls(
            hour=rng.randrange(24),
            minute=rng.randrange(60),
            later=rng.randint(30, 300 * size),
            gain=rng.randint(1, 2 + size),
        )

    def render(self) -> str:
        return (
            f"A 24-hour clock shows {self.hour:02}:{self.minute:02}, which is right. From now on "
            f"it gains {self.gain} min in every full 50 min. What does it show {self.later} min "
            "later, written as HH:MM?"
        )

    def solve(self) -> str:
        shown = 60 * self.hour + self.minute + self.later + self.gain * (self.later // 50)
        return f"{shown // 60 % 24:02}:{shown % 60:02}"
