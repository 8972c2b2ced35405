"""The method `relations.view`: lists, texts and small grids as terms, their rule as a relation.

The same task that other methods solve in Python is put as atoms `rule(Input, Output)` over a small
vocabulary of lists, and the learner of relations finds clauses for it. A Prolog rule and a Python
rule come from searches that share nothing, so that their agreeing on the test inputs says much.
A text is the list of its characters, a grid the list of its rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.relations.learning import programs
from peirce.agent.proposers.symbolic.relations.posing import stated
from peirce.agent.proposers.symbolic.relations.terms import Clause
from peirce.agent.proposers.symbolic.relations.writing import source, words
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.prolog.goals import quoted, term_text

NAME: Final = "relations.view"
ENTRY: Final = "rule"
CHANGED: Final = "changed"
"""The relation between lists, where the entry is about texts."""
TO_TEXT: Final = "string_chars(Result, Found)"
MAX_ITEMS: Final = 24
"""Longest list of an example."""
MAX_EXAMPLES: Final = 12
VOCABULARY: Final = {
    "head": "head([X|_], X).",
    "tail": "tail([_|T], T).",
    "last": "last([X], X).\nlast([_|T], X) :- last(T, X).",
    "front": "front([_], []).\nfront([X|T], [X|F]) :- front(T, F).",
    "empty": "empty([]).",
    "prepend": "prepend(X, T, [X|T]).",
    "put_last": "put_last(X, L, R) :- append(L, [X], R).",
    "reversed": "reversed(L, R) :- reverse(L, R).",
    "ordered": "ordered(L, R) :- msort(L, R).",
    "even": "even(X) :- integer(X), 0 is X mod 2.",
    "odd": "odd(X) :- integer(X), 1 is X mod 2.",
}
"""What people say of lists, as Prolog."""
NUMBERS: Final = {
    "counted": "counted(L, N) :- length(L, N).",
    "summed": "summed(L, N) :- sum_list(L, N).",
    "largest": "largest(L, N) :- max_list(L, N).",
    "smallest": "smallest(L, N) :- min_list(L, N).",
}
"""The number that a list comes to, for tasks that ask for one."""
CHANGES: Final = {
    "all_raised": "all_raised(L, R) :- maplist(next, L, R).\nnext(X, Y) :- integer(X), Y is X + 1.",
    "all_doubled": "all_doubled(L, R) :- maplist(twice, L, R).\n"
    "twice(X, Y) :- integer(X), Y is 2 * X.",
}
"""What becomes of all items, for tasks whose outputs hold items that their inputs do not."""
GRIDS: Final = {
    "mirrored": "mirrored(L, R) :- maplist(reverse, L, R).",
    "transposed": "transposed([[]|_], []).\n"
    "transposed(L, [C|R]) :- first_column(L, C, T), transposed(T, R).\n"
    "first_column([], [], []).\n"
    "first_column([[X|T]|L], [X|C], [T|S]) :- first_column(L, C, S).",
}
"""What is done with all rows at once."""
_TYPES: Final = """\
body_pred(head,2). type(head,(list,item)). direction(head,(in,out)).
body_pred(tail,2). type(tail,(list,list)). direction(tail,(in,out)).
body_pred(last,2). type(last,(list,item)). direction(last,(in,out)).
body_pred(front,2). type(front,(list,list)). direction(front,(in,out)).
body_pred(empty,1). type(empty,(list,)). direction(empty,(out,)).
body_pred(prepend,3). type(prepend,(item,list,list)). direction(prepend,(in,in,out)).
body_pred(put_last,3). type(put_last,(item,list,list)). direction(put_last,(in,in,out)).
body_pred(reversed,2). type(reversed,(list,list)). direction(reversed,(in,out)).
body_pred(ordered,2). type(ordered,(list,list)). direction(ordered,(in,out)).
body_pred(even,1). type(even,(item,)). direction(even,(in,)).
body_pred(odd,1). type(odd,(item,)). direction(odd,(in,)).
enable_recursion.
"""
_LISTS: Final = (ValueType.LIST, ValueType.GRID, ValueType.STRING)


def relational_view(task: Task) -> Task | None:
    """The task as atoms over lists; None if it has no such view."""
    if task.input_type not in _LISTS or not _has_view(task) or not _can_be_said(task):
        return None
    name = CHANGED if task.input_type is ValueType.STRING else ENTRY
    result = "item" if task.output_type is ValueType.NUMBER else "list"
    declared = "".join(
        f"body_pred({word},2). type({word},{kind}). direction({word},(in,out)).\n"
        for more, kind in _more(task)
        for word in more
    )
    pairs = task.train[:MAX_EXAMPLES]
    atoms = [f"{name}({_term(pair.input)}, {_term(pair.output)})" for pair in pairs]
    return Task.from_pairs(
        [(atom, True) for atom in atoms],
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        background="\n".join(_vocabulary(task).values()),
        bias=f"{_TYPES}{declared}head_pred({name},2). type({name},(list,{result})). "
        f"direction({name},(in,out)). metagol:functional.",
    )


def _more(task: Task) -> Iterator[tuple[Mapping[str, str], str]]:
    """What the view of a task has beside the words for lists, and of which types it is."""
    if task.output_type is ValueType.NUMBER:
        yield NUMBERS, "(list,item)"
    if task.input_type is ValueType.GRID:
        yield GRIDS, "(list,list)"
    if _makes_items(task):
        yield CHANGES, "(list,list)"


def _vocabulary(task: Task) -> dict[str, str]:
    found = dict(VOCABULARY)
    for more, _ in _more(task):
        found |= more
    return found


def _makes_items(task: Task) -> bool:
    """Whether a list holds items that its input does not."""
    return task.input_type is task.output_type is ValueType.LIST and not all(
        set(_items(pair.output)) <= set(_items(pair.input)) for pair in task.train
    )


def _has_view(task: Task) -> bool:
    return task.output_type in (task.input_type, ValueType.NUMBER) and _all_short(task)


def _can_be_said(task: Task) -> bool:
    """Whether every output is made of what the words of the view make of its input."""
    if task.output_type is ValueType.NUMBER:
        return all(pair.output in _numbers_of(_items(pair.input)) for pair in task.train)
    return all(set(_items(pair.output)) <= _parts_of(_items(pair.input)) for pair in task.train)


def _items(value: Value) -> Sequence[object]:
    return value if isinstance(value, tuple | str) else ()


def _parts_of(items: Sequence[object]) -> set[object]:
    """The items, the numbers next to them and twice as large, rows turned round, and columns."""
    numbers = [item for item in items if isinstance(item, int)]
    rows = [item for item in items if isinstance(item, tuple)]
    lines = [*rows, *zip(*rows, strict=False)]
    made = {*numbers, *(number + 1 for number in numbers), *(2 * number for number in numbers)}
    return {*items, *made, *lines, *(line[::-1] for line in lines)}


def _numbers_of(items: Sequence[object]) -> set[object]:
    """The numbers a list holds or comes to."""
    numbers = [item for item in items if isinstance(item, int)]
    return {*numbers, len(items), sum(numbers)}


def _all_short(task: Task) -> bool:
    values = [value for pair in task.train for value in (pair.input, pair.output)]
    return all(len(value) <= MAX_ITEMS for value in values if isinstance(value, tuple | str))


def _term(value: Value) -> str:
    if isinstance(value, str):
        return f"[{','.join(map(quoted, value))}]"
    return term_text(value)


def propose(task: Task, clock: Clock) -> Found:
    """Rules of the relational view, written so that they answer for the task's own values."""
    del clock
    view = relational_view(task)
    if view is None:
        return
    for found in programs(stated(view)):
        yield None if found is None else _proposal(task, found)


