"""A relation to be learned, as the searches see it: atoms to prove and to refute, ground facts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.database import Database, Row
from peirce.agent.proposers.symbolic.relations.reach import Inputs
from peirce.agent.proposers.symbolic.relations.terms import COUNT
from peirce.tasks.bias import Bias, Indicator

Place: TypeAlias = tuple[str, int, int]
"""Name and arity of a relation, and one of its arguments."""
MAX_CONSTANTS: Final = 8
"""A place with more different values than this is no attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is to be learned, from what."""

    name: str
    arity: int
    positives: tuple[Row, ...]
    negatives: tuple[Row, ...]
    database: Database
    types: dict[Place, int]
    """Places that share a constant, or are declared of one type, are of one type."""
    attributes: dict[Place, tuple[str, ...]]
    """Places with few values, and those."""
    bias: Bias
    modes: Mapping[Indicator, tuple[Inputs, ...]]
    """How relations that are no plain facts may be called."""
    exchanged: tuple[Row, ...] = ()
    """If there are no negatives: rows with a result that is presumed to be wrong."""

    @property
    def functional(self) -> bool:
        """Whether the last argument is said to follow from the others, or looks like it."""
        return bool(self.exchanged) or has_result(self.bias, (self.name, self.arity))

    @property
    def head_types(self) -> tuple[int, ...]:
        """Types of the variables of the head."""
        return tuple(self.types[self.name, self.arity, place] for place in range(self.arity))

    def constants_of(self, kind: int) -> set[str]:
        """Constants that the background uses as of a type."""
        return {
            row[place]
            for (name, arity), relation in self.database.relations.items()
            for row in relation.rows
            for place in range(arity)
            if self.types[name, arity, place] == kind
        }

    @property
    def types_overlap(self) -> bool:
        """Whether one constant stands for things of two types."""
        kinds = set(self.types.values())
        seen = [self.constants_of(kind) for kind in kinds]
        return sum(map(len, seen)) > len(set[str]().union(*seen))

    @property
    def single_types(self) -> frozenset[int]:
        """Types of which a clause has exactly one variable."""
        return frozenset(
            number
            for (name, arity, place), number in self.types.items()
            if (kinds := self.bias.types.get((name, arity))) and kinds[place] in self.bias.single
        )


def has_result(bias: Bias, head: Indicator) -> bool:
    """Whether the last argument of a relation is said to be worked out from the others."""
    return bias.functional or bias.directions.get(head, ("in",))[-1] == "out"


def assembled(
    head: Indicator,
    rows: Sequence[tuple[Row, bool]],
    database: Database,
    bias: Bias,
    modes: Mapping[Indicator, tuple[Inputs, ...]],
) -> Problem:
    """The problem of telling rows that hold from others by what a database says."""
    positives = tuple(dict.fromkeys(row for row, holds in rows if holds))
    negatives = tuple(dict.fromkeys(row for row, holds in rows if not holds))
    known = [*_columns(database), *_examples(*head, (*positives, *negatives))]
    return Problem(
        name=head[0],
        arity=head[1],
        positives=positives,
        negatives=negatives,
        database=database,
        types=_types(known, bias),
        attributes={} if bias.head else _attributes(database) | _named(head, positives),
        bias=bias,
        modes=modes,
    )


def with_counts(problem: Problem) -> Problem:
    """The same, and how often each constant stands at each place of a binary relation."""
    database = Database(dict(problem.database.relations))
    _count(database)
    examples = _examples(problem.name, problem.arity, (*problem.positives, *problem.negatives))
    return replace(
        problem,
        database=database,
        types=_types([*_columns(database), *examples], problem.bias),
        attributes=_attributes(database),
    )


def _count(database: Database) -> None:
    binary = [item for (_, arity), item in sorted(database.relations.items()) if arity == 2]
    columns = [{row[place] for row in item.rows} for item in binary for place in (0, 1)]
    for number, column in enumerate(columns):
        relation, place = binary[number // 2], number % 2
        domain = set(column).union(*(other for other in columns if other & column))
        times = Counter(row[place] for row in relation.rows)
        if 1 < max(times.values(), default=0) <= MAX_CONSTANTS:
            counted = database.relation(f"{COUNT}{place}{relation.name}", 2)
            counted.add((constant, str(times[constant])) for constant in sorted(domain))


def _columns(database: Database) -> Iterator[tuple[Place, set[str]]]:
    for (name, arity), relation in sorted(database.relations.items()):
        for place in range(arity):
            yield (name, arity, place), {row[place] for row in relation.rows}


def _examples(name: str, arity: int, rows: Iterable[Row]) -> Iterator[tuple[Place, set[str]]]:
    for place in range(arity):
        yield (name, arity, place), {row[place] for row in rows} - {"_"}


def _types(columns: list[tuple[Place, set[str]]], bias: Bias) -> dict[Place, int]:
    """One number per group of places connected by a declared type or by shared constants."""
    groups: list[tuple[set[Place], set[str]]] = []
    for place, values in columns:
        name, arity, number = place
        declared = bias.types.get((name, arity))
        if name.startswith(COUNT) and number == 1:
            groups.append(({place}, set()))
            continue
        seen_as = {f":{declared[number]}"} if declared else set(values)
        places, merged = {place}, seen_as
        apart: list[tuple[set[Place], set[str]]] = []
        for others, seen in groups:
            if seen & merged:
                places |= others
                merged |= seen
            else:
                apart.append((others, seen))
        groups = [*apart, (places, merged)]
    return {place: number for number, (places, _) in enumerate(groups) for place in places}


def _named(head: Indicator, positives: Sequence[Row]) -> dict[Place, tuple[str, ...]]:
    """Values that stand at one place of several positive rows."""
    found: dict[Place, tuple[str, ...]] = {}
    for place in range(head[1]):
        times = Counter(row[place] for row in positives)
        often = tuple(sorted(value for value, number in times.items() if number > 1))
        if head[1] > 1 and 0 < len(often) <= MAX_CONSTANTS:
            found[(*head, place)] = often
    return found


def _attributes(database: Database) -> dict[Place, tuple[str, ...]]:
    """Places whose few values each stand in several rows: colours, sizes, kinds."""
    found: dict[Place, tuple[str, ...]] = {}
    for place, values in _columns(database):
        name, arity, _ = place
        rows = len(database.relations[name, arity].rows)
        if arity > 1 and len(values) <= MAX_CONSTANTS and 2 * len(values) <= rows:
            found[place] = tuple(sorted(values))
    return found
