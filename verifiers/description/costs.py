"""What single choices cost, in bits."""

import math
from typing import Final

NAME_BITS: Final = 6.0
"""Picking one function, attribute or relation out of the vocabulary."""
NODE_BITS: Final = 1.5
"""Picking the kind of one syntax node."""
CHARACTER_BITS: Final = 5.0
"""One character of a text."""


def number_bits(number: float) -> float:
    """Bits of a number in a self-delimiting code: small ones are cheap.

    >>> number_bits(0) < number_bits(9) < number_bits(1000)
    True
    """
    magnitude = abs(number)
    if number % 1:
        return 16.0
    return 2.0 + 2.0 * math.log2(magnitude + 1) + (1.0 if number < 0 else 0.0)
