"""What Metagol's declarations say: definitions that call an argument, and metarules.

A metarule is the form of a clause: `metarule([P,Q,R], [P,A,B], [[Q,A,C],[R,C,B]])` says that one
relation may lead on from where another leads to. What its first list names is chosen for each
clause, the rest are variables of the clause. (Muggleton, Lin and Tamaddoni-Nezhad,
Meta-interpretive learning of higher-order dyadic datalog, 2015.)
"""

from dataclasses import dataclass
from typing import TypeAlias

from peirce.tasks.clauses import Compound, Term, Variable, list_items

Form: TypeAlias = tuple[Term, ...]
"""A literal: what is called, a variable or a name, and then its arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metarule:
    """The form of a clause."""

    chosen: frozenset[str]
    """Variables that stand for the same relation or constant whenever the clause is used."""
    head: Form
    body: tuple[Form, ...]


def metarule(term: Term) -> Metarule | None:
    """`metarule(Chosen, Head, Body)`, with or without a name; None if it has another form."""
    match term:
        case Compound("metarule", (_, chosen, head, body) | (chosen, head, body)):
            names, first, rest = map(list_items, (chosen, head, body))
        case _:
            return None
    if names is None or first is None or rest is None:
        return None
    forms = [_form(list_items(item)) for item in rest]
    made = _form(first)
    known = [form for form in forms if form is not None]
    if made is None or len(known) < len(forms):
        return None
    chosen_names = frozenset(item.name for item in names if isinstance(item, Variable))
    return Metarule(chosen=chosen_names, head=made, body=tuple(known))


def _form(items: tuple[Term, ...] | None) -> Form | None:
    return items if items and isinstance(items[0], Variable | str) else None


def interpreted(term: Term) -> Compound | None:
    """`ibk([map,[A|As],Bs,F], [[F,A,B], ...])` as a clause; None if it has another form."""
    match term:
        case Compound("ibk", (head, body)):
            listed = list_items(body)
            goals = None if listed is None else [_goal(list_items(item)) for item in listed]
            made = _goal(list_items(head))
            if goals is None or None in goals or not isinstance(made, Compound):
                return None
        case _:
            return None
    joined: Term = "true"
    for goal in reversed([goal for goal in goals if goal is not None]):
        joined = goal if joined == "true" else Compound(",", (goal, joined))
    return Compound(":-", (made, joined))


def _goal(items: tuple[Term, ...] | None) -> Term | None:
    """A goal given as a list: what is called, then its arguments."""
    match items:
        case (Variable(), *_):
            return Compound("call", items)
        case (str() as name, *arguments) if arguments:
            return Compound(name, tuple(arguments))
        case _:
            return None
