"""What to look for in a bank: the outputs, and what would give them by one last simple step.

Working backwards by one step is cheap where the step has an inverse: if the output is a list of
one number it is enough to find the number; if it always begins with the same number it is enough
to find the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from peirce.agent.proposers.symbolic.lists.compiled import op
from peirce.agent.proposers.symbolic.lists.lambdas import constant_cost
from peirce.agent.proposers.symbolic.lists.terms import Kind, Op, Term, apply
from peirce.agent.proposers.symbolic.lists.vocabulary import kind_of
from peirce.prototypes import lists as words

Values: TypeAlias = tuple[object, ...]
Items: TypeAlias = tuple[int, ...]
_ALONE: Final = op("I -> L", 1, "[{0}]", "the list of just {0}")
_REVERSED: Final = op("L -> L", 2, "{0:20}[::-1]", "{0} reversed")
_SUMS: Final = op("L -> L", 3, "running_sums({0})", "the running sums of {0}")


@dataclass(frozen=True, slots=True)
class Target:
    """Train values to find, and the step from them to the outputs."""

    kind: Kind
    values: Values
    last: Op | None
    """The last step; none if the values are the outputs themselves."""

    def finish(self, term: Term) -> Term | None:
        """The term with the last step applied."""
        return term if self.last is None else apply(self.last, term)


def targets_of(outputs: Values) -> list[Target]:
    """The outputs and what leads to them, the direct ones first."""
    kind = kind_of(outputs)
    if kind is None:
        return []
    out = [Target(kind, outputs, None)]
    if kind is Kind.LIST and any(outputs):
        out += _inverses(cast("list[Items]", list(outputs)))
    return out


def _inverses(outputs: list[Items]) -> list[Target]:
    out: list[Target] = []
    if all(len(value) == 1 and type(value[0]) is int for value in outputs):
        out.append(Target(Kind.INT, tuple(value[0] for value in outputs), _ALONE))
    if all(outputs):
        out += _ends(outputs)
    out.append(_undone(outputs, _reverse, _REVERSED))
    if all(type(item) is int for value in outputs for item in value):
        out.append(_undone(outputs, _steps, _SUMS))
    return out


def _ends(outputs: list[Items]) -> list[Target]:
    """Strip the numbers that all outputs begin or end with: the outermost, or all of them."""
    shortest = min(map(len, outputs))
    head = _common(outputs, shortest)
    tail = _common([value[::-1] for value in outputs], shortest)
    out: list[Target] = []
    for front, back in ((1, 0), (0, 1), (1, 1), (head, 0), (0, tail), (head, tail)):
        if front > head or back > tail or not 0 < front + back <= shortest:
            continue
        first, last = outputs[0][:front], outputs[0][len(outputs[0]) - back :]
        code = ", ".join((*map(str, first), "*{0:6}", *map(str, last)))
        text = ", ".join((*map(str, first), "{0}", *map(str, last)))
        price = 2 + sum(map(constant_cost, (*first, *last)))
        step = op("L -> L", price, f"[{code}]", text)
        rest = tuple(value[front : len(value) - back] for value in outputs)
        out.append(Target(Kind.LIST, rest, step))
    return out


def _common(outputs: list[Items], most: int) -> int:
    """How many numbers all outputs begin with."""
    count = 0
    while count < most and len({value[count] for value in outputs}) == 1:
        if type(outputs[0][count]) is not int:
            break
        count += 1
    return count


def _reverse(items: Items) -> Items:
    return items[::-1]


def _steps(items: Items) -> Items:
    return (*items[:1], *words.differences(items))


def _undone(outputs: list[Items], undo: Callable[[Items], Items], step: Op) -> Target:
    return Target(Kind.LIST, tuple(map(undo, outputs)), step)
