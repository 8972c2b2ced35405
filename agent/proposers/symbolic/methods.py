"""The catalogue of symbolic methods, in the order in which equals are tried."""

from typing import Final

from peirce.agent.proposers.symbolic import grids, lists, strings
from peirce.agent.proposers.symbolic.method import Method

METHODS: Final[tuple[Method, ...]] = (*grids.METHODS, *lists.METHODS, *strings.METHODS)
"""Every method; each says by its promise for which tasks it is meant."""
