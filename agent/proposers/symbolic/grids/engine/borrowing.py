"""Arrays that are not counted: views for as long as a compiled call lasts.

Numba counts references to arrays with locked instructions, which took a third of the search's
time. What these functions return is not counted; the arrays that Python passed in stay alive as
long as the call, so that nothing dangles. For the same reason nothing made here is to be returned
to Python.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias, TypeVar, cast

import numpy as np
from llvmlite.ir import IRBuilder, Value
from numba.core import types
from numba.core.base import BaseContext
from numba.core.typing.templates import Signature
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.types import Image

A = TypeVar("A")
Generate: TypeAlias = Callable[[BaseContext, IRBuilder, Signature, Sequence[Value]], Value]
Compiled: TypeAlias = tuple[Signature, Generate]
"""What numba asks of a function that writes its own instructions: its types, and how."""


class Borrow(Protocol):
    """What gives an array of the same type."""

    def __call__(self, array: A, /) -> A:
        """The same array, not counted."""
        ...


def _borrow(typing: object, array: types.Array) -> Compiled:
    def generate(
        context: BaseContext, builder: IRBuilder, signature: Signature, args: Sequence[Value]
    ) -> Value:
        source = make_array(array)(context, builder, args[0])
        result = make_array(array)(context, builder)
        populate_array(
            result,
            data=source.data,
            shape=source.shape,
            strides=source.strides,
            itemsize=source.itemsize,
            meminfo=None,
        )
        return result._getvalue()

    return array(array), generate


def _view(
    typing: object, cells: types.Array, start: types.Type, height: types.Type, width: types.Type
) -> Compiled:
    image = types.Array(types.uint8, 2, "C")

    def generate(
        context: BaseContext, builder: IRBuilder, signature: Signature, args: Sequence[Value]
    ) -> Value:
        source = make_array(cells)(context, builder, args[0])
        result = make_array(image)(context, builder)
        one = context.get_constant(types.intp, 1)
        populate_array(
            result,
            data=builder.gep(source.data, [args[1]]),
            shape=(args[2], args[3]),
            strides=(args[3], one),
            itemsize=one,
            meminfo=None,
        )
        return result._getvalue()

    return image(cells, types.intp, types.intp, types.intp), generate


borrowed = cast("Borrow", intrinsic(_borrow))
"""The same array, not counted."""
image_view = cast("Callable[[NDArray[np.uint8], int, int, int], Image]", intrinsic(_view))
"""Cells of a flat array from a place on, as an image of a height and width, not counted."""
