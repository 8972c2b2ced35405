"""Greedy stacking: the output painted from several cheap layers, one over the other.

Every layer is the result of a short chain of operations. Layers are chosen so that they
contradict nothing and explain most, for all examples and for subsets of them, from cheap chains
to longer ones. The idea and its worth (half of what such a search solves) are from the
first-placed solution of the Abstraction and Reasoning Challenge 2020 (top-quarks/ARC-solution).
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, count, islice
from math import isfinite
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposal import Hypothesis, Proposal
from peirce.agent.proposers.symbolic.grids.engine.covering import (
    ALL,
    PAINTED,
    cover,
    explained,
)
from peirce.agent.proposers.symbolic.grids.engine.pieces import (
    BLANK,
    COMMON,
    Pieces,
    collect,
    lay,
    new_pieces,
)
from peirce.agent.proposers.symbolic.grids.exploring import (
    Explorer,
    Laid,
    as_image,
    explorer_of,
)
from peirce.agent.proposers.symbolic.grids.sizing import SizeRule, size_rules
from peirce.agent.proposers.symbolic.grids.wording import chain_words, nested, program, sentence
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes.grids.join import clear_where_empty, paint_over
from peirce.prototypes.grids.part import Part, Rows
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program

PORTION = 2_000
"""Nodes that are made pieces between two looks at the clock."""
FIRST_LEVEL = 2
"""Cost of chains at which stacking is tried first."""
MAX_LAYERS = 8
COMMON_COST = 8
"""What it costs to write down what all outputs have in common."""
LAYER_COST = 2
"""What a layer costs besides its chain."""
PATIENCE = (8, 3)
"""Stacks that cost more than a + b·level wait for simpler ones."""
MOST_SUBSETS = 31
MOST_NEAR_MISSES = 3
"""Proposed only while nothing has been found that fits."""
LAST_PART = 0.2
"""Part of the time that is left when what was found so far must be said."""
MOST_RULES = 12
MOST_SIZES = 2
"""Rules of sizes, each with predictions of its own, for which stacks are sought."""
SIZE_COST = 4
"""What the second rule of sizes costs more than the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer of a stack."""

    node: int
    """What is laid down: a node, `BLANK` or `COMMON`."""
    mode: int
    """Which of its cells count."""
    fitted: bool
    """It has the size of the canvas and is laid on its corner, wherever it was cut from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Layers from the top down, and which examples they explain."""

    layers: tuple[Layer, ...]
    explains: int
    """Bit set."""

    def cost(self, explorer: Explorer) -> int:
        """Description length."""
        return sum(LAYER_COST + _image_cost(explorer, layer.node) for layer in self.layers)


def _image_cost(explorer: Explorer, node: int) -> int:
    if node == COMMON:
        return COMMON_COST
    return 0 if node == BLANK else explorer.cost(node)


class Stacker:
    """Pieces of one task for one rule of sizes, and the stacks made of them."""

    def __init__(self, explorer: Explorer, outputs: Sequence[Rows], sizes: SizeRule) -> None:
        """Start with the empty canvas and what all outputs have in common, if anything."""
        self.explorer = explorer
        self.sizes = sizes
        self.examples = len(outputs)
        targets = Laid(outputs)
        self.pieces: Pieces = new_pieces(
            np.array(sizes.sizes, dtype=np.int64), targets.cells, targets.heads
        )
        self.common = common_part(outputs) if len(set(sizes.sizes)) == 1 else None
        if self.common is not None:
            lay(self.pieces, as_image(self.common), COMMON)
        self._seen = 0

    def add(self, stop: int) -> Iterator[bool]:
        """Take in the nodes before `stop`; says after each portion whether pieces came of it."""
        while self._seen < stop:
            before, end = int(self.pieces.used[0]), min(self._seen + PORTION, stop)
            collect(self.explorer.graph, self.pieces, self._seen, end)
            self._seen = end
            yield int(self.pieces.used[0]) > before

    def stacks(self) -> Iterator[Stack | None]:
        """Stacks over the pieces at hand; `None` for an attempt that explains too little.

        Enough is every example, or all but one where that leaves two at least.
        """
        enough = max(self.examples - 1, min(self.examples, 2))
        layers = np.empty((MAX_LAYERS, 2), np.int64)
        limit = int(self.pieces.used[0])
        for subset, care in _attempts(self.examples):
            count = cover(self.pieces, limit, subset, care, layers)
            done = explained(self.pieces, layers, count)
            if done.bit_count() < enough:
                yield None
                continue
            count = self._drop_idle(layers, count, done)
            yield self._stack(layers[:count].tolist(), done)

    def fits(self, stack: Stack) -> bool:
        """Whether a stack explains all examples."""
        return stack.explains == (1 << self.examples) - 1

    def _drop_idle(self, layers: NDArray[np.int64], count: int, done: int) -> int:
        """Take out layers without which the stack explains as much; returns how many stay."""
        k = 0
        while k < count:
            without = np.delete(layers[:count], k, axis=0)
            if explained(self.pieces, without, count - 1) == done:
                layers[: count - 1] = without
                count -= 1
            else:
                k += 1
        return count

    def _stack(self, chosen: Sequence[Sequence[int]], done: int) -> Stack:
        return Stack(
            layers=tuple(
                Layer(
                    node=int(self.pieces.nodes[piece]),
                    mode=mode,
                    fitted=bool(self.pieces.fitted[piece]),
                )
                for piece, mode in chosen
            ),
            explains=done,
        )

    def predict(self, stack: Stack, owner: int) -> Part:
        """What a stack gives for one input."""
        height, width = self.sizes.sizes[owner]
        canvas = Part([[0] * width] * height)
        for layer in reversed(stack.layers):
            image = self._image(layer, owner)
            if layer.mode in (PAINTED, ALL):
                canvas = paint_over(canvas, image)
            if layer.mode != PAINTED:
                canvas = clear_where_empty(canvas, image)
        return canvas

    def _image(self, layer: Layer, owner: int) -> Part:
        if layer.node == COMMON and self.common is not None:
            return self.common
        if layer.node < 0:
            height, width = self.sizes.sizes[owner]
            return Part([[0] * width] * height)
        part = self.explorer.parts(layer.node, owner)[0]
        return Part(part) if layer.fitted else part


def common_part(outputs: Sequence[Rows]) -> Part | None:
    """The cells that are painted alike in all outputs; `None` if there are none."""
    first, *others = outputs
    if not others or any((len(g), len(g[0])) != (len(first), len(first[0])) for g in others):
        return None
    part = Part(
        [cell if all(g[r][c] == cell for g in others) else 0 for c, cell in enumerate(row)]
        for r, row in enumerate(first)
    )
    return part if any(map(any, part)) else None


def _attempts(examples: int) -> Iterator[tuple[int, int]]:
    """Pairs of a subset of the examples and the one that counts first, large subsets first."""
    subsets = (
        chosen for size in range(examples, 0, -1) for chosen in combinations(range(examples), size)
    )
    for index, chosen in enumerate(subsets):
        if index == MOST_SUBSETS:
            return
        subset = sum(1 << k for k in chosen)
        if len(chosen) > 1:
            yield subset, -1
        for care in chosen:
            yield subset, care


def _layer_code(stacker: Stacker, layer: Layer) -> str:
    explorer, sizes = stacker.explorer, stacker.sizes
    if layer.node == COMMON and stacker.common is not None:
        return f"grids.Part({tuple(stacker.common)})"
    if layer.node < 0:
        return f"grids.blank({sizes.height}, {sizes.width})"
    code = nested(explorer.chain(layer.node))
    placed = layer.fitted and any(
        part.top or part.left
        for owner in range(len(sizes.sizes))
        for part in explorer.parts(layer.node, owner)
    )
    return f"grids.move_to_corner({code})" if placed else code


def _layer_words(explorer: Explorer, layer: Layer) -> str:
    if layer.node == COMMON:
        return "what all outputs have in common"
    return "the background" if layer.node == BLANK else chain_words(explorer.chain(layer.node))


def _proposal(stacker: Stacker, stack: Stack) -> Proposal:
    explorer, sizes = stacker.explorer, stacker.sizes
    bottom, *above = reversed(stack.layers)
    if bottom.mode == ALL and (bottom.fitted or bottom.node < 0):
        lines = [f"canvas = {_layer_code(stacker, bottom)}"]
        words = ["start with " + _layer_words(explorer, bottom)]
    else:
        lines = [f"canvas = grids.blank({sizes.height}, {sizes.width})"]
        words = ["start with an empty canvas"]
        above = [bottom, *above]
    if any(sizes.lines) and any("grids.blank" in line for line in lines):
        lines = [*sizes.lines, *lines]
    for layer in above:
        code = _layer_code(stacker, layer)
        paints = layer.mode in (PAINTED, ALL)
        if paints:
            lines.append(f"canvas = grids.paint_over(canvas, {code})")
        if layer.mode != PAINTED:
            lines.append(f"canvas = grids.clear_where_empty(canvas, {code})")
        verb = "paint over it " if paints else "clear it outside of "
        words.append(verb + _layer_words(explorer, layer))
    text = "; ".join(words) + "."
    if not above and bottom.node >= 0:
        text = sentence(explorer.chain(bottom.node))
    return Proposal(
        hypothesis=Hypothesis(words=text[0].upper() + text[1:]),
        program=Program(source=program(lines, "canvas")),
        origin="symbolic.grids.stacking",
    )


_Waiting: TypeAlias = tuple[int, int, Stacker, Stack]
"""A stack that waits for its turn: its cost, a number that settles ties, who made it."""


class _Search:
    """Stacks found so far that wait for their turn: simple ones first."""

    def __init__(self, task: Task) -> None:
        self.inputs: tuple[Rows, ...] = task.inputs  # type: ignore[assignment]
        self.outputs: tuple[Rows, ...] = task.outputs  # type: ignore[assignment]
        self.explorer = explorer_of(self.inputs, self.outputs)
        self.stackers: tuple[Stacker, ...] = ()
        self.said: set[tuple[Part, ...]] = set()
        self.queue: list[_Waiting] = []
        self.near: list[_Waiting] = []
        self.turns = count()

    def look(self, stop: int, clock: Clock) -> Iterator[None]:
        """Stack the pieces that the nodes before `stop` make, for each rule of sizes."""
        if not self.stackers:
            rules = islice(size_rules(self.explorer, self.outputs), MOST_SIZES)
            self.stackers = tuple(Stacker(self.explorer, self.outputs, rule) for rule in rules)
        for index, stacker in enumerate(self.stackers):
            yield from self._stack(stacker, index * SIZE_COST, stop, clock)

    def _stack(self, stacker: Stacker, cost: int, stop: int, clock: Clock) -> Iterator[None]:
        grown = False
        for grows in stacker.add(stop):
            grown = grown or grows
            yield None
        for stack in stacker.stacks() if grown else ():
            if stack is not None:
                place = self.queue if stacker.fits(stack) else self.near
                turn = (stack.cost(self.explorer) + cost, next(self.turns))
                heapq.heappush(place, (*turn, stacker, stack))
            yield None
            if _is_late(clock):
                return

    def release(self, cost: float) -> Iterator[Proposal]:
        """The stacks that cost no more, each with predictions of its own."""
        while self.queue and self.queue[0][0] <= cost:
            yield from self._say(*heapq.heappop(self.queue)[2:])

    def near_misses(self) -> Iterator[Proposal]:
        """The simplest stacks that explain all examples but one; some rule is better than none."""
        while self.near and len(self.said) < MOST_NEAR_MISSES:
            yield from self._say(*heapq.heappop(self.near)[2:])

    def _say(self, stacker: Stacker, stack: Stack) -> Iterator[Proposal]:
        tests = range(len(self.outputs), len(self.inputs))
        prediction = tuple(stacker.predict(stack, owner) for owner in tests)
        if prediction not in self.said:
            self.said.add(prediction)
            yield _proposal(stacker, stack)


def _is_late(clock: Clock) -> bool:
    return clock.left() <= (LAST_PART * clock.seconds if isfinite(clock.seconds) else 0)


def _propose(task: Task, clock: Clock) -> Found:
    search = _Search(task)
    explorer = search.explorer
    level, more = FIRST_LEVEL, True
    while more and not _is_late(clock) and len(search.said) < MOST_RULES:
        while more and explorer.level <= level and not _is_late(clock):
            more = explorer.work()
            yield None
        yield from search.look(explorer.nodes_up_to(level) if more else explorer.size, clock)
        yield from search.release(PATIENCE[0] + PATIENCE[1] * level)
        level += 1
    yield from search.release(float("inf"))
    yield from search.near_misses()


def _promise(task: Task) -> float:
    return 0.7 if task.input_type == task.output_type == ValueType.GRID else 0.0


METHOD = Method(name="grids.stacking", propose=_propose, promise=_promise)
