"""Ground relations with indexes, and what follows from them by clauses.

Everything is finite: constants are those of the background, and a fixed point is reached or given
up. Denials are checked after the literals before them have bound their variables.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Clause, Literal

Row: TypeAlias = tuple[str, ...]
Binding: TypeAlias = list[str | None]
MAX_ROWS: Final = 50_000
"""Largest relation that is worked out."""
MAX_ROUNDS: Final = 400


@dataclass(slots=True)
class Relation:
    """The rows of which a name holds."""

    name: str
    arity: int
    rows: set[Row]
    _indexes: dict[tuple[int, ...], dict[Row, list[Row]]] = field(
        default_factory=dict[tuple[int, ...], dict[Row, list[Row]]]
    )

    def add(self, rows: Iterable[Row]) -> None:
        """Let it hold of more rows."""
        for row in rows:
            if row not in self.rows:
                self.rows.add(row)
                for places, index in self._indexes.items():
                    index.setdefault(tuple(row[place] for place in places), []).append(row)

    def where(self, places: tuple[int, ...], key: Row) -> Sequence[Row]:
        """Rows that have `key` at `places`."""
        if len(places) == self.arity:
            return (key,) if key in self.rows else ()
        return self.by(places).get(key, ())

    def by(self, places: tuple[int, ...]) -> dict[Row, list[Row]]:
        """Rows by what they have at some of the places."""
        index = self._indexes.get(places)
        if index is None:
            grown: defaultdict[Row, list[Row]] = defaultdict(list)
            for row in sorted(self.rows):
                grown[tuple(row[place] for place in places)].append(row)
            index = self._indexes[places] = dict(grown)
        return index


@dataclass(slots=True)
class Database:
    """Relations by name and arity."""

    relations: dict[tuple[str, int], Relation]

    @classmethod
    def of(cls, facts: Iterable[tuple[str, Row]]) -> "Database":
        """The relations that hold of exactly `facts`."""
        database = cls({})
        for name, row in facts:
            database.relation(name, len(row)).add((row,))
        return database

    def relation(self, name: str, arity: int) -> Relation:
        """The relation of that name; empty if nothing is known of it."""
        key = name, arity
        if key not in self.relations:
            self.relations[key] = Relation(name, arity, set())
        return self.relations[key]

    def without(self, name: str, arity: int) -> "Database":
        """The same relations, that one excepted."""
        kept = {key: value for key, value in self.relations.items() if key != (name, arity)}
        return Database(kept)

    def holds(self, clause: Clause, row: Row) -> bool:
        """Whether the body of `clause` holds for a head."""
        binding: Binding = [*row, *[None] * (clause.variables - len(row))]
        return next(self.solutions(clause.body, binding), None) is not None

    def heads(self, clause: Clause) -> Iterator[Row]:
        """Every head that follows by `clause`, with repetitions."""
        binding: Binding = [None] * clause.variables
        for found in self.solutions(clause.body, binding):
            row = tuple(item for item in found[: clause.arity] if item is not None)
            if len(row) == clause.arity:
                yield row

    def solutions(self, body: Sequence[Literal], binding: Binding) -> Iterator[Binding]:
        """Ways to bind the unbound variables so that every literal holds; `binding` is reused."""
        if not body:
            yield binding
            return
        literal, rest = body[0], body[1:]
        if literal.negated or literal.name == UNEQUAL:
            if self.passes(literal, binding):
                yield from self.solutions(rest, binding)
            return
        fresh = [
            item for item in literal.arguments if isinstance(item, int) and binding[item] is None
        ]
        for row in self.matching(literal, binding):
            if _bind(literal, row, binding):
                yield from self.solutions(rest, binding)
            for number in fresh:
                binding[number] = None

    def joined(
        self, literal: Literal, bindings: Sequence[Row], bound: int, most: int
    ) -> tuple[Row, ...] | None:
        """Rows of `bound` variables, lengthened by those the literal binds; None if over `most`."""
        relation = self.relations.get((literal.name, len(literal.arguments)))
        if relation is None:
            return ()
        known = [
            (place, item)
            for place, item in enumerate(literal.arguments)
            if isinstance(item, str) or (isinstance(item, int) and item < bound)
        ]
        fresh = [
            place
            for place, item in enumerate(literal.arguments)
            if isinstance(item, int) and item >= bound
        ]
        places = tuple(place for place, _ in known)
        key_of = _picker([item for _, item in known])
        if len(places) == relation.arity:
            return tuple(row for row in bindings if key_of(row) in relation.rows)
        index = relation.by(places)
        if not fresh:
            return tuple(row for row in bindings if key_of(row) in index)
        values_of = _picker(fresh)
        found: dict[Row, None] = {}
        for row in bindings:
            for match in index.get(key_of(row), ()):
                found[row + values_of(match)] = None
            if len(found) > most:
                return None
        return tuple(found)

    def tested(self, literal: Literal, bindings: Sequence[Row]) -> tuple[Row, ...]:
        """Rows of variables for which a literal that binds nothing holds."""
        relation = self.relations.get((literal.name, len(literal.arguments)))
        if literal.name == UNEQUAL or relation is None or None in literal.arguments:
            return tuple(row for row in bindings if self.passes(literal, row))
        key_of = _picker([item for item in literal.arguments if item is not None])
        rows, wanted = relation.rows, not literal.negated
        return tuple(row for row in bindings if (key_of(row) in rows) is wanted)

    def passes(self, literal: Literal, binding: Sequence[str | None]) -> bool:
        """Whether a literal that binds nothing holds."""
        if literal.name == UNEQUAL:
            left, right = (
                binding[item] if isinstance(item, int) else item for item in literal.arguments
            )
            return (left != right) is not literal.negated
        found = any(_agrees(literal, row, binding) for row in self.matching(literal, binding))
        return found is not literal.negated

    def matching(self, literal: Literal, binding: Sequence[str | None]) -> Sequence[Row]:
        """Rows that agree with what is bound already."""
        places: list[int] = []
        key: list[str] = []
        for place, item in enumerate(literal.arguments):
            value = binding[item] if isinstance(item, int) else item
            if value is not None:
                places.append(place)
                key.append(value)
        relation = self.relations.get((literal.name, len(literal.arguments)))
        return relation.where(tuple(places), tuple(key)) if relation else ()


def _picker(items: Sequence[int | str]) -> Callable[[Row], Row]:
    """A function that gives the values at some places of a row; a text stands for itself."""
    numbers = [item for item in items if isinstance(item, int)]
    if len(numbers) < len(items):
        return lambda row: tuple(item if isinstance(item, str) else row[item] for item in items)
    match numbers:
        case []:
            return lambda row: ()
        case [one]:
            return lambda row: (row[one],)
        case _:
            return itemgetter(*numbers)


def _bind(literal: Literal, row: Row, binding: Binding) -> bool:
    for item, value in zip(literal.arguments, row, strict=True):
        if isinstance(item, int):
            if binding[item] is None:
                binding[item] = value
            elif binding[item] != value:
                return False
    return True


def _agrees(literal: Literal, row: Row, binding: Sequence[str | None]) -> bool:
    """Whether variables that occur twice and are unbound get one value."""
    return _bind(literal, row, list(binding))


def saturate(database: Database, clauses: Sequence[Clause]) -> bool:
    """Add everything that follows by `clauses`; False if that is too much."""
    for _ in range(MAX_ROUNDS):
        grown = False
        for clause in clauses:
            relation = database.relation(clause.name, clause.arity)
            found = set(database.heads(clause)) - relation.rows
            relation.add(found)
            grown = grown or bool(found)
            if len(relation.rows) > MAX_ROWS:
                return False
        if not grown:
            return True
    return False


def strata(clauses: Sequence[Clause]) -> list[list[Clause]] | None:
    """Groups of clauses to be saturated in turn, denials after what they deny; None if none."""
    defined = {(clause.name, clause.arity) for clause in clauses}
    height = dict.fromkeys(defined, 0)
    for _ in range(len(defined) * len(defined) + 1):
        changed = False
        for clause in clauses:
            for literal in clause.body:
                below = height.get((literal.name, len(literal.arguments)), 0) + literal.negated
                if below > height[clause.name, clause.arity]:
                    height[clause.name, clause.arity] = below
                    changed = True
        if not changed:
            levels = sorted(set(height.values()))
            return [
                [clause for clause in clauses if height[clause.name, clause.arity] == level]
                for level in levels
            ]
    return None
