"""Symmetries: does a program treat a changed input as its rule would?

The colours of a grid are names, and so are the letters of a text: where a program does not speak of
them, renaming those of an input should rename those of its output and do nothing else. Many rules
also do not care which side is left or which way is up. A program is run on train inputs changed in
such a way and must give the output changed in the same way; the right answer is known without
anyone having to say it (metamorphic testing: Chen et al. 1998; Segura et al. 2016, section 2).
"""

import ast
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias, cast

from peirce.tasks.task import Task
from peirce.tasks.values import COLOURS, Grid, Value, ValueType
from peirce.verifiers.compare import same
from peirce.verifiers.program import Language, Program
from peirce.verifiers.sandbox import Cause
from peirce.verifiers.verify import Runs

MOST_EXAMPLES: Final = 4
"""Train examples that are changed in each way."""
OUT_OF_BREATH: Final = frozenset({Cause.TIMEOUT, Cause.MEMORY})
"""Causes that say nothing about a rule: all changed inputs together are more than it was run on."""
Change: TypeAlias = Callable[[Value], Value]


class Symmetry(StrEnum):
    """A way to change inputs and outputs alike."""

    NAMES = "names"
    """Colours or letters that the program does not mention are replaced by one another."""
    MIRROR = "mirror"
    """Left and right, or first and last, are exchanged."""
    FLIP = "flip"
    """Above and below are exchanged."""
    TRANSPOSE = "transpose"
    """Rows and columns are exchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symmetries:
    """How a program took changed train inputs."""

    kept: tuple[Symmetry, ...] = ()
    """Changes of the input that changed every output alike."""
    broken: tuple[Symmetry, ...] = ()
    """Changes of the input after which some output was another one, or there was none."""


@dataclass(frozen=True, slots=True)
class Case:
    """A changed train example."""

    symmetry: Symmetry
    input: Value
    output: Value


async def examine(program: Program, task: Task, sandbox: Runs) -> Symmetries:
    """Run a program that fits on changed train inputs, all in one run.

    Only symmetries that mean something for the task's values are looked at; often there is none.
    """
    cases = list(changed_examples(program, task))
    if not cases:
        return Symmetries()
    inputs = tuple(case.input for case in cases)
    outcomes = (await sandbox.run(program, inputs, task.output_type)).outcomes
    pairs = list(zip(cases, outcomes, strict=True))
    unknown = {case.symmetry for case, outcome in pairs if outcome.cause in OUT_OF_BREATH}
    broken = {case.symmetry for case, outcome in pairs if not same(outcome.value, case.output)}
    known = [one for one in dict.fromkeys(case.symmetry for case in cases) if one not in unknown]
    return Symmetries(
        kept=tuple(symmetry for symmetry in known if symmetry not in broken),
        broken=tuple(symmetry for symmetry in known if symmetry in broken),
    )


def changed_examples(program: Program, task: Task) -> Iterator[Case]:
    """The train examples of a task changed in every way that means something for its values."""
    if program.language is not Language.PYTHON or task.input_type is not task.output_type:
        return
    for symmetry, change in _changes(program, task.input_type):
        for pair in task.train[:MOST_EXAMPLES]:
            changed = change(pair.input)
            if changed != pair.input:
                yield Case(symmetry, changed, change(pair.output))


def _changes(program: Program, kind: ValueType) -> Iterator[tuple[Symmetry, Change]]:
    match kind:
        case ValueType.GRID:
            yield Symmetry.NAMES, _recolour(program)
            yield Symmetry.MIRROR, lambda grid: tuple(row[::-1] for row in cast("Grid", grid))
            yield Symmetry.FLIP, lambda grid: cast("Grid", grid)[::-1]
            yield Symmetry.TRANSPOSE, lambda grid: tuple(zip(*cast("Grid", grid), strict=True))
        case ValueType.STRING | ValueType.STRINGS:
            yield Symmetry.NAMES, _respell(program)
        case ValueType.LIST:
            yield Symmetry.MIRROR, lambda items: cast("tuple[int, ...]", items)[::-1]
        case _:
            return


def _recolour(program: Program) -> Change:
    """Exchange the colours the program does not mention; black stays, it is no object's colour."""
    named = {number for number in _constants(program) if isinstance(number, int)} | {0}
    free = [colour for colour in range(COLOURS) if colour not in named]
    renamed = dict(zip(free, reversed(free), strict=True))

    def change(grid: Value) -> Value:
        return tuple(tuple(renamed.get(cell, cell) for cell in row) for row in cast("Grid", grid))

    return change


def _respell(program: Program) -> Change:
    """Exchange letters, and digits, that stand in no text of the program; case is kept."""
    texts = [text for text in _constants(program) if isinstance(text, str)]
    named = set("".join(texts).lower())
    table: dict[str, str] = {}
    for alphabet in (string.ascii_lowercase, string.digits):
        free = [char for char in alphabet if char not in named]
        for old, new in zip(free, reversed(free), strict=True):
            table |= {old: new, old.upper(): new.upper()}
    translation = str.maketrans(table)

    def change(value: Value) -> Value:
        if isinstance(value, str):
            return value.translate(translation)
        return tuple(text.translate(translation) for text in cast("tuple[str, ...]", value))

    return change


def _constants(program: Program) -> list[object]:
    """The literals of a program; a source that does not parse has none."""
    try:
        tree = ast.parse(program.source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
