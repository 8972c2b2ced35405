"""What to look for in a bank: the outputs, and what would give them by one last simple step.

Working backwards by one step is cheap where the step has an inverse: if the output is a list of
one number it is enough to find the number; if it always begins with the same number it is enough
to find the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass

from peirce.agent.proposers.symbolic.lists.terms import ATOM, Kind, Op, Term, apply
from peirce.agent.proposers.symbolic.lists.vocabulary import kind_of
from peirce.prototypes import lists as words

Values = tuple[object, ...]


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
    if not any(outputs) and kind is Kind.LIST:
        return out
    if kind is Kind.LIST:
        out += _inverses([value for value in outputs if isinstance(value, tuple)])
    return out


def _inverses(outputs: list[tuple[object, ...]]) -> list[Target]:
    out: list[Target] = []
    if all(len(value) == 1 and type(value[0]) is int for value in outputs):
        step = Op((Kind.INT,), Kind.LIST, 1, lambda n: (n,), "[{0}]", "the list of just {0}")
        out.append(Target(Kind.INT, tuple(value[0] for value in outputs), step))
    if all(outputs):
        out += _ends(outputs)
    out.append(
        _list_target(
            outputs, lambda a: a[::-1], 2, lambda a: a[::-1], "{0:20}[::-1]", "{0} reversed"
        )
    )
    if all(type(item) is int for value in outputs for item in value):
        out.append(
            _list_target(
                outputs,
                _undo_sums,
                3,
                words.running_sums,
                "running_sums({0})",
                "the running sums of {0}",
            )
        )
    return out


def _undo_sums(items: tuple[int, ...]) -> tuple[int, ...]:
    return (*items[:1], *words.differences(items))


def _ends(outputs: list[tuple[object, ...]]) -> list[Target]:
    out: list[Target] = []
    first, last = outputs[0][0], outputs[0][-1]
    if all(value[0] == first for value in outputs):
        out.append(
            _list_target(
                outputs,
                lambda a: a[1:],
                3,
                lambda a: (first, *a),
                f"[{first}, *{{0:6}}]",
                f"{first} followed by {{0}}",
            )
        )
    if all(value[-1] == last for value in outputs):
        out.append(
            _list_target(
                outputs,
                lambda a: a[:-1],
                3,
                lambda a: (*a, last),
                f"[*{{0:6}}, {last}]",
                f"{{0}} followed by {last}",
            )
        )
    return out


def _list_target(
    outputs: list[tuple[object, ...]],
    undo: Callable[..., object],
    cost: int,
    run: Callable[..., object],
    code: str,
    text: str,
) -> Target:
    step = Op((Kind.LIST,), Kind.LIST, cost, run, code, text, ATOM)
    return Target(Kind.LIST, tuple(map(undo, outputs)), step)
