"""Clauses that are a form and what was chosen for it, and the plain clauses they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peirce.agent.proposers.symbolic.relations.higher import copied_name
from peirce.agent.proposers.symbolic.relations.machine import Live, Unclear, frozen, live
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Argument, Clause, Literal
from peirce.tasks.bias import Indicator
from peirce.tasks.clauses import Term, Variable, written
from peirce.tasks.metagol import Metarule


@dataclass(frozen=True, slots=True)
class Formed:
    """A form with what was chosen for it."""

    form: Metarule
    chosen: Mapping[str, Live]


def fixed(program: Sequence[Formed]) -> tuple[Formed, ...] | None:
    """The program with its choices as they are now; None if one is still open."""
    try:
        return tuple(
            Formed(
                clause.form,
                {name: live(frozen(value), {}) for name, value in clause.chosen.items()},
            )
            for clause in program
        )
    except Unclear:
        return None


def key_of(program: Sequence[Formed]) -> tuple[object, ...]:
    """The same for programs of the same forms and choices."""
    return tuple(
        (clause.form, *((name, frozen(value)) for name, value in clause.chosen.items()))
        for clause in program
    )


def as_clause(clause: Formed, places: Mapping[Indicator, int]) -> Clause:
    """The clause with numbered variables; a head that names a constant asks for it in the body."""
    form = clause.form
    numbers: dict[str, int] = {}
    for place, item in enumerate(form.head[1:]):
        if isinstance(item, Variable) and item.name not in clause.chosen:
            numbers.setdefault(item.name, place)
    arity = len(form.head) - 1
    rest = dict.fromkeys(
        item.name
        for literal in form.body
        for item in literal
        if isinstance(item, Variable) and item.name not in {*clause.chosen, *numbers}
    )
    numbers |= {name: arity + number for number, name in enumerate(rest)}

    def argument(item: Term) -> Argument:
        if not isinstance(item, Variable):
            return written(item)
        if item.name in clause.chosen:
            return written(frozen(clause.chosen[item.name]))
        return numbers[item.name]

    heads = [(place, argument(item)) for place, item in enumerate(form.head[1:])]
    body = [Literal(UNEQUAL, pair, negated=True) for pair in heads if pair[0] != pair[1]]
    for literal in form.body:
        name, *values = map(argument, literal)
        called = places.get((str(name), len(values)))
        if called is not None:
            name = copied_name(str(name), str(values.pop(called)))
        body.append(Literal(str(name), tuple(values)))
    return Clause(str(argument(form.head[0])), arity, tuple(body))
