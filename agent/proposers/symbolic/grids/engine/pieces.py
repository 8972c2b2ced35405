"""Pieces: nodes whose images can lie on the output's canvas, as bits over all train cells.

The bits of each train example begin at a word of their own, so that a set of examples is a set
of word ranges. Pieces that look alike on all inputs are kept once, the cheapest.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.compiled import entry, kernel
from peirce.agent.proposers.symbolic.grids.engine.graph import Graph
from peirce.agent.proposers.symbolic.grids.engine.scratch import image_at
from peirce.agent.proposers.symbolic.grids.engine.types import Heads, Image, Ints

BLANK, COMMON = -1, -2
"""Fixed images: the empty canvas, and what all train outputs have in common."""
MAX_BYTES = 1 << 28
"""Memory for the bits of all pieces."""


class Pieces(NamedTuple):
    """A growing list of pieces; number 0 is the empty canvas."""

    agree: NDArray[np.uint64]
    """Per piece and word: the cell has the colour of the output."""
    painted: NDArray[np.uint64]
    """Per piece and word: the cell is painted."""
    nodes: NDArray[np.int32]
    """Per piece: its node, or one of the numbers below 0 that stand for fixed images."""
    fitted: NDArray[np.bool_]
    """Per piece: its images have the size of the canvas and are laid on its corner."""
    keys: NDArray[np.uint64]
    """Hash table of what pieces look like; 0 for a free slot."""
    used: Ints
    """How many pieces there are."""
    word_start: Ints
    """Per train example: its first word; one more entry ends the last."""
    sizes: Ints
    """Height and width of the canvas of every input."""
    target: NDArray[np.uint8]
    """Cells of all train outputs."""
    target_heads: Heads


def new_pieces(sizes: Ints, target: NDArray[np.uint8], target_heads: Heads) -> Pieces:
    """A list that holds the empty canvas only."""
    cells = [int(head[1]) * int(head[2]) for head in target_heads]
    word_start = np.cumsum([0, *((size + 63) // 64 for size in cells)]).astype(np.int64)
    words = int(word_start[-1])
    most = min(MAX_BYTES // (16 * words), 200_000)
    pieces = Pieces(
        agree=np.zeros((most, words), np.uint64),
        painted=np.zeros((most, words), np.uint64),
        nodes=np.full(most, -1, np.int32),
        fitted=np.zeros(most, np.bool_),
        keys=np.zeros(1 << (2 * most - 1).bit_length(), np.uint64),
        used=np.zeros(1, np.int64),
        word_start=word_start,
        sizes=sizes,
        target=target,
        target_heads=target_heads,
    )
    lay(pieces, np.zeros((1, 1), np.uint8), BLANK)
    return pieces


@kernel
def _draw(
    pieces: Pieces, piece: int, owner: int, image: Image, top: int, left: int, goal: Image
) -> None:
    """Set the bits of one train example for an image laid at a place of the canvas."""
    height, width = goal.shape
    start = pieces.word_start[owner]
    for i in range(height * width):
        r, c = i // width - top, i % width - left
        inside = 0 <= r < image.shape[0] and 0 <= c < image.shape[1]
        cell = image[r, c] if inside else np.uint8(0)
        bit = np.uint64(1) << np.uint64(i & 63)
        word = start + (i >> 6)
        if cell == goal[i // width, i % width]:
            pieces.agree[piece, word] |= bit
        if cell != 0:
            pieces.painted[piece, word] |= bit


@kernel
def _how_it_fits(graph: Graph, pieces: Pieces, node: int) -> int:
    """2: all images have the canvas size; 1: all lie within their canvas; 0: neither."""
    exact, inside = True, True
    for k in range(graph.nodes.shape[1]):
        head = graph.heads[graph.value_first[graph.nodes[node, k]]]
        height, width = pieces.sizes[k, 0], pieces.sizes[k, 1]
        exact &= head[1] == height and head[2] == width
        inside &= head[3] >= 0 and head[4] >= 0
        inside &= head[3] + head[1] <= height and head[4] + head[2] <= width
        if not (exact or inside):
            return 0
    return 2 if exact else 1


@kernel
def _look_key(graph: Graph, pieces: Pieces, node: int, fitted: bool) -> np.uint64:
    key = np.uint64(7)
    factor = np.uint64(0x9E3779B97F4A7C15)
    for k in range(graph.nodes.shape[1]):
        first = graph.value_first[graph.nodes[node, k]]
        image = image_at(graph.cells, graph.heads, first)
        top = 0 if fitted else graph.heads[first, 3]
        left = 0 if fitted else graph.heads[first, 4]
        width = pieces.sizes[k, 1]
        for r in range(image.shape[0]):
            for c in range(image.shape[1]):
                if image[r, c] != 0:
                    place = ((k * 128 + top + r) * width + left + c) * 10 + image[r, c]
                    key = (key ^ np.uint64(place)) * factor
                    key ^= key >> np.uint64(29)
    return key | np.uint64(1)


@kernel
def _is_new(pieces: Pieces, key: np.uint64) -> bool:
    mask = pieces.keys.size - 1
    slot = np.int64((key >> np.uint64(1)) & np.uint64(mask))
    while pieces.keys[slot] != 0:
        if pieces.keys[slot] == key:
            return False
        slot = (slot + 1) & mask
    pieces.keys[slot] = key
    return True


@entry
def lay(pieces: Pieces, image: Image, node: int) -> None:
    """Add an image that is the same for all inputs as a piece, laid on the corner."""
    piece = pieces.used[0]
    pieces.used[0] += 1
    pieces.nodes[piece] = node
    pieces.fitted[piece] = True
    for k in range(pieces.target_heads.shape[0]):
        goal = image_at(pieces.target, pieces.target_heads, k)
        _draw(pieces, piece, k, image, 0, 0, goal)


@entry
def collect(graph: Graph, pieces: Pieces, start: int, stop: int) -> bool:
    """Add the nodes from `start` to `stop` that make pieces; false when there is no room."""
    examples = pieces.target_heads.shape[0]
    for node in range(start, stop):
        if graph.value_count[graph.nodes[node, 0]] >= 0:
            continue
        fit = _how_it_fits(graph, pieces, node)
        if fit == 0 or not _is_new(pieces, _look_key(graph, pieces, node, fit == 2)):
            continue
        piece = pieces.used[0]
        if piece >= pieces.nodes.size:
            return False
        pieces.used[0] += 1
        pieces.nodes[piece] = node
        pieces.fitted[piece] = fit == 2
        for k in range(examples):
            first = graph.value_first[graph.nodes[node, k]]
            top = 0 if fit == 2 else graph.heads[first, 3]
            left = 0 if fit == 2 else graph.heads[first, 4]
            goal = image_at(pieces.target, pieces.target_heads, k)
            _draw(pieces, piece, k, image_at(graph.cells, graph.heads, first), top, left, goal)
    return True
