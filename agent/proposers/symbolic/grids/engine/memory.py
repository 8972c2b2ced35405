"""`Memory`: large arrays whose memory serves again when the last of them is gone.

To get fresh memory from the system took a sixth of the search's time: pages come one by one, and
cleared. A block that is free again is handed out as it is, so who asks for an array writes every
part before reading it. A block is free when no array over it is left, views included, so that any
number of graphs can live at once, in any number of threads.
"""

import math
from typing import TypeVar
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

D = TypeVar("D", bound=np.generic)

SMALL = 1 << 16
"""Arrays below this many bytes are cheaper to make than to find."""


class _Lease:
    """What an array over a block keeps alive; once it is gone, the block is free."""

    def __init__(self, block: NDArray[np.uint8]) -> None:
        self.__array_interface__ = block.__array_interface__


class Memory:
    """Blocks that are in use, or free and kept up to a limit."""

    def __init__(self, most: int) -> None:
        """Start without any.

        Args:
            most: Bytes of free blocks that are kept; what is too much goes back to the system,
                the blocks that were free longest first.
        """
        self._most = most
        self._free: dict[int, NDArray[np.uint8]] = {}

    @property
    def kept(self) -> int:
        """Bytes of the free blocks."""
        return sum(block.size for block in tuple(self._free.values()))

    def array(self, shape: tuple[int, ...], dtype: type[D]) -> NDArray[D]:
        """An array of any content."""
        size = math.prod(shape) * np.dtype(dtype).itemsize
        if size < SMALL:
            return np.empty(shape, dtype)
        block = self._take(size)
        lease = _Lease(block)
        finalize(lease, self._give_back, block).atexit = False
        return np.asarray(lease)[:size].view(dtype).reshape(shape)

    def _take(self, size: int) -> NDArray[np.uint8]:
        """The smallest free block that is large enough, but not far too large; or a new one."""
        free = sorted((block.size, key) for key, block in tuple(self._free.items()))
        for found, key in free:
            block = self._free.pop(key, None) if size <= found <= 2 * size else None
            if block is not None:
                return block
        return np.empty(size, np.uint8)

    def _give_back(self, block: NDArray[np.uint8]) -> None:
        self._free[id(block)] = block
        for key in tuple(self._free):
            if self.kept <= self._most:
                break
            self._free.pop(key, None)
