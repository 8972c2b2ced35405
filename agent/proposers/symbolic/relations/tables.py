"""Relations as arrays of numbered constants, joined for many rows at a time.

What `Database.joined` does row by row, for searches that look at thousands of bodies of many rows.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.relations.database import Database, Row
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Literal

Numbers: TypeAlias = NDArray[np.int64]
Places: TypeAlias = tuple[int, ...]
AT_ONCE: Final = 400
"""Rows that are looked at together."""
MAX_JOINED: Final = 100_000
MAX_KEY: Final = 2**62


class _Index(NamedTuple):
    """The rows of a relation in the order of what they have at some places."""

    keys: Numbers
    values: Numbers
    """What they have at some other places."""
    starts: Numbers | None
    """If there is one place: where the rows of each constant begin, and where the last ones end."""


class Tables:
    """A database, and rows of numbers that stand for values of variables."""

    def __init__(self, database: Database, rows: Sequence[Row]) -> None:
        """Number all constants of the database and of some rows."""
        self._database = database
        constants = {item for row in rows for item in row}
        for relation in database.relations.values():
            constants.update(item for row in relation.rows for item in row)
        self._number = {constant: number for number, constant in enumerate(sorted(constants))}
        self._indexes: dict[tuple[str, int, Places, Places], _Index] = {}

    def proved(self, body: Sequence[Literal], rows: Sequence[Row]) -> NDArray[np.bool_] | None:
        """For which of some rows of the head's arguments a body holds; None if it branches much.

        Every literal numbers what it binds from where the ones before it ended.
        """
        found = np.zeros(len(rows), dtype=np.bool_)
        for start in range(0, len(rows), AT_ONCE):
            joined = self.numbered(rows[start : start + AT_ONCE])
            for literal in body:
                further = self.joined(literal, joined, joined.shape[1] - 1, MAX_JOINED)
                if further is None:
                    return None
                joined = further
            found[start + joined[:, 0]] = True
        return found

    def numbered(self, rows: Sequence[Row]) -> Numbers:
        """Rows of constants as rows of numbers, each after its own place in the sequence."""
        found = [[place, *(self._number[item] for item in row)] for place, row in enumerate(rows)]
        width = len(rows[0]) + 1 if rows else 1
        return np.array(found, dtype=np.int64).reshape(len(rows), width)

    def joined(self, literal: Literal, rows: Numbers, bound: int, most: int) -> Numbers | None:
        """The rows for which a literal holds, with what it binds; None if they are over `most`.

        The first column of `rows` is the caller's, column n + 1 is variable n; `bound` says how
        many variables there are.
        """
        if literal.name == UNEQUAL:
            left, right = (self._column(item, rows) for item in literal.arguments)
            return rows[(left == right) if literal.negated else (left != right)]
        arguments = list(enumerate(literal.arguments))
        known = [
            (place, item)
            for place, item in arguments
            if isinstance(item, str) or (item is not None and item < bound)
        ]
        fresh = tuple(place for place, item in arguments if isinstance(item, int) and item >= bound)
        if (len(self._number) + 1) ** len(known) > MAX_KEY:
            return None
        places = tuple(place for place, _ in known)
        index = self._index(literal.name, len(literal.arguments), places, fresh)
        keys = self._keys([self._column(item, rows) for _, item in known], len(rows))
        if index.starts is not None:
            first = index.starts[keys]
            times = index.starts[keys + 1] - first
        else:
            first = np.searchsorted(index.keys, keys, side="left")
            times = np.searchsorted(index.keys, keys, side="right") - first
        if not fresh:
            return rows[(times > 0) != literal.negated]
        total = int(times.sum())
        if total > most:
            return None
        within = np.arange(total) - np.repeat(np.cumsum(times) - times, times)
        taken = index.values[np.repeat(first, times) + within]
        return np.concatenate((np.repeat(rows, times, axis=0), taken), axis=1)

    def _column(self, item: int | str | None, rows: Numbers) -> Numbers:
        if isinstance(item, int):
            return rows[:, item + 1]
        return np.full(len(rows), self._number.get(item or "", -1), dtype=np.int64)

    def _keys(self, columns: Sequence[Numbers], length: int) -> Numbers:
        """One number for each row; a constant nobody knows, -1, makes one that no fact has."""
        keys = np.zeros(length, dtype=np.int64)
        for column in columns:
            keys = keys * (len(self._number) + 1) + column + 1
        return keys

    def _index(self, name: str, arity: int, places: Places, fresh: Places) -> _Index:
        key = name, arity, places, fresh
        if key not in self._indexes:
            relation = self._database.relations.get((name, arity))
            wanted = [*places, *fresh]
            rows = np.zeros((0, arity), dtype=np.int64)
            if relation and relation.rows:
                rows = self.numbered(sorted(relation.rows))[:, 1:]
            distinct = np.unique(rows[:, wanted], axis=0) if wanted else rows[:1, :0]
            columns = [distinct[:, number] for number in range(len(places))]
            keys = self._keys(columns, len(distinct))
            order = np.argsort(keys, kind="stable")
            starts = None
            if len(places) == 1:
                starts = np.searchsorted(keys[order], np.arange(len(self._number) + 2))
            self._indexes[key] = _Index(keys[order], distinct[order, len(places) :], starts)
        return self._indexes[key]
