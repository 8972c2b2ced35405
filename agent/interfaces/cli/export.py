"""`peirce export`: a run in the forms that leaderboards, Inspect and trainers read."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, assert_never

import typer
from rich.console import Console

from peirce.agent.replay import Recording, recordings
from peirce.agent.runs.exports.arc import submission, write_task_files
from peirce.agent.runs.exports.steps import step_rows
from peirce.agent.runs.exports.training import Row, Training, training_rows
from peirce.agent.runs.folder import last_results, read_run
from peirce.agent.runs.record import TaskResult
from peirce.tasks.errors import TaskError
from peirce.verifiers.sandbox import Sandbox


class Form(StrEnum):
    """What a run is turned into."""

    KAGGLE = "kaggle"
    """submission.json."""
    ARCPRIZE = "arcprize"
    """A folder with one file per task."""
    INSPECT = "inspect"
    """A log of Inspect, .eval or .json."""
    SFT = "sft"
    """Chats that end in a verified program."""
    PREFERENCES = "preferences"
    """Verified against failed programs."""
    PARTIAL = "partial"
    """Partly right programs with their score."""
    JOURNEYS = "journeys"
    """Mistakes, what went wrong, corrections."""
    STEPS = "steps"
    """Verified programs executed step by step."""


def command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    form: Annotated[Form, typer.Argument(help="What to write.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="File or, for arcprize, folder.")],
) -> None:
    """Write a run for Kaggle, the ARC Prize harness, Inspect or a trainer."""
    results = last_results(run)
    try:
        what = _write(run, form, results, out)
    except OSError as error:
        raise TaskError(f"{out}: cannot be written: {error.strerror or error}") from None
    Console(stderr=True, highlight=False).print(f"{out}: {what}", markup=False)


def _write(run: Path, form: Form, results: tuple[TaskResult, ...], out: Path) -> str:
    described = read_run(run)
    match form:
        case Form.KAGGLE:
            answers = submission(described, results)
            out.write_text(json.dumps(answers), encoding="utf-8")
            return f"{len(answers)} tasks"
        case Form.ARCPRIZE:
            return f"{write_task_files(described, results, out)} task files"
        case Form.INSPECT:
            # Inspect is an optional extra: whoever does not export to it need not have it.
            from peirce.agent.runs.exports.inspect_log import write_inspect_log

            write_inspect_log(described, results, out)
            return f"{len(results)} samples"
        case Form.STEPS:
            return asyncio.run(_write_steps(run, results, out))
        case Form.SFT | Form.PREFERENCES | Form.PARTIAL | Form.JOURNEYS:
            wanted = Training(form.value)
            found = _searches(run, results)
            return _write_rows((row for each in found for row in training_rows(each, wanted)), out)
        case _:
            assert_never(form)


async def _write_steps(run: Path, results: Sequence[TaskResult], out: Path) -> str:
    async with Sandbox.open() as sandbox:
        found = _searches(run, results)
        return _write_rows([row for each in found async for row in step_rows(each, sandbox)], out)


def _searches(run: Path, results: Sequence[TaskResult]) -> Iterator[Recording]:
    for result in results:
        if not result.trace:
            raise TaskError(f"{run}: was made with --no-traces, and training sets need them")
        if result.status == "failed":
            continue  # Its process may have died before there was a trace.
        yield from recordings(run / result.trace)


def _write_rows(rows: Iterable[Row], out: Path) -> str:
    count = 0
    with out.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return f"{count} rows"
