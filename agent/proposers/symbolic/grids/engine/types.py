"""The array types that kernels pass around."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Image: TypeAlias = NDArray[np.uint8]
"""Two-dimensional, C-contiguous, colours 0 to 9."""
Ints: TypeAlias = NDArray[np.int64]
"""Indices, counters and sizes."""
Heads: TypeAlias = NDArray[np.int32]
"""One row per stored image: offset of its cells, height, width, top, left."""
