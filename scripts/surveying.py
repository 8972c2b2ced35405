"""What the scripts that search every task of data files share: arguments, output and exit codes.

Exit codes are those of `peirce`: 0 done; 2 bad arguments, or a file that cannot be read or written;
3 no sandbox to be had; 130 interrupted, with what was found until then printed and written.
"""

import argparse
import json
import math
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from peirce.agent.runs.data import Selection
from peirce.tasks import Task, TaskSet, load_tasks
from peirce.tasks.errors import ConfigError, ModelError, PeirceError, SandboxError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MOST_WORKERS: Final = 256
"""Most searching processes; each takes some 300 MB."""
MOST_SECONDS: Final = 10**6
"""Most CPU seconds of one task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A data file, and which of its tasks are searched."""

    path: Path
    taskset: TaskSet
    tasks: tuple[Task, ...]


def parser_of(doc: str | None) -> argparse.ArgumentParser:
    """A parser of the arguments that all such scripts take; `doc` is that of the script."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("data", nargs="+", type=Path, help="task files")
    parser.add_argument("--workers", type=_workers, default=1, help="searching processes")
    parser.add_argument(
        "--budget", type=_seconds, default=10.0, help="CPU seconds of search per task"
    )
    parser.add_argument("--limit", type=int, help="at most so many tasks of each file")
    parser.add_argument("--every", type=int, default=1, help="only every N-th task")
    parser.add_argument("--only", nargs="*", default=[], help="only the tasks of these names")
    parser.add_argument("--json", type=Path, help="write one JSON line per task here")
    return parser


def surveys_of(options: argparse.Namespace) -> tuple[Survey, ...]:
    """What the arguments ask for, all files read before any is searched.

    Raises:
        TaskError: a file cannot be read, or holds no tasks.
        ConfigError: no task of a file is left, or none has one of the asked names.
    """
    selection = Selection(ids=tuple(options.only), every=options.every, limit=options.limit)
    surveys: list[Survey] = []
    for path in dict.fromkeys(options.data):
        taskset = load_tasks(path)
        surveys.append(Survey(path=path, taskset=taskset, tasks=selection.choose(taskset.tasks)))
    names = {task.name for survey in surveys for task in survey.taskset}
    missing = [name for name in options.only if name not in names]
    if missing:
        raise ConfigError(
            f"--only: no task is called {missing[0]!r}; `peirce tasks FILE` lists the names"
        )
    if not any(survey.tasks for survey in surveys):
        raise ConfigError("no task is left to search; widen --only, --every or --limit")
    return tuple(surveys)


@contextmanager
def lines_to(path: Path | None) -> Generator["Callable[[DataclassInstance], None]"]:
    """What appends records to a file, one JSON line each, on disk at once; without a file, nothing.

    Raises:
        ConfigError: the file cannot be written.
    """
    if path is None:
        yield lambda record: None
        return
    try:
        lines = path.open("w", encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"--json: {path} cannot be written: {error.strerror or error}; name another file"
        ) from None

    def write(record: "DataclassInstance") -> None:
        lines.write(json.dumps(asdict(record)) + "\n")
        lines.flush()

    with lines:
        yield write


def run(main: Callable[[], None]) -> None:
    """Run a script; every foreseen error is one line on stderr and an exit code."""
    try:
        main()
        sys.stdout.flush()
    except PeirceError as error:
        print(f"{Path(sys.argv[0]).name}: {error}", file=sys.stderr)
        sys.exit(3 if isinstance(error, SandboxError | ModelError) else 2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Python flushes stdout once more as it ends, which nobody reads any longer.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _workers(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to {MOST_WORKERS}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no number of seconds above 0, at most {MOST_SECONDS}"
        )
    return seconds
