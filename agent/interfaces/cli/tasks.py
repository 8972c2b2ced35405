"""`peirce tasks`: list and validate task files, or show the examples of one task."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from peirce.agent.interfaces.cli.answer_view import show_examples
from peirce.agent.interfaces.terminal.texts import printable
from peirce.tasks.formats import Format, load_tasks
from peirce.tasks.samples import load_samples
from peirce.tasks.task import Task
from peirce.tasks.taskset import TaskSet


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[TASK]...", help="Files or folders; the samples by default."),
    ] = None,
    task_format: Annotated[
        Format | None, typer.Option("--format", help="Format of the files; detected by default.")
    ] = None,
    show: Annotated[str | None, typer.Option(help="Draw the examples of this task.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per task on stdout.")
    ] = False,
) -> None:
    """List and validate tasks: the first fault is named by file, task and field."""
    sets = [load_tasks(path, format=task_format) for path in paths] if paths else [load_samples()]
    out = Console(highlight=False)
    for taskset in sets:
        if show is not None:
            show_examples(out, taskset.find(show))
        elif as_json:
            for task in taskset:
                typer.echo(json.dumps(_summary(task, taskset)))
        else:
            out.print(_table(taskset))


def _summary(task: Task, taskset: TaskSet) -> dict[str, object]:
    return {
        "task": task.name,
        "digest": task.digest,
        "input_type": task.input_type,
        "output_type": task.output_type,
        "train": len(task.train),
        "test": len(task.test),
        "test_outputs_known": taskset.scorer.knows(task),
    }


def _table(taskset: TaskSet) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("task", "from", "to", "examples", "tests", "rule"):
        right = "right" if heading in {"examples", "tests"} else "left"
        table.add_column(heading, justify=right, overflow="fold")
    for task in taskset:
        scored = "" if taskset.scorer.knows(task) or not task.test else "?"
        table.add_row(
            Text(task.name),
            task.input_type,
            task.output_type,
            str(len(task.train)),
            f"{len(task.test)}{scored}",
            Text(printable(task.notes.get("rule", ""))),
        )
    return table
