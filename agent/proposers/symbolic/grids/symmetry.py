"""Symmetry and tiling repair: restore what a colour hides, smooth exceptions, continue patterns.

The colour that hides, the kind of regularity and whether all or only the restored part is wanted
are the parameters. All are tried, simple ones first, each until a demo contradicts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.colours import COLOUR_WORDS
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

NAME: Final = "grids.symmetry"
MOST_ANSWERS: Final = 4
LONGEST_TILE: Final = 0.6
"""Share of the rows, or of the columns, that a tile may take if it is to be seen three times."""
LEAST_TOLD: Final = 2
"""Cells for each colour that is exchanged for another."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One way of restoring a grid: as a function, as an expression and as a phrase."""

    run: Callable[[Grid], Grid]
    source: str
    words: str


_SMOOTHED: Final = Repair(
    grids.smooth_tiling,
    "grids.smooth_tiling(grid)",
    "Exceptions to the repeating tile are set right.",
)
_SAME_SIZE: Final = (
    Repair(
        grids.continue_rows,
        "grids.continue_rows(grid)",
        "The empty rows go on with what the others repeat.",
    ),
    Repair(
        grids.continue_columns,
        "grids.continue_columns(grid)",
        "The empty columns go on with what the others repeat.",
    ),
    Repair(
        lambda grid: grids.continue_rows(grids.continue_columns(grid)),
        "grids.continue_rows(grids.continue_columns(grid))",
        "The empty rows and columns go on with what the others repeat.",
    ),
    *(
        Repair(
            partial(grids.continue_slanting, step=step),
            f"grids.continue_slanting(grid, {step})",
            f"Every empty row goes on with the row above, moved one to the {side}.",
        )
        for step, side in ((-1, "left"), (1, "right"))
    ),
    *(
        Repair(
            partial(function, both_ways=both_ways),
            f"grids.{function.__name__}(grid{', both_ways=True' * both_ways})",
            f"Every {line} goes on{' on both sides' * both_ways} with what it repeats itself.",
        )
        for function, line in (
            (grids.continue_each_row, "row"),
            (grids.continue_each_column, "column"),
        )
        for both_ways in (False, True)
    ),
    *(
        Repair(
            partial(grids.continue_copies, both_ways=both_ways, apart=apart),
            f"grids.continue_copies(grid{', both_ways=True' * both_ways}{', apart=True' * apart})",
            f"{'In each colour the' if apart else 'The'} copies at equal distances go on "
            f"up to the border{' on both sides' * both_ways}.",
        )
        for apart in (False, True)
        for both_ways in (False, True)
    ),
)
"""What needs no colour that hides."""


def repairs(task: Task) -> Iterator[Repair]:
    """Everything worth trying, simple ideas first."""
    inputs, outputs = _grids(task.inputs), _grids(task.outputs)
    changed = {colour for colour in range(10) if any(colour in row for row in inputs[0])}
    shared = [c for c in sorted(changed) if all(any(c in row for row in g) for g in inputs)]
    if _sizes(inputs[: len(outputs)]) == _sizes(outputs):
        for colour in shared:
            yield from _restored(colour)
        if _repeats(outputs[0]) or _repeats(tuple(zip(*outputs[0], strict=True))):
            yield _SMOOTHED
        yield from _SAME_SIZE
        if len({cell for grid in inputs for row in grid for cell in row}) == 1:
            yield from _spirals(outputs)
    else:
        for colour in shared:
            yield from map(partial(_only_hidden, colour), _restored(colour))
        yield from _continued(inputs, outputs)


def _repeats(grid: Grid) -> bool:
    """Whether all rows repeat something after the same number of cells."""
    most = int(LONGEST_TILE * len(grid[0]))
    return any(all(row[:-w] == row[w:] for row in grid) for w in range(1, most + 1))


def _spirals(outputs: tuple[Grid, ...]) -> Iterator[Repair]:
    """What may be drawn on empty grids."""
    for colour in sorted({cell for row in outputs[0] for cell in row} - {0}):
        yield Repair(
            partial(_spiral, colour=colour),
            f"grids.spiral(len(grid), len(grid[0]), {colour})",
            f"A {COLOUR_WORDS[colour]} spiral winds from the upper left corner to the middle.",
        )


def _spiral(grid: Grid, *, colour: int) -> Grid:
    return grids.spiral(len(grid), len(grid[0]), colour)


def _restored(hidden: int) -> Iterator[Repair]:
    colour = COLOUR_WORDS[hidden].capitalize()
    for function, words in (
        (grids.mend_symmetry, "a mirror-symmetric picture"),
        (grids.mend_tiling, "a repeating tile"),
        (grids.mend_rows, "what each row repeats"),
        (grids.mend_columns, "what each column repeats"),
        (grids.mend_turned, "a picture that looks the same when turned"),
    ):
        yield Repair(
            partial(function, hidden=hidden),
            f"grids.{function.__name__}(grid, {hidden})",
            f"{colour} cells hide {words}, which is restored.",
        )
    for name in grids.MIRRORS:
        yield Repair(
            partial(grids.mend_mirror, hidden=hidden, name=name),
            f"grids.mend_mirror(grid, {hidden}, {name!r})",
            f"{colour} cells hide a picture with a {name} mirror, which is restored.",
        )


