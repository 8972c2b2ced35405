"""One number or one truth about a grid or a text: counting, measuring, comparing.

Every quantity a person would name (how many objects, the number of vowels, the width) is worked out
for all inputs; the answer is one of them, or two joined by simple arithmetic; a truth is one
property, or a comparison of two quantities. Fewest and simplest words first. Lists have methods of
their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from types import CodeType
from typing import Final, TypeAlias

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids, strings
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Program

Scalar: TypeAlias = int | float | bool
MOST_RULES: Final = 6
"""Rules with different predictions that are proposed for one task."""


@dataclass(frozen=True, slots=True)
class _Term:
    """Something said about an input: in words, as an expression, and its values."""

    words: str
    source: str
    values: tuple[Scalar, ...]
    cost: int


_GRID_NUMBERS: Final = (
    ("the number of objects", "len(grids.objects(value))"),
    ("the number of colours", "len(grids.colours(value))"),
    ("the number of rows", "grids.height(value)"),
    ("the number of columns", "grids.width(value)"),
    ("the number of painted cells", "sum(cell != 0 for row in value for cell in row)"),
    ("the number of empty cells", "sum(cell == 0 for row in value for cell in row)"),
    ("the main colour", "grids.main_colour(value)"),
    ("the rarest colour", "grids.rarest_colour(value)"),
    ("the size of the largest object", 'grids.most(grids.objects(value), "size").size'),
    ("the size of the smallest object", 'grids.least(grids.objects(value), "size").size'),
    ("the colour of the largest object", 'grids.most(grids.objects(value), "size").colour'),
    ("the colour of the smallest object", 'grids.least(grids.objects(value), "size").colour'),
    ("the number of objects when corners connect", "len(grids.objects(value, diagonal=True))"),
    ("the number of things of touching colours", "len(grids.objects(value, mixed=True))"),
    ("the number of enclosed cells", "sum(map(bool, sum(grids.enclosed_cells(value), ())))"),
    ("the number of panels", "len(grids.panel_items(value))"),
    *((f"the number of cells of colour {c}", f"grids.count_colour(value, {c})") for c in range(10)),
)
_GRID_TRUTHS: Final = (
    ("the grid is its own mirror image left to right", "grids.flip_horizontal(value) == value"),
    ("the grid is its own mirror image top to bottom", "grids.flip_vertical(value) == value"),
    ("the grid is its own mirror image along the diagonal", "grids.transpose(value) == value"),
    ("the grid looks the same after half a turn", "grids.rotate_half(value) == value"),
    ("the grid looks the same after a quarter turn", "grids.rotate_clockwise(value) == value"),
    ("something is enclosed", "any(map(any, grids.enclosed_cells(value)))"),
    ("all objects have the same shape", "len({item.shape for item in grids.objects(value)}) < 2"),
    ("all objects have the same size", "len({item.size for item in grids.objects(value)}) < 2"),
    (
        "some object touches the border",
        "any(grids.touches_border(item, value) for item in grids.objects(value))",
    ),
    *((f"there is colour {c}", f"grids.count_colour(value, {c}) > 0") for c in range(10)),
)
_TEXT_NUMBERS: Final = (
    ("the number of characters", "len(value)"),
    ("the number of words", "len(value.split())"),
    ("the number of vowels", 'strings.count(value.lower(), "[aeiou]")'),
    ("the number of letters", 'strings.count(value, "[A-Za-z]")'),
    ("the number of capitals", 'strings.count(value, "[A-Z]")'),
    ("the number of small letters", 'strings.count(value, "[a-z]")'),
    ("the number of digits", 'strings.count(value, "[0-9]")'),
    ("the number of spaces", 'value.count(" ")'),
    ("the number of commas", 'value.count(",")'),
    ("the number of different characters", "len(set(value))"),
    ("the length of the longest word", "max(map(len, value.split()), default=0)"),
    ("the first number", "strings.to_number(value)"),
    ("the sum of the digits", "sum(int(char) for char in value if char in '0123456789')"),
)
_TEXT_TRUTHS: Final = (
    ("the text reads the same backwards", "value == value[::-1]"),
    (
        "the text reads the same backwards whatever its case",
        "value.lower() == value.lower()[::-1]",
    ),
    ("the text starts and ends with the same character", "value[:1] == value[-1:]"),
    ("no character occurs twice", "len(set(value)) == len(value)"),
    (
        "some character stands twice in a row",
        "any(left == right for left, right in zip(value, value[1:]))",
    ),
    ("the characters are in order", "list(value) == sorted(value)"),
    ("the text is in capitals", "value.isupper()"),
    ("the text is in small letters", "value.islower()"),
    ("the text starts with a capital", "value[:1].isupper()"),
    ("the text holds a digit", "any(char.isdigit() for char in value)"),
    ("the text is a number", "value.isdigit()"),
    ("the text starts with a vowel", 'value[:1].lower() in set("aeiou")'),
    ("the text ends with a vowel", 'value[-1:].lower() in set("aeiou")'),
    ("the text is one word", "len(value.split()) == 1"),
)
_ARITHMETIC: Final = (
    ("plus", "+", True),
    ("minus", "-", False),
    ("times", "*", True),
)
_COMPARISONS: Final = (("is", "=="), ("is more than", ">"), ("is less than", "<"))


def propose(task: Task, clock: Clock) -> Found:
    """Yield rules whose one number or truth is right for every example."""
    said: set[tuple[Scalar, ...]] = set()
    shown = len(task.train)
    goal = task.outputs
    for term in _terms(task):
        if clock.left() <= 0 or len(said) >= MOST_RULES:
            return
        if term is None or not _same(term.values[:shown], goal):
            yield None
        elif term.values[shown:] not in said:
            said.add(term.values[shown:])
            yield _proposal(task, term)


def _terms(task: Task) -> Iterator[_Term | None]:
    """Everything that can be said, the simplest first; None now and then."""
    grid = task.input_type is ValueType.GRID
    numbers = list(_evaluate(_GRID_NUMBERS if grid else _TEXT_NUMBERS, task.inputs))
    numbers.sort(key=lambda term: term.cost)
    yield None
    if task.output_type is ValueType.NUMBER:
        yield from numbers
        yield from _joined(numbers, task)
    else:
        yield from _evaluate(_GRID_TRUTHS if grid else _TEXT_TRUTHS, task.inputs)
        yield from _compared(numbers, task)


def _joined(numbers: Sequence[_Term], task: Task) -> Iterator[_Term | None]:
    """A number changed by a constant the examples show, then two numbers joined."""
    goal = task.outputs[0]
    for term in numbers:
        offset = goal - term.values[0] if isinstance(goal, int | float) else 0
        yield _add(term, offset)
        if term.values[0] and isinstance(goal, int) and goal % term.values[0] == 0:
            yield _scale(term, int(goal // term.values[0]))
    yield None
    for left, right in permutations(numbers, 2):
        for words, sign, either_way in _ARITHMETIC:
            if either_way and left.source > right.source:
                continue
            pairs = zip(left.values, right.values, strict=True)
            values = tuple(_apply(sign, one, other) for one, other in pairs)
            source = f"{left.source} {sign} {right.source}"
            yield _Term(f"{left.words} {words} {right.words}", source, values, 0)


def _add(term: _Term, offset: float) -> _Term:
    sign, words = ("+", "plus") if offset >= 0 else ("-", "minus")
    return _Term(
        f"{term.words} {words} {abs(offset)}",
        f"{term.source} {sign} {abs(offset)}",
        tuple(value + offset for value in term.values),
        0,
    )


def _scale(term: _Term, factor: int) -> _Term:
    values = tuple(value * factor for value in term.values)
    return _Term(f"{factor} times {term.words}", f"{factor} * {term.source}", values, 0)


def _apply(sign: str, left: Scalar, right: Scalar) -> Scalar:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "==":
            return left == right
        case ">":
            return left > right
        case _:
            return left < right


def _compared(numbers: Sequence[_Term], task: Task) -> Iterator[_Term | None]:
    """A number that is even or odd, beyond a bound the examples show, or beyond another number."""
    shown = len(task.train)
    for term in numbers:
        for words, rest in (("even", 0), ("odd", 1)):
            values = tuple(value % 2 == rest for value in term.values)
            yield _Term(f"{term.words} is {words}", f"{term.source} % 2 == {rest}", values, 0)
    yield None
    for term in numbers:
        for bound in sorted(set(term.values[:shown])):
            for words, sign in _COMPARISONS:
                values = tuple(_apply(sign, value, bound) for value in term.values)
                source = f"{term.source} {sign} {bound}"
                yield _Term(f"{term.words} {words} {bound}", source, values, 0)
    yield None
    for left, right in combinations(numbers, 2):
        for words, sign in _COMPARISONS:
            pairs = zip(left.values, right.values, strict=True)
            values = tuple(_apply(sign, one, other) for one, other in pairs)
            source = f"{left.source} {sign} {right.source}"
            yield _Term(f"{left.words} {words} {right.words}", source, values, 0)


def _evaluate(vocabulary: Sequence[tuple[str, str]], inputs: Sequence[Value]) -> Iterator[_Term]:
    for place, (words, source) in enumerate(vocabulary):
        code = compile(source, "<vocabulary>", "eval")
        values = tuple(_value(code, raw) for raw in inputs)
        if None not in values:
            known = tuple(value for value in values if value is not None)
            yield _Term(words, source, known, len(source) + place)


def _value(code: CodeType, raw: Value) -> Scalar | None:
    """What an expression of the vocabulary above says of an input; None where it says nothing."""
    names = {"grids": grids, "strings": strings, "value": raw}
    try:
        found: object = eval(code, names)
    except (AttributeError, IndexError, TypeError, ValueError):
        return None
    return found if isinstance(found, bool | int | float) else None


def _same(values: Sequence[Scalar], goal: Sequence[Value]) -> bool:
    return all(type(a) is type(b) and a == b for a, b in zip(values, goal, strict=True))


def _proposal(task: Task, term: _Term) -> Proposal:
    domain = "grids" if task.input_type is ValueType.GRID else "strings"
    header = f"from peirce.prototypes import {domain}\n\n\n" if f"{domain}." in term.source else ""
    fixed = "    value = tuple(map(tuple, value))\n" if domain == "grids" else ""
    if task.output_type is ValueType.BOOLEAN:
        words = f"True if {term.words}, otherwise false."
    else:
        words = f"{term.words[0].upper()}{term.words[1:]}."
    return Proposal(
        hypothesis=Hypothesis(words=words, level=Level.WHOLE),
        program=Program(source=f"{header}def transform(value):\n{fixed}    return {term.source}\n"),
        origin="symbolic.scalars",
    )


def _promise(task: Task) -> float:
    scalar = task.output_type in {ValueType.NUMBER, ValueType.BOOLEAN}
    return 1.0 if scalar and task.input_type in {ValueType.GRID, ValueType.STRING} else 0.0


METHOD: Final = Method(name="scalars", propose=propose, promise=_promise)
