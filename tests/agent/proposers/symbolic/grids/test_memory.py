"""Memory serves again when nobody looks at it any more, and not before."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.memory import SMALL, Memory

LONG = (SMALL,)


def place(array: np.ndarray) -> int:
    return array.__array_interface__["data"][0]


def test_the_memory_of_an_array_that_is_gone_serves_again():
    memory = Memory(1 << 30)
    first = memory.array(LONG, np.int32)
    where = place(first)
    del first
    assert memory.kept == 4 * SMALL
    assert place(memory.array((SMALL // 2, 4), np.int16)) == where


def test_memory_stays_in_use_as_long_as_a_view_is_left():
    memory = Memory(1 << 30)
    view = memory.array(LONG, np.int32)[3:5]
    other = memory.array(LONG, np.int32)
    assert memory.kept == 0
    assert not np.shares_memory(view, other)


def test_arrays_in_use_never_share_memory():
    memory = Memory(1 << 30)
    for _ in range(3):
        arrays = [memory.array(LONG, np.int32) for _ in range(4)]
        for number in range(4):
            arrays[number][:] = number
        assert [set(array.tolist()) for array in arrays] == [{0}, {1}, {2}, {3}]
        del arrays


def test_no_more_than_the_limit_is_kept_and_the_newest_stay():
    memory = Memory(10 * SMALL)
    arrays = [memory.array(LONG, np.int32) for _ in range(4)]
    places = [place(array) for array in arrays]
    while arrays:
        del arrays[0]
    assert memory.kept == 8 * SMALL
    again = [memory.array(LONG, np.int32) for _ in range(2)]
    assert {place(array) for array in again} == set(places[2:])


def test_a_small_array_does_not_take_a_large_block():
    memory = Memory(1 << 30)
    large = memory.array((16 * SMALL,), np.uint8)
    where = place(large)
    del large
    small = memory.array(LONG, np.uint8)
    assert place(small) != where
    assert memory.kept == 16 * SMALL
