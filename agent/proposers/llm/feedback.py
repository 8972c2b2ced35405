"""Feedback: what went wrong with a program, in the words a model can act on."""

from typing import cast

from peirce.agent.candidate import Candidate
from peirce.agent.proposers.llm.views import is_grid, show
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, Value

MOST_FAILURES = 3
"""Failing examples shown for one program."""


def failures(task: Task, candidate: Candidate) -> str:
    """The first failing examples: input, expected, actual with its differences, or the error."""
    parts: list[str] = []
    verdict = candidate.verdict
    for index, (pair, outcome, passed) in enumerate(
        zip(task.train, verdict.train, verdict.passed, strict=True), start=1
    ):
        if passed:
            continue
        if len(parts) == MOST_FAILURES:
            parts.append("(more examples fail)")
            break
        text = f"Example {index}\nInput:\n{show(pair.input)}\nExpected:\n{show(pair.output)}\n"
        if outcome.value is None:
            text += f"The program failed: {outcome.message}"
        else:
            text += f"It gave:\n{_difference(outcome.value, pair.output)}"
            # A verifier may have said why: for Prolog the branch of the proof that went wrong.
            text += f"\nWhy: {outcome.message}" if outcome.message else ""
        parts.append(text)
    return "\n\n".join(parts)


def _difference(got: Value, expected: Value) -> str:
    """The actual value; in grids of the right size wrong cells are written `actual/expected`."""
    if not (is_grid(got) and is_grid(expected)):
        return show(got)
    actual, wanted = cast("Grid", got), cast("Grid", expected)
    if (len(actual), len(actual[0])) != (len(wanted), len(wanted[0])):
        return f"{show(got)}\nThe size is wrong: expected {len(wanted)} x {len(wanted[0])}."
    rows = (
        " ".join(
            str(left) if left == right else f"{left}/{right}"
            for left, right in zip(row, goal, strict=True)
        )
        for row, goal in zip(actual, wanted, strict=True)
    )
    return "\n".join(rows) + "\n(wrong cells are written actual/expected)"
