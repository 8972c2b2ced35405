"""The two forms ARC answers are handed in: Kaggle's submission.json, and arcprize's task files.

Kaggle wants every task, every test input and both attempts; what is missing is padded by repeating
the first attempt, or by the smallest grid. The files of the ARC Prize harness
(arcprize/arc-agi-benchmarking, `BenchmarkedTaskResults`) hold a list per test input.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import JsonValue

from peirce.agent.runs.record import RunRecord, TaskResult
from peirce.tasks.errors import ConfigError
from peirce.tasks.values import ValueType, default_value, encode

ATTEMPTS = 2


def submission(run: RunRecord, results: Sequence[TaskResult]) -> dict[str, JsonValue]:
    """Kaggle's submission.json as an object.

    Raises:
        ConfigError: a task has no record yet, is no grid task, or two tasks share a name.
    """
    owed = sum(len(data.chosen) for data in run.configuration.data) - len(results)
    if owed:
        raise ConfigError(f"{owed} tasks have no record yet, and a submission names every task")
    found: dict[str, JsonValue] = {}
    for result in results:
        if result.task.name in found:
            raise ConfigError(f"two tasks are called {result.task.name!r}; export one data set")
        found[result.task.name] = [
            {f"attempt_{place}": grid for place, grid in enumerate(pair, start=1)}
            for pair in attempts(result)
        ]
    return found


def write_task_files(run: RunRecord, results: Sequence[TaskResult], folder: Path) -> int:
    """Write one file per task as the ARC Prize harness does; returns how many.

    Raises:
        ConfigError: a task is no grid task, or its name cannot be that of a file.
        OSError: the folder cannot be written.
    """
    files = {_file_name(result): _pairs(run, result) for result in results}
    folder.mkdir(parents=True, exist_ok=True)
    for name, pairs in files.items():
        (folder / name).write_text(json.dumps(pairs, indent=1), encoding="utf-8")
    return len(results)


def _file_name(result: TaskResult) -> str:
    name = result.task.name
    if Path(name).name != name:
        raise ConfigError(
            f"task {name!r}: its name is a path, and the file of a task is called after it; "
            "rename the task"
        )
    return f"{name}.json"


def _pairs(run: RunRecord, result: TaskResult) -> list[dict[str, JsonValue]]:
    return [
        {
            f"attempt_{place}": _attempt(run, result, index, grid)
            for place, grid in enumerate(pair, start=1)
        }
        for index, pair in enumerate(attempts(result))
    ]


def attempts(result: TaskResult) -> list[list[JsonValue]]:
    """Both attempts for each test input.

    Raises:
        ConfigError: it is no grid task.
    """
    if result.kind != ValueType.GRID:
        raise ConfigError(
            f"task {result.task.name!r} predicts a {result.kind}; only grids can be handed in, "
            "so export a run of grid tasks"
        )
    empty: JsonValue = encode(default_value(ValueType.GRID))  # type: ignore[assignment]
    found: list[list[JsonValue]] = []
    for index in range(len(result.task.test)):
        column = result.answer.predictions[index] if result.answer else ()
        pair = [guess.value for guess in column[:ATTEMPTS]] or [empty]
        found.append(pair + pair[:1] * (ATTEMPTS - len(pair)))
    return found


def _attempt(run: RunRecord, result: TaskResult, index: int, grid: JsonValue) -> JsonValue:
    known = result.expected is not None
    correct = result.expected[index] == grid if result.expected is not None else None
    ended = datetime.fromtimestamp(result.ended, UTC)
    began = datetime.fromtimestamp(result.ended - result.spent.wall_seconds, UTC)
    # The harness counts per attempt; a search is one piece of work for all of them.
    tokens = result.spent.tokens if index == 0 else 0
    cost = result.spent.cost if index == 0 else 0.0
    metadata: dict[str, JsonValue] = {
        "model": run.configuration.model or "peirce-symbolic",
        "provider": "peirce",
        "start_timestamp": began.isoformat(),
        "end_timestamp": ended.isoformat(),
        "choices": [],
        "kwargs": {},
        "usage": {
            "prompt_tokens": 0,
            "completion_tokens": tokens,
            "total_tokens": tokens,
            "completion_tokens_details": {
                "reasoning_tokens": 0,
                "accepted_prediction_tokens": tokens,
                "rejected_prediction_tokens": 0,
            },
        },
        "cost": {"prompt_cost": 0.0, "completion_cost": cost, "total_cost": cost},
        "task_id": result.task.name,
        "pair_index": index,
        "test_id": run.name,
    }
    entry: dict[str, JsonValue] = {"answer": grid, "metadata": metadata}
    return entry | ({"correct": correct} if known else {})
