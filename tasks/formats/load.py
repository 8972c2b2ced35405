"""`load_tasks` and `save_tasks`: a path in, tasks and their scorer out, and back.

The format is found by content, not by the name of the file.
"""

import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final, assert_never, cast

from peirce.tasks.errors import TaskError
from peirce.tasks.formats.arc import (
    parse_arc,
    parse_challenges,
    solutions_beside,
)
from peirce.tasks.formats.csv_table import find_separator, parse_csv
from peirce.tasks.formats.jsonl import format_jsonl, parse_jsonl
from peirce.tasks.reading import parse_json, read_text
from peirce.tasks.record import Loaded, Record, build
from peirce.tasks.scorer import Scorer
from peirce.tasks.taskset import TaskSet
from peirce.tasks.values import show


class Format(StrEnum):
    """How a task file is written."""

    ARC = "arc"
    """ARC JSON: one task `{"train": …, "test": …}` in a file."""
    KAGGLE = "kaggle"
    """Kaggle's ARC JSON: tasks by name, with a solutions file beside."""
    JSONL = "jsonl"
    """One task a line, with `id`, `kind`, `train`, `test`, `meta`."""
    CSV = "csv"
    """A table of texts with input and output columns."""


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
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".", delete=False
        ) as stream:
            stream.write(text)
        Path(stream.name).replace(path)
    except OSError as error:
        raise TaskError(f"{path}: cannot be written: {error.strerror or error}") from None


def detect_format(text: str, *, where: str) -> Format | None:
    """Tell by its content how a file is written; `None` for outputs without tasks.

    Raises:
        TaskError: it is of no known format.
    """
    start = text.lstrip()
    if not start:
        raise TaskError(f"{where}: is empty")
    if start[0] not in "{[":
        if find_separator(text) is None:
            raise TaskError(f"{where}: {_NO_FORMAT}")
        return Format.CSV
    first, _, rest = start.partition("\n")
    if rest.strip() and _is_complete(first):
        return Format.JSONL
    raw = parse_json(text, where=where)
    if not isinstance(raw, dict):
        raise TaskError(f"{where}: is a JSON array; write one task a line, or tasks by name")
    return _detect_object(cast("dict[str, object]", raw), where)


_NO_FORMAT: Final = (
    "is of no known format; give ARC JSON (train and test), JSONL (id, kind and train), or a CSV "
    "with the columns input and output"
)


def _detect_object(entry: dict[str, object], where: str) -> Format | None:
    if "kind" in entry:
        return Format.JSONL
    if "train" in entry or "test" in entry:
        return Format.ARC
    if entry and all(isinstance(item, dict) for item in entry.values()):
        return Format.KAGGLE
    if entry and all(isinstance(item, list) for item in entry.values()):
        return None
    raise TaskError(f"{where}: {_NO_FORMAT}")


def _is_complete(line: str) -> bool:
    try:
        return isinstance(parse_json(line, where="line 1"), dict)
    except TaskError:
        return False


def _records(path: Path, format: Format | None, solutions: Path | None) -> Iterator[Record]:
    try:
        folder = path.is_dir()
        files = sorted(path.iterdir()) if folder else [path]
    except OSError as error:
        raise TaskError(f"{path}: cannot be read: {error.strerror or error}") from None
    for file in files:
        if folder and (file.suffix.lower() not in _SUFFIXES or file.name.startswith(".")):
            continue
        text = read_text(file)
        found = format or detect_format(text, where=str(file))
        if found is not None:
            yield from _parse(text, file, found, solutions)
        elif not folder:
            raise TaskError(
                f"{file}: holds outputs without tasks; give the challenges file they belong to"
            )


def _parse(text: str, path: Path, format: Format, solutions: Path | None) -> Iterator[Record]:
    match format:
        case Format.ARC:
            yield parse_arc(parse_json(text, where=str(path)), path=path)
        case Format.KAGGLE:
            raw = parse_json(text, where=str(path))
            yield from parse_challenges(
                raw, path=path, solutions=solutions or solutions_beside(path)
            )
        case Format.JSONL:
            yield from parse_jsonl(text, path=path)
        case Format.CSV:
            yield parse_csv(text, path=path)
        case _:
            assert_never(format)
