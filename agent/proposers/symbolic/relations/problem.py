"""A relation task as the learner sees it: atoms to prove, atoms to refuse, a database, types."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.database import Database, Row, saturate, strata
from peirce.agent.proposers.symbolic.relations.reading import read, read_atom
from peirce.agent.proposers.symbolic.relations.terms import COUNT
from peirce.tasks.atoms import Atom
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

Place: TypeAlias = tuple[str, int, int]
"""Name and arity of a relation, and one of its arguments."""
MAX_ARITY: Final = 3
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
    """Places that share a constant are of one type."""
    attributes: dict[Place, tuple[str, ...]]
    """Places with few values, and those."""

    @property
    def contradictory(self) -> bool:
        """Whether an atom is said to hold and not to."""
        return not set(self.positives).isdisjoint(self.negatives)

    @property
    def head_types(self) -> tuple[int, ...]:
        """Types of the variables of the head."""
        return tuple(self.types[self.name, self.arity, place] for place in range(self.arity))


def is_relational(task: Task) -> bool:
    """Whether a task asks which atoms hold, given something known."""
    return (
        task.input_type is ValueType.ATOM
        and task.output_type is ValueType.BOOLEAN
        and bool(task.background.strip())
    )


def pose(task: Task) -> Problem | None:
    """The problem behind a task; None if its atoms are not of one flat relation."""
    labelled: list[tuple[str, Row, bool]] = []
    for example in task.train:
        atom = read_atom(example.input.text) if isinstance(example.input, Atom) else None
        if atom is None:
            return None
        labelled.append((*atom, example.output is True))
    heads = {(name, len(row)) for name, row, _ in labelled}
    if len(heads) != 1:
        return None
    ((name, arity),) = heads
    database = _database(task, name, arity)
    if not 1 <= arity <= MAX_ARITY or database is None:
        return None
    positives = tuple(dict.fromkeys(row for _, row, holds in labelled if holds))
    negatives = tuple(dict.fromkeys(row for _, row, holds in labelled if not holds))
    known = [*_columns(database), *_examples(name, arity, (*positives, *negatives))]
    return Problem(
        name=name,
        arity=arity,
        positives=positives,
        negatives=negatives,
        database=database,
        types=_types(known),
        attributes=_attributes(database),
    )


def _database(task: Task, name: str, arity: int) -> Database | None:
    """All that is known of other relations than the one asked for."""
    background = read(task.background)
    database = Database.of(background.facts)
    layers = strata(background.rules)
    for layer in layers or ():
        if not saturate(database, layer):
            return None
    if layers is None or not any(item.rows for item in database.relations.values()):
        return None
    return database.without(name, arity)


def with_counts(problem: Problem) -> Problem:
    """The same, and how often each constant stands at each place of a binary relation."""
    database = Database(dict(problem.database.relations))
    _count(database)
    examples = _examples(problem.name, problem.arity, (*problem.positives, *problem.negatives))
    return replace(
        problem,
        database=database,
        types=_types([*_columns(database), *examples]),
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


def _types(columns: list[tuple[Place, set[str]]]) -> dict[Place, int]:
    """One number per group of places connected by shared constants."""
    groups: list[tuple[set[Place], set[str]]] = []
    for place, values in columns:
        if place[0].startswith(COUNT) and place[2] == 1:
            groups.append(({place}, set()))
            continue
        places, merged = {place}, set(values)
        apart: list[tuple[set[Place], set[str]]] = []
        for others, seen in groups:
            if seen & merged:
                places |= others
                merged |= seen
            else:
                apart.append((others, seen))
        groups = [*apart, (places, merged)]
    return {place: number for number, (places, _) in enumerate(groups) for place in places}


def _attributes(database: Database) -> dict[Place, tuple[str, ...]]:
    """Places whose few values each stand in several rows: colours, sizes, kinds."""
    found: dict[Place, tuple[str, ...]] = {}
    for place, values in _columns(database):
        name, arity, _ = place
        rows = len(database.relations[name, arity].rows)
        if arity > 1 and len(values) <= MAX_CONSTANTS and 2 * len(values) <= rows:
            found[place] = tuple(sorted(values))
    return found
