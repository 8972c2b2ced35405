"""The search for the smallest input on which programs disagree.

Hypothesis makes the inputs and shrinks them; programs run in the sandbox only, many inputs to a
call. Shrinking asks about one input after the other, so it is played through again and again: an
input nobody has run yet counts as no difference and is noted, all that were noted are run together,
and shrinking goes on from the smallest difference so far, until it meets nothing unknown.

Same seed, same result. A program that fails on an input says nothing about it.
"""

import asyncio
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final, Protocol

from hypothesis import Phase, Verbosity, find, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.errors import NoSuchExample, Unsatisfiable
from hypothesis.strategies import SearchStrategy
from platformdirs import user_cache_path

from peirce.tasks.errors import ConfigError
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType, same_value
from peirce.verifiers.distinguish.likeness import inputs_like
from peirce.verifiers.program import Language, Program
from peirce.verifiers.sandbox import Execution

LIMIT: Final = 600
"""Inputs tried, at most, unless the caller says otherwise."""
BATCH: Final = 64
"""Inputs that a program is run on in one sandbox call."""
ROUNDS: Final = 40
"""How often shrinking is played through."""


class Runs(Protocol):
    """What the search needs of a sandbox."""

    async def run(
        self, program: Program, inputs: Sequence[Value], output_type: ValueType
    ) -> Execution:
        """Run `program` on every input; never raises for what the program does."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An input on which at least two programs give different outputs."""

    input: Value
    outputs: tuple[Value | None, ...]
    """What each program gives, in their order; None where one fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinction:
    """What the search came to."""

    difference: Difference | None
    """The smallest that was found; None if the programs agreed on every input tried."""
    tried: int
    """Different inputs that the programs were run on."""
    answered: tuple[int, ...]
    """For how many of them each program gave an output, in their order."""


async def distinguish(
    programs: Sequence[Program],
    task: Task,
    sandbox: Runs,
    *,
    excluded: Iterable[Value] = (),
    limit: int = LIMIT,
    seed: int = 0,
) -> Distinction:
    """Look for the smallest input like those of `task` on which two of the programs disagree.

    Args:
        programs: two or more.
        task: its inputs say what an input looks like, and its output type what is compared.
        sandbox: where programs run.
        excluded: inputs not to come back with.
        limit: most inputs to try.
        seed: same seed, same inputs.

    Raises:
        ConfigError: there are fewer than two programs, or no input may be tried.
    """
    if len(programs) < 2 or limit < 1:
        raise ConfigError(
            f"{len(programs)} programs and {limit} inputs to try: give two programs, one input"
        )
    strategy = inputs_like(task.inputs, task.input_type)
    maker = _Maker(strategy=strategy, count=max(1, limit // 2), seed=seed)
    panel = _Panel(
        programs=_with_background(programs, task),
        output_type=task.output_type,
        sandbox=sandbox,
        allowed=limit,
        excluded=frozenset(excluded),
    )
    await panel.run_until_one_differs((*maker.draw(), *task.test))
    best = await _shrink(maker, panel)
    if best is None:
        best = next((value for value in task.test if panel.differs(value)), None)
    difference = None
    if best is not None:
        difference = Difference(input=best, outputs=panel.outputs[best])
    return Distinction(difference=difference, tried=len(panel.outputs), answered=panel.answered())


@dataclass(slots=True, kw_only=True)
class _Panel:
    """The programs, and what they gave for every input so far."""

    programs: tuple[Program, ...]
    output_type: ValueType
    sandbox: Runs
    allowed: int
    """Inputs that may be run, in all."""
    excluded: frozenset[Value]
    outputs: dict[Value, tuple[Value | None, ...]] = field(
        default_factory=dict[Value, tuple[Value | None, ...]]
    )

    async def run(self, inputs: Iterable[Value]) -> int:
        """Run the programs on those inputs that are new and allowed; how many that were."""
        new = [value for value in dict.fromkeys(inputs) if self.is_new(value)]
        new = new[: self.allowed - len(self.outputs)]
        for start in range(0, len(new), BATCH):
            await self._run_batch(new[start : start + BATCH])
        return len(new)

    async def run_until_one_differs(self, inputs: Sequence[Value]) -> None:
        """Run the programs on batch after batch, no further than the first difference."""
        for start in range(0, len(inputs), BATCH):
            batch = inputs[start : start + BATCH]
            await self.run(batch)
            if any(map(self.differs, batch)):
                return

    async def _run_batch(self, batch: Sequence[Value]) -> None:
        runs = (self.sandbox.run(program, batch, self.output_type) for program in self.programs)
        columns = [execution.values for execution in await asyncio.gather(*runs)]
        self.outputs.update(zip(batch, zip(*columns, strict=True), strict=True))

    def is_new(self, value: Value) -> bool:
        """Whether the programs have yet to be run on it."""
        return value not in self.outputs and value not in self.excluded

    def answered(self) -> tuple[int, ...]:
        """For how many inputs each program gave an output."""
        rows = self.outputs.values()
        return tuple(
            sum(row[place] is not None for row in rows) for place in range(len(self.programs))
        )

    def differs(self, value: Value) -> bool:
        """Whether two programs are known to give different outputs for it."""
        given = [output for output in self.outputs.get(value, ()) if output is not None]
        return any(not same_value(given[0], output) for output in given[1:])


def _with_background(programs: Sequence[Program], task: Task) -> tuple[Program, ...]:
    return tuple(
        replace(program, background=task.background)
        if program.language is Language.PROLOG
        else program
        for program in programs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Hypothesis' own search over a strategy, repeatable for its seed."""

    strategy: SearchStrategy[Value]
    count: int
    """Inputs that are drawn, in all."""
    seed: int

    def draw(self) -> list[Value]:
        """Different inputs, the first ones small."""
        drawn: dict[Value, None] = {}

        def note(value: Value) -> bool:
            drawn[value] = None
            return False

        self.find(note, Phase.generate)
        return list(drawn)

    def find(self, wanted: Callable[[Value], bool], *phases: Phase) -> Value | None:
        """The first wanted input that is drawn, shrunk if the phases say so; None if none is."""
        configured = settings(
            max_examples=self.count,
            phases=phases,
            database=None,
            derandomize=False,
            deadline=None,
            verbosity=Verbosity.quiet,
        )
        with _storage():
            try:
                return find(self.strategy, wanted, settings=configured, random=Random(self.seed))
            except (NoSuchExample, Unsatisfiable):
                return None


async def _shrink(maker: _Maker, panel: _Panel) -> Value | None:
    """The smallest input that differs, on the way that shrinking takes from the first one drawn."""
    best: Value | None = None
    for _ in range(ROUNDS):
        unknown: dict[Value, None] = {}

        def wanted(value: Value, unknown: dict[Value, None] = unknown) -> bool:
            if panel.is_new(value):
                unknown[value] = None
            return panel.differs(value)

        best = maker.find(wanted, Phase.generate, Phase.shrink)
        if not await panel.run(unknown):
            break
    return best


@contextmanager
def _storage() -> Generator[None]:
    """Hypothesis keeps what it learns about source files in the user's cache, not beside tasks."""
    set_hypothesis_home_dir(user_cache_path("peirce") / "hypothesis")
    try:
        yield
    finally:
        set_hypothesis_home_dir(None)
