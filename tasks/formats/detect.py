"""Tells by content how a task file is written, whatever it is called."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from peirce.tasks.errors import TaskError
from peirce.tasks.formats.csv_table import find_separator
from peirce.tasks.reading import parse_json

_NO_FORMAT: Final = (
    "is of no known format; give ARC JSON (train and test), JSONL (id, kind and train), or a CSV "
    "with the columns input and output"
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """What a file was found to be."""

    format: Format | None
    """`None` for outputs without tasks."""
    raw: object = None
    """The parsed document, where it had to be parsed whole to tell."""


def detect_format(text: str, *, where: str) -> Detected:
    """Tell how a file is written.

    Raises:
        TaskError: it is of no known format, or broken before that can be told.
    """
    start = text.lstrip()
    if not start:
        raise TaskError(f"{where}: is empty")
    if start[0] not in "{[":
        if find_separator(text) is None:
            raise TaskError(f"{where}: {_NO_FORMAT}")
        return Detected(format=Format.CSV)
    first, _, rest = start.partition("\n")
    if rest.strip() and _is_complete(first):
        return Detected(format=Format.JSONL)
    raw = parse_json(text, where=where)
    if not isinstance(raw, dict):
        raise TaskError(f"{where}: is a JSON array; write one task a line, or tasks by name")
    return Detected(format=_detect_object(cast("dict[str, object]", raw), where), raw=raw)


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
