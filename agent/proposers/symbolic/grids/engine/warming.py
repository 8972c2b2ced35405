"""Compiling every entry of the engine ahead of time, so that no search has to wait for it."""

from collections.abc import Callable

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import cache_folder
from peirce.agent.proposers.symbolic.grids.engine.covering import cover, explained
from peirce.agent.proposers.symbolic.grids.engine.expanding import expand
from peirce.agent.proposers.symbolic.grids.engine.graph import add_root, new_graph
from peirce.agent.proposers.symbolic.grids.engine.matching import matches
from peirce.agent.proposers.symbolic.grids.engine.ops import all_ops, table
from peirce.agent.proposers.symbolic.grids.engine.pieces import collect, new_pieces


def is_warm() -> bool:
    """Whether the machine code of these sources lies on disk already."""
    folder = cache_folder()
    return folder.is_dir() and any(folder.rglob("*.nbi"))


def warm_up(progress: Callable[[str], None]) -> None:
    """Compile what is not compiled yet: about a minute the first time, then under a second.

    Args:
        progress: Told in a few words what is being compiled.
    """
    cells = np.array([1, 0, 0, 2], dtype=np.uint8)
    heads = np.array([[0, 2, 2, 0, 0]], dtype=np.int32)
    graph = new_graph(table(all_ops((1, 2))), 1, limit=100, capacity=100)
    progress("grid engine: storage")
    add_root(graph, cells, heads)
    progress("grid engine: operations")
    expand(graph, 1, 1)
    progress("grid engine: matching and stacking")
    matches(graph, 0, 1, cells, heads, np.empty(1, np.int64), np.empty((1, 10), np.uint8))
    pieces = new_pieces(np.array([[2, 2]], dtype=np.int64), cells, heads)
    collect(graph, pieces, 0, 1)
    layers = np.empty((2, 2), np.int64)
    explained(pieces, layers, cover(pieces, 1, 1, -1, layers))
