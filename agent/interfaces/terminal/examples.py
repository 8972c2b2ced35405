"""Examples side by side: input, expected output, and what a program gave."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from peirce.tasks.values import Value, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One example or test input."""

    label: str
    input: Value
    expected: Value | None = None
    """The output as given; None where it is not known."""
    got: Value | None = None
    """What a program gave, where it differs from `expected`; its differences are marked."""
    predicted: Value | None = None
    """A prediction for a test input."""


def example_table(rows: Sequence[Row]) -> Table:
    """One line per row, one column for each part that any row has."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    names = [
        name
        for name in ("input", "expected", "got", "predicted")
        if any(getattr(row, name) is not None for row in rows)
    ]
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        values = [getattr(row, name) for name in names]
        table.add_row(row.label, *(_picture(value) for value in values))
    return table


def _picture(value: Value | None) -> Text:
    if value is None:
        return Text("")
    plain = encode(value)
    if isinstance(plain, list) and plain and all(isinstance(row, list) for row in plain):
        return Text("\n".join(" ".join(map(str, row)) for row in plain if isinstance(row, list)))
    return Text(str(plain))
