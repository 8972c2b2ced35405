"""Values as HTML: grids as drawn cells, everything else as text with its differences marked.

Values come from models and files; nothing of them reaches the page unescaped.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final, cast

from markupsafe import Markup, escape
from pydantic import JsonValue
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PrologLexer, PythonLexer

from peirce.tasks.errors import TaskError
from peirce.tasks.values import Grid, ValueType, decode

MAX_TEXT: Final = 1_200
"""Longest value shown as text, in characters."""
MAX_COMPARED: Final = 400
"""Longest texts that are compared piece by piece."""
PICTURE: Final = 150
"""Wished width or height of a grid, in pixels."""
LEAST, MOST = 4, 22
"""Smallest and largest side of a cell, in pixels."""
FORMAT: Final = HtmlFormatter[str](nowrap=True, classprefix="t-")
_PIECES: Final = re.compile(r"\w+|\s+|.", re.DOTALL)


def drawn(raw: JsonValue, kind: ValueType, expected: JsonValue = None) -> Markup:
    """A value; where `expected` is given and another one, what differs is marked."""
    if kind is ValueType.GRID:
        try:
            grid = cast("Grid", decode(raw, kind))
            wanted = None if expected is None else cast("Grid", decode(expected, kind))
        except TaskError:
            return _text(raw, expected)
        return _grid(grid, wanted)
    return _text(raw, expected)


def program(source: str, language: str) -> Markup:
    """A program with its words in colour."""
    lexer = PrologLexer() if language == "prolog" else PythonLexer()
    return Markup(highlight(source, lexer, FORMAT))


def _grid(grid: Grid, expected: Grid | None) -> Markup:
    height, width = len(grid), len(grid[0])
    side = max(LEAST, min(MOST, PICTURE // max(height, width)))
    shapes = [
        Markup('<path class="c{}" d="{}"/>').format(colour, path)
        for colour, path in sorted(_runs(grid).items())
    ]
    lines = [f"M{x} 0v{height}" for x in range(width + 1)]
    lines += [f"M0 {y}h{width}" for y in range(height + 1)]
    shapes.append(Markup('<path class="lines" d="{}"/>').format("".join(lines)))
    wrong = _wrong(grid, expected)
    dots = "".join(f"M{x + 0.3:.1f} {y + 0.3:.1f}h.4v.4h-.4z" for y, x in wrong)
    if dots:
        shapes.append(Markup('<path class="wrong" d="{}"/>').format(dots))
    note = f"{height}×{width}"
    if expected is not None and (len(expected), len(expected[0])) != (height, width):
        note += f", expected {len(expected)}×{len(expected[0])}"
    elif wrong:
        note += f", {len(wrong)} wrong"
    return Markup(
        '<span class="grid"><svg viewBox="-.05 -.05 {}.1 {}.1" width="{}" height="{}" role="img" '
        'aria-label="grid {}">{}</svg><small>{}</small></span>'
    ).format(width, height, width * side, height * side, note, Markup("").join(shapes), note)


def _runs(grid: Grid) -> dict[int, str]:
    """For each colour the outline of its cells, row by row."""
    paths: defaultdict[int, list[str]] = defaultdict(list)
    for y, row in enumerate(grid):
        start = 0
        for x in range(1, len(row) + 1):
            if x == len(row) or row[x] != row[start]:
                paths[row[start]].append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = x
    return {colour: "".join(parts) for colour, parts in paths.items()}


def _wrong(grid: Grid, expected: Grid | None) -> list[tuple[int, int]]:
    if expected is None or (len(expected), len(expected[0])) != (len(grid), len(grid[0])):
        return []
    return [
        (y, x) for y, row in enumerate(grid) for x, cell in enumerate(row) if cell != expected[y][x]
    ]


def _text(raw: JsonValue, expected: JsonValue) -> Markup:
    text = _written(raw)
    if expected is None or raw == expected:
        return Markup("<code>{}</code>").format(text)
    return Markup("<code>{}</code>").format(Markup("").join(_marked(text, _written(expected))))


def _written(raw: JsonValue) -> str:
    text = json.dumps(raw, ensure_ascii=False)
    if len(text) <= MAX_TEXT:
        return text
    return f"{text[:MAX_TEXT]}… ({len(text)} characters)"


def _marked(text: str, expected: str) -> Iterable[Markup]:
    """The text, with what the expected one does not have in marks."""
    if max(len(text), len(expected)) > MAX_COMPARED:
        yield Markup("<mark>{}</mark>").format(text)
        return
    own, other = _PIECES.findall(text), _PIECES.findall(expected)
    for kind, start, end, _, _ in SequenceMatcher(None, own, other, autojunk=False).get_opcodes():
        part = "".join(own[start:end])
        if part:
            yield escape(part) if kind == "equal" else Markup("<mark>{}</mark>").format(part)
