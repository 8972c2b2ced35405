"""The catalogue of symbolic methods, in the order in which equals are tried."""

from typing import Final

from peirce.agent.proposers.symbolic import causal, lists, numbers, strings
from peirce.agent.proposers.symbolic.grids import cells, compose, objects, stacking
from peirce.agent.proposers.symbolic.method import Method

GRID_METHODS: Final[tuple[Method, ...]] = (
    compose.METHOD,
    *objects.METHODS,
    cells.METHOD,
    stacking.METHOD,
)
"""Methods for grids, the cheaper and the more often right first."""

METHODS: Final[tuple[Method, ...]] = (
    *GRID_METHODS,
    *lists.METHODS,
    *numbers.METHODS,
    *strings.METHODS,
    causal.METHOD,
)
"""Every method; each says by its promise for which tasks it is meant."""
