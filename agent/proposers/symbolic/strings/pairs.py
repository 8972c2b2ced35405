"""Texts made of two or three arguments: one padded, searched, cut, cleared or filled by another."""

from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Final

from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.agent.proposers.symbolic.strings.quoting import text_literal
from peirce.agent.proposers.symbolic.strings.texts import Problem
from peirce.agent.proposers.symbolic.strings.tokens import quoted, shared_texts
from peirce.prototypes import strings

MOST: Final = 1000
"""Largest number read from an argument that is used as a width or a count."""

Making = Callable[[str, str], str]

_ON_TEXTS: Final[tuple[tuple[str, str, float, Making], ...]] = (
    ('{0}.replace({1}, "")', "{0} without {1}", 3.0, lambda a, b: a.replace(b, "") if b else a),
    ("strings.before({0}, {1})", "{0} before {1}", 3.0, strings.before),
    ("strings.after({0}, {1})", "{0} after {1}", 3.0, strings.after),
    ("strings.before({0}, {1}, -1)", "{0} before the last {1}", 3.5, lambda a, b: _last(a, b)),
    ("{0}.removeprefix({1})", "{0} without {1} at its start", 3.2, str.removeprefix),
    ("{0}.removesuffix({1})", "{0} without {1} at its end", 3.2, str.removesuffix),
    (
        "{0}[len({1}):]",
        "what {0} has beyond as many characters as {1}",
        3.6,
        lambda a, b: a[len(b) :],
    ),
    ("{0}[: len({1})]", "as many characters of {0} as {1} has", 3.6, lambda a, b: a[: len(b)]),
    (
        "{0}[: len({0}) - len({1})]",
        "{0} without as many characters at its end as {1} has",
        4.0,
        lambda a, b: a[: len(a) - len(b)],
    ),
    ("str({0}.count({1}))", "how often {1} occurs in {0}", 3.0, lambda a, b: str(a.count(b))),
    (
        "str({0}.find({1}) + 1)",
        "the place in {0}, counted from one, where {1} starts",
        3.8,
        lambda a, b: str(a.find(b) + 1),
    ),
    (
        "str({0}.find({1}))",
        "the number of characters of {0} before {1}",
        3.6,
        lambda a, b: str(a.find(b)),
    ),
    ("max({0}, {1}, key=len)", "the longer of {0} and {1}", 3.2, lambda a, b: max(a, b, key=len)),
    ("min({0}, {1}, key=len)", "the shorter of {0} and {1}", 3.2, lambda a, b: min(a, b, key=len)),
    ("({0} or {1})", "{0}, or {1} if that is empty", 3.0, lambda a, b: a or b),
)

_WITH_NUMBER: Final[tuple[tuple[str, str, float, Callable[[str, int], str]], ...]] = (
    ("{0}.rjust({1})", "{0} padded on the left to the width that {1} says", 2.8, str.rjust),
    ("{0}.ljust({1})", "{0} padded on the right to the width that {1} says", 3.0, str.ljust),
    ("{0}.center({1})", "{0} centred in the width that {1} says", 3.4, str.center),
    ("{0}.zfill({1})", "{0} padded with zeros to the width that {1} says", 2.8, str.zfill),
    ("{0} * {1}", "{0} as many times as {1} says", 2.8, lambda text, count: text * count),
    (
        "{0}[:{1}]",
        "as many characters from the start of {0} as {1} says",
        2.8,
        lambda text, count: text[: max(0, count)],
    ),
    (
        "{0}[{1}:]",
        "{0} without as many characters at its start as {1} says",
        3.0,
        lambda text, count: text[max(0, count) :],
    ),
    (
        "strings.word({0}, {1} - 1)",
        "the word of {0} with the number that {1} says",
        3.2,
        lambda text, count: strings.word(text, count - 1),
    ),
)


def _last(text: str, mark: str) -> str:
    return strings.before(text, mark, -1)


def paired_pieces(problem: Problem) -> Iterator[Piece | None]:
    """Texts made of several arguments; `None` between steps."""
    for left, right in permutations(range(len(problem.columns)), 2):
        yield from _on_texts(problem, left, right)
        yield from _with_number(problem, left, right)
        yield None
        yield from _filled(problem, left, right)
    for numbers in permutations(range(min(3, len(problem.columns))), 3):
        names = [problem.name(number) for number in numbers]
        said = [problem.owner(number) for number in numbers]
        rows = zip(*(problem.columns[number] for number in numbers), strict=True)
        values = tuple(text.replace(old, new) if old else text for text, old, new in rows)
        words = f"{said[0]} with {said[2]} in place of {said[1]}"
        yield Piece(f"{names[0]}.replace({names[1]}, {names[2]})", words, 3.0, values)


def _on_texts(problem: Problem, left: int, right: int) -> Iterator[Piece]:
    names = (problem.name(left), problem.name(right))
    said = (problem.owner(left), problem.owner(right))
    rows = list(zip(problem.columns[left], problem.columns[right], strict=True))
    for code, words, cost, make in _ON_TEXTS:
        values = tuple(make(a, b) for a, b in rows)
        yield Piece(code.format(*names), words.format(*said), cost, values)


def _with_number(problem: Problem, left: int, right: int) -> Iterator[Piece]:
    counts = [strings.whole(text) for text in problem.columns[right]]
    shown = problem.columns[right][: problem.train]
    if any(abs(count) > MOST for count in counts):
        return
    if not all(any(char.isdigit() for char in text) for text in shown):
        return
    names = (problem.name(left), f"strings.whole({problem.name(right)})")
    said = (problem.owner(left), problem.owner(right))
    for code, words, cost, make in _WITH_NUMBER:
        pairs = zip(problem.columns[left], counts, strict=True)
        values = tuple(make(text, count) for text, count in pairs)
        yield Piece(code.format(*names), words.format(*said), cost, values)


def _filled(problem: Problem, left: int, right: int) -> Iterator[Piece]:
    """One argument put in the place of a fixed text of another."""
    column = problem.columns[left]
    shared = shared_texts(column[: problem.train])
    for mark in dict.fromkeys([*(text.strip() for text in shared), *shared]):
        if len(mark) < 2:
            continue
        pairs = zip(column, problem.columns[right], strict=True)
        values = tuple(text.replace(mark, new) for text, new in pairs)
        code = f"{problem.name(left)}.replace({text_literal(mark)}, {problem.name(right)})"
        words = f"{problem.owner(left)} with {problem.owner(right)} in place of {quoted(mark)}"
        yield Piece(code, words, 3.5 + 0.3 * len(mark), values)
