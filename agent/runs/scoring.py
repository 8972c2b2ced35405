"""From what a search gave to the record of its task: the one place where test outputs come in."""

from collections.abc import Sequence
from typing import Final, Literal

from peirce.agent.runs.folder import TRACES_FOLDER
from peirce.agent.runs.plan import Agreement, Ended
from peirce.agent.runs.record import Difficulty, ScoreRecord, Spent, TaskResult
from peirce.agent.traced import describe_task
from peirce.tasks.scorer import Score, Scorer
from peirce.tasks.task import Task
from peirce.tasks.values import Value, encode, same_value

ATTEMPTS: Final = 2
"""Predictions per test input that are compared."""
CONCEPT: Final = "concept"
"""The note in which a source says what a task is about."""


def settle(ended: Ended, scorer: Scorer, *, price: float, at: float) -> TaskResult:
    """Score what came of a job and write it down.

    Args:
        ended: what the search gave.
        scorer: holds the test outputs, if they are known.
        price: money per million tokens written.
        at: when the search ended, in seconds since the epoch.
    """
    task, answer = ended.job.task, ended.answer
    known = scorer.knows(task)
    score = _score(scorer, task, ended) if known else None
    status: Literal["verified", "near miss", "nothing found", "failed"] = "failed"
    if answer is not None:
        status = answer.status
        answer = answer.model_copy(update={"solved": score.solved if score else None})
    return TaskResult(
        data=ended.job.data,
        task=describe_task(task),
        kind=task.output_type,
        concept=task.notes.get(CONCEPT, ""),
        status=status,
        answer=answer,
        score=_score_record(score) if score else None,
        expected=tuple(encode(value) for value in scorer.reveal(task)) if known else None,
        difficulty=_difficulty(ended, scorer, task) if known else _unscored(ended),
        spent=Spent(
            cpu_seconds=ended.cpu_seconds,
            wall_seconds=ended.wall_seconds,
            programs=answer.programs if answer else 0,
            tokens=answer.tokens if answer else 0,
            cost=price * (answer.tokens if answer else 0) / 1e6,
        ),
        signs=ended.signs,
        error=ended.error,
        trace=f"{TRACES_FOLDER}/{ended.job.trace.name}" if ended.job.trace else "",
        ended=at,
    )


def _score(scorer: Scorer, task: Task, ended: Ended) -> Score:
    # A search that broke has predicted nothing, which is wrong and not unknown.
    ranked = ended.ranked or ((),) * len(task.test)
    return scorer.score(task, [column[:ATTEMPTS] for column in ranked])


def _score_record(score: Score) -> ScoreRecord:
    return ScoreRecord(
        at_one=score.at_one,
        at_two=score.at_two,
        attempts=score.attempts,
        solved_at_one=score.solved_at_one,
        solved_at_two=score.solved_at_two,
        solved=score.solved,
    )


def _difficulty(ended: Ended, scorer: Scorer, task: Task) -> Difficulty:
    outputs = scorer.reveal(task)
    found = _unscored(ended)
    right = sum(group.rules for group in ended.agreements if _predicts(group, outputs))
    ratio = right / found.fitting if found.fitting else None
    return found.model_copy(update={"right": right, "rashomon": ratio})


def _unscored(ended: Ended) -> Difficulty:
    fitting = sum(group.rules for group in ended.agreements)
    return Difficulty(bits=ended.bits, fitting=fitting, right=None, rashomon=None)


def _predicts(group: Agreement, outputs: Sequence[Value]) -> bool:
    return all(
        got is not None and same_value(got, expected)
        for got, expected in zip(group.predictions, outputs, strict=True)
    )
