"""Tables of texts: a header, then one example a row.

The column `output` holds the outputs; a row where it is empty is a test input. The inputs are the
columns whose names start with `input`, or all others where none does. With several input columns
an input is a tuple of texts. Comma, semicolon and tab are understood as separators.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from peirce.tasks.errors import TaskError
from peirce.tasks.kinds import Kind
from peirce.tasks.reading import name_of
from peirce.tasks.record import Record
from peirce.tasks.task import MAX_EXAMPLES
from peirce.tasks.values import show

_SEPARATORS: Final = ",;\t"
_OUTPUT: Final = "output"
_INPUT: Final = "input"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    line: int
    cells: list[str]


def parse_csv(text: str, *, path: Path) -> Record:
    """Read the table as one task, named by the stem of the file.

    Raises:
        TaskError: there is no output column, or a row has too many or too few cells.
    """
    rows = _rows(text, find_separator(text) or _SEPARATORS[0], path)
    header = next(rows, _Row(line=1, cells=[])).cells
    target, sources = _columns([cell.strip().lower() for cell in header], path)
    train: list[tuple[object, object]] = []
    tests: list[object] = []
    for row in rows:
        if len(row.cells) != len(header):
            raise TaskError(
                f"{path}: line {row.line}: {len(row.cells)} cells, the header has {len(header)}; "
                "put texts that hold a separator in double quotes"
            )
        cells = [row.cells[column] for column in sources]
        value: object = cells if len(sources) > 1 else cells[0]
        if row.cells[target]:
            train.append((value, row.cells[target]))
        else:
            tests.append(value)
        if max(len(train), len(tests)) > MAX_EXAMPLES:
            raise TaskError(
                f"{path}: line {row.line}: over {MAX_EXAMPLES} examples or test inputs; "
                "split the table"
            )
    return Record(where=str(path), name=name_of(path), kind=Kind.STRING, train=train, tests=tests)


def find_separator(text: str) -> str | None:
    """Return the separator of a table whose first line names an output column."""
    first = re.split(r"[\r\n]", text[:10_000], maxsplit=1)[0]
    for separator in _SEPARATORS:
        cells = [cell.strip(' "').lower() for cell in first.split(separator)]
        if _OUTPUT in cells and len(cells) > 1:
            return separator
    return None


def _rows(text: str, separator: str, path: Path) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if cells:
                yield _Row(line=reader.line_num, cells=cells)
    except csv.Error as error:
        raise TaskError(f"{path}: line {reader.line_num} is not CSV: {error}") from None


def _columns(names: list[str], path: Path) -> tuple[int, list[int]]:
    for name in names:
        if names.count(name) > 1:
            raise TaskError(f"{path}: line 1: two columns are called {show(name)}; rename one")
    if _OUTPUT not in names or len(names) < 2:
        raise TaskError(
            f"{path}: line 1: an input and an output column are wanted, found {show(names)}; "
            "start the table with a header such as input,output"
        )
    target = names.index(_OUTPUT)
    others = [index for index in range(len(names)) if index != target]
    marked = [index for index in others if names[index].startswith(_INPUT)]
    return target, marked or others
