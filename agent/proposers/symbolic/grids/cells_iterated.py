"""Growth: a cell rule that is applied again and again until nothing changes.

Colours that only ever grow leave a trace: where the rule stopped, its condition holds for every
cell that grew and for none that did not, seen in the finished output. So the condition is learned
on the outputs as in `cells_search`, from what neighbours and position show, and then run from the
inputs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Final, TypeAlias, cast

import numpy as np

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.cells_search import conjunctions
from peirce.agent.proposers.symbolic.grids.cells_table import pack
from peirce.agent.proposers.symbolic.grids.colours import COLOUR_WORDS
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes.grids.cells import LAYERS, CellView, grow_cells
from peirce.prototypes.grids.cells_questions import QUESTIONS
from peirce.prototypes.grids.cells_scene import DIRECTIONS, Scene
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

Ask: TypeAlias = Callable[[CellView], bool]

NAME: Final = "grids.cells_iterated"
MOST_ANSWERS: Final = 3
MOST_RULES: Final = 10
"""Conditions that are run from the inputs."""
ROOM: Final = 10.0
"""Longest description of a condition."""


@dataclass(frozen=True, slots=True)
class _Guard:
    """A condition on a cell that growth of other cells leaves true."""

    source: str
    words: str
    cost: float
    ask: Ask


@dataclass(frozen=True, slots=True)
class _Growth:
    """Cells of one colour become another while all guards hold for them."""

    old: int
    new: int
    guards: tuple[_Guard, ...]

    def cell(self, view: CellView) -> int:
        """What the rule says of one cell."""
        grows = view.colour == self.old and all(guard.ask(view) for guard in self.guards)
        return self.new if grows else view.colour

    def run(self, grid: Grid) -> Grid:
        """The grid when nothing grows any more."""
        return grow_cells(grid, self.cell)

    @property
    def source(self) -> str:
        """The program."""
        tests = " and ".join([f"view.colour == {self.old}", *(g.source for g in self.guards)])
        return (
            "from peirce.prototypes import grids\n\n\ndef cell(view):\n"
            f"    if {tests}:\n        return {self.new}\n    return view.colour\n\n\n"
            "def transform(grid):\n    return grids.grow_cells(grid, cell)\n"
        )

    @property
    def words(self) -> str:
        """The rule as a person would say it."""
        tests = " and ".join(guard.words for guard in self.guards)
        old, new = COLOUR_WORDS[self.old], COLOUR_WORDS[self.new]
        return f"A {old} cell becomes {new} where {tests}, again and again until nothing changes."


def propose(task: Task, clock: Clock) -> Found:
    """Yield growth rules that lead from every input to its output."""
    del clock
    inputs, outputs = _grids(task.inputs), _grids(task.outputs)
    change = _single_change(inputs, outputs)
    if change is None:
        return
    yield None
    seen: set[tuple[Grid, ...]] = set()
    for growth in _growths(inputs, outputs, *change):
        yield None
        if any(growth.run(a) != b for a, b in zip(inputs, outputs, strict=False)):
            continue
        answer = tuple(growth.run(grid) for grid in _grids(task.test))
        if answer not in seen:
            seen.add(answer)
            yield Proposal(
                hypothesis=Hypothesis(words=growth.words, level=Level.CELL),
                program=Program(source=growth.source),
                origin=f"symbolic.{NAME}",
            )
        if len(seen) == MOST_ANSWERS:
            return


def _single_change(inputs: Sequence[Grid], outputs: Sequence[Grid]) -> tuple[int, int] | None:
    """The colour that is lost and the one that grows, if it is the same everywhere."""
    changes = {
        (old, new)
        for before, after in zip(inputs, outputs, strict=False)
        for old_row, new_row in zip(before, after, strict=True)
        for old, new in zip(old_row, new_row, strict=True)
        if old != new
    }
    return next(iter(changes)) if len(changes) == 1 else None


def _growths(
    inputs: Sequence[Grid], outputs: Sequence[Grid], old: int, new: int
) -> Iterator[_Growth]:
    """Rules whose guards hold at the end for what grew and for nothing else."""
    free: list[CellView] = []
    grew: list[bool] = []
    for before, after in zip(inputs, outputs, strict=False):
        scene = Scene(after)
        for row, column in scene.cells():
            if before[row][column] == old:
                free.append(CellView(scene, row, column))
                grew.append(after[row][column] == new)
    colours = sorted({colour for grid in outputs for row in grid for colour in row})
    guards = sorted(_guards(colours), key=lambda guard: guard.cost)
    holds = np.array([[guard.ask(view) for view in free] for guard in guards], dtype=np.bool_)
    wanted = np.array(grew, dtype=np.bool_)
    costs = np.array([guard.cost for guard in guards])
    found = conjunctions(pack(holds), costs, pack(wanted), pack(~wanted), ROOM)
    for chosen in islice(found, MOST_RULES):
        yield _Growth(old, new, tuple(guards[i] for i in chosen))


def _guards(colours: Sequence[int]) -> Iterator[_Guard]:
    for name, colour in product(("is_next_to", "touches"), colours):
        question = QUESTIONS[name]
        words = question.words.format(COLOUR_WORDS[colour])
        yield _Guard(f"view.{name}({colour})", words, 1.5, _answers(name, colour))
    for name, colour in product(DIRECTIONS, colours):
        words = f"{LAYERS[name].words} is {COLOUR_WORDS[colour]}"
        deny = f"{LAYERS[name].words} is not {COLOUR_WORDS[colour]}"
        yield _Guard(f"view.{name} == {colour}", words, 2.0, _equals(name, colour))
        yield _Guard(f"view.{name} != {colour}", deny, 2.3, _differs(name, colour))
    for name, count in product(("filled_sides", "filled_around"), (2, 3, 4)):
        words = f"{LAYERS[name].words} is at least {count}"
        yield _Guard(f"view.{name} >= {count}", words, 2.5, _reaches(name, count))
    for name, rest in product(("row", "column", "diagonal", "ring"), (0, 1)):
        words = f"{LAYERS[name].words} is {'odd' if rest else 'even'}"
        yield _Guard(f"view.{name} % 2 == {rest}", words, 2.5, _leaves(name, rest))


def _answers(name: str, colour: int) -> Ask:
    return lambda view: bool(getattr(view, name)(colour))


def _equals(name: str, value: int) -> Ask:
    return lambda view: getattr(view, name) == value


def _differs(name: str, value: int) -> Ask:
    return lambda view: getattr(view, name) != value


def _reaches(name: str, value: int) -> Ask:
    return lambda view: getattr(view, name) >= value


def _leaves(name: str, rest: int) -> Ask:
    return lambda view: getattr(view, name) % 2 == rest


def _grids(values: Sequence[object]) -> tuple[Grid, ...]:
    return cast("tuple[Grid, ...]", tuple(values))


def _promise(task: Task) -> float:
    if task.input_type != ValueType.GRID or task.output_type != ValueType.GRID:
        return 0.0
    inputs, outputs = _grids(task.inputs), _grids(task.outputs)
    same = all(
        (len(a), len(a[0])) == (len(b), len(b[0])) for a, b in zip(inputs, outputs, strict=False)
    )
    return 0.3 if same and _single_change(inputs, outputs) else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
