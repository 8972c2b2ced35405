"""`Library`: rules and programs learned from solved tasks, kept in SQLite, found again by likeness.

A task is described by plain features (types, how sizes change, which items are new); the nearest
rules are those whose tasks share most of them (Jaccard). A task never finds its own rule. Delete
the file to forget.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from peirce.tasks.errors import ConfigError
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Value, encode

LEAST_ALIKE: Final = 0.5
"""Share of features below which a learned rule is no analogy."""
SHOWN_EXAMPLES: Final = 2
"""Examples of the task kept with a rule."""
LONGEST_EXAMPLE: Final = 2_000
"""Characters of an example; longer ones are not kept."""
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS rules (task TEXT PRIMARY KEY, words TEXT, source TEXT, "
    "features TEXT, examples TEXT, probability REAL)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A rule that solved a task."""

    words: str
    source: str
    """The Python program."""
    examples: tuple[tuple[str, str], ...]
    """A few inputs and outputs of the task as JSON texts."""
    alike: float
    """Share of features that its task has in common with the one asked about, 0 to 1."""


class Library:
    """Learned rules on disk."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it where there is none.

        Raises:
            ConfigError: the file cannot be opened or is no library.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=10)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute(_TABLE)
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(
                f"{path}: cannot be used as library of rules: {error}; "
                "name another with --library FILE, or use --library off"
            ) from error

    def add(self, task: Task, *, words: str, source: str, probability: float) -> None:
        """Keep the rule of a solved task; of two for the same task the likelier one stays."""
        examples = [
            pair for pair in map(_example, task.train) if sum(map(len, pair)) < LONGEST_EXAMPLE
        ]
        self._connection.execute(
            "INSERT INTO rules VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (task) DO UPDATE SET "
            "words = excluded.words, source = excluded.source, probability = excluded.probability "
            "WHERE excluded.probability > rules.probability",
            (
                task.digest,
                words,
                source,
                json.dumps(sorted(features(task))),
                json.dumps(examples[:SHOWN_EXAMPLES]),
                probability,
            ),
        )

    def nearest(self, task: Task, count: int) -> tuple[Learned, ...]:
        """The rules of the tasks most like this one, nearest first; never its own."""
        wanted = features(task)
        rows = self._connection.execute(
            "SELECT words, source, features, examples FROM rules WHERE task != ?", (task.digest,)
        )
        found = [
            Learned(
                words=words,
                source=source,
                examples=tuple((left, right) for left, right in json.loads(examples)),
                alike=_alike(wanted, frozenset(json.loads(marks))),
            )
            for words, source, marks, examples in rows
        ]
        near = [one for one in found if one.alike >= LEAST_ALIKE]
        return tuple(
            sorted(near, key=lambda one: (-one.alike, len(one.source), one.source))[:count]
        )

    def __len__(self) -> int:
        """How many rules are kept."""
        (count,) = self._connection.execute("SELECT COUNT(*) FROM rules").fetchone()
        return int(count)

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._connection.close()


def features(task: Task) -> frozenset[str]:
    """What a task looks like from outside: traits that all its examples share."""
    shared = frozenset[str].intersection(*(frozenset(_traits(pair)) for pair in task.train))
    types = {f"input {task.input_type}", f"output {task.output_type}"}
    outputs = {repr(pair.output) for pair in task.train}
    return shared | types | ({"few outputs"} if len(outputs) < len(task.train) else set())


def _traits(pair: Example) -> Iterator[str]:
    before, after = pair.input, pair.output
    if before == after:
        yield "unchanged"
    if isinstance(before, tuple | str) and isinstance(after, tuple | str):
        yield f"length {_order(len(after), len(before))}"
        if len(after) <= 1:
            yield "one part"
        old, new = _parts(before), _parts(after)
        if old and new:
            yield "nothing new" if set(new) <= set(old) else "something new"
            yield f"variety {_order(len(set(new)), len(set(old)))}"
            if sorted(old) == sorted(new):
                yield "rearranged"
        if _width(before) and _width(after):
            yield f"width {_order(_width(after), _width(before))}"


def _order(left: int, right: int) -> str:
    return "same" if left == right else "smaller" if left < right else "larger"


def _parts(value: Value) -> list[str]:
    """The smallest parts of a value: cells, items or characters."""
    if isinstance(value, str):
        return list(value)
    if isinstance(value, tuple):
        return [part for item in value for part in _parts(item)]
    return [repr(value)]


def _width(value: Value) -> int:
    return (
        len(value[0]) if isinstance(value, tuple) and value and isinstance(value[0], tuple) else 0
    )


def _example(pair: Example) -> tuple[str, str]:
    return json.dumps(encode(pair.input)), json.dumps(encode(pair.output))


def _alike(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right)
