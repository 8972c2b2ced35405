"""Rows presumed not to hold where the examples only say what does.

If the last argument follows from the others every other value is wrong. Otherwise the world is
taken to be closed: of the constants seen, what is not said to hold does not. (Reiter, On closed
world data bases, 1978.)
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from peirce.agent.proposers.symbolic.relations.database import Row
from peirce.agent.proposers.symbolic.relations.problem import Problem

MOST: Final = 400
"""Rows that are presumed not to hold."""
NEAREST: Final = 24
"""Constants that stand for the result of one row."""


def presumed(problem: Problem) -> Problem:
    """The same with the negative rows that are likeliest not to hold."""
    known = set(problem.positives)
    rows = _with_other_results(problem) if problem.functional else _closed(problem)
    negatives = islice((row for row in rows if row not in known), MOST)
    return replace(problem, negatives=tuple(dict.fromkeys(negatives)))


def _with_other_results(problem: Problem) -> Iterator[Row]:
    yield from problem.exchanged
    constants = sorted(
        {row[-1] for row in problem.positives} | problem.constants_of(problem.head_types[-1])
    )
    for row in problem.positives:
        yield from ((*row[:-1], value) for value in _near(row, constants))


def _near(row: Row, values: Sequence[str]) -> list[str]:
    """The other values that look most like the last argument, and the other arguments."""
    wanted = len(row[-1])
    likest = sorted(values, key=lambda text: (abs(len(text) - wanted), text))
    return [*row[:-1], *likest[:NEAREST]]


def _closed(problem: Problem) -> Iterator[Row]:
    """Rows of the constants seen at each place, spread over all there are."""
    places = [
        sorted({row[place] for row in problem.positives} | problem.constants_of(kind))
        for place, kind in enumerate(problem.head_types)
    ]
    total = math.prod(map(len, places))
    step = max(1, total // MOST)
    while math.gcd(step, total) > 1:
        step += 1
    for number in range(0, total * step, step):
        row: list[str] = []
        for values in places:
            number, rest = divmod(number, len(values))
            row.append(values[rest])
        yield tuple(row)
