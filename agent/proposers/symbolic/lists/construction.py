"""Outputs put together from pieces: parts of the input, numbers computed from it, constants.

Works from the output: a state is how much of every train output is already explained, a step
appends one piece that all remaining outputs begin with, and the cheapest way to the end is found
as a shortest path. Pieces come from a bank of cheap terms.
"""

import heapq
from collections.abc import Iterator
from itertools import count
from typing import Final, TypeAlias, cast

from peirce.agent.proposers.symbolic.lists.compiled import SOURCES
from peirce.agent.proposers.symbolic.lists.enumeration import Hits
from peirce.agent.proposers.symbolic.lists.terms import Kind, Op, Term, apply, make_proposal
from peirce.agent.proposers.symbolic.lists.vocabulary import (
    KINDS,
    OPERATORS,
    kind_of,
    name_of_input,
)
from peirce.agent.proposers.symbolic.lists.workbench import Workbench, workbench
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

PIECES: Final = 5
"""Pieces of one output, at most."""
STATES: Final = 2_000
"""States looked at, at most."""
ALTERNATIVES: Final = 4
"""Rules that predict differently, at most."""
LOOK: Final = 4_000
"""Terms taken in between two looks at the clock."""
GLUE: Final = 2
"""The price of each piece beside its own."""
_IN_TURN: Final = next(op for op in OPERATORS if op.code.startswith("interleave("))
Lengths: TypeAlias = tuple[int, ...]
Values: TypeAlias = tuple[tuple[object, ...], ...]


class Pieces:
    """The pieces of a bank, found by what they are on the train example with the longest output."""

    def __init__(self, outputs: Values) -> None:
        self._outputs = outputs
        self._pivot = max(range(len(outputs)), key=lambda index: len(outputs[index]))
        self._index: dict[tuple[object, ...], list[tuple[Term, Values]]] = {}

    def load(self, bench: Workbench) -> Iterator[None]:
        """Take in the shared terms; yields now and then."""
        longest = len(self._outputs[self._pivot])
        for number, term in enumerate((*bench.shared(Kind.LIST), *bench.shared(Kind.INT))):
            if number % LOOK == 0:
                yield None
            if term.op.gives is Kind.INT:
                self._put(term, tuple((value,) for value in term.values), longest)
            else:
                self._put(term, cast("Values", term.values), longest)

    def _put(self, term: Term, values: Values, longest: int) -> None:
        key = values[self._pivot]
        if len(key) <= longest and any(values[: len(self._outputs)]):
            self._index.setdefault(key, []).append((term, values))

    def steps(self, done: Lengths) -> Iterator[tuple[Lengths, Term]]:
        """For each way to go on, the cheapest piece that does it."""
        rest = [output[n:] for output, n in zip(self._outputs, done, strict=True)]
        ahead = rest[self._pivot]
        found: dict[Lengths, Term] = {}
        for size in range(len(ahead) + 1):
            for term, values in self._index.get(ahead[:size], ()):
                if all(r[: len(v)] == v for r, v in zip(rest, values, strict=False)):
                    after = tuple(n + len(v) for n, v in zip(done, values, strict=False))
                    if after != done and (after not in found or found[after].cost > term.cost):
                        found[after] = term
        yield from found.items()


def _assemble(pieces: tuple[Term, ...]) -> Term:
    code = ", ".join(
        f"{{{n}}}" if p.op.gives is Kind.INT else f"*{{{n}:6}}" for n, p in enumerate(pieces)
    )
    text = ", then ".join(f"{{{n}}}" for n in range(len(pieces)))
    op = Op((), Kind.LIST, 0, lambda: None, f"[{code}]", text)
    values = tuple(
        tuple(
            item
            for piece in pieces
            for item in (
                (piece.values[index],)
                if piece.op.gives is Kind.INT
                else cast("Values", piece.values)[index]
            )
        )
        for index in range(len(pieces[0].values))
    )
    return Term(op, pieces, sum(piece.cost + GLUE for piece in pieces), values)


def compositions(pieces: Pieces, outputs: Values) -> Iterator[Term | None]:
    """Ways to put the outputs together, cheapest first."""
    ends = tuple(map(len, outputs))
    order = count()
    queue: list[tuple[int, int, Lengths, tuple[Term, ...]]] = [
        (0, next(order), (0,) * len(ends), ())
    ]
    visits: dict[Lengths, int] = {}
    states = 0
    while queue and states < STATES:
        cost, _, done, path = heapq.heappop(queue)
        if done == ends:
            if len(path) > 1:
                yield _assemble(path)
            continue
        visits[done] = visits.get(done, 0) + 1
        if visits[done] > 2 or len(path) >= PIECES:
            continue
        states += 1
        yield None
        for after, piece in pieces.steps(done):
            heapq.heappush(queue, (cost + piece.cost + GLUE, next(order), after, (*path, piece)))


def interleavings(bench: Workbench, outputs: Values) -> Iterator[Term]:
    """Ways to take the outputs in turn from two lists of the bank."""
    known: dict[Values, Term] = {}
    for term in bench.shared(Kind.LIST):
        known.setdefault(cast("Values", term.values)[: len(outputs)], term)
    left = known.get(tuple(output[::2] for output in outputs))
    right = known.get(tuple(output[1::2] for output in outputs))
    if left is not None and right is not None:
        found = apply(_IN_TURN, left, right)
        if found is not None:
            yield found


def _propose(task: Task, clock: Clock) -> Found:
    bench = workbench(task)
    yield from bench.prepare(clock)
    outputs = cast("Values", task.outputs)
    hits = Hits(len(task.train))
    for rule in interleavings(bench, outputs):
        hits.add(rule)
    pieces = Pieces(outputs)
    yield from pieces.load(bench)
    for rule in compositions(pieces, outputs):
        if clock.left() <= 0 or hits.given >= ALTERNATIVES:
            return
        if rule is None:
            yield None
        else:
            hits.add(rule)
        for term in hits.release():
            yield make_proposal(
                term, name=name_of_input(task), sources=SOURCES, origin="symbolic.lists.construct"
            )


def _promise(task: Task) -> float:
    if task.input_type not in KINDS or task.output_type != ValueType.LIST:
        return 0.0
    return (
        0.7
        if kind_of(task.inputs) and any(len(cast("Values", (o,))[0]) > 1 for o in task.outputs)
        else 0.0
    )


METHOD: Final = Method(name="lists.construct", propose=_propose, promise=_promise)
