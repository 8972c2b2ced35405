"""Greedy stacking: the output painted from several cheap layers, one over the other.

Every layer is the result of a short chain of operations. Layers are chosen so that they
contradict nothing and explain most, for all examples and for subsets of them, from cheap chains
to longer ones. The idea and its worth (half of what such a search solves) are from the
first-placed solution of the Abstraction and Reasoning Challenge 2020 (top-quarks/ARC-solution).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from peirce.agent.proposal import Hypothesis, Proposal
from peirce.agent.proposers.symbolic.grids.engine.covering import (
    ALL,
    PAINTED,
    cover,
    explained,
)
from peirce.agent.proposers.symbolic.grids.engine.pieces import Pieces, collect, new_pieces
from peirce.agent.proposers.symbolic.grids.exploring import Explorer, Laid
from peirce.agent.proposers.symbolic.grids.sizing import SizeRule, size_rules
from peirce.agent.proposers.symbolic.grids.wording import chain_words, nested, program
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes.grids.join import clear_where_empty, paint_over
from peirce.prototypes.grids.part import Part, Rows
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program

STEPS = 2_000
"""Operations applied between two looks at the clock."""
FIRST_LEVEL = 2
"""Cost of chains at which stacking is tried first."""
MAX_LAYERS = 8
LAYER_COST = 2
"""What a layer costs besides its chain."""
MOST_SUBSETS = 31
MOST_RULES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer of a stack."""

    node: int
    """What is laid down; -1 for an empty canvas."""
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
        return sum(
            LAYER_COST + (explorer.cost(layer.node) if layer.node >= 0 else 0)
            for layer in self.layers
        )


class Stacker:
    """Pieces of one task for one rule of sizes, and the stacks made of them."""

    def __init__(self, explorer: Explorer, targets: Laid, sizes: SizeRule) -> None:
        """Start with the empty canvas as the only piece."""
        self.explorer = explorer
        self.sizes = sizes
        self.examples = len(targets.heads)
        self.pieces: Pieces = new_pieces(
            np.array(sizes.sizes, dtype=np.int64), targets.cells, targets.heads
        )
        self._seen = 0

    def add(self, stop: int) -> bool:
        """Take in the nodes before `stop`; false if no piece came of them."""
        before = int(self.pieces.count[0])
        collect(self.explorer.graph, self.pieces, self._seen, stop)
        self._seen = max(stop, self._seen)
        return int(self.pieces.count[0]) > before

    def stacks(self) -> Iterator[Stack | None]:
        """Stacks over the pieces at hand; `None` for an attempt that explains too little."""
        everything = (1 << self.examples) - 1
        layers = np.empty((MAX_LAYERS, 2), np.int64)
        limit = int(self.pieces.count[0])
        for subset, care in _attempts(self.examples):
            count = cover(self.pieces, limit, subset, care, layers)
            done = explained(self.pieces, layers, count)
            yield self._stack(layers[:count].tolist(), done) if done == everything else None

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
        if layer.node < 0:
            height, width = self.sizes.sizes[owner]
            return Part([[0] * width] * height)
        part = self.explorer.parts(layer.node, owner)[0]
        return Part(part) if layer.fitted else part


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


def _layer_code(explorer: Explorer, layer: Layer, sizes: SizeRule) -> str:
    if layer.node < 0:
        return f"grids.blank({sizes.height}, {sizes.width})"
    code = nested(explorer.chain(layer.node))
    placed = layer.fitted and any(
        part.top or part.left
        for owner in range(len(sizes.sizes))
        for part in explorer.parts(layer.node, owner)
    )
    return f"grids.move_to_corner({code})" if placed else code


def _proposal(explorer: Explorer, stack: Stack, sizes: SizeRule) -> Proposal:
    bottom, *above = reversed(stack.layers)
    if bottom.mode == ALL and (bottom.fitted or bottom.node < 0):
        lines = [f"canvas = {_layer_code(explorer, bottom, sizes)}"]
        words = ["start with " + chain_words(explorer.chain(bottom.node), bottom.node < 0)]
    else:
        lines = [f"canvas = grids.blank({sizes.height}, {sizes.width})"]
        words = ["start with an empty canvas"]
        above = [bottom, *above]
    if any(sizes.lines) and any("grids.blank" in line for line in lines):
        lines = [*sizes.lines, *lines]
    for layer in above:
        code = _layer_code(explorer, layer, sizes)
        paints = layer.mode in (PAINTED, ALL)
        if paints:
            lines.append(f"canvas = grids.paint_over(canvas, {code})")
        if layer.mode != PAINTED:
            lines.append(f"canvas = grids.clear_where_empty(canvas, {code})")
        verb = "paint over it " if paints else "clear it outside of "
        words.append(verb + chain_words(explorer.chain(layer.node), layer.node < 0))
    text = "; ".join(words) + "."
    return Proposal(
        hypothesis=Hypothesis(words=text[0].upper() + text[1:]),
        program=Program(source=program(lines, "canvas")),
        origin="symbolic.grids.stacking",
    )


def _propose(task: Task, clock: Clock) -> Found:
    inputs: tuple[Rows, ...] = task.inputs  # type: ignore[assignment]
    outputs: tuple[Rows, ...] = task.outputs  # type: ignore[assignment]
    explorer = Explorer(inputs, outputs)
    targets = Laid(outputs)
    stacker: Stacker | None = None
    said: set[tuple[Part, ...]] = set()
    level, more = FIRST_LEVEL, True
    while more and clock.left() > 0 and len(said) < MOST_RULES:
        while more and explorer.level <= level and clock.left() > 0:
            more = explorer.advance(STEPS)
            yield None
        stop = explorer.nodes_up_to(level) if more else explorer.size
        if stacker is None:
            rule = next(size_rules(explorer, inputs, outputs), None)
            stacker = rule and Stacker(explorer, targets, rule)
        level += 1
        if stacker is None or not stacker.add(stop):
            continue
        found: list[tuple[int, int, Stack]] = []
        for stack in stacker.stacks():
            if stack is not None:
                found.append((stack.cost(explorer), len(found), stack))
            yield None
            if clock.left() <= 0:
                break
        for _, _, stack in sorted(found):
            prediction = tuple(
                stacker.predict(stack, owner) for owner in range(len(outputs), len(inputs))
            )
            if prediction not in said:
                said.add(prediction)
                yield _proposal(explorer, stack, stacker.sizes)


def _promise(task: Task) -> float:
    return 0.7 if task.input_type == task.output_type == ValueType.GRID else 0.0


METHOD = Method(name="grids.stacking", propose=_propose, promise=_promise)
