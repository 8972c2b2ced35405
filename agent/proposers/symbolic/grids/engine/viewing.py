"""Arrays for as long as a compiled call lasts: views of other arrays, and room on the stack.

Kernels are compiled without counting references to arrays, which takes locked instructions and a
call each: the arrays that Python passed in stay alive as long as the call, so that nothing dangles.
For the same reason kernels make no arrays but these, and return none of them to Python; what lies
on the stack of a kernel is not returned at all.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias, TypeVar, cast

import numpy as np
from llvmlite import ir
from llvmlite.ir import IRBuilder, Value
from numba.core import cgutils, types
from numba.core.base import BaseContext
from numba.core.typing.templates import Signature
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.types import Ints

A = TypeVar("A", bound=np.generic)
Generate: TypeAlias = Callable[[BaseContext, IRBuilder, Signature, Sequence[Value]], Value]
Compiled: TypeAlias = tuple[Signature, Generate]
"""What numba asks of a function that writes its own instructions: its types, and how."""


class View(Protocol):
    """Cells of a flat array from a place on, as a matrix of a height and width."""

    def __call__(self, cells: NDArray[A], start: int, height: int, width: int, /) -> NDArray[A]:
        """The view."""
        ...


class Cut(Protocol):
    """A number of cells of an array without gaps from a place on, as a flat array."""

    def __call__(self, cells: NDArray[A], start: int, count: int, /) -> NDArray[A]:
        """The view."""
        ...


def _array_at(
    context: BaseContext,
    builder: IRBuilder,
    array: types.Array,
    data: Value,
    shape: Sequence[Value],
) -> Value:
    """An array without gaps over memory that somebody else owns."""
    result = make_array(array)(context, builder)
    itemsize = context.get_constant(
        types.intp, context.get_abi_sizeof(context.get_data_type(array.dtype))
    )
    strides = [itemsize]
    for size in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], size))
    populate_array(result, data=data, shape=shape, strides=strides, itemsize=itemsize, meminfo=None)
    return result._getvalue()


def _view(
    typing: object, cells: types.Array, start: types.Type, height: types.Type, width: types.Type
) -> Compiled:
    image = types.Array(cells.dtype, 2, "C")

    def generate(
        context: BaseContext, builder: IRBuilder, signature: Signature, args: Sequence[Value]
    ) -> Value:
        source = make_array(cells)(context, builder, args[0])
        data = builder.gep(source.data, [args[1]])
        return _array_at(context, builder, image, data, args[2:])

    return image(cells, types.intp, types.intp, types.intp), generate


def _cut(typing: object, cells: types.Array, start: types.Type, count: types.Type) -> Compiled:
    line = types.Array(cells.dtype, 1, "C")

    def generate(
        context: BaseContext, builder: IRBuilder, signature: Signature, args: Sequence[Value]
    ) -> Value:
        source = make_array(cells)(context, builder, args[0])
        data = builder.gep(source.data, [args[1]])
        return _array_at(context, builder, line, data, args[2:])

    return line(cells, types.intp, types.intp), generate


def _local(typing: object, count: types.IntegerLiteral) -> Compiled:
    line = types.Array(types.int64, 1, "C")

    def generate(
        context: BaseContext, builder: IRBuilder, signature: Signature, args: Sequence[Value]
    ) -> Value:
        room = ir.ArrayType(ir.IntType(64), count.literal_value)
        zero = context.get_constant(types.intp, 0)
        data = builder.gep(cgutils.alloca_once(builder, room), [zero, zero])
        size = context.get_constant(types.intp, count.literal_value)
        return _array_at(context, builder, line, data, [size])

    return line(count), generate


view = cast("View", intrinsic(_view))
"""Cells of a flat array from a place on, as a matrix of a height and width."""
cut = cast("Cut", intrinsic(_cut))
"""So many cells of an array without gaps from a place on, as a flat array."""
local = cast("Callable[[int], Ints]", intrinsic(prefer_literal=True)(_local))
"""Room for a fixed number of integers on the stack; what is in it at first is left open."""