def _only_hidden(hidden: int, repair: Repair) -> Repair:
    return Repair(
        lambda grid: grids.hidden_part(grid, repair.run(grid), hidden),
        f"grids.hidden_part(grid, {repair.source}, {hidden})",
        f"{repair.words[:-1]}; only the hidden part is shown.",
    )


def _continued(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Iterator[Repair]:
    """The pattern on a larger canvas, of constant size or a multiple of the input's."""
    height, width = len(outputs[0]), len(outputs[0][0])
    first = inputs[0]
    for hidden in (-1, 0):
        extra = "" if hidden < 0 else ", 0"
        if len(set(_sizes(outputs))) == 1:
            yield Repair(
                partial(grids.extend_tiling, height=height, width=width, hidden=hidden),
                f"grids.extend_tiling(grid, {height}, {width}{extra})",
                f"The pattern goes on over {height} by {width} cells.",
            )
        down, across = height // len(first), width // len(first[0])
        if down * across > 1:
            yield Repair(
                partial(_multiplied, down=down, across=across, hidden=hidden),
                f"grids.extend_tiling(grid, {down} * len(grid), {across} * len(grid[0]){extra})",
                f"The pattern goes on over {down} times the rows, {across} times the columns.",
            )


def _multiplied(grid: Grid, *, down: int, across: int, hidden: int) -> Grid:
    return grids.extend_tiling(grid, down * len(grid), across * len(grid[0]), hidden)


def propose(task: Task, clock: Clock) -> Found:
    """Yield the repairs that give all train outputs and differ on the test inputs."""
    del clock
    seen: set[tuple[Grid, ...]] = set()
    inputs, outputs, tests = _grids(task.inputs), _grids(task.outputs), _grids(task.test)
    for repair in repairs(task):
        made: list[Grid] = []
        for value, wanted in zip(inputs, outputs, strict=False):
            yield None
            made.append(repair.run(value))
            if _sizes((made[-1],)) != _sizes((wanted,)):
                break
        finished = _finished(repair, inputs, made, outputs) if len(made) == len(outputs) else None
        if finished is None:
            continue
        answer = tuple(finished.run(grid) for grid in tests)
        if answer in seen:
            continue
        seen.add(answer)
        yield Proposal(
            hypothesis=Hypothesis(words=finished.words, level=Level.WHOLE),
            program=Program(source=_program(finished.source)),
            origin=f"symbolic.{NAME}",
        )
        if len(seen) == MOST_ANSWERS:
            return


def _finished(
    repair: Repair, inputs: Sequence[Grid], made: Sequence[Grid], outputs: Sequence[Grid]
) -> Repair | None:
    """The repair if it gives the outputs, or if it does so once something is recoloured.

    That is what it has changed, where sizes stay, and otherwise all that it gives.
    """
    if tuple(made) == tuple(outputs):
        return repair
    table: dict[int, int] = {}
    cells = 0
    same = _sizes(tuple(inputs[: len(outputs)])) == _sizes(tuple(outputs))
    for before, between, after in zip(inputs, made, outputs, strict=False):
        for r, row in enumerate(between):
            for c, colour in enumerate(row):
                wanted = after[r][c]
                if same and (colour == before[r][c]) != (wanted == before[r][c]):
                    return None
                if same and colour == before[r][c]:
                    continue
                cells += 1
                if table.setdefault(colour, wanted) != wanted:
                    return None
    if cells < LEAST_TOLD * len(table):
        return None
    table = {old: new for old, new in table.items() if old != new}
    return _recoloured(repair, table, only_changed=same)


def _recoloured(repair: Repair, table: dict[int, int], *, only_changed: bool) -> Repair:
    colours = ", ".join(
        f"{COLOUR_WORDS[old]} becomes {COLOUR_WORDS[new]}" for old, new in sorted(table.items())
    )
    if only_changed:
        return Repair(
            lambda grid: grids.recolour_changes(grid, repair.run(grid), table),
            f"grids.recolour_changes(grid, {repair.source}, {table})",
            f"{repair.words} In what is new {colours}.",
        )
    return Repair(
        lambda grid: _frozen(grids.recolour(repair.run(grid), table)),
        f"grids.recolour({repair.source}, {table})",
        f"{repair.words} Then {colours}.",
    )


def _frozen(rows: Sequence[Sequence[int]]) -> Grid:
    return tuple(tuple(row) for row in rows)


def _program(source: str) -> str:
    return f"from peirce.prototypes import grids\n\n\ndef transform(grid):\n    return {source}\n"


def _sizes(values: tuple[Grid, ...]) -> list[tuple[int, int]]:
    return [(len(grid), len(grid[0])) for grid in values]


def _grids(values: tuple[object, ...]) -> tuple[Grid, ...]:
    return cast("tuple[Grid, ...]", values)


def _promise(task: Task) -> float:
    return 0.5 if task.input_type == task.output_type == ValueType.GRID else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
