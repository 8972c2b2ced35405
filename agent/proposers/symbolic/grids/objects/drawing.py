"""What grids look like once every thing in them has done what a rule says."""

from collections.abc import Iterable

from peirce.agent.proposers.symbolic.grids.objects.actions import Action
from peirce.agent.proposers.symbolic.grids.objects.fitting import Trial, bits
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.prototypes import grids
from peirce.tasks.values import Grid


def drawn(scenes: Iterable[Scene], chosen: Iterable[tuple[int, Trial]]) -> tuple[Grid, ...]:
    """One grid for each scene.

    Args:
        scenes: whose items, counted through, are rows.
        chosen: masks of rows, all of them together, and the trial whose action these rows do.
    """
    actions: dict[int, Action] = {row: trial.action for rows, trial in chosen for row in bits(rows)}
    found: list[Grid] = []
    row = 0
    for scene in scenes:
        grid = scene.bare()
        for index in range(len(scene.items)):
            item = actions[row].draw(scene, index)
            if item is not None:
                grid = grids.paint(grid, item)
            row += 1
        found.append(grid)
    return tuple(found)
