"""The catalogue of symbolic methods, in the order in which equals are tried."""

from typing import Final

from peirce.agent.proposers.symbolic.grids import cells, objects
from peirce.agent.proposers.symbolic.lists import enumeration
from peirce.agent.proposers.symbolic.method import Method
from peirce.agent.proposers.symbolic.strings import conditional, substrings

METHODS: Final[tuple[Method, ...]] = (
    cells.METHOD,
    *objects.METHODS,
    enumeration.METHOD,
    substrings.METHOD,
    conditional.METHOD,
)
"""Every method; each says by its promise for which tasks it is meant."""
