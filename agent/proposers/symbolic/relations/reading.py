"""Reads background knowledge as relations and plain rules, as far as it is that.

Facts become tuples of texts, a ground list or compound term being one constant; rules whose bodies
are plain, denied or unequal literals over variables and constants become clauses. Whatever else
the text holds is left out and counted: a rule over lists, arithmetic. Directives say nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Argument, Clause, Literal
from peirce.tasks.clauses import Compound, Term, Variable, parse_clauses, written
from peirce.tasks.errors import TaskError


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What a text says."""

    facts: tuple[tuple[str, tuple[str, ...]], ...]
    """Name and arguments of each."""
    rules: tuple[Clause, ...]
    left_out: int
    """Clauses that are neither."""


class _Unread(Exception):
    """A clause outside the language read here."""


def read(text: str) -> Background:
    """Everything in `text` that is a fact or a plain rule; nothing if it is no Prolog."""
    facts: dict[tuple[str, tuple[str, ...]], None] = {}
    rules: list[Clause] = []
    left_out = 0
    try:
        clauses = tuple(parse_clauses(text + "\n", where="the background"))
    except TaskError:
        return Background(facts=(), rules=(), left_out=1)
    for clause in clauses:
        try:
            if isinstance(clause, Compound) and clause.name == ":-":
                if len(clause.arguments) == 2:
                    rules.append(_rule(clause))
            else:
                head = _literal(clause, {})
                facts[head.name, _constants(head)] = None
        except _Unread:
            left_out += 1
    return Background(facts=tuple(facts), rules=tuple(rules), left_out=left_out)


def _literal(term: Term, numbers: dict[str, int]) -> Literal:
    match term:
        case Compound("\\+", (inner,)):
            found = _literal(inner, numbers)
            return Literal(found.name, found.arguments, not found.negated)
        case Compound("\\=" | "\\==", arguments):
            return Literal(UNEQUAL, tuple(_argument(item, numbers) for item in arguments))
        case Compound(name, arguments) if name[0].isalpha() or name[0] == "'":
            return Literal(name, tuple(_argument(item, numbers) for item in arguments))
        case str() if term[0].isalpha() or term[0] == "'":
            return Literal(term, ())
        case _:
            raise _Unread


def _argument(term: Term, numbers: dict[str, int]) -> Argument:
    match term:
        case Variable(name=name):
            if name[0] == "_" and name[1:].isdigit():
                return None
            return numbers.setdefault(name, len(numbers))
        case Compound():
            if not _is_ground(term):
                raise _Unread
            return written(term)
        case _:
            return written(term)


def _is_ground(term: Term) -> bool:
    if isinstance(term, Compound):
        return all(map(_is_ground, term.arguments))
    return not isinstance(term, Variable)


def _constants(literal: Literal) -> tuple[str, ...]:
    found = tuple(item for item in literal.arguments if isinstance(item, str))
    if literal.negated or literal.name == UNEQUAL or len(found) != len(literal.arguments):
        raise _Unread
    return found


def _conjuncts(term: Term) -> Iterator[Term]:
    while isinstance(term, Compound) and term.name == ",":
        yield term.arguments[0]
        term = term.arguments[1]
    yield term


def _rule(clause: Compound) -> Clause:
    """The clause, its head's arguments being the variables 0, 1, 2, ..."""
    numbers: dict[str, int] = {}
    head = _literal(clause.arguments[0], numbers)
    body = tuple(_literal(term, numbers) for term in _conjuncts(clause.arguments[1]))
    if head.negated or head.name == UNEQUAL or any(_is_control(item) for item in body):
        raise _Unread
    places = [item for item in head.arguments if isinstance(item, int)]
    if len(set(places)) != len(head.arguments):
        raise _Unread
    # Denials are checked last, when everything they speak of is known.
    ordered = sorted(body, key=lambda item: item.negated or item.name == UNEQUAL)
    return Clause(head.name, len(head.arguments), tuple(ordered))


def _is_control(literal: Literal) -> bool:
    return literal.name in ("is", "findall", "forall", "call", "between", "length", "fail")
