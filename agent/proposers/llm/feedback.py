"""Feedback: what went wrong with a program, in the words a model can act on."""

from typing import cast

from peirce.agent.candidate import Candidate
from peirce.agent.proposers.llm.views import is_grid, show
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, Value
from peirce.verifiers.sandbox import Outcome

MOST_FAILURES = 3
"""Failing examples shown for one program."""


def failures(task: Task, candidate: Candidate) -> str:
    """Some failing examples: input, expected, actual with its differences, or the error.

    Those come first of which a verifier has said why, and then those with the lowest number.
    """
    parts: list[str] = []
    verdict = candidate.verdict
    failing = [index for index, passed in enumerate(verdict.passed) if not passed]
    failing.sort(key=lambda index: not _is_explained(verdict.train[index]))
    for index in sorted(failing[:MOST_FAILURES]):
        pair, outcome = task.train[index], verdict.train[index]
        text = f"Example {index + 1}\nInput:\n{show(pair.input)}\nExpected:\n{show(pair.output)}\n"
        if outcome.value is None:
            text += f"The program failed: {outcome.message}"
        else:
            text += f"It gave:\n{_difference(outcome.value, pair.output)}"
            # A verifier may have said why: for Prolog the branch of the proof that went wrong.
            text += f"\nWhy: {outcome.message}" if outcome.message else ""
        parts.append(text)
    if len(failing) > MOST_FAILURES:
        parts.append("(more examples fail)")
    return "\n\n".join(parts)


def _is_explained(outcome: Outcome) -> bool:
    """Whether it is wrong and comes with the reason."""
    return outcome.ok and bool(outcome.message)


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
