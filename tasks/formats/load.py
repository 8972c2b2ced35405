"""`load_tasks` and `save_tasks`: a path in, tasks and their scorer out, and back.

A path is a file of any known format, a folder of such files, or a folder in Popper's style.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, assert_never

from peirce.tasks.errors import TaskError
from peirce.tasks.formats.arc import (
    parse_arc,
    parse_challenges,
    solutions_beside,
)
from peirce.tasks.formats.csv_table import parse_csv
from peirce.tasks.formats.detect import Detected, Format, detect_format
from peirce.tasks.formats.jsonl import format_jsonl, parse_jsonl
from peirce.tasks.formats.popper import is_popper, parse_popper
from peirce.tasks.reading import parse_json, read_text
from peirce.tasks.record import Loaded, Record, build
from peirce.tasks.scorer import Scorer
from peirce.tasks.taskset import TaskSet
from peirce.tasks.values import show

MAX_TASKS: Final = 100_000
"""Most tasks that are loaded from one path."""

_SUFFIXES: Final = (".json", ".jsonl", ".csv", ".tsv")


def load_tasks(
    path: Path | str, *, format: Format | None = None, solutions: Path | str | None = None
) -> TaskSet:
    """Read the tasks of a file, or of all task files of a folder.

    Args:
        path: A file of any known format, or a folder of such files.
        format: How to read it; found by content where it is not given.
        solutions: The test outputs of a Kaggle challenges file; found beside it by name where
            it is not given.

    Raises:
        TaskError: something is not valid; the message names file, task and field.
    """
    path = Path(path)
    answers = None if solutions is None else Path(solutions)
    seen: dict[str, str] = {}
    loaded: list[Loaded] = []
    for record in _records(path, format, answers):
        if len(loaded) == MAX_TASKS:
            raise TaskError(f"{record.where}: over {MAX_TASKS} tasks at once; split the source")
        if record.name in seen:
            raise TaskError(
                f"{record.where}: the id {show(record.name)} is already taken by "
                f"{seen[record.name]}; rename one of the two tasks"
            )
        seen[record.name] = record.where
        loaded.append(build(record))
    if not loaded:
        raise TaskError(f"{path}: holds no tasks")
    known = [(item.task, item.answers) for item in loaded if item.answers is not None]
    try:
        return TaskSet(tasks=tuple(item.task for item in loaded), scorer=Scorer(known))
    except TaskError as error:
        raise TaskError(f"{path}: {error}") from None


def save_tasks(tasks: TaskSet, path: Path | str) -> None:
    """Write tasks as JSONL, with the test outputs their scorer knows; replaces the file whole.

    Raises:
        TaskError: the file cannot be written.
    """
    path = Path(path)
    text = "".join(format_jsonl(task, tasks.scorer) + "\n" for task in tasks)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise TaskError(f"{path}: cannot be written: {error.strerror or error}") from None


def _records(path: Path, format: Format | None, solutions: Path | None) -> Iterator[Record]:
    if is_popper(path):
        yield parse_popper(path)
        return
    try:
        folder = path.is_dir()
        files = sorted(path.iterdir()) if folder else [path]
    except OSError as error:
        raise TaskError(f"{path}: cannot be read: {error.strerror or error}") from None
    for file in files:
        if folder and is_popper(file):
            yield parse_popper(file)
            continue
        if folder and (file.suffix.lower() not in _SUFFIXES or file.name.startswith(".")):
            continue
        text = read_text(file)
        found = Detected(format=format) if format else detect_format(text, where=str(file))
        if found.format is not None:
            yield from _parse(text, file, found.format, found.raw, solutions)
        elif not folder:
            raise TaskError(
                f"{file}: holds outputs without tasks; give the challenges file they belong to"
            )


def _parse(
    text: str, path: Path, format: Format, raw: object, solutions: Path | None
) -> Iterator[Record]:
    if solutions is not None and format is not Format.KAGGLE:
        raise TaskError(f"{path}: is {format}, which takes no solutions file; leave it out")
    if raw is None and format in (Format.ARC, Format.KAGGLE):
        raw = parse_json(text, where=str(path))
    match format:
        case Format.ARC:
            yield parse_arc(raw, path=path)
        case Format.KAGGLE:
            beside = solutions or solutions_beside(path)
            yield from parse_challenges(raw, path=path, solutions=beside)
        case Format.JSONL:
            yield from parse_jsonl(text, path=path)
        case Format.CSV:
            yield parse_csv(text, path=path)
        case _:
            assert_never(format)