def _proposal(task: Task, clauses: tuple[Clause, ...]) -> Proposal:
    return Proposal(
        hypothesis=Hypothesis(words=words(clauses), level=Level.RELATION),
        program=Program(source=_source(task, clauses), language=Language.PROLOG, entry=ENTRY),
        origin=f"symbolic.{NAME}",
    )


def _source(task: Task, clauses: tuple[Clause, ...]) -> str:
    """The clauses, the words of the vocabulary they use, and the way from texts to lists."""
    parts = [source(clauses).rstrip()]
    if task.input_type is ValueType.STRING:
        parts.insert(
            0,
            f"{ENTRY}(Text, Result) :- string_chars(Text, Chars), {CHANGED}(Chars, Found), "
            f"{'Result = Found' if task.output_type is ValueType.NUMBER else TO_TEXT}.",
        )
    parts += _used(parts[-1], _vocabulary(task))
    return "\n".join(parts) + "\n"


def _used(text: str, vocabulary: Mapping[str, str]) -> Iterator[str]:
    for name, meaning in vocabulary.items():
        if re.search(rf"\b{name}\(", text):
            yield meaning


def promise(task: Task) -> float:
    """Low: a second opinion on tasks over short lists, and hardly one on grids."""
    if relational_view(task) is None:
        return 0.0
    return 0.02 if task.input_type is ValueType.GRID else 0.1


METHOD: Final = Method(name=NAME, propose=propose, promise=promise)
