"""The leaves and operators of one task: input, constants, functions and tests."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, cast

from peirce.agent.proposers.symbolic.lists.lambdas import SMALL, constant_cost, lambda_terms
from peirce.agent.proposers.symbolic.lists.operators import (
    LIST_INT_TO_LIST,
    LIST_TO_LIST,
    LISTS_TO_LIST,
)
from peirce.agent.proposers.symbolic.lists.operators_scalar import (
    HIGHER,
    TO_BOOL,
    TO_INT,
    TO_LISTS,
)
from peirce.agent.proposers.symbolic.lists.terms import Kind, Op, Term
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType

OPERATORS: Final[tuple[Op, ...]] = (
    *LIST_TO_LIST,
    *LIST_INT_TO_LIST,
    *LISTS_TO_LIST,
    *TO_INT,
    *TO_BOOL,
    *TO_LISTS,
    *HIGHER,
)
"""All operators of the search."""

KINDS: Final = frozenset({ValueType.LIST, ValueType.NUMBER, ValueType.BOOLEAN})
"""The value types this package can take and give."""


def is_nested(values: tuple[object, ...]) -> bool:
    """Whether the values are lists of lists."""
    lists = [value for value in values if isinstance(value, tuple)]
    return (
        len(lists) == len(values)
        and any(lists)
        and all(isinstance(part, tuple) for value in lists for part in value)
    )


def kind_of(values: tuple[object, ...]) -> Kind | None:
    """What kind of term has these values; nothing if this package has no such terms."""
    first = values[0]
    if isinstance(first, bool):
        return Kind.BOOL
    if all(type(value) is int for value in values):
        return Kind.INT
    if not isinstance(first, tuple):
        return None
    return Kind.LISTS if is_nested(values) else Kind.LIST


def numbers_in(value: object) -> Iterator[int]:
    """All integers inside a value."""
    if isinstance(value, tuple):
        for item in cast("tuple[object, ...]", value):
            yield from numbers_in(item)
    elif type(value) is int:
        yield value


def name_of_input(task: Task) -> str:
    """What programs for this task call their input."""
    return "items" if task.input_type == ValueType.LIST else "number"


def constants_of(task: Task) -> tuple[int, ...]:
    """Small numbers, and numbers that stand in at least half of the train outputs."""
    counts = Counter(n for output in task.outputs for n in set(numbers_in(output)))
    common = sorted(n for n, count in counts.items() if 2 * count >= len(task.train) > 1)
    return tuple(dict.fromkeys((*SMALL, *common)))


def leaves(task: Task) -> list[Term]:
    """The input, the constants, and the functions and tests of one number."""
    inputs = task.inputs
    name = name_of_input(task)
    kind = kind_of(inputs)
    out: list[Term] = []
    if kind is not None:
        out.append(_input(kind, name, inputs))
    if kind is Kind.LISTS:
        out.append(_input(Kind.LIST, name, inputs))
    constants = constants_of(task)
    for number in constants:
        price = constant_cost(number)
        op = Op((), Kind.INT, price, lambda: None, str(number), str(number), 12)
        out.append(Term(op, (), price, (number,) * len(inputs)))
    out.append(
        Term(Op((), Kind.LIST, 2, tuple, "[]", "the empty list"), (), 2, ((),) * len(inputs))
    )
    probes = {n for value in (*inputs, *task.outputs) for n in numbers_in(value)}
    out += lambda_terms(len(inputs), probes, constants)
    return out


def _input(kind: Kind, name: str, inputs: tuple[Value, ...]) -> Term:
    words_for = "the number" if kind in (Kind.INT, Kind.BOOL) else "the list"
    return Term(Op((), kind, 1, lambda: None, name, words_for), (), 1, inputs)
