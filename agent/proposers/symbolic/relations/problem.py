"""A relation task as the learner sees it: atoms to prove, atoms to refuse, a database, types.

A background of plain facts and rules is worked out whole; one with lists, compound terms or
arithmetic is worked out within reach of the examples. Either way the learner sees ground facts.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.database import Database, Row, saturate, strata
from peirce.agent.proposers.symbolic.relations.exchanging import exchanged
from peirce.agent.proposers.symbolic.relations.higher import copies
from peirce.agent.proposers.symbolic.relations.library import BUILTINS, machine_for
from peirce.agent.proposers.symbolic.relations.reach import Explorer, Inputs, Reach
from peirce.agent.proposers.symbolic.relations.reading import read
from peirce.agent.proposers.symbolic.relations.terms import COUNT, UNEQUAL, Clause
from peirce.tasks.atoms import Atom
from peirce.tasks.bias import Bias, Indicator, parse_bias
from peirce.tasks.clauses import Compound, Term, Variable, parse_clauses, parse_term, written
from peirce.tasks.errors import TaskError
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
        return bool(self.exchanged) or _has_result(self.bias, (self.name, self.arity))

    @property
    def contradictory(self) -> bool:
        """Whether an atom is said to hold and not to."""
        return not set(self.positives).isdisjoint(self.negatives)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labelled:
    """An example, taken apart."""

    name: str
    arguments: tuple[Term, ...]
    holds: bool


def is_relational(task: Task) -> bool:
    """Whether a task asks which atoms hold, given something known."""
    return (
        task.input_type is ValueType.ATOM
        and task.output_type is ValueType.BOOLEAN
        and bool(task.background.strip() or task.bias.strip())
    )


def pose(task: Task) -> Generator[None, None, Problem | None]:
    """Work out the problem behind a task; None if its atoms are not of one relation.

    Yields now and then, since a background may take time to work out.
    """
    try:
        bias = parse_bias(task.bias, where="the bias")
        examples = [
            _labelled(example.input, example.output is True)
            for example in task.train
            if isinstance(example.input, Atom)
        ]
        clauses = tuple(parse_clauses(task.background + "\n", where="the background"))
    except TaskError:
        return None
    for copy in copies(bias):
        clauses += copy.clauses
        bias = replace(bias, body=(*bias.body, copy.indicator))
    heads = {(item.name, len(item.arguments)) for item in examples}
    if len(heads) != 1 or not 1 <= len(examples[0].arguments) <= MAX_ARITY:
        return None
    (head,) = heads
    reach = Reach()
    database = None if bias.interpreted else _plain(task.background, bias, head)
    if database is None:
        wrong = _with_wrong_results(examples, bias)
        known = {part for item in examples for part in item.arguments}
        seen = [item.arguments for item in examples]
        seen += [item.arguments for item in wrong if not known.issuperset(item.arguments)]
        reach = yield from _explored(clauses, bias, head, seen)
        database = Database.of(reach.facts)
        problem = _assembled(head, _filled(examples, reach), database, bias, reach)
        return replace(problem, exchanged=tuple(map(_row, _filled(wrong, reach))))
    return _assembled(head, examples, database, bias, reach)


def _defined(clauses: Sequence[Term]) -> list[Indicator]:
    """What a background defines itself, be it in other words than the library's."""
    heads = (
        term.arguments[0] if isinstance(term, Compound) and term.name == ":-" else term
        for term in clauses
    )
    return list(
        dict.fromkeys(
            (head.name, len(head.arguments)) for head in heads if isinstance(head, Compound)
        )
    )


def _has_result(bias: Bias, head: Indicator) -> bool:
    return bias.functional or bias.directions.get(head, ("in",))[-1] == "out"


def _with_wrong_results(examples: Sequence[_Labelled], bias: Bias) -> list[_Labelled]:
    """Atoms presumed not to hold, where none is said not to."""
    if not all(item.holds for item in examples):
        return []
    first = examples[0]
    functional = _has_result(bias, (first.name, len(first.arguments)))
    rows = exchanged([item.arguments for item in examples], functional=functional)
    return [replace(first, arguments=arguments, holds=False) for arguments in rows]


def _row(item: _Labelled) -> Row:
    return tuple(map(written, item.arguments))


def _labelled(atom: Atom, holds: bool) -> _Labelled:
    term = parse_term(atom.text, where="an example")
    if isinstance(term, Compound):
        return _Labelled(name=term.name, arguments=term.arguments, holds=holds)
    return _Labelled(name=written(term), arguments=(), holds=holds)


def _plain(background: str, bias: Bias, head: Indicator) -> Database | None:
    """All that plain facts and rules say of other relations; None if there is more to them."""
    found = read(background)
    database = Database.of(found.facts)
    layers = strata(found.rules)
    if layers is None or found.left_out or _calls_more(found.rules, database):
        return None
    for layer in layers:
        if not saturate(database, layer):
            return None
    if bias.body:
        known = {key for key, relation in database.relations.items() if relation.rows}
        if any(key in BUILTINS for key in bias.body if key not in known):
            return None
        kept = {key: database.relations[key] for key in bias.body if key in known}
        database = Database(kept)
    return database.without(*head)


def _calls_more(rules: Sequence[Clause], database: Database) -> bool:
    """Whether rules call what neither facts nor rules define."""
    defined = {(rule.name, rule.arity) for rule in rules} | set(database.relations)
    return any(
        (literal.name, len(literal.arguments)) not in defined
        for rule in rules
        for literal in rule.body
        if literal.name != UNEQUAL
    )


def _explored(
    clauses: Sequence[Term],
    bias: Bias,
    head: Indicator,
    examples: Sequence[tuple[Term, ...]],
) -> Generator[None, None, Reach]:
    machine = machine_for(clauses)
    asked = [key for key in bias.body or _defined(clauses) or machine.rules if key != head]
    explorer = Explorer(machine, bias, asked)
    yield from explorer.explore(head, examples)
    return explorer.reach


def _filled(items: Sequence[_Labelled], reach: Reach) -> list[_Labelled]:
    """Arguments with a hole become the smallest term within reach that fits them."""
    if not any(_hole(part) for item in items for part in item.arguments):
        return list(items)
    texts = sorted({text for _, row in reach.facts for text in row}, key=lambda t: (len(t), t))
    terms = [parse_term(text, where="a term") for text in texts]

    def fitting(part: Term) -> Term:
        return next((term for term in terms if _matches(part, term)), part)

    return [
        replace(
            item, arguments=tuple(fitting(part) if _hole(part) else part for part in item.arguments)
        )
        for item in items
    ]


def _hole(term: Term) -> bool:
    if isinstance(term, Compound):
        return any(map(_hole, term.arguments))
    return isinstance(term, Variable)


def _matches(pattern: Term, term: Term) -> bool:
    if isinstance(pattern, Variable):
        return True
    if isinstance(pattern, Compound):
        return (
            isinstance(term, Compound)
            and (term.name, len(term.arguments)) == (pattern.name, len(pattern.arguments))
            and all(map(_matches, pattern.arguments, term.arguments))
        )
    return pattern == term


def _assembled(
    head: Indicator,
    examples: Sequence[_Labelled],
    database: Database,
    bias: Bias,
    reach: Reach,
) -> Problem:
    rows = [(_row(item), item.holds) for item in examples]
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
        modes=reach.modes,
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
