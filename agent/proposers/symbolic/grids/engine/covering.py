"""Greedy stacking: choose pieces that contradict nothing still open and explain most of it.

Each layer has a mode: its painted cells, its empty cells, or all of it. Layers are found from
the top down: what a layer covers is closed for those below. After the first-placed solution of
the Abstraction and Reasoning Challenge 2020 (top-quarks/ARC-solution).
"""

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel, making_entry
from peirce.agent.proposers.symbolic.grids.engine.pieces import Pieces
from peirce.agent.proposers.symbolic.grids.engine.types import Ints

PAINTED, EMPTY, ALL = 0, 1, 2
"""Modes of a layer."""


@kernel
def count_bits(word: np.uint64) -> np.int64:
    """How many bits are set."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    low = np.uint64(0x3333333333333333)
    word = (word & low) + ((word >> np.uint64(2)) & low)
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@kernel
def _open_words(watch: NDArray[np.uint64], words: Ints) -> int:
    """Note the words in which something is open; returns how many there are."""
    count = 0
    for w in range(watch.size):
        if watch[w] != 0:
            words[count] = w
            count += 1
    return count


@kernel
def _gains(
    pieces: Pieces,
    piece: int,
    words: Ints,
    count: int,
    watch: NDArray[np.uint64],
    aim: NDArray[np.uint64],
) -> tuple[np.int64, np.int64]:
    """Cells of `aim` that painted and empty cells of a piece close; -1 if they contradict."""
    paint, empty = np.int64(0), np.int64(0)
    for i in range(count):
        w = words[i]
        agree, painted = pieces.agree[piece, w], pieces.painted[piece, w]
        wrong = watch[w] & ~agree
        if wrong & painted != 0:
            paint = np.int64(-1)
        if wrong & ~painted != 0:
            empty = np.int64(-1)
        if paint < 0 and empty < 0:
            break
        right = aim[w] & agree
        if paint >= 0:
            paint += count_bits(right & painted)
        if empty >= 0:
            empty += count_bits(right & ~painted)
    return paint, empty


@kernel
def _best_layer(
    pieces: Pieces, limit: int, watch: NDArray[np.uint64], aim: NDArray[np.uint64], words: Ints
) -> tuple[int, int, np.int64]:
    """Piece, mode and gain of the layer that closes most cells of `aim`; gain 0 for none."""
    best, best_mode, best_gain = 0, 0, np.int64(0)
    count = _open_words(watch, words)
    for piece in range(limit):
        paint, empty = _gains(pieces, piece, words, count, watch, aim)
        if paint >= 0 and empty >= 0:
            mode, gain = ALL, paint + empty
        elif paint >= empty:
            mode, gain = PAINTED, paint
        else:
            mode, gain = EMPTY, empty
        if gain > best_gain:
            best, best_mode, best_gain = piece, mode, gain
    return best, best_mode, best_gain


@kernel
def _mask(pieces: Pieces, piece: int, mode: int, w: int) -> np.uint64:
    painted = pieces.painted[piece, w]
    if mode == PAINTED:
        return painted
    return ~painted if mode == EMPTY else ~np.uint64(0)


@kernel
def _full_bits(pieces: Pieces, k: int, bits: NDArray[np.uint64]) -> None:
    left = pieces.target_heads[k, 1] * pieces.target_heads[k, 2]
    for w in range(pieces.word_start[k], pieces.word_start[k + 1]):
        if left >= 64:
            bits[w] = ~np.uint64(0)
        else:
            bits[w] = (np.uint64(1) << np.uint64(left)) - np.uint64(1)
        left -= 64


@making_entry
def cover(pieces: Pieces, limit: int, subset: int, care: int, layers: Ints) -> int:
    """Choose layers from the first `limit` pieces; returns how many.

    Args:
        pieces: What to choose from.
        limit: How many pieces may be used.
        subset: Bit set of the examples that must not be contradicted.
        care: The example whose cells count first; -1 for all of the subset.
        layers: Filled with piece and mode of each layer, the top one first.
    """
    examples, words = pieces.target_heads.shape[0], pieces.agree.shape[1]
    watch, aim = np.zeros(words, np.uint64), np.zeros(words, np.uint64)
    for k in range(examples):
        if subset >> k & 1:
            _full_bits(pieces, k, watch)
            if care in (-1, k):
                _full_bits(pieces, k, aim)
    open_words = np.empty(words, np.int64)
    count = 0
    while count < layers.shape[0]:
        piece, mode, gain = _best_layer(pieces, limit, watch, aim, open_words)
        if gain == 0:
            if care < 0 or not watch.any():
                break
            aim[:] = watch
            care = -1
            continue
        layers[count, 0] = piece
        layers[count, 1] = mode
        count += 1
        for w in range(words):
            mask = ~_mask(pieces, piece, mode, w)
            watch[w] &= mask
            aim[w] &= mask
    return count


@making_entry
def explained(pieces: Pieces, layers: Ints, count: int) -> int:
    """Bit set of the examples that the layers give exactly."""
    done = 0
    for k in range(pieces.target_heads.shape[0]):
        open_bits = np.zeros(pieces.agree.shape[1], np.uint64)
        _full_bits(pieces, k, open_bits)
        right = True
        for i in range(count):
            for w in range(pieces.word_start[k], pieces.word_start[k + 1]):
                mask = _mask(pieces, layers[i, 0], layers[i, 1], w)
                right &= open_bits[w] & mask & ~pieces.agree[layers[i, 0], w] == 0
                open_bits[w] &= ~mask
        if right and not open_bits.any():
            done |= 1 << k
    return done
