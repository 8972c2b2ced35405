"""One edit of a simple list, with positions and values worked out from the examples.

If the outputs are stretches of a list, or a list with one item taken out, put in, replaced or
exchanged, then where that happened can be read off each example. A number term that gives these
places on every example completes the rule. This finds edits whose places are computed in ways that
plain enumeration would reach too late.
"""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
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
Places: TypeAlias = Container[int]
BASES: Final = 150
"""Lists whose edits are looked at."""
FIRSTS: Final = 6
"""Ways to compute the first of two numbers, per list and edit."""
ALTERNATIVES: Final = 4
"""Rules that predict differently, at most."""
FAR: Final = 10**6
_BY_CODE: Final = {op.code: op for op in OPERATORS}


@dataclass(frozen=True, slots=True)
class Edit:
    """An operator, and what its first number can be, judging by a list and the output."""

    op: Op
    places: Callable[[Items, Items], Places]


def _starts(items: Items, output: Items) -> Places:
    size = len(output)
    if not size:
        return range(FAR)
    return {s for s in range(len(items) - size + 1) if items[s : s + size] == output}


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


def _replaced(items: Items, output: Items) -> Places:
    if len(items) != len(output):
        return ()
    different = [n for n, pair in enumerate(zip(items, output, strict=True)) if pair[0] != pair[1]]
    if not different:
        return range(FAR)
    return different if len(different) == 1 else ()


def _exchanged(items: Items, output: Items) -> Places:
    if len(items) != len(output):
        return ()
    different = [n for n, pair in enumerate(zip(items, output, strict=True)) if pair[0] != pair[1]]
    if not different:
        return range(FAR)
    return different if len(different) == 2 else ()


def _moved(items: Items, output: Items) -> Places:
    if len(items) != len(output):
        return ()
    if items == output:
        return range(FAR)
    different = [n for n, pair in enumerate(zip(items, output, strict=True)) if pair[0] != pair[1]]
    return {different[0], different[-1]}


def _rotated(items: Items, output: Items) -> Places:
    if len(items) != len(output):
        return ()
    fits = {n for n in range(len(items)) if words.rotate_left(items, n) == output}
    return {n for n in range(100) if n % max(1, len(items)) in fits} if items else range(FAR)


def _repeated(items: Items, output: Items) -> Places:
    if not items or len(output) % len(items):
        return () if items or output else range(FAR)
    return {len(output) // len(items)}


def _fits_any(_items: Items, _output: Items) -> Places:
    return range(FAR)


EDITS: Final = tuple(
    Edit(_BY_CODE[code], places)
    for code, places in (
        ("{0:20}[{1}:{2}]", _starts),
        ("{0:20}[-{1:12}:]", _fits_any),
        ("{0:20}[:-{1:12}]", _fits_any),
        ("remove_at({0}, {1})", _removed),
        ("rotate_left({0}, {1})", _rotated),
        ("[x for _ in range({1}) for x in {0}]", _repeated),
        ("repeat_each({0}, {1})", _repeated),
        ("insert_at({0}, {1}, {2})", _inserted),
        ("replace_at({0}, {1}, {2})", _replaced),
        ("swap({0}, {1}, {2})", _exchanged),
        ("move({0}, {1}, {2})", _moved),
    )
)
NTH: Final = _BY_CODE["{0:20}[{1}]"]


class Numbers:
    """The number terms of a bank, found by their values on the train examples."""

    def __init__(self, bench: Workbench, train: int) -> None:
        self._train = train
        first: dict[tuple[object, ...], Term] = {}
        for term in bench.shared(Kind.INT):
            first.setdefault(term.values[:train], term)
        self.terms = sorted(first.values(), key=lambda term: term.cost)

    def within(self, places: list[Places]) -> Iterator[Term]:
        """The terms whose values lie in the given places on every train example."""
        if any(place == () for place in places):
            return
        order = sorted(range(self._train), key=lambda n: isinstance(places[n], range))
        for term in self.terms:
            values = cast("Items", term.values)
            if all(values[n] in places[n] for n in order):
                yield term


def _with_two(
    edit: Edit, base: Term, first: Term, numbers: Numbers, outputs: tuple[Items, ...]
) -> Iterator[Term]:
    run = edit.op.run
    rows = list(zip(base.values, first.values, outputs, strict=False))
    rows.sort(key=lambda row: -len(row[2]))
    where = sorted(range(len(outputs)), key=lambda n: -len(outputs[n]))
    for second in numbers.terms:
        values = second.values
        try:
            if all(
                run(row[0], row[1], values[n]) == row[2] for row, n in zip(rows, where, strict=True)
            ):
                found = apply(edit.op, base, first, second)
                if found is not None:
                    yield found
                    return
        except (TypeError, ValueError):
            continue


def edits(base: Term, numbers: Numbers, outputs: tuple[Items, ...]) -> Iterator[Term | None]:
    """All single edits of the base list that give the outputs."""
    train = len(outputs)
    lists = cast("tuple[Items, ...]", base.values[:train])
    for edit in EDITS:
        places = [edit.places(items, output) for items, output in zip(lists, outputs, strict=True)]
        if all(isinstance(place, range) for place in places) and len(edit.op.takes) == 3:
            continue
        tries = 0
        for first in numbers.within(places):
            if len(edit.op.takes) == 2:
                found = apply(edit.op, base, first)
                if found is not None and found.values[:train] == outputs:
                    yield found
                    break
            else:
                tries += 1
                yield from _with_two(edit, base, first, numbers, outputs)
                if tries >= FIRSTS:
                    break
    yield None


def picks(base: Term, numbers: Numbers, outputs: Items) -> Iterator[Term | None]:
    """Rules that give the item of the base list at a computed position."""
    lists = cast("tuple[Items, ...]", base.values)
    places: list[Places] = [
        words.positions(items, output) for items, output in zip(lists, outputs, strict=False)
    ]
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
    return 0.5 if kind_of(task.inputs) and kind_of(task.outputs) in (Kind.LIST, Kind.INT) else 0.0


METHOD: Final = Method(name="lists.places", propose=_propose, promise=_promise)
