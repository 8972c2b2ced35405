"""Texts that look like known ones: the same runs of letters and digits, the same marks between."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from peirce.verifiers.distinguish.ranges import Range, range_of

MAX_RUN: Final = 12
"""Longest run of letters or digits that is drawn, unless all known ones are longer."""

Sort: TypeAlias = str
"""`upper`, `lower`, `digit`, or a single character that stands for itself."""
_DRAWN: Final = ("upper", "lower", "digit")


@dataclass(frozen=True, slots=True)
class _Run:
    sort: Sort
    text: str


def texts_like(known: Sequence[str]) -> SearchStrategy[str]:
    """Texts built like one of the known ones, their runs as long and of the same characters.

    `John Smith` stands for: one capital, some small letters, a space, one capital, ...
    """
    alphabets: dict[Sort, set[str]] = defaultdict(set)
    lengths: dict[Sort, list[int]] = defaultdict(list)
    builds: dict[tuple[Sort, ...], int] = {}
    for text in known:
        runs = _runs(text)
        for run in runs:
            alphabets[run.sort].update(run.text)
            lengths[run.sort].append(len(run.text))
        builds.setdefault(tuple(_part(run) for run in runs), len(runs))

    def part(sort: Sort) -> SearchStrategy[str]:
        if sort not in _DRAWN:
            return st.just(sort)
        size: Range = range_of(lengths[sort]).capped(MAX_RUN)
        letters = st.sampled_from(sorted(alphabets[sort]))
        return st.lists(letters, min_size=size.low, max_size=size.high).map("".join)

    ordered = sorted(builds, key=lambda build: (builds[build], build))
    return st.one_of([st.tuples(*map(part, build)).map("".join) for build in ordered])


def _part(run: _Run) -> str:
    return run.sort if run.sort in _DRAWN else run.text


def _runs(text: str) -> list[_Run]:
    groups = itertools.groupby(text, key=_sort)
    return [_Run(sort, "".join(characters)) for sort, characters in groups]


def _sort(character: str) -> Sort:
    if character.isdecimal():
        return "digit"
    if character.isupper():
        return "upper"
    return "lower" if character.isalpha() else character
