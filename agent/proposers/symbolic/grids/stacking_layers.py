"""Layers, and stacks of them that explain outputs: what is painted, and what is cleared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
from peirce.agent.proposers.symbolic.grids.exploring import Explorer, Laid, as_image
from peirce.agent.proposers.symbolic.grids.sizing import SizeRule
from peirce.prototypes.grids.join import clear_where_empty, paint_over
from peirce.prototypes.grids.part import Part, Rows

PORTION: Final = 2_000
"""Nodes that are made pieces between two looks at the clock."""
MAX_LAYERS: Final = 8
"""Layers of one stack."""
COMMON_COST: Final = 8
"""What it costs to write down what all outputs have in common."""
LAYER_COST: Final = 2
"""What a layer costs besides its chain."""
MOST_SUBSETS: Final = 31
"""Subsets of the examples that layers are fitted to."""


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
