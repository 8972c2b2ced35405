"""Cell rules that look at pictures: what simple operations make of the grid, laid beside it.

A picture is the result of a short chain of operations that has the size of the output ("the grid
with what is enclosed filled", "its cells extended down"). Its cells are conditions and colours of
the rule as the layers of `cells_table` are, so that what operations on the whole grid show and what
a cell sees around it explain an output together. Where sizes differ, the rule starts from a picture
of the output's size.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.cells import MOST_CELLS
from peirce.agent.proposers.symbolic.grids.cells_conditions import (
    Condition,
    distinct,
)
from peirce.agent.proposers.symbolic.grids.cells_ranking import Ranked, Shortlist, ranked
from peirce.agent.proposers.symbolic.grids.cells_search import RuleList
from peirce.agent.proposers.symbolic.grids.cells_table import (
    Canvas,
    Colour,
    Table,
    lay_out,
    masks_of,
)
from peirce.agent.proposers.symbolic.grids.cells_words import program_of, words_of
from peirce.agent.proposers.symbolic.grids.colours import COLOUR_WORDS
from peirce.agent.proposers.symbolic.grids.exploring import Explorer, explorer_of
from peirce.agent.proposers.symbolic.grids.pictures import Picture, pictures_of
from peirce.agent.proposers.symbolic.grids.seeing import grids_of, plain
from peirce.agent.proposers.symbolic.grids.wording import chain_words, nested, sentence, statements
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

NAME: Final = "grids.cells_pictures"
SECONDS: Final = 5.0
"""CPU seconds one task is worth."""
MAX_COST: Final = 7
"""Cost of the longest chain that makes a picture."""
MAX_NODES: Final = 60_000
"""Nodes of the graph after which no more are asked for."""
MOST_BASES: Final = 2
"""Pictures that a rule may start from where the grid itself has not the size of the output."""
PICTURE_COST: Final = 1.0
CHAIN_COST: Final = 0.5
"""What it costs to mention a picture, and for every unit that its chain costs."""
PICTURES_A_STEP: Final = 100
"""Pictures whose conditions are written in one step of work."""


def propose(task: Task, clock: Clock) -> Found:
    """Yield rules that look at one picture at least."""
    inputs, outputs = grids_of(task.inputs), grids_of(task.outputs)
    own = clock.within(SECONDS)
    explorer = explorer_of(inputs, outputs)
    while explorer.level <= MAX_COST and explorer.size < MAX_NODES and own.left() > SECONDS / 2:
        if not explorer.work():
            break
        yield None
    stop = explorer.nodes_up_to(min(MAX_COST, explorer.level - 1))
    found = Shortlist()
    for base in _bases(explorer, inputs, outputs, stop):
        if own.left() <= 0:
            break
        for hit in _ruled(explorer, base, outputs, stop, own):
            yield None
            if hit is not None:
                yield from found.take(hit)
    yield from found.best()


def _bases(
    explorer: Explorer, inputs: Sequence[Grid], outputs: Sequence[Grid], stop: int
) -> Iterator[int]:
    """The nodes whose images a rule may start from: the grid itself, if it has the right size."""
    wanted = [(len(grid), len(grid[0])) for grid in outputs]
    if [(len(grid), len(grid[0])) for grid in inputs[: len(outputs)]] == wanted:
        yield 0
        return
    looks: set[tuple[Grid, ...]] = set()
    for node in explorer.images_of_sizes(wanted, stop):
        look = _images(explorer, node)
        if look not in looks:
            looks.add(look)
            yield node
        if len(looks) == MOST_BASES:
            return


def _images(explorer: Explorer, node: int) -> tuple[Grid, ...]:
    owners = range(len(explorer.sizes(node)))
    return tuple(plain(explorer.parts(node, owner)[0]) for owner in owners)


def _ruled(
    explorer: Explorer, base: int, outputs: Sequence[Grid], stop: int, clock: Clock
) -> Iterator[Ranked | None]:
    """Rules that start from one node, and `None` between steps of work."""
    canvases = [Canvas(grid=image) for image in _images(explorer, base)]
    if sum(len(canvas.grid) * len(canvas.grid[0]) for canvas in canvases) > MOST_CELLS:
        return
    pictures: list[Picture] = []
    for picture in pictures_of(explorer, [canvas.size for canvas in canvases], stop):
        if picture is None:
            yield None
        elif picture.node != base:
            pictures.append(picture)
    for laid in lay_out(canvases, outputs):
        yield None
        for table in _with_pictures(laid, explorer, pictures) if laid else ():
            yield None
            if table is not None:
                before = CHAIN_COST * explorer.cost(base)
                yield from ranked(table, before, partial(_proposal, explorer, base), clock)


def _with_pictures(
    table: Table, explorer: Explorer, pictures: Sequence[Picture]
) -> Iterator[Table | None]:
    """The table with what pictures show; `None` between steps of work."""
    conditions, colours = list(table.conditions), list(table.colours)
    for number, picture in enumerate(pictures, 1):
        cost = PICTURE_COST + CHAIN_COST * explorer.cost(picture.node)
        conditions += _conditions(picture, cost, table.size)
        if (picture.values[: table.size] == table.wanted).any():
            colours.append(_colour(picture, cost))
        if number % PICTURES_A_STEP == 0:
            yield None
    kept = distinct(conditions, table.size)
    yield None
    yield replace(
        table,
        conditions=kept,
        colours=tuple(colours),
        masks=masks_of(kept, table.size),
        costs=np.array([c.cost for c in kept]),
    )


def _conditions(picture: Picture, cost: float, size: int) -> Iterator[Condition]:
    """What can be asked of a picture: whether it shows a colour, or nothing, at the cell."""
    for value in np.unique(picture.values[:size]).tolist():
        holds = picture.values == value
        shown = COLOUR_WORDS[value] if value else "empty"
        source, words = _source(picture), _mark(picture)
        yield Condition(
            source=f"{source} == {value}", words=f"{words} is {shown}", cost=cost, holds=holds
        )
        yield Condition(
            source=f"{source} != {value}",
            words=f"{words} is not {shown}",
            cost=cost + 0.3,
            holds=~holds,
        )


def _colour(picture: Picture, cost: float) -> Colour:
    return Colour(
        source=_source(picture),
        words=f"the colour of {_mark(picture)}",
        cost=cost,
        values=picture.values,
    )


def _mark(picture: Picture) -> str:
    """What stands for the picture until it is known which ones a rule mentions."""
    return f"«{picture.node}»"


def _source(picture: Picture) -> str:
    return f"view.beside[{_mark(picture)}]"


def _proposal(explorer: Explorer, base: int, rules: RuleList) -> Proposal | None:
    """The rule with the pictures it mentions drawn first; `None` if it mentions none."""
    nodes = list(dict.fromkeys(map(int, re.findall("«(.*?)»", program_of(rules)))))
    if not nodes:
        return None
    lines, name = statements(explorer.chain(base))
    drawn = "".join(f"{nested(explorer.chain(node))}, " for node in nodes)
    setup = (*lines, f"pictures = ({drawn.removesuffix(' ' if len(nodes) == 1 else ', ')})")
    source = program_of(rules, f"grids.map_cells({name}, cell, beside=pictures)", setup)
    words = words_of(rules, sentence(explorer.chain(base)) if base else "")
    for index, node in enumerate(nodes):
        source = source.replace(f"«{node}»", str(index))
        words = words.replace(f"«{node}»", chain_words(explorer.chain(node)))
    return Proposal(
        hypothesis=Hypothesis(words=words, level=Level.CELL),
        program=Program(source=source),
        origin=f"symbolic.{NAME}",
    )


def _promise(task: Task) -> float:
    return 1.0 if task.input_type == task.output_type == ValueType.GRID else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
