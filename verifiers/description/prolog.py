"""Bits of a Prolog program.

The relation of a clause for the entry is known, and so is how many arguments a relation takes; a
variable is a new one or one of those so far. How the program is run, its tabling, is free.
"""

import math
import re
from collections.abc import Iterator
from typing import Final

from peirce.tasks.clauses import CONS, NIL, Compound, Term, Variable, parse_clauses
from peirce.tasks.errors import TaskError
from peirce.verifiers.description.costs import (
    CHARACTER_BITS,
    NAME_BITS,
    NODE_BITS,
    number_bits,
)

OPERATOR_BITS: Final = 3.0
"""Picking one of the few operators."""
VARIABLE_BITS: Final = 1.0
"""Whether a variable is new."""
_TABLING: Final = re.compile(r"^:- table [^\n]*\.$", re.MULTILINE)
_TOKEN: Final = re.compile(r"[A-Za-z_]\w*|\d+|\S")
_CONTROL: Final = frozenset({";", "->", "*->", "\\+"})


def prolog_bits(source: str, entry: str) -> float:
    """Bits needed to write a source down; one that does not parse is charged by its tokens.

    Args:
        source: what is charged.
        entry: the relation that is asked for.
    """
    text = _TABLING.sub("", source)
    try:
        bits = sum(_clause_bits(clause, entry) for clause in parse_clauses(text, where="source"))
    except (TaskError, RecursionError):
        bits = sum(map(_token_bits, _TOKEN.findall(text)))
    return bits or NODE_BITS


def _clause_bits(clause: Term, entry: str) -> float:
    known: set[str] = set()
    head, body = clause, None
    if isinstance(clause, Compound) and clause.name == ":-" and len(clause.arguments) == 2:
        head, body = clause.arguments
    bits = NODE_BITS
    if isinstance(head, Compound) and head.name == entry:
        bits += sum(_term_bits(item, known) for item in head.arguments)
    elif head != entry:
        bits += _term_bits(head, known)
    return bits + sum(_term_bits(goal, known) for goal in _goals(body))


def _goals(body: Term | None) -> Iterator[Term]:
    """The parts of a conjunction."""
    while isinstance(body, Compound) and body.name == "," and len(body.arguments) == 2:
        first, body = body.arguments
        yield from _goals(first)
    if body is not None:
        yield body


def _term_bits(term: Term, known: set[str]) -> float:
    match term:
        case Variable(name=name):
            if name in known:
                return VARIABLE_BITS + math.log2(len(known))
            known.add(name)
            return VARIABLE_BITS
        case Compound(name=name, arguments=arguments):
            return _functor_bits(name) + sum(
                _term_bits(part, known) for item in arguments for part in _goals(item)
            )
        case str():
            return _atom_bits(term)
        case _:
            return number_bits(term) if abs(term) < 1e300 else 1000.0


def _functor_bits(name: str) -> float:
    if name == CONS or name in _CONTROL:
        return NODE_BITS
    return NAME_BITS if name[:1].isalpha() else OPERATOR_BITS


def _atom_bits(atom: str) -> float:
    if atom in (NIL, "!"):
        return NODE_BITS
    return 2.0 + CHARACTER_BITS * (len(atom) - 2) if atom[:1] in "\"'`" else NAME_BITS


def _token_bits(token: str) -> float:
    if token.isdecimal():
        return number_bits(int(token[:300]))
    if token[0].isupper() or token[0] == "_":
        return 2.0 * VARIABLE_BITS
    return NAME_BITS if token[0].isalpha() else 1.0
