"""ARC's JSON: one task in a file, or Kaggle's challenges with the solutions beside them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from peirce.tasks.errors import TaskError
from peirce.tasks.formats.pairs import parse_tests, parse_train
from peirce.tasks.kinds import Kind
from peirce.tasks.reading import as_array, as_object, check_keys, name_of, parse_json, read_text
from peirce.tasks.record import Record
from peirce.tasks.values import show

_CHALLENGES: Final = re.compile("challenges(?=[^/]*$)")


def parse_arc(raw: object, *, path: Path) -> Record:
    """Read one task `{"train": […], "test": […]}`; the stem of the file is its name.

    Raises:
        TaskError: a key is missing or misspelt.
    """
    return _task(as_object(raw, where=str(path)), name=name_of(path), where=str(path))


def parse_challenges(raw: object, *, path: Path, solutions: Path | None) -> list[Record]:
    """Read tasks by name; outputs come from `solutions`, a file of outputs by name.

    Raises:
        TaskError: a key is missing or misspelt, or the two files do not fit together.
    """
    tasks = as_object(raw, where=str(path))
    outputs = None if solutions is None else read_solutions(solutions)
    records: list[Record] = []
    for name, entry in tasks.items():
        where = f"{path}: task {show(name)}"
        record = _task(as_object(entry, where=where), name=name, where=str(path))
        records.append(record if outputs is None else _solve(record, outputs, solutions))
    return records


def solutions_beside(path: Path) -> Path | None:
    """Return the solutions file that Kaggle's naming puts beside a challenges file."""
    beside = path.with_name(_CHALLENGES.sub("solutions", path.name))
    return beside if beside.name != path.name and beside.is_file() else None


def read_solutions(path: Path) -> Mapping[str, object]:
    """Read a solutions file: for each task the list of its test outputs.

    Raises:
        TaskError: it is not such a file.
    """
    return as_object(parse_json(read_text(path), where=str(path)), where=str(path))


def _solve(record: Record, outputs: Mapping[str, object], solutions: Path | None) -> Record:
    where = f"{solutions}: task {show(record.name)}"
    if record.name not in outputs:
        raise TaskError(f"{where}: is missing, but {record.where} holds it")
    answers = as_array(outputs[record.name], where=where)
    if len(answers) != len(record.tests):
        raise TaskError(
            f"{where}: {len(answers)} outputs for the {len(record.tests)} test inputs "
            f"in {record.where}"
        )
    if record.answers is not None and record.answers != answers:
        raise TaskError(f"{where}: its outputs differ from those in {record.where}")
    return replace(record, answers=answers)


def _task(entry: dict[str, object], *, name: str, where: str) -> Record:
    spot = f"{where}: task {show(name)}"
    check_keys(entry, required=("train", "test"), optional=(), where=spot)
    tests, answers = parse_tests(entry["test"], where=spot)
    return Record(
        where=where,
        name=name,
        kind=Kind.GRID,
        train=parse_train(entry["train"], where=spot),
        tests=tests,
        answers=answers,
    )
