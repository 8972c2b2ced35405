"""A stack of layers as a program and as a sentence."""

from peirce.agent.proposal import Hypothesis, Proposal
from peirce.agent.proposers.symbolic.grids.engine.covering import (
    ALL,
    PAINTED,
)
from peirce.agent.proposers.symbolic.grids.engine.pieces import (
    BLANK,
    COMMON,
)
from peirce.agent.proposers.symbolic.grids.exploring import (
    Explorer,
)
from peirce.agent.proposers.symbolic.grids.stacking_layers import Layer, Stack, Stacker
from peirce.agent.proposers.symbolic.grids.wording import chain_words, nested, program, sentence
from peirce.verifiers.program import Program


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


def proposal_of(stacker: Stacker, stack: Stack) -> Proposal:
    """The program that lays the layers, and its words."""
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
