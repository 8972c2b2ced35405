"""Rules about the things in a grid: what becomes of each, which one is the answer."""

from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.arranging import ARRANGE
from peirce.agent.proposers.symbolic.grids.objects.falling import FALL
from peirce.agent.proposers.symbolic.grids.objects.gathering import GATHER
from peirce.agent.proposers.symbolic.grids.objects.listing import LIST
from peirce.agent.proposers.symbolic.grids.objects.rules import (
    CHANGE,
    COPY,
    GROW,
    MIX,
    MOVE,
    RECOLOUR,
    REDRAW,
    STAMP,
)
from peirce.agent.proposers.symbolic.grids.objects.select import SELECT
from peirce.agent.proposers.symbolic.method import Method

METHODS: Final[tuple[Method, ...]] = (
    SELECT,
    GATHER,
    RECOLOUR,
    FALL,
    MOVE,
    REDRAW,
    STAMP,
    GROW,
    COPY,
    CHANGE,
    MIX,
    ARRANGE,
    LIST,
)
"""All methods about objects, the most often right first."""

__all__ = [
    "ARRANGE",
    "CHANGE",
    "COPY",
    "FALL",
    "GATHER",
    "GROW",
    "LIST",
    "METHODS",
    "MIX",
    "MOVE",
    "RECOLOUR",
    "REDRAW",
    "SELECT",
    "STAMP",
]
