"""How many things meet a condition: any that rules about objects may use, in any of their views.

A count is left out where it is the same in all examples or as one before it everywhere.
"""

from collections.abc import Iterator
from typing import Final

from peirce.agent.proposers.symbolic.grids.counting_numbers import Number
from peirce.agent.proposers.symbolic.grids.objects.columns import Columns
from peirce.agent.proposers.symbolic.grids.objects.predicates import Predicate, predicates_of
from peirce.agent.proposers.symbolic.grids.objects.scene import THINGS, Scene, View, cut_in_views
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.values import Grid

_COST: Final = 3.0
"""What a count costs beyond its view and its condition."""


def conditional(inputs: tuple[Grid, ...], trained: int, clock: Clock) -> Iterator[Number | None]:
    """Counts of the things that meet a condition, the cheapest of a view first."""
    seen: set[tuple[int, ...]] = set()
    for cut in cut_in_views(THINGS, inputs, clock):
        yield None
        if cut is None:
            continue
        view, scenes = cut
        met: list[Predicate] = []
        for column in Columns(scenes[:trained], scenes[trained:]):
            yield None
            met.extend(predicates_of(column))
        for one in sorted(met, key=lambda one: one.cost):
            values = (*_counts(one.train, scenes[:trained]), *_counts(one.test, scenes[trained:]))
            if len(set(values[:trained])) > 1 and values not in seen:
                seen.add(values)
                yield _number(view, one, values)


def _counts(mask: int, scenes: tuple[Scene, ...]) -> Iterator[int]:
    """How many items of each scene are among these rows."""
    for scene in scenes:
        count = len(scene.items)
        yield (mask & ((1 << count) - 1)).bit_count()
        mask >>= count


def _number(view: View, one: Predicate, values: tuple[int, ...]) -> Number:
    ground = "grids.commonest(grid)" if view.common_ground else "0"
    items = view.code.replace("=ground", "=grids.commonest(grid)")
    condition = one.code.replace("GROUND", ground)
    return Number(
        code=(
            f"len([item for items in [{items}] for item in items if {condition}])"
            if "items" in condition
            else f"len([item for item in {items} if {condition}])"
        ),
        words=f"the number of things called {view.words} {one.words}",
        values=values,
        cost=_COST + view.cost + one.cost,
    )
