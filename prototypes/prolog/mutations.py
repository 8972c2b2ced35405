"""Programmatic mutations of Prolog prototypes, sorted by what they ask of a solver.

*Exploratory* ones make the instance larger or other: more facts, new entities, other numbers.
*Transformative* ones keep the surface and change what must be done: a goal negated, a comparison
turned round, a constraint dropped or added. *Compositional* ones join two prototypes. Each gives
None where it finds nothing to change; whether the child is a problem at all is for the interpreter.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from peirce.prototypes.answer_types import parse_answer_type
from peirce.prototypes.prolog.clauses import (
    Clause,
    Sort,
    Token,
    Tokens,
    arguments,
    compound,
    read_clauses,
    write_clauses,
    write_tokens,
)
from peirce.prototypes.prolog.disguises import ENTRY, rename_apart
from peirce.prototypes.prototype import Prototype

_TURNED: Final = {
    **{"<": ">", ">": "<", "=<": ">=", ">=": "=<", "max_list": "min_list", "@<": "@>"},
    **{"min_list": "max_list", "max_member": "min_member", "min_member": "max_member"},
    **{"max": "min", "min": "max", "sum_list": "max_list"},
    **{"=:=": r"=\=", r"=\=": "=:=", "==": r"\==", r"\==": "=="},
}


@dataclass(frozen=True, slots=True)
class Changed:
    """Clauses after a mutation, and the mutation in words."""

    clauses: tuple[Clause, ...]
    words: str


Mutation: TypeAlias = Callable[[Sequence[Clause], random.Random], Changed | None]


def change_number(clauses: Sequence[Clause], rng: random.Random) -> Changed | None:
    """Another number in a fact."""
    places = [
        (index, place)
        for index, clause in enumerate(clauses)
        if clause.is_fact
        for place, token in enumerate(clause.head)
        if token.sort is Sort.NUMBER and token.text.isdecimal()
    ]
    if not places:
        return None
    index, place = rng.choice(places)
    head = clauses[index].head
    old = int(head[place].text)
    new = max(0, old + rng.choice((-1, 1)) * rng.randint(1, max(3, old)))
    if new == old:
        return None
    written = (*head[:place], replace(head[place], text=str(new)), *head[place + 1 :])
    changed = replace(clauses[index], head=written)
    return _replaced(clauses, index, changed, f"{clauses[index].text} became {changed.text}")


def swap_entities(clauses: Sequence[Clause], rng: random.Random) -> Changed | None:
    """Two facts of a predicate exchange one of their arguments."""
    facts = _facts(clauses)
    pairs = [
        (left, right)
        for left in facts
        for right in facts
        if left < right and clauses[left].functor == clauses[right].functor
    ]
    if not pairs:
        return None
    left, right = rng.choice(pairs)
    mine, yours = list(arguments(clauses[left].head)), list(arguments(clauses[right].head))
    place = rng.randrange(len(mine))
    if write_tokens(mine[place]) == write_tokens(yours[place]):
        return None
    mine[place], yours[place] = yours[place], mine[place]
    name = clauses[left].head[0]
    first = replace(clauses[left], head=compound(name, mine))
    second = replace(clauses[right], head=compound(name, yours))
    out = list(clauses)
    out[left], out[right] = first, second
    return Changed(tuple(out), f"two facts became {first.text} {second.text}")


def add_entity(clauses: Sequence[Clause], rng: random.Random) -> Changed | None:
    """A new entity that takes part in copies of some facts about an old one."""
    names = sorted(
        {
            token.text
            for index in _facts(clauses)
            for part in arguments(clauses[index].head)
            for token in part
            if token.sort is Sort.NAME and len(part) == 1
        }
    )
    if not names:
        return None
    old = rng.choice(names)
    taken = {token.text for clause in clauses for token in clause.tokens}
    new = next(name for count in range(1, 1000) if (name := f"{old}{count}") not in taken)
    about = [
        clauses[index]
        for index in _facts(clauses)
        if old in {token.text for token in clauses[index].head[1:]}
    ]
    copies = [
        replace(clause, head=_with_name(clause.head, old, new))
        for clause in about
        if rng.random() < 0.8
    ]
    if not copies:
        return None
    last = max(_facts(clauses)) + 1
    words = f"{new} was added: {' '.join(copy.text for copy in copies)}"
    return Changed((*clauses[:last], *copies, *clauses[last:]), words)


def drop_fact(clauses: Sequence[Clause], rng: random.Random) -> Changed | None:
    """One fact less, where its predicate keeps others."""
    names = [clauses[index].functor for index in _facts(clauses)]
    spare = [index for index in _facts(clauses) if names.count(clauses[index].functor) > 1]
    if not spare:
        return None
    index = rng.choice(spare)
    left = (*clauses[:index], *clauses[index + 1 :])
    return Changed(left, f"{clauses[index].text} was removed")


def drop_constraint(clauses: Sequence[Clause], rng: random.Random) -> Changed | None:
    """One condition of a rule less."""
    found = _goal(clauses, rng, least=2)
    if found is None:
        return None
    index, place = found
    goals = clauses[index].goals
    changed = replace(clauses[index], goals=(*goals[:place], *goals[place + 1 :]))
    words = f"the condition {write_tokens(goals[place])} was removed"
    return _replaced(clauses, index, changed, words)


def add_constraint(clauses: Sequence[Clause], rng: random.Random) -> Changed | None:
    """Two things that a rule speaks of must differ."""
    rules = [
        (index, names)
        for index, clause in enumerate(clauses)
        if clause.head and clause.goals and len(names := _variables(clause)) > 1
    ]
    if not rules:
        return None
    index, names = rng.choice(rules)
    left, right = rng.sample(names, 2)
    goal = (
        Token(left, Sort.VARIABLE),
        Token(r"\==", Sort.SYMBOL, spaced=True),
        Token(right, Sort.VARIABLE, spaced=True),
    )
    changed = replace(clauses[index], goals=(*clauses[index].goals, goal))
    return _replaced(clauses, index, changed, f"{write_tokens(goal)} is demanded in {changed.text}")


def negate(clauses: Sequence[Clause], rng: random.Random) -> Changed | None:
    """A condition after the first must not hold instead of hold, or the other way round."""
    found = _goal(clauses, rng, least=2, skip=1)
    if found is None:
        return None
    index, place = found
    goal = clauses[index].goals[place]
    if goal[0].text == r"\+":
        turned = (replace(goal[1], spaced=False), *goal[2:])
    elif arguments(goal):
        turned = (Token(r"\+", Sort.SYMBOL), replace(goal[0], spaced=True), *goal[1:])
    else:
        return None
    return _with_goal(clauses, index, place, turned)


def turn_comparison(clauses: Sequence[Clause], rng: random.Random) -> Changed | None:
    """A comparison or an extreme is turned round."""
    places = [
        (index, place, at)
        for index, clause in enumerate(clauses)
        if clause.head
        for place, goal in enumerate(clause.goals)
        for at, token in enumerate(goal)
        if token.text in _TURNED and token.sort in (Sort.SYMBOL, Sort.NAME)
    ]
    if not places:
        return None
    index, place, at = rng.choice(places)
    goal = clauses[index].goals[place]
    turned = (*goal[:at], replace(goal[at], text=_TURNED[goal[at].text]), *goal[at + 1 :])
    return _with_goal(clauses, index, place, turned)


def swap_arguments(clauses: Sequence[Clause], rng: random.Random) -> Changed | None:
    """A relation between two things is read backwards."""
    places = [
        (index, place)
        for index, clause in enumerate(clauses)
        for place, goal in enumerate(clause.goals)
        if len(arguments(goal)) == 2 and clause.head
    ]
    if not places:
        return None
    index, place = rng.choice(places)
    goal = clauses[index].goals[place]
    return _with_goal(clauses, index, place, compound(goal[0], arguments(goal)[::-1]))


EXPLORATORY: Final[tuple[Mutation, ...]] = (change_number, swap_entities, add_entity, drop_fact)
TRANSFORMATIVE: Final[tuple[Mutation, ...]] = (
    *(drop_constraint, add_constraint),
    *(negate, turn_comparison, swap_arguments),
)


def compose(left: Prototype, right: Prototype) -> Changed | None:
    """One problem that needs the answers of both: a list of them, or the sum of their sizes."""
    first = rename_apart(read_clauses(left.source), "first_")
    second = rename_apart(read_clauses(right.source), "second_")
    if left.answer_type == right.answer_type and left.answer_type != "int":
        rule = f"{ENTRY}([A, B]) :- first_{ENTRY}(A), second_{ENTRY}(B)."
        words = "both answers are asked for, in a list"
    else:
        sizes = [_size(left, "A", "M"), _size(right, "B", "N")]
        if None in sizes:
            return None
        both = f"first_{ENTRY}(A), second_{ENTRY}(B)"
        rule = f"{ENTRY}(X) :- {both}, {sizes[0]}, {sizes[1]}, X is M + N."
        words = "the numbers that answer both, or the lengths of the lists, are added"
    return Changed((*first, *second, *read_clauses(rule)), words)


def composed_type(left: Prototype, right: Prototype) -> str:
    """The form of the answer of the two composed."""
    same = left.answer_type == right.answer_type and left.answer_type != "int"
    return f"list[{left.answer_type}]" if same else "int"


def child(parent: Prototype, changed: Changed, name: str) -> Prototype:
    """The prototype after a mutation."""
    return replace(
        parent,
        name=name,
        words=f"Made from {parent.name}: {changed.words}.",
        source=write_clauses(changed.clauses),
        known_answer="",
        provenance="mutation",
        parents=(parent.digest,),
        mutation=changed.words,
    )


def _size(parent: Prototype, answer: str, number: str) -> str | None:
    kind = parse_answer_type(parent.answer_type)
    if kind.depth:
        return f"length({answer}, {number})"
    return f"{number} = {answer}" if kind.leaf == "int" else None


def _facts(clauses: Sequence[Clause]) -> list[int]:
    return [
        index
        for index, clause in enumerate(clauses)
        if clause.is_fact and arguments(clause.head) and not _variables(clause)
    ]


def _variables(clause: Clause) -> list[str]:
    texts = [token.text for token in clause.tokens if token.sort is Sort.VARIABLE]
    return sorted({text for text in texts if not text.startswith("_")})


def _goal(
    clauses: Sequence[Clause], rng: random.Random, *, least: int, skip: int = 0
) -> tuple[int, int] | None:
    """A goal of a rule that has at least so many; `skip` leaves the first ones alone."""
    places = [
        (index, place)
        for index, clause in enumerate(clauses)
        if clause.head and len(clause.goals) >= least
        for place in range(skip, len(clause.goals))
    ]
    return rng.choice(places) if places else None


def _with_goal(clauses: Sequence[Clause], index: int, place: int, goal: Tokens) -> Changed:
    goals = clauses[index].goals
    changed = replace(clauses[index], goals=(*goals[:place], goal, *goals[place + 1 :]))
    words = f"the condition {write_tokens(goals[place])} became {write_tokens(goal)}"
    return _replaced(clauses, index, changed, words)


def _with_name(tokens: Tokens, old: str, new: str) -> Tokens:
    return tuple(
        replace(token, text=new) if place and token.text == old else token
        for place, token in enumerate(tokens)
    )


def _replaced(clauses: Sequence[Clause], index: int, clause: Clause, words: str) -> Changed:
    return Changed((*clauses[:index], clause, *clauses[index + 1 :]), words)
