"""One edit of a simple list, with positions and values worked out from the examples.

If the outputs are stretches of a list, or a list with one item taken out, put in, replaced or
exchanged, then where that happened can be read off each example. A number term that gives these
places on every example completes the rule. This finds edits whose places are computed in ways that
plain enumeration would reach too late.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias, cast

from peirce.agent.proposers.symbolic.lists.compiled import SOURCES
from peirce.agent.proposers.symbolic.lists.enumeration import Hits
from peirce.agent.proposers.symbolic.lists.targets import Target, targets_of
from peirce.agent.proposers.symbolic.lists.terms import Kind, Op, Term, apply, make_proposal
from peirce.agent.proposers.symbolic.lists.vocabulary import (
    KINDS,
    OPERATORS,
    kind_of,
    name_of_input,
)
from peirce.agent.proposers.symbolic.lists.workbench import Workbench, workbench
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import lists as words
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

Items: TypeAlias = tuple[int, ...]
Places: TypeAlias = Collection[int]
BASES: Final = 150
"""Lists whose edits are looked at."""
FIRSTS: Final = 6
"""Ways to compute the first of two numbers, per list and edit."""
ALTERNATIVES: Final = 4
"""Rules that predict differently, at most."""
FAR: Final = 10**6
_BY_CODE: Final = {op.code: op for op in OPERATORS}


def _differing(items: Items, output: Items) -> list[int]:
    return [n for n, (a, b) in enumerate(zip(items, output, strict=True)) if a != b]


def _starts(items: Items, output: Items) -> Places:
    size = len(output)
    if not size:
        return range(FAR)
    return {s for s in range(len(items) - size + 1) if items[s : s + size] == output}


def _ends(items: Items, output: Items, start: int) -> Places:
    end = start + len(output)
    if end >= len(items):
        return range(len(items) if output else 0, FAR)
    return range(end, end + 1) if output else range(end + 1)


def _removed(items: Items, output: Items) -> Places:
    if items == output:
        return range(len(items), FAR)
    if len(output) != len(items) - 1:
        return ()
    return {place for place in range(len(items)) if words.remove_at(items, place) == output}


def _inserted(items: Items, output: Items) -> Places:
    if len(output) != len(items) + 1:
        return ()
    return {place for place in range(len(output)) if words.remove_at(output, place) == items}


def _changed(items: Items, output: Items, most: int) -> Places:
    if len(items) != len(output):
        return ()
    different = _differing(items, output)
    if not different:
        return range(FAR)
    return different if len(different) <= most else ()


def _replaced(items: Items, output: Items) -> Places:
    return _changed(items, output, 1)


def _exchanged(items: Items, output: Items) -> Places:
    return _changed(items, output, 2)


def _value_there(_items: Items, output: Items, place: int) -> Places:
    return {output[place]} if place < len(output) else range(-FAR, FAR)


def _other(items: Items, output: Items, place: int) -> Places:
    different = _differing(items, output)
    if different:
        return {other for other in different if other != place}
    same = set(words.positions(items, items[place])) if place < len(items) else {place}
    return {*same, *range(len(items), len(items) + 3)}


def _moved(items: Items, output: Items) -> Places:
    if len(items) != len(output):
        return ()
    different = _differing(items, output)
    return {different[0], different[-1]} if different else range(FAR)


def _targets(items: Items, output: Items, place: int) -> Places:
    return {n for n in range(len(items)) if words.move(items, place, n) == output}


def _rotated(items: Items, output: Items) -> Places:
    if len(items) != len(output):
        return ()
    if not items:
        return range(FAR)
    fits = {n for n in range(len(items)) if words.rotate_left(items, n) == output}
    return {n for n in range(100) if n % len(items) in fits}


def _repeated(items: Items, output: Items) -> Places:
    if not items:
        return () if output else range(FAR)
    return {len(output) // len(items)} if len(output) % len(items) == 0 else ()


def _tails(items: Items, output: Items) -> Places:
    return {len(output)} if items[len(items) - len(output) :] == output else ()


def _cut_off(items: Items, output: Items) -> Places:
    return {len(items) - len(output)} if items[: len(output)] == output else ()


@dataclass(frozen=True, slots=True)
class Edit:
    """An operator on a list, and what its numbers can be, judging by the list and the output."""

    code: str
    first: Callable[[Items, Items], Places]
    second: Callable[[Items, Items, int], Places] | None = None
    """Given the first number; none if there is only one."""

    @property
    def op(self) -> Op:
        """The operator of the vocabulary with this code."""
        return _BY_CODE[self.code]


EDITS: Final = (
    Edit("{0:20}[{1}:{2}]", _starts, _ends),
    Edit("{0:20}[-{1:12}:]", _tails),
    Edit("{0:20}[:-{1:12}]", _cut_off),
    Edit("remove_at({0}, {1})", _removed),
    Edit("rotate_left({0}, {1})", _rotated),
    Edit("[x for _ in range({1}) for x in {0}]", _repeated),
    Edit("repeat_each({0}, {1})", _repeated),
    Edit("insert_at({0}, {1}, {2})", _inserted, _value_there),
    Edit("replace_at({0}, {1}, {2})", _replaced, _value_there),
    Edit("swap({0}, {1}, {2})", _exchanged, _other),
    Edit("move({0}, {1}, {2})", _moved, _targets),
)
NTH: Final = _BY_CODE["{0:20}[{1}]"]


class Numbers:
    """The number terms of a bank, found by their values on the train examples."""

    def __init__(self, bench: Workbench, train: int) -> None:
        self._train = train
        first: dict[tuple[object, ...], Term] = {}
        for term in bench.shared(Kind.INT):
            first.setdefault(term.values[:train], term)
        self._terms = list(first.values())
        self._index: list[dict[object, list[int]]] = [{} for _ in range(train)]
        for number, term in enumerate(self._terms):
            for example in range(train):
                self._index[example].setdefault(term.values[example], []).append(number)

    def within(self, places: Sequence[Places]) -> Iterator[Term]:
        """The terms whose values lie in the given places on every train example."""
        sizes = [len(place) for place in places]
        pivot = min(range(self._train), key=sizes.__getitem__)
        index = self._index[pivot]
        if sizes[pivot] < len(index):
            chosen = sorted(n for value in places[pivot] for n in index.get(value, ()))
        else:
            chosen = range(len(self._terms))
        for number in chosen:
            values = cast("Items", self._terms[number].values)
            if all(value in place for value, place in zip(values, places, strict=False)):
                yield self._terms[number]


def edits(base: Term, numbers: Numbers, outputs: tuple[Items, ...]) -> Iterator[Term | None]:
    """Single edits of the base list that give the outputs, one of each sort."""
    train = len(outputs)
    rows = list(zip(cast("tuple[Items, ...]", base.values[:train]), outputs, strict=True))
    for edit in EDITS:
        places = [edit.first(items, output) for items, output in rows]
        if not all(places) or (edit.second and all(isinstance(place, range) for place in places)):
            continue
        for first in islice(numbers.within(places), FIRSTS):
            found = _complete(edit, base, first, numbers, rows)
            if found is not None and found.values[:train] == outputs:
                yield found
                break
    yield None


def _complete(
    edit: Edit, base: Term, first: Term, numbers: Numbers, rows: list[tuple[Items, Items]]
) -> Term | None:
    if edit.second is None:
        return apply(edit.op, base, first)
    values = cast("Items", first.values)
    places = [
        edit.second(items, output, value)
        for (items, output), value in zip(rows, values, strict=False)
    ]
    if all(places):
        for second in numbers.within(places):
            return apply(edit.op, base, first, second)
    return None


def picks(base: Term, numbers: Numbers, outputs: Items) -> Iterator[Term | None]:
    """Rules that give the item of the base list at a computed position."""
    lists = cast("tuple[Items, ...]", base.values)
    places = [words.positions(items, output) for items, output in zip(lists, outputs, strict=False)]
    for term in numbers.within(places):
        found = apply(NTH, base, term)
        if found is not None:
            yield found
            break
    yield None


def _search(target: Target, bases: list[Term], numbers: Numbers) -> Iterator[Term | None]:
    for base in bases:
        if target.kind is Kind.LIST:
            yield from edits(base, numbers, cast("tuple[Items, ...]", target.values))
        elif target.kind is Kind.INT:
            yield from picks(base, numbers, cast("Items", target.values))


def _propose(task: Task, clock: Clock) -> Found:
    bench = workbench(task)
    yield from bench.prepare(clock)
    train = len(task.train)
    numbers = Numbers(bench, train)
    bases = [term for term in bench.shared(Kind.LIST) if len(set(term.values)) > 1][:BASES]
    hits = Hits(train)
    for target in targets_of(task.outputs)[:3]:
        for found in _search(target, bases, numbers):
            if clock.left() <= 0:
                break
            if found is None:
                yield None
                continue
            rule = target.finish(found)
            if rule is not None:
                hits.add(rule)
    for term in hits.release():
        yield make_proposal(
            term, name=name_of_input(task), sources=SOURCES, origin="symbolic.lists.places"
        )
        if hits.given >= ALTERNATIVES:
            return


def _promise(task: Task) -> float:
    if task.input_type != ValueType.LIST or task.output_type not in KINDS:
        return 0.0
    return 0.7 if kind_of(task.inputs) and kind_of(task.outputs) in (Kind.LIST, Kind.INT) else 0.0


METHOD: Final = Method(name="lists.places", propose=_propose, promise=_promise)
