"""Synthesis: originals of a kind in, as many checked new items as wanted out.

Attempts go round the three axes. Each draws from its own random numbers, seeded by kind, seed and
number, so that the same seed gives the same items. No two items are the same problem.
"""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count as numbers
from random import Random
from typing import Final

from peirce.agent.synthesis.efa import make_efa
from peirce.agent.synthesis.item import Axis, Item
from peirce.agent.synthesis.pddl import make_pddl
from peirce.agent.synthesis.prolog import make_prolog
from peirce.agent.synthesis.puzzles import make_puzzle
from peirce.agent.synthesis.workshop import Maker, Order, Workshop
from peirce.prototypes.prototype import Kind
from peirce.tasks.errors import TaskError
from peirce.verifiers.prototypes.ruling import Refusal

MAKERS: Final[dict[Kind, Maker]] = {
    Kind.PROLOG: make_prolog,
    Kind.PDDL: make_pddl,
    Kind.EFA: make_efa,
    Kind.PUZZLE: make_puzzle,
}
MOST_TRIES: Final = 60
"""Attempts per item wanted before the originals are taken to be exhausted."""


@dataclass(slots=True)
class Tally:
    """What became of the attempts."""

    tried: int = 0
    kept: Counter[str] = field(default_factory=Counter[str])
    """Items by axis."""
    refused: Counter[str] = field(default_factory=Counter[str])
    """Attempts by the check they failed."""

    @property
    def share(self) -> float:
        """Share of the attempts that survived checking."""
        return self.kept.total() / self.tried if self.tried else 0.0


async def synthesize(
    kind: Kind, workshop: Workshop, *, count: int, seed: int, tally: Tally | None = None
) -> AsyncIterator[Item]:
    """Yield `count` items of a kind.

    Raises:
        TaskError: the originals do not yield so many.
    """
    tally = tally if tally is not None else Tally()
    seen: set[str] = set()
    axes = tuple(Axis)
    for number in numbers():
        if tally.kept.total() >= count:
            return
        if tally.tried >= MOST_TRIES * count:
            raise TaskError(
                f"only {tally.kept.total()} of {count} items of kind {kind} after {tally.tried} "
                f"attempts (refused: {dict(tally.refused)}); ask for fewer with --n"
            )
        order = Order(
            name=f"{kind}-{seed}-{number}",
            axis=axes[number % len(axes)],
            rng=Random(f"{kind} {seed} {number}"),
        )
        tally.tried += 1
        made = await MAKERS[kind](order, workshop)
        if isinstance(made, Refusal):
            tally.refused[made.check] += 1
        elif made.prototype.digest in seen:
            tally.refused["repeated"] += 1
        else:
            seen.add(made.prototype.digest)
            tally.kept[made.axis] += 1
            yield made
