"""Conditions on the inputs, as code and in words, with their truth on every input."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from peirce.agent.proposers.symbolic.strings.quoting import (
    characters,
    numeral,
    pattern_code,
    raw,
    text_literal,
)
from peirce.agent.proposers.symbolic.strings.texts import Problem
from peirce.agent.proposers.symbolic.strings.tokens import mentioned, quoted, several
from peirce.prototypes import strings


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds for some inputs and not for others."""

    code: str
    words: str
    """Follows `if`."""
    cost: float
    truth: tuple[bool, ...]
    """On every input, train inputs first."""


_LOOKS: Final[tuple[tuple[str, str, float, Callable[[str], bool]], ...]] = (
    ("{}.isdigit()", "{} is all digits", 2.0, str.isdigit),
    ("{}.isalpha()", "{} is all letters", 2.2, str.isalpha),
    ("{}.isupper()", "{} is in upper case", 2.2, str.isupper),
    ("{}.islower()", "{} is in lower case", 2.2, str.islower),
    ("{}.istitle()", "{} is in title case", 2.6, str.istitle),
    ('{} == ""', "{} is empty", 1.8, lambda text: text == ""),
    ("{} == {}[::-1]", "{} reads the same backwards", 4.0, lambda text: text == text[::-1]),
)

_PATTERNS: Final = (
    (r"\d", "a digit", 1.0),
    (r"[A-Z]", "a capital letter", 1.2),
    (r"[a-z]", "a small letter", 1.4),
    (r"[A-Za-z]", "a letter", 1.2),
    (r"\s", "white space", 1.2),
    (r"[^A-Za-z0-9\s]", "a punctuation mark", 1.6),
)


def conditions(problem: Problem) -> list[Condition]:
    """Conditions on the inputs, cheapest first, distinct in their truth."""
    best: dict[tuple[bool, ...], Condition] = {}
    for condition in _all(problem):
        known = best.get(condition.truth)
        if known is None or condition.cost < known.cost:
            best[condition.truth] = condition
    return sorted(best.values(), key=lambda condition: condition.cost)


def _all(problem: Problem) -> Iterator[Condition]:
    for index, column in enumerate(problem.columns):
        name = problem.name(index)
        words = "the text" if problem.arguments < 2 else f"the {name} text"
        for maker in (_looks, _texts_inside, _sizes, _counts, _values):
            for made in maker(name, words, column, problem.train):
                yield Condition(made.code, made.words, made.cost + 0.4 * index, made.truth)
    for left, right in combinations(range(len(problem.columns)), 2):
        yield from _between(problem, left, right)


def _looks(name: str, words: str, column: Sequence[str], train: int) -> Iterator[Condition]:
    del train
    for code, phrase, cost, test in _LOOKS:
        truth = tuple(test(text) for text in column)
        yield Condition(code.replace("{}", name), phrase.replace("{}", words), cost, truth)
    for pattern, what, cost in _PATTERNS:
        found = tuple(bool(re.search(pattern, text)) for text in column)
        code = f"re.search({pattern_code(pattern)}, {name})"
        yield Condition(code, f"{words} has {what}", cost + 1.0, found)
        first = tuple(bool(re.match(pattern, text)) for text in column)
        code = f"re.match({pattern_code(pattern)}, {name})"
        yield Condition(code, f"{words} starts with {what}", cost + 1.3, first)
        last = tuple(bool(re.search(f"{pattern}$", text)) for text in column)
        code = f"re.search({raw(pattern + '$')}, {name})"
        yield Condition(code, f"{words} ends with {what}", cost + 1.5, last)
    number = strings.DECIMAL
    truth = tuple(bool(re.fullmatch(number, text)) for text in column)
    yield Condition(
        f"re.fullmatch({pattern_code(number)}, {name})", f"{words} is a number", 3.0, truth
    )


def _texts_inside(name: str, words: str, column: Sequence[str], train: int) -> Iterator[Condition]:
    marks = Counter(char for text in column[:train] for char in set(text) if not char.isalnum())
    tokens = Counter(
        token for text in column[:train] for token in set(re.findall(r"[A-Za-z]+|\d+", text))
    )
    for mark in sorted(marks):
        yield from _about(mark, 1.0, name, words, column)
    for token in sorted(token for token, seen in tokens.items() if seen < train)[:40]:
        yield from _about(token, 2.5 + 0.15 * len(token), name, words, column)
    yield from _edges(name, words, column, train)


def _about(
    part: str, cost: float, name: str, words: str, column: Sequence[str]
) -> Iterator[Condition]:
    code, called = text_literal(part), mentioned(part)
    truth = tuple(part in text for text in column)
    yield Condition(f"{code} in {name}", f"{words} contains {called}", cost, truth)
    for method, verb, test in (
        ("startswith", "starts with", str.startswith),
        ("endswith", "ends with", str.endswith),
    ):
        truth = tuple(test(text, part) for text in column)
        yield Condition(f"{name}.{method}({code})", f"{words} {verb} {called}", cost + 0.3, truth)


