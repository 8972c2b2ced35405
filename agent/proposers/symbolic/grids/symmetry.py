"""Symmetry and tiling repair: restore what a colour hides, smooth exceptions, continue patterns.

The colour that hides, the kind of regularity and whether all or only the restored part is wanted
are the parameters. All are tried, simple ones first, each until a demo contradicts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.cells_conditions import COLOUR_WORDS
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

NAME: Final = "grids.symmetry"
MOST_ANSWERS: Final = 4


@dataclass(frozen=True, slots=True)
class Repair:
    """One way of restoring a grid: as a function, as an expression and as a phrase."""

    run: Callable[[Grid], Grid]
    source: str
    words: str


_SAME_SIZE: Final = (
    Repair(
        grids.smooth_tiling,
        "grids.smooth_tiling(grid)",
        "Exceptions to the repeating tile are set right.",
    ),
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
        yield from _SAME_SIZE
    else:
        for colour in shared:
            yield from map(partial(_only_hidden, colour), _restored(colour))
        yield from _continued(inputs, outputs)


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
                f"The pattern goes on over {height} rows and {width} columns.",
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
    tests = _grids(task.test)
    for repair in repairs(task):
        fits = True
        for value, wanted in zip(_grids(task.inputs), task.outputs, strict=False):
            yield None
            if repair.run(value) != wanted:
                fits = False
                break
        if not fits:
            continue
        answer = tuple(repair.run(grid) for grid in tests)
        if answer in seen:
            continue
        seen.add(answer)
        yield Proposal(
            hypothesis=Hypothesis(words=repair.words, level=Level.WHOLE),
            program=Program(source=_program(repair.source)),
            origin=f"symbolic.{NAME}",
        )
        if len(seen) == MOST_ANSWERS:
            return


def _program(source: str) -> str:
    return f"from peirce.prototypes import grids\n\n\ndef transform(grid):\n    return {source}\n"


def _sizes(values: tuple[Grid, ...]) -> list[tuple[int, int]]:
    return [(len(grid), len(grid[0])) for grid in values]


def _grids(values: tuple[object, ...]) -> tuple[Grid, ...]:
    return cast("tuple[Grid, ...]", values)


def _promise(task: Task) -> float:
    return 0.5 if task.input_type == task.output_type == ValueType.GRID else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
