"""Learned clauses as a Prolog program and as a sentence."""

import re
from collections.abc import Sequence
from typing import Final

from peirce.agent.proposers.symbolic.relations.terms import (
    COUNT,
    UNEQUAL,
    Argument,
    Clause,
    Literal,
    shown,
)

_SOMETHING: Final = "something"
_VERB: Final = re.compile(r"[^s]s$")
_ADJECTIVE: Final = re.compile(r"(ed|cent|equal)$")
_PERSON: Final = re.compile(
    r"(er|or|ent|ling|our|child|son|cousin|niece|nephew|wife|husband|uncle|aunt|friend)$"
)


def source(program: Sequence[Clause]) -> str:
    """Prolog text. A recursive relation is tabled, so that circles in the facts end."""
    tabled = dict.fromkeys(
        f":- table {clause.name}/{clause.arity}." for clause in program if clause.recursive
    )
    return "\n".join((*tabled, *map(_clause, program))) + "\n"


def _clause(clause: Clause) -> str:
    once = _single(clause)
    head = _call(clause.name, tuple(range(clause.arity)), once)
    if not clause.body:
        return f"{head}."
    body = ", ".join(_literal(literal, once) for literal in _late_denials(clause.body))
    return f"{head} :- {body}."


def _late_denials(body: Sequence[Literal]) -> list[Literal]:
    """Denials last: they must find their variables bound."""
    return sorted(body, key=lambda literal: literal.negated or literal.name == UNEQUAL)


def _single(clause: Clause) -> frozenset[int]:
    """Variables that stand in one place only."""
    places = [item for literal in clause.body for item in literal.arguments]
    places += list(range(clause.arity))
    return frozenset(item for item in places if isinstance(item, int) and places.count(item) == 1)


def _literal(literal: Literal, once: frozenset[int]) -> str:
    if literal.name == UNEQUAL:
        left, right = literal.arguments
        sign = "=" if literal.negated else UNEQUAL
        return f"{shown(left)} {sign} {shown(right)}"
    text = _call(literal.name, literal.arguments, once)
    return f"\\+ {text}" if literal.negated else text


def _call(name: str, arguments: Sequence[Argument], once: frozenset[int]) -> str:
    if not arguments:
        return name
    if name.startswith(COUNT):
        subject, number = shown(arguments[0]), shown(arguments[1])
        pair = f"{subject}, _" if name[1] == "0" else f"_, {subject}"
        return f"aggregate_all(count, {name[2:]}({pair}), {number})"
    texts = ("_" if item in once else shown(item) for item in arguments)
    return f"{name}({', '.join(texts)})"


def words(program: Sequence[Clause]) -> str:
    """The rule as a sentence: what the head means, then what invented words mean."""
    names = dict.fromkeys((clause.name, clause.arity) for clause in program)
    sentences = [
        _meaning([clause for clause in program if (clause.name, clause.arity) == key])
        for key in names
    ]
    return "; where ".join(sentences) + "."


def _meaning(clauses: Sequence[Clause]) -> str:
    head = _said(clauses[0].name, tuple(range(clauses[0].arity)))
    return f"{head} if {'; or if '.join(map(_reasons, clauses))}"


def _reasons(clause: Clause) -> str:
    literals = _late_denials(clause.body)
    texts: list[str] = []
    met = set(range(clause.arity))
    for literal in literals:
        text = _phrase(literal)
        fresh = sorted(literal.variables - met)
        met |= literal.variables
        if fresh:
            names = " and some ".join(shown(item) for item in fresh)
            text = f"for some {names}, {text}"
        texts.append(text)
    return " and ".join(texts) or "always"


def _phrase(literal: Literal) -> str:
    if literal.name == UNEQUAL:
        left, right = map(shown, literal.arguments)
        verb = "is" if literal.negated else "is not"
        return f"{left} {verb} {right}"
    text = _said(literal.name, literal.arguments)
    return f"it is not so that {text}" if literal.negated else text


def _said(name: str, arguments: Sequence[Argument]) -> str:
    """`parent(A, B)` as "A is a parent of B", by what kind of word the name looks like."""
    if name.startswith(COUNT):
        pair = (arguments[0], None) if name[1] == "0" else (None, arguments[0])
        return f"{_said(name[2:], pair)} in exactly {shown(arguments[1])} cases"
    plain = name.strip("'").replace("_", " ")
    texts = [_SOMETHING if item is None else shown(item) for item in arguments]
    match texts:
        case []:
            return plain
        case [one]:
            return f"{one} is {plain}"
        case [one, other]:
            return _pair(plain, one, other)
        case _:
            return f"{plain} holds of {', '.join(texts[:-1])} and {texts[-1]}"


def _pair(plain: str, one: str, other: str) -> str:
    word = plain.split()[-1]
    if plain.split()[0] in ("is", "has") or _VERB.search(word):
        return f"{one} {plain} {other}"
    if _ADJECTIVE.search(word):
        return f"{one} is {plain} to {other}"
    if _PERSON.search(word):
        return f"{one} is {_article(plain)} {plain} of {other}"
    return f"{plain} links {one} to {other}"


def _article(noun: str) -> str:
    return "an" if noun[0].lower() in "aeiou" else "a"
