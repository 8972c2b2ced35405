from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Handshakes:
    """Guests who shake hands, except within couples.

    answer: int = 62
    """

    guests: int = 12
    couples: int = 4

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Handshakes":
        guests = rng.randint(6, 8 + 6 * size)
        return cls(guests=guests, couples=rng.randint(2, guests // 2))

    def render(self) -> str:
        return (
            f"{self.guests} people meet, {self.couples} couples among them. Everyone shakes hands "
            "once with everyone else, but not with their own partner. How many handshakes is that?"
        )

    def solve(self) -> int:
        if 2 * self.couples > self.guests:
            raise ValueError(f"{self.couples} couples are more than {self.guests} people")
        return self.guests * (self.guests - 1) // 2 - self.couples
