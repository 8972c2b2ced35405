"""From a relation task to the problem behind it.

A background of plain facts and rules is worked out whole; one with lists, compound terms or
arithmetic is worked out within reach of the examples. Either way the learner sees ground facts.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peirce.agent.proposers.symbolic.relations.database import Database, Row, saturate, strata
from peirce.agent.proposers.symbolic.relations.exchanging import exchanged
from peirce.agent.proposers.symbolic.relations.higher import copies
from peirce.agent.proposers.symbolic.relations.library import BUILTINS, machine_for
from peirce.agent.proposers.symbolic.relations.problem import Problem, assembled, has_result
from peirce.agent.proposers.symbolic.relations.reach import Explorer, Reach
from peirce.agent.proposers.symbolic.relations.reading import read
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Clause
from peirce.tasks.atoms import Atom
from peirce.tasks.bias import Bias, Indicator, parse_bias
from peirce.tasks.clauses import Compound, Term, Variable, parse_clauses, parse_term, written
from peirce.tasks.errors import TaskError
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

MAX_ARITY: Final = 3


def is_relational(task: Task) -> bool:
    """Whether a task asks which atoms hold, given something known."""
    return (
        task.input_type is ValueType.ATOM
        and task.output_type is ValueType.BOOLEAN
        and bool(task.background.strip() or task.bias.strip())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An example, taken apart."""

    name: str
    arguments: tuple[Term, ...]
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a task says, read but not worked out."""

    head: Indicator
    """The relation to be learned."""
    examples: tuple[Labelled, ...]
    presumed: tuple[Labelled, ...]
    """If all examples hold: atoms with a result that is presumed to be wrong."""
    clauses: tuple[Term, ...]
    """The background."""
    bias: Bias
    facts: str
    """The background as it is written."""


def stated(task: Task) -> Stated:
    """Read what a task says of the relation to be learned.

    Raises:
        TaskError: the background or the bias is no Prolog, or its atoms are not of one relation
            that can be learned; the message says where and what to do.
    """
    bias = parse_bias(task.bias, where="the bias")
    clauses = tuple(parse_clauses(task.background + "\n", where="the background"))
    examples = tuple(
        _labelled(example.input, example.output is True)
        for example in task.train
        if isinstance(example.input, Atom)
    )
    return Stated(
        head=_head_of(examples),
        examples=examples,
        presumed=tuple(_with_wrong_results(examples, bias)),
        clauses=clauses,
        bias=bias,
        facts=task.background,
    )


def _head_of(examples: Sequence[Labelled]) -> Indicator:
    """The one relation of all examples.

    Raises:
        TaskError: there are several, it has too many arguments, or an atom holds and does not.
    """
    heads = Counter((item.name, len(item.arguments)) for item in examples)
    (head, _), *others = heads.most_common()
    if others:
        (name, arity), number = others[0]
        raise TaskError(
            f"the examples are of several relations, {head[0]}/{head[1]} and {name}/{arity} "
            f"({number} of {len(examples)}): make a task of each"
        )
    if not 1 <= head[1] <= MAX_ARITY:
        raise TaskError(
            f"{head[0]}/{head[1]}: relations of 1 to {MAX_ARITY} arguments are learned; "
            "leave out arguments that never change or put several into one term"
        )
    wrong = {item.arguments for item in examples if not item.holds}
    for item in examples:
        if item.holds and item.arguments in wrong:
            raise TaskError(
                f"{item.name}({', '.join(map(written, item.arguments))}) is said to hold and not "
                "to hold: take one of the two examples out"
            )
    return head


def pose(said: Stated) -> Generator[None, None, Problem]:
    """Work out the problem behind what a task says.

    Yields now and then, since a background may take time to work out.
    """
    head, examples = said.head, said.examples
    bias, clauses = said.bias, said.clauses
    for copy in copies(bias):
        clauses += copy.clauses
        bias = replace(bias, body=(*bias.body, copy.indicator))
    database = None if bias.interpreted else _plain(said.facts, bias, head)
    if database is not None:
        return assembled(head, _told(examples), database, bias, {})
    known = {part for item in examples for part in item.arguments}
    seen = [item.arguments for item in examples]
    seen += [item.arguments for item in said.presumed if not known.issuperset(item.arguments)]
    reach = yield from _explored(clauses, bias, head, seen)
    database = Database.of(reach.facts)
    problem = assembled(head, _told(_filled(examples, reach)), database, bias, reach.modes)
    return replace(problem, exchanged=tuple(map(_row, _filled(said.presumed, reach))))


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


def _with_wrong_results(examples: Sequence[Labelled], bias: Bias) -> list[Labelled]:
    """Atoms presumed not to hold, where none is said not to."""
    if not all(item.holds for item in examples):
        return []
    first = examples[0]
    functional = has_result(bias, (first.name, len(first.arguments)))
    rows = exchanged([item.arguments for item in examples], functional=functional)
    return [replace(first, arguments=arguments, holds=False) for arguments in rows]


def _told(items: Iterable[Labelled]) -> list[tuple[Row, bool]]:
    return [(_row(item), item.holds) for item in items]


def _row(item: Labelled) -> Row:
    return tuple(map(written, item.arguments))


def _labelled(atom: Atom, holds: bool) -> Labelled:
    term = parse_term(atom.text, where="an example")
    if isinstance(term, Compound):
        return Labelled(name=term.name, arguments=term.arguments, holds=holds)
    return Labelled(name=written(term), arguments=(), holds=holds)


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


def _filled(items: Sequence[Labelled], reach: Reach) -> list[Labelled]:
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
