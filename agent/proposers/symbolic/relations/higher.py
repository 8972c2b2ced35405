"""Definitions that take a relation as an argument, one copy for each relation they may be given.

`map(As, Bs, F)` with a background that knows `succ/2` gives `map_succ(As, Bs)`, in which every
`call(F, ...)` is a plain goal. So the learner, which knows relations of things only, can use what
Metagol's interpreted background declares, and what it writes passes the checks of a sandbox that
refuses goals which are not known before.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from peirce.tasks.bias import Bias, Indicator
from peirce.tasks.clauses import Compound, Term, written


@dataclass(frozen=True, slots=True)
class Copy:
    """A definition for one relation."""

    indicator: Indicator
    clauses: tuple[Compound, ...]
    """Each a head and a body."""

    @property
    def text(self) -> str:
        """In Prolog."""
        return "".join(
            f"{written(head)} :- {', '.join(map(written, _goals(body)))}.\n"
            for head, body in (clause.arguments for clause in self.clauses)
        )


def copies(bias: Bias, invented: Iterable[Indicator] = ()) -> Iterator[Copy]:
    """Every interpreted definition with every relation, of the bias or not, that it may call."""
    relations = (*bias.body, *invented)
    for key, group in groupby(sorted(bias.interpreted, key=_head_of), key=_head_of):
        clauses = list(group)
        place = _place_called(clauses)
        if place is None:
            continue
        given = {arity for clause in clauses for arity in _arities(clause, place)}
        for name, arity in relations:
            if given == {arity}:
                new = copied_name(key[0], name)
                made = tuple(_with(clause, place, key, name, new) for clause in clauses)
                yield Copy((new, key[1] - 1), made)


def copied_name(definition: str, relation: str) -> str:
    """What the copy of a definition for a relation is called."""
    return f"{definition}_{relation}"


def called_places(bias: Bias) -> dict[Indicator, int]:
    """The argument that each interpreted definition calls."""
    groups = groupby(sorted(bias.interpreted, key=_head_of), key=_head_of)
    places = {key: _place_called(list(group)) for key, group in groups}
    return {key: place for key, place in places.items() if place is not None}


def _head_of(clause: Compound) -> Indicator:
    head = clause.arguments[0]
    assert isinstance(head, Compound)
    return head.name, len(head.arguments)


def _place_called(clauses: Sequence[Compound]) -> int | None:
    """The one argument of the head that bodies call."""
    _, arity = _head_of(clauses[0])
    places = [place for place in range(arity) if any(any(_arities(one, place)) for one in clauses)]
    return places[0] if len(places) == 1 else None


def _arities(clause: Compound, place: int) -> Iterator[int]:
    """With how many arguments a body calls what its head has at a place."""
    head, body = clause.arguments
    assert isinstance(head, Compound)
    called = head.arguments[place]
    for goal in _goals(body):
        if isinstance(goal, Compound) and goal.name == "call" and goal.arguments[0] == called:
            yield len(goal.arguments) - 1


def _with(clause: Compound, place: int, key: Indicator, name: str, new: str) -> Compound:
    """The clause for the relation `name`; its own calls become calls of `new`."""
    head, body = clause.arguments
    assert isinstance(head, Compound)
    called = head.arguments[place]

    def changed(goal: Term) -> Term:
        match goal:
            case Compound("call", (first, *rest)) if first == called:
                return Compound(name, tuple(rest))
            case Compound(own, arguments) if (own, len(arguments)) == key:
                if arguments[place] == called:
                    return Compound(new, _without(arguments, place))
            case _:
                pass
        return goal

    goals = [changed(goal) for goal in _goals(body)]
    return Compound(":-", (Compound(new, _without(head.arguments, place)), _joined(goals)))


def _without(arguments: tuple[Term, ...], place: int) -> tuple[Term, ...]:
    return arguments[:place] + arguments[place + 1 :]


def _goals(body: Term) -> Iterator[Term]:
    while isinstance(body, Compound) and body.name == ",":
        yield body.arguments[0]
        body = body.arguments[1]
    yield body


def _joined(goals: Sequence[Term]) -> Term:
    body = goals[-1]
    for goal in reversed(goals[:-1]):
        body = Compound(",", (goal, body))
    return body
