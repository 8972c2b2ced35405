"""Packs of recorded calls: one task a line, with what a model was asked about it and replied.

    {"task": {"id", "kind", "train": [{"input", "output"}], "test": [...], "meta"},
     "model": "...", "settings": {...},
     "calls": [{"prompt": "...", "responses": ["..."], "temperature": 0.0}],
     "recorded_test": [[1.0, 0.0]]}

`calls` are in the order they were made; `recorded_test` holds, per round that was scored, what the
recording pipeline made of each test input (1 right, 0 wrong). Files may be packed with gzip. Test
outputs go to a scorer and are seen by nothing that proposes, verifies or weighs.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from peirce.tasks.errors import TaskError
from peirce.tasks.formats.jsonl import parse_jsonl
from peirce.tasks.reading import MAX_FILE_BYTES
from peirce.tasks.record import Loaded, build
from peirce.tasks.validation import describe

_GZIP: Final = b"\x1f\x8b"
MAX_BYTES: Final = 4 * MAX_FILE_BYTES
"""Largest pack once it is unpacked."""


class Call(BaseModel):
    """One request to a model and its replies."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    prompt: str
    responses: tuple[str, ...]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    task: dict[str, JsonValue]
    model: str = ""
    calls: tuple[Call, ...]
    recorded_test: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A task and the calls that were made about it."""

    loaded: Loaded
    model: str
    calls: tuple[Call, ...]
    verdicts: tuple[tuple[bool, ...], ...]
    """Per scored round and test input: whether the recording pipeline's output was right."""


def is_pack(path: Path) -> bool:
    """True if a file looks like a pack of recorded calls."""
    try:
        first = next(iter(_lines(path)), "")
    except TaskError:
        return False
    return '"calls"' in first and '"responses"' in first


def read_pack(path: Path) -> Iterator[Recorded]:
    """Yield the recorded tasks of a pack in order.

    Raises:
        TaskError: the file cannot be read, or a line is no recorded task.
    """
    for number, text in enumerate(_lines(path), start=1):
        if not text.strip():
            continue
        try:
            line = _Line.model_validate_json(text)
        except ValidationError as error:
            raise TaskError(f"{path}, line {number}: no recorded task: {describe(error)}") from None
        (record,) = parse_jsonl(json.dumps(line.task), path=path)
        yield Recorded(
            loaded=build(record),
            model=line.model,
            calls=line.calls,
            verdicts=tuple(tuple(mark == 1 for mark in marks) for marks in line.recorded_test),
        )


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
        with gzip.open(path) if packed else path.open("rb") as file:
            left = MAX_BYTES
            while line := file.readline(left + 1):
                left -= len(line)
                if left < 0:
                    raise TaskError(f"{path}: is over the limit of {MAX_BYTES} bytes; split it")
                yield line.decode("utf-8", errors="replace")
    except (OSError, EOFError) as error:
        raise TaskError(f"{path}: cannot be read: {error}") from None
