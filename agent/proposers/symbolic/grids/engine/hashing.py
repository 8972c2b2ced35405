"""Finding what is stored already by its hash.

A slot holds the upper half of a key and a number. With the place of the slot this tells keys
apart but for one pair in 2^48 or more; who takes two values for one loses a program or writes a
wrong one, which the sandbox finds out. Only the part of the slots that is needed is used, so that
a small search stays within the processor's cache.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel
from peirce.agent.proposers.symbolic.grids.engine.types import Ints

FIRST_SLOTS = 1 << 12
UPPER = np.uint64(0xFFFFFFFF00000000)
LOWER = np.uint64(0x00000000FFFFFFFF)


class Table(NamedTuple):
    """Keys that are numbered as they come."""

    slots: NDArray[np.uint64]
    """Upper half of a key, and its number plus 1; 0 for a free slot."""
    keys: NDArray[np.uint64]
    """By number."""
    mask: Ints
    """Slots in use, less 1: the bits of a key that say where to look first."""


def slots_for(capacity: int) -> int:
    """How many slots a table for so many keys needs."""
    return max(1 << (2 * capacity - 1).bit_length(), FIRST_SLOTS)


def empty_table(slots: NDArray[np.uint64], keys: NDArray[np.uint64]) -> Table:
    """A table without keys; slots are cleared when they come into use."""
    slots[:FIRST_SLOTS] = 0
    return Table(slots, keys, mask=np.array([FIRST_SLOTS - 1], np.int64))


@kernel
def mix(key: np.uint64, word: np.uint64) -> np.uint64:
    """A key that depends on all bits of both."""
    mixed = (key ^ word) * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


@kernel
def find(table: Table, key: np.uint64) -> int:
    """The number of a key; -1 if it has none."""
    mask = np.uint64(table.mask[0])
    slot = key & mask
    while table.slots[slot] != 0:
        entry = table.slots[slot]
        if (entry ^ key) & UPPER == 0:
            return int(np.int64(entry & LOWER)) - 1
        slot = (slot + np.uint64(1)) & mask
    return -1


@kernel
def _put(table: Table, number: int) -> None:
    mask = np.uint64(table.mask[0])
    key = table.keys[number]
    slot = key & mask
    while table.slots[slot] != 0:
        slot = (slot + np.uint64(1)) & mask
    table.slots[slot] = (key & UPPER) | np.uint64(number + 1)


@kernel
def add(table: Table, key: np.uint64, number: int) -> None:
    """Give a key that has none the next number, which is below the capacity."""
    table.keys[number] = key
    size = table.mask[0] + 1
    if 2 * number >= size and size < table.slots.size:
        table.slots[: 2 * size] = np.uint64(0)
        table.mask[0] = 2 * size - 1
        for known in range(number):
            _put(table, known)
    _put(table, number)
