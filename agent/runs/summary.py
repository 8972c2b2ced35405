"""`Summary`: the figures of a run, worked out from its records."""

from collections.abc import Callable, Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict

from peirce.agent.runs.record import TaskResult
from peirce.agent.runs.statistics import (
    Calibration,
    Coverage,
    Interval,
    calibration,
    coverage,
    mean_interval,
    ratio_interval,
)

PRECISION: Final = 0.95
"""Precision at which coverage is stated."""
BANDS: Final = (20.0, 40.0, 80.0, 160.0)
"""Edges, in bits, of the bands of difficulty."""
NO_RULE: Final = "no rule found"
"""Band of the tasks for which nothing fits."""


class _Figures(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Group(_Figures):
    """The tasks of one kind, concept or band of difficulty."""

    name: str
    tasks: int
    """Tasks with known test outputs."""
    solved: Interval | None
    """Share solved with the attempts each task allows; null without tasks."""
    pass_at_one: Interval | None
    """Share with every first prediction right."""
    pass_at_two: Interval | None
    """Share with one of the first two predictions right on every test input."""


class Costs(_Figures):
    """What was spent, in all or for each solved task."""

    cpu_seconds: float
    tokens: float
    money: float


class Summary(_Figures):
    """The figures of a run."""

    tasks: int
    """Tasks with a record."""
    owed: int
    """Tasks of the run without one."""
    verified: int
    """Tasks with a rule that reproduces every example."""
    failed: int
    """Tasks whose record says that something broke."""
    overall: Group
    by_kind: tuple[Group, ...]
    by_concept: tuple[Group, ...]
    """Empty where the sources name no concepts."""
    by_difficulty: tuple[Group, ...]
    """By the description length of the shortest rule found, in bits."""
    rashomon: Interval | None
    """Mean share of the rules that fit a task which also predict its test outputs."""
    spent: Costs
    wall_seconds: float
    """Sum over tasks, whatever ran side by side."""
    per_solved: Costs | None
    """Null where nothing was solved."""
    cpu_per_solved: Interval | None
    """CPU seconds for each solved task, with its interval."""
    calibration: Calibration | None
    """Stated probabilities against first predictions being right."""
    coverage: Coverage
    """How many tasks could be answered at 95 % precision."""


def summarise(results: Sequence[TaskResult], *, owed: int) -> Summary:
    """Work out the figures of a run from its records."""
    scored = [result for result in results if result.score is not None]
    stated = [result.probability for result in scored]
    right = [result.solved_at_one for result in scored]
    solved = sum(result.solved for result in scored)
    cpu = [result.spent.cpu_seconds for result in results]
    ratios = [found for result in scored if (found := result.difficulty.rashomon) is not None]
    spent = Costs(
        cpu_seconds=sum(cpu),
        tokens=sum(result.spent.tokens for result in results),
        money=sum(result.spent.cost for result in results),
    )
    return Summary(
        tasks=len(results),
        owed=owed,
        verified=sum(result.status == "verified" for result in results),
        failed=sum(bool(result.error) for result in results),
        overall=_group("all", scored),
        by_kind=_groups(scored, lambda result: result.kind),
        by_concept=_groups(scored, lambda result: result.concept),
        by_difficulty=tuple(
            _group(name, [result for result in scored if band(result) == name])
            for name in (*_band_names(), NO_RULE)
            if any(band(result) == name for result in scored)
        ),
        rashomon=mean_interval(ratios),
        spent=spent,
        wall_seconds=sum(result.spent.wall_seconds for result in results),
        per_solved=_per(spent, solved),
        cpu_per_solved=ratio_interval(cpu, [float(result.solved) for result in results]),
        calibration=calibration(stated, right),
        coverage=coverage(stated, right, precision=PRECISION),
    )


def band(result: TaskResult) -> str:
    """The band of difficulty a task falls in."""
    bits = result.difficulty.bits
    if bits is None:
        return NO_RULE
    return _band_names()[sum(bits > edge for edge in BANDS)]


def _band_names() -> tuple[str, ...]:
    lows = (0.0, *BANDS)
    inner = [f"{low:.0f} to {high:.0f} bits" for low, high in zip(lows, BANDS, strict=False)]
    return (*inner, f"over {BANDS[-1]:.0f} bits")


def _groups(results: Sequence[TaskResult], name: Callable[[TaskResult], str]) -> tuple[Group, ...]:
    names = sorted({name(result) for result in results} - {""})
    return tuple(
        _group(each, [found for found in results if name(found) == each]) for each in names
    )


def _group(name: str, results: Sequence[TaskResult]) -> Group:
    return Group(
        name=name,
        tasks=len(results),
        solved=mean_interval([float(result.solved) for result in results]),
        pass_at_one=mean_interval([float(result.solved_at_one) for result in results]),
        pass_at_two=mean_interval([float(result.solved_at_two) for result in results]),
    )


def _per(spent: Costs, solved: int) -> Costs | None:
    if not solved:
        return None
    return Costs(
        cpu_seconds=spent.cpu_seconds / solved,
        tokens=spent.tokens / solved,
        money=spent.money / solved,
    )