def _edges(name: str, words: str, column: Sequence[str], train: int) -> Iterator[Condition]:
    """Beginnings and ends shared by several train inputs, longest first."""
    shown = column[:train]
    for method, verb, begin in (
        ("startswith", "starts with", True),
        ("endswith", "ends with", False),
    ):
        shared: set[str] = set()
        for left, right in combinations(shown, 2):
            part = _common(left, right) if begin else _common(left[::-1], right[::-1])[::-1]
            if len(part) >= 2:
                shared.add(part)
        for part in sorted(shared, key=lambda p: (-len(p), p))[:12]:
            test = str.startswith if begin else str.endswith
            truth = tuple(test(text, part) for text in column)
            code = f"{name}.{method}({text_literal(part)})"
            cost = 2.2 + 0.2 * len(part)
            yield Condition(code, f"{words} {verb} {mentioned(part)}", cost, truth)


def _common(left: str, right: str) -> str:
    size = 0
    while size < min(len(left), len(right)) and left[size] == right[size]:
        size += 1
    return left[:size]


def _sizes(name: str, words: str, column: Sequence[str], train: int) -> Iterator[Condition]:
    lengths = sorted({len(text) for text in column[:train]})
    for bound in lengths[:-1]:
        truth = tuple(len(text) > bound for text in column)
        phrase = f"{words} has more than {characters(bound)}"
        yield Condition(f"len({name}) > {bound}", phrase, 3.0, truth)
    for size in lengths:
        truth = tuple(len(text) == size for text in column)
        yield Condition(f"len({name}) == {size}", f"{words} has {characters(size)}", 4.4, truth)


def _counts(name: str, words: str, column: Sequence[str], train: int) -> Iterator[Condition]:
    numbers = tuple(len(text.split()) for text in column)
    for bound in sorted(set(numbers[:train]))[:-1]:
        truth = tuple(number > bound for number in numbers)
        phrase = f"{words} has more than {numeral(bound)} word{'' if bound == 1 else 's'}"
        yield Condition(f"len({name}.split()) > {bound}", phrase, 3.0, truth)
    for mark in sorted({char for text in column[:train] for char in text if not char.isalnum()}):
        counts = tuple(text.count(mark) for text in column)
        for bound in sorted(set(counts[:train]) - {0})[:-1]:
            truth = tuple(number > bound for number in counts)
            called = several(mark) if bound > 1 else quoted(mark)
            phrase = f"{words} has more than {numeral(bound)} {called}"
            yield Condition(f"{name}.count({text_literal(mark)}) > {bound}", phrase, 3.4, truth)


def _values(name: str, words: str, column: Sequence[str], train: int) -> Iterator[Condition]:
    for value, seen in sorted(Counter(column[:train]).items()):
        truth = tuple(text == value for text in column)
        cost = (1.6 if seen > 1 else 2.6) + 0.1 * len(value)
        yield Condition(f"{name} == {text_literal(value)}", f"{words} is {value!r}", cost, truth)
    if not all(re.search(r"\d", text) for text in column[:train]):
        return
    numbers = tuple(strings.to_number(text) for text in column)
    for bound in sorted({*numbers[:train], 0}):
        truth = tuple(number > bound for number in numbers)
        code = f"strings.to_number({name}) > {bound}"
        cost = 3.6 if bound in (0, 10, 12, 100) else 4.2
        yield Condition(code, f"the number in {words} is over {bound}", cost, truth)


def _between(problem: Problem, left: int, right: int) -> Iterator[Condition]:
    first, second = problem.name(left), problem.name(right)
    pairs = list(zip(problem.columns[left], problem.columns[right], strict=True))
    for code, phrase, cost, test in _PAIRS:
        truth = tuple(test(a, b) for a, b in pairs)
        filled = code.replace("A", first).replace("B", second)
        said = phrase.replace("A", f"the {first} text").replace("B", f"the {second} text")
        yield Condition(filled, said, cost, truth)


_PAIRS: Final[tuple[tuple[str, str, float, Callable[[str, str], bool]], ...]] = (
    ("A == B", "A equals B", 1.2, lambda a, b: a == b),
    (
        "A.lower() == B.lower()",
        "A equals B but for letter case",
        1.8,
        lambda a, b: a.lower() == b.lower(),
    ),
    ("len(A) > len(B)", "A is longer than B", 2.0, lambda a, b: len(a) > len(b)),
    ("len(A) >= len(B)", "A is at least as long as B", 2.2, lambda a, b: len(a) >= len(b)),
    ("len(A) == len(B)", "A is as long as B", 3.0, lambda a, b: len(a) == len(b)),
    ("A in B", "B contains A", 1.8, lambda a, b: a in b),
    ("B in A", "A contains B", 1.8, lambda a, b: b in a),
    ("A.startswith(B)", "A starts with B", 2.2, lambda a, b: a.startswith(b)),
    ("A.endswith(B)", "A ends with B", 2.2, lambda a, b: a.endswith(b)),
    ("B.startswith(A)", "B starts with A", 2.2, lambda a, b: b.startswith(a)),
    ("B.endswith(A)", "B ends with A", 2.2, lambda a, b: b.endswith(a)),
    ("A < B", "A comes before B in the alphabet", 2.6, lambda a, b: a < b),
    (
        "strings.to_number(A) > strings.to_number(B)",
        "the number in A is over the number in B",
        3.0,
        lambda a, b: strings.to_number(a) > strings.to_number(b),
    ),
)
