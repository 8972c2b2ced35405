"""The catalogue of symbolic methods, in the order in which equals are tried."""

from typing import Final

from peirce.agent.proposers.symbolic import causal, lists, numbers, relations, scalars, strings
from peirce.agent.proposers.symbolic.grids import (
    cells,
    cells_iterated,
    cells_pictures,
    cells_staged,
    compose,
    counting,
    jointly,
    objects,
    products,
    rays,
    stacking,
    symmetry,
    templates,
    views,
)
from peirce.agent.proposers.symbolic.method import Method

_FOR_VIEWS: Final = (
    compose.METHOD,
    *objects.METHODS,
    symmetry.METHOD,
    rays.METHOD,
    cells.METHOD,
    stacking.METHOD,
    cells_pictures.METHOD,
)
"""What works on a task seen in another way, each view with its own."""
GRID_METHODS: Final[tuple[Method, ...]] = (
    compose.METHOD,
    *objects.METHODS,
    templates.METHOD,
    counting.METHOD,
    products.METHOD,
    symmetry.METHOD,
    rays.METHOD,
    cells.METHOD,
    cells_iterated.METHOD,
    stacking.METHOD,
    cells_pictures.METHOD,
    cells_staged.METHOD,
    jointly.with_transposes((cells.METHOD, *objects.METHODS, stacking.METHOD)),
    views.after_actions(_FOR_VIEWS),
    views.through_views(_FOR_VIEWS),
)
"""Methods for grids, the cheaper and the more often right first."""

METHODS: Final[tuple[Method, ...]] = (
    *GRID_METHODS,
    *lists.METHODS,
    *numbers.METHODS,
    *strings.METHODS,
    causal.METHOD,
    scalars.METHOD,
    *relations.METHODS,
)
"""Every method; each says by its promise for which tasks it is meant."""
