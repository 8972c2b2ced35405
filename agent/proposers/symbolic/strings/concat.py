"""Concatenations: outputs put together from pieces, found for all examples jointly, cheapest first.

A state is how much of every train output is already written; an edge writes one more piece. The
graph is FlashFill's DAG of substrings (Gulwani, POPL 2011, section 5) intersected on the fly: a
state exists only if all examples reach it with the same pieces. Dijkstra finds what is reachable
within a slack of the cheapest program, then A* with exact remaining costs lists the programs.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, TypeAlias

import numpy as np

from peirce.agent.proposers.symbolic.method import Clock
from peirce.agent.proposers.symbolic.strings.letters import MODES, Mode, agreement, steady
from peirce.agent.proposers.symbolic.strings.pieces import PIECE_COST, Piece, constant
from peirce.agent.proposers.symbolic.strings.view import Fit, Focus, View

State: TypeAlias = tuple[int, ...]

MAX_STATES: Final = 3000
"""States expanded at most."""
PER_STEP: Final = 6
"""Pieces kept between two states, distinct on the test inputs."""
MAX_CONSTANT: Final = 40
"""Longest constant piece."""


class Source:
    """A text per input that pieces can be cut from."""

    def __init__(self, view: View, outputs: Sequence[str], called: Piece) -> None:
        """Work out where the text, in every letter case, agrees with the outputs.

        Args:
            view: The text on every input, those of the outputs first.
            outputs: Of the examples.
            called: The text as a piece; no words where it is the only input.
        """
        self.view = view
        self.code = called.code
        self.words = called.words
        self.cost = called.cost
        plain = all(steady(text) for text in view.texts)
        self.tables = [
            (mode, [agreement(*pair, mode) for pair in zip(view.texts, outputs, strict=False)])
            for mode in (MODES if plain else MODES[:1])
        ]

    def piece(self, mode: Mode, fit: Fit) -> Piece:
        """The piece that cuts `fit` out of this text and changes its case."""
        code = mode.code(fit.cut.code(self.code))
        words = fit.cut.words()
        if self.words:
            words = self.words if words == "the whole text" else f"{words} of {self.words}"
        if mode.name:
            words += f" {mode.phrase}"
        return Piece(code, words, fit.cost + mode.cost + self.cost, self.values(mode, fit))

    def values(self, mode: Mode, fit: Fit) -> tuple[str, ...]:
        """What the piece gives on every input."""
        spans = zip(self.view.texts, fit.starts, fit.ends, strict=True)
        return tuple(mode.apply(text[start:end]) for text, start, end in spans)


@dataclass(frozen=True, slots=True)
class Effort:
    """How far to look."""

    slack: float = 7.0
    """Programs this many bits longer than the shortest are still listed."""
    cap: float = 120.0
    """Bits of the longest program of interest."""
    programs: int = 400
    """Programs listed at most."""
    common: frozenset[str] = frozenset()
    """Outputs that occur more than once."""


@dataclass(frozen=True, slots=True)
class _Edge:
    target: State
    cost: float
    tests: tuple[str, ...]
    made: "Piece | tuple[Source, Mode, Fit]"

    def piece(self) -> Piece:
        """The piece this edge writes."""
        if isinstance(self.made, Piece):
            return self.made
        source, mode, fit = self.made
        return source.piece(mode, fit)


@dataclass(frozen=True, slots=True)
class Whole:
    """A sequence of pieces that writes every train output."""

    pieces: tuple[Piece, ...]
    cost: float
    tests: tuple[str, ...]
    """What it predicts for the test inputs."""


FULL: Final = Effort()
"""For a problem of its own."""


class Concatenations:
    """All ways of writing the outputs with pieces of the sources, atoms and constants."""

    def __init__(
        self,
        targets: Mapping[int, str],
        sources: Sequence[Source],
        atoms: Sequence[Piece],
        unseen: Sequence[int],
        effort: Effort = FULL,
    ) -> None:
        """Set the task.

        Args:
            targets: The outputs to write, by the number of their input.
            sources: Texts to cut from.
            atoms: Pieces to use whole.
            unseen: The numbers of the inputs to predict for.
            effort: How far to look.
        """
        self._effort = effort
        self._shown = tuple(targets)
        self._targets = tuple(targets.values())
        self._unseen = tuple(unseen)
        self._sources = tuple(sources)
        self._focus = [Focus(source.view, self._shown, self._unseen) for source in sources]
        self._atoms = tuple(atom for atom in atoms if self._usable(atom))
        self._edges: dict[State, list[_Edge]] = {}
        self._goal = tuple(len(target) for target in self._targets)
        self._start = (0,) * len(self._targets)

    def _usable(self, atom: Piece) -> bool:
        values = [atom.values[index] for index in self._shown]
        pairs = zip(values, self._targets, strict=True)
        return any(values) and all(value in target for value, target in pairs)

    def explore(self, clock: Clock) -> Iterator[None]:
        """Expand states, cheapest first, until the goal and its slack are covered."""
        queue: list[tuple[float, State]] = [(0.0, self._start)]
        settled: dict[State, float] = {}
        bound = self._effort.cap
        while queue and len(settled) < MAX_STATES and clock.left() > 0:
            cost, state = heapq.heappop(queue)
            if state in settled or cost > bound:
                continue
            settled[state] = cost
            if state == self._goal:
                bound = min(bound, cost + self._effort.slack)
                continue
            edges = self._expand(state)
            self._edges[state] = edges
            for edge in edges:
                if edge.target not in settled and cost + edge.cost <= bound:
                    heapq.heappush(queue, (cost + edge.cost, edge.target))
            yield None

    def _expand(self, state: State) -> list[_Edge]:
        kept: dict[State, dict[tuple[str, ...], _Edge]] = {}
        for edge in sorted(self._candidates(state), key=lambda edge: edge.cost):
            rivals = kept.setdefault(edge.target, {})
            if len(rivals) < PER_STEP and edge.tests not in rivals:
                rivals[edge.tests] = edge
        return [edge for rivals in kept.values() for edge in rivals.values()]

    def _candidates(self, state: State) -> Iterator[_Edge]:
        yield from self._constants(state)
        for atom in self._atoms:
            values = tuple(atom.values[index] for index in self._shown)
            triples = zip(self._targets, values, state, strict=True)
            if all(target.startswith(value, place) for target, value, place in triples):
                after = tuple(p + len(v) for p, v in zip(state, values, strict=True))
                if after != state:
                    tests = tuple(atom.values[index] for index in self._unseen)
                    yield _Edge(after, atom.cost + PIECE_COST, tests, atom)
        for source, focus in zip(self._sources, self._focus, strict=True):
            yield from self._cuts(source, focus, state)

    def _constants(self, state: State) -> Iterator[_Edge]:
        rests = [target[place:] for target, place in zip(self._targets, state, strict=True)]
        shortest = min(rests, key=len)
        for size in range(1, min(len(shortest), MAX_CONSTANT) + 1):
            text = shortest[:size]
            if not all(rest.startswith(text) for rest in rests):
                return
            common = state == self._start and text in self._effort.common
            piece = constant(text, len(self._shown) + len(self._unseen), common=common)
            after = tuple(place + size for place in state)
            yield _Edge(after, piece.cost + PIECE_COST, (text,) * len(self._unseen), piece)

    def _cuts(self, source: Source, focus: Focus, state: State) -> Iterator[_Edge]:
        plain: set[tuple[State, State]] = set()
        left = [place < len(target) for place, target in zip(state, self._targets, strict=True)]
        open_ = np.array(left, dtype=np.int32)
        for mode, tables in source.tables:
            pairs = zip(self._shown, state, strict=True)
            reach = [tables[index][:, place] for index, place in pairs]
            if not all(r.any() for r, wanted in zip(reach, left, strict=True) if wanted):
                continue
            for fit in focus.cuts_at(reach, open_):
                key = (fit.starts, fit.ends)
                if not mode.name:
                    plain.add(key)
                elif key in plain:
                    continue
                yield self._cut(source, mode, fit, state)

    def _cut(self, source: Source, mode: Mode, fit: Fit, state: State) -> _Edge:
        after = tuple(
            place + fit.ends[index] - fit.starts[index]
            for index, place in zip(self._shown, state, strict=True)
        )
        texts = source.view.texts
        tests = tuple(mode.apply(texts[i][fit.starts[i] : fit.ends[i]]) for i in self._unseen)
        cost = fit.cost + mode.cost + source.cost + PIECE_COST
        return _Edge(after, cost, tests, (source, mode, fit))

    def best(self) -> Iterator[Whole]:
        """The programs found, cheapest first, distinct in their pieces."""
        left = self._remaining()
        if self._start not in left:
            return
        tie = count()
        bound = left[self._start] + self._effort.slack
        queue: list[tuple[float, int, float, State, tuple[_Edge, ...]]] = [
            (left[self._start], next(tie), 0.0, self._start, ())
        ]
        listed = 0
        while queue and listed < self._effort.programs:
            _, _, cost, state, path = heapq.heappop(queue)
            if state == self._goal:
                listed += 1
                yield self._whole(path, cost)
                continue
            for edge in self._edges.get(state, ()):
                total = cost + edge.cost + left.get(edge.target, float("inf"))
                if total <= bound:
                    entry = (total, next(tie), cost + edge.cost, edge.target, (*path, edge))
                    heapq.heappush(queue, entry)

    def _whole(self, path: tuple[_Edge, ...], cost: float) -> Whole:
        numbers = range(len(self._unseen))
        tests = tuple("".join(edge.tests[k] for edge in path) for k in numbers)
        return Whole(tuple(edge.piece() for edge in path), cost, tests)

    def _remaining(self) -> dict[State, float]:
        """The exact cost from every state to the goal, along the edges explored."""
        left: dict[State, float] = {self._goal: 0.0}
        for state in sorted(self._edges, key=sum, reverse=True):
            costs = [
                edge.cost + left[edge.target] for edge in self._edges[state] if edge.target in left
            ]
            if costs:
                left[state] = min(costs)
        return left
