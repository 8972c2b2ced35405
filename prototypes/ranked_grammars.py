"""Grammars whose rules carry priorities: the reading in which tight rules stand inside loose ones.

A rule is `(left, right, priority)`, as in `("##A twice", "##A ##A", 3)`: words that begin with `##`
stand for any phrase. Of all ways to read a text the one wins in which most phrases have a higher
priority than the phrase around them; then the meaning that most readings share, then the shorter.
(Quasi-synchronous grammars with the selection rule of Qiu et al. 2023, Phenomenal Yet Puzzling,
appendix on MiniSCAN.)
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

Rule: TypeAlias = tuple[str, str, int]
_Reading: TypeAlias = tuple[str, int, int]
"""Meaning, priority of the outermost rule, score."""
_Chart: TypeAlias = dict[tuple[int, int], Counter[_Reading]]
MARK: Final = "##"
"""Begins a word that stands for any phrase."""
LONGEST: Final = 40
"""Words of a text; longer ones are not read."""
MOST_READINGS: Final = 2_000
"""Different readings kept for one phrase."""


def translate(text: str, rules: Sequence[Rule]) -> str:
    """The meaning of a text under ranked rules; empty where no reading covers all of it."""
    words = text.split()
    if not 0 < len(words) <= LONGEST:
        return ""
    parsed = [(left.split(), right.split(), priority) for left, right, priority in rules]
    usable = [rule for rule in parsed if _is_sound(rule[0]) and _terminals(rule[0]) <= set(words)]
    chart: _Chart = {}
    for end in range(1, len(words) + 1):
        for begin in reversed(range(end)):
            cell = Counter[_Reading]()
            for left, right, priority in usable:
                for spans in _matches(words, begin, end, left, chart):
                    _add(cell, left, right, priority, [chart[span] for span in spans])
            if cell:
                chart[begin, end] = Counter(dict(cell.most_common(MOST_READINGS)))
    return _best(chart.get((0, len(words)), Counter()))


def _is_sound(left: Sequence[str]) -> bool:
    """True if a left side holds a word of its own, and no phrase twice."""
    phrases = [word for word in left if word.startswith(MARK)]
    return len(phrases) < len(left) and len(phrases) == len(set(phrases))


def _terminals(left: Sequence[str]) -> set[str]:
    return {word for word in left if not word.startswith(MARK)}


def _matches(
    words: Sequence[str], begin: int, end: int, left: Sequence[str], chart: _Chart
) -> Iterator[tuple[tuple[int, int], ...]]:
    """The ways a left side covers the words from begin to end: the spans of its phrases."""
    if not left:
        if begin == end:
            yield ()
        return
    if end - begin < len(left):
        return
    if not left[0].startswith(MARK):
        if words[begin] == left[0]:
            yield from _matches(words, begin + 1, end, left[1:], chart)
        return
    for middle in range(begin + 1, end - len(left) + 2):
        if (begin, middle) in chart:
            for spans in _matches(words, middle, end, left[1:], chart):
                yield ((begin, middle), *spans)


def _add(
    cell: Counter[_Reading],
    left: Sequence[str],
    right: Sequence[str],
    priority: int,
    cells: Sequence[Counter[_Reading]],
) -> None:
    """Add every combination of the readings of a rule's phrases."""
    names = [word for word in left if word.startswith(MARK)]
    combined: list[tuple[tuple[str, ...], int, int]] = [((), 0, 1)]
    for readings in cells:
        combined = [
            ((*meanings, meaning), score + gained + (priority < inner), count * times)
            for meanings, score, count in combined
            for (meaning, inner, gained), times in readings.items()
        ][:MOST_READINGS]
    for meanings, score, count in combined:
        bound = dict(zip(names, meanings, strict=True))
        meaning = " ".join(bound.get(word, word) for word in right)
        cell[meaning, priority, score] += count


def _best(readings: Counter[_Reading]) -> str:
    shared = Counter[str]()
    for (meaning, _, _), count in readings.items():
        shared[meaning] += count
    ranked = sorted(
        (-(score + (priority > 0)), -shared[meaning], len(meaning.split()), meaning)
        for meaning, priority, score in readings
    )
    return ranked[0][3] if ranked else ""
