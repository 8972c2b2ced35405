"""Cheap repairs: a program that is wrong in the same way everywhere lacks one last step.

If the outputs it gives become the expected ones by one simple change that is the same for all
examples (colours swapped by a fixed table, the order reversed, the case changed), the program with
that step added is proposed as a refinement. It does not matter who wrote the program.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, cast

from peirce.agent.candidate import Candidate
from peirce.agent.proposal import Hypothesis, Proposal
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, IntList, Value, ValueType
from peirce.verifiers.program import Language, Program


@dataclass(frozen=True, slots=True)
class _Step:
    """A last step: what it does, in words, as source over `draft`, and as a function."""

    words: str
    source: str
    apply: Callable[[Value], object]


def _items(value: Value) -> list[int | IntList]:
    return list(cast("IntList", value))


def _numbers(value: Value) -> list[int]:
    return cast("list[int]", _items(value))


def _text(value: Value) -> str:
    return cast("str", value)


_LIST_STEPS: Final = (
    _Step("reverse the result", "list(draft)[::-1]", lambda value: _items(value)[::-1]),
    _Step("sort the result", "sorted(draft)", lambda value: sorted(_numbers(value))),
    _Step(
        "sort the result from large to small",
        "sorted(draft, reverse=True)",
        lambda value: sorted(_numbers(value), reverse=True),
    ),
    _Step(
        "drop repeated items from the result",
        "list(dict.fromkeys(draft))",
        lambda value: list(dict.fromkeys(_items(value))),
    ),
    _Step("drop the first item", "list(draft)[1:]", lambda value: _items(value)[1:]),
    _Step("drop the last item", "list(draft)[:-1]", lambda value: _items(value)[:-1]),
)
_TEXT_STEPS: Final = (
    _Step("trim the result", "draft.strip()", lambda value: _text(value).strip()),
    _Step("put the result in upper case", "draft.upper()", lambda value: _text(value).upper()),
    _Step("put the result in lower case", "draft.lower()", lambda value: _text(value).lower()),
    _Step("put the result in title case", "draft.title()", lambda value: _text(value).title()),
    _Step("reverse the result", "draft[::-1]", lambda value: _text(value)[::-1]),
)


def repair(task: Task, candidate: Candidate) -> Iterator[Proposal]:
    """Yield the refinements of `candidate` that one last step makes fit the train examples."""
    program = candidate.proposal.program
    gotten = [outcome.value for outcome in candidate.verdict.train]
    if program.language is not Language.PYTHON or any(value is None for value in gotten):
        return
    values = [value for value in gotten if value is not None]
    for step in _steps(task, values):
        yield _extend(candidate, step)


def _steps(task: Task, values: list[Value]) -> Iterator[_Step]:
    match task.output_type:
        case ValueType.GRID:
            table = _colour_table(values, task.outputs)
            if table:
                yield _recolouring(table)
        case ValueType.LIST:
            flat = all(isinstance(item, int) for value in values for item in _items(value))
            yield from _matching(_LIST_STEPS if flat else (), values, task.outputs)
        case ValueType.STRING:
            yield from _matching(_TEXT_STEPS, values, task.outputs)
        case _:
            return


def _matching(
    steps: tuple[_Step, ...], values: list[Value], outputs: tuple[Value, ...]
) -> Iterator[_Step]:
    for step in steps:
        results = [step.apply(value) for value in values]
        expected = [list(goal) if isinstance(goal, tuple) else goal for goal in outputs]
        if results == expected:
            yield step


def _colour_table(values: list[Value], outputs: tuple[Value, ...]) -> dict[int, int]:
    """The colour map that turns every value into its output; empty if there is none."""
    table: dict[int, int] = {}
    for value, output in zip(values, outputs, strict=True):
        got, goal = cast("Grid", value), cast("Grid", output)
        if (len(got), len(got[0])) != (len(goal), len(goal[0])):
            return {}
        for row, wanted in zip(got, goal, strict=True):
            for left, right in zip(row, wanted, strict=True):
                if table.setdefault(left, right) != right:
                    return {}
    return {left: right for left, right in sorted(table.items()) if left != right}


def _recolouring(table: dict[int, int]) -> _Step:
    pairs = ", ".join(f"{left} becomes {right}" for left, right in table.items())
    return _Step(
        f"change colours: {pairs}",
        f"[[{table!r}.get(cell, cell) for cell in row] for row in draft]",
        lambda value: value,
    )


def _extend(candidate: Candidate, step: _Step) -> Proposal:
    program = candidate.proposal.program
    words = candidate.proposal.hypothesis.words.rstrip(". ")
    renamed = re.sub(rf"\b{re.escape(program.entry)}\b", "draft_of", program.source).rstrip()
    source = (
        f"{renamed}\n\n\ndef {program.entry}(value):\n"
        f"    draft = draft_of(value)\n    return {step.source}\n"
    )
    return Proposal(
        hypothesis=Hypothesis(
            words=f"{words}; then {step.words}.", level=candidate.proposal.hypothesis.level
        ),
        program=Program(source=source, entry=program.entry),
        origin=f"{candidate.proposal.origin}+repair",
        parent=candidate.digest,
    )
