"""Arrays that are not counted: views for as long as a compiled call lasts.

Numba counts references to arrays with locked instructions, which took a third of the search's
time. What these functions return is not counted; the arrays that Python passed in stay alive as
long as the call, so that nothing dangles. For the same reason nothing made here is to be returned
to Python.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from llvmlite.ir import IRBuilder, Value
from numba.core import types
from numba.core.base import BaseContext
from numba.core.typing.templates import Signature
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array

Generate: TypeAlias = Callable[[BaseContext, IRBuilder, Signature, Sequence[Value]], Value]
Compiled: TypeAlias = tuple[Signature, Generate]
"""What numba asks of a function that writes its own instructions: its types, and how."""


@intrinsic
def borrowed(typing: object, array: types.Array) -> Compiled:
    """The same array, not counted."""

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


@intrinsic
def image_view(
    typing: object, cells: types.Array, start: types.Type, height: types.Type, width: types.Type
) -> Compiled:
    """Cells of a flat array as an image, not counted."""
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
