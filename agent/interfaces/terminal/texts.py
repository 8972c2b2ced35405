"""Lists, texts, numbers and atoms as people write them, and two of them aligned to compare.

What is long is cut with its length said; what could upset a terminal is escaped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from peirce.agent.interfaces.terminal.block import Block, Canvas, folded, stack
from peirce.agent.interfaces.terminal.palette import WRONG
from peirce.tasks.atoms import Atom
from peirce.tasks.values import Value

MAX_SHOWN: Final = 600
"""Most characters of one value that are shown."""
MAX_ALIGNED: Final = 120
"""Most items or characters of one value that are aligned with another."""
_CONTEXT: Final = 12
_NAMED_ESCAPES: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write(value: Value) -> str:
    """Write a value on one line, texts in quotes so that their blanks show."""
    text = _write(value)
    if len(text) <= MAX_SHOWN:
        return text
    return f"{text[:MAX_SHOWN]}… ({len(text)} characters)"


def _write(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{printable(value)}"'
        case Atom():
            return printable(value.text)
        case tuple():
            return f"[{', '.join(_write(item) for item in value)}]"
        case _:
            return str(value)


def printable(text: str) -> str:
    """Replace control characters and the like by visible escapes."""
    if text.isprintable():
        return text
    return "".join(map(_visible, text))


def printable_lines(text: str) -> str:
    """The same for a text of several lines, such as a program; its line ends stay."""
    return "\n".join(printable(line.expandtabs(4)) for line in text.rstrip().split("\n"))


def _visible(char: str) -> str:
    if char.isprintable():
        return char
    code = ord(char)
    return _NAMED_ESCAPES.get(char) or (f"\\x{code:02x}" if code < 256 else f"\\u{{{code:x}}}")


def draw_value(value: Value, width: int, style: str | Style = "") -> Block:
    """Write a value within `width` columns."""
    return folded(write(value), width, style)


@dataclass(frozen=True, slots=True)
class _Pair:
    """What stands in one place of two aligned values; empty where one has nothing."""

    expected: str
    got: str

    @property
    def width(self) -> int:
        return max(cell_len(self.expected), cell_len(self.got))

    @property
    def differs(self) -> bool:
        return self.expected != self.got


def draw_difference(expected: Value, got: Value, canvas: Canvas) -> Block:
    """Write two values under each other, equal parts aligned and the others marked."""
    left, right = _parts(expected), _parts(got)
    start = 0
    if max(len(left), len(right)) > MAX_ALIGNED:
        start = max(0, _first_difference(left, right) - _CONTEXT)
    pairs = list(_align(left[start : start + MAX_ALIGNED], right[start : start + MAX_ALIGNED]))
    gap = 0 if isinstance(expected, str) else 1
    labels = ("expected ", "got      ", "         ")
    if canvas.width < len(labels[0]) + 8:
        labels = ("", "", "")
    room = canvas.width - len(labels[0])
    chunks = [_draw_chunk(chunk, gap, room, labels, canvas) for chunk in _chunks(pairs, gap, room)]
    if start:
        chunks.append(folded(f"from place {start + 1} on", canvas.width, "dim"))
    return stack(chunks)


def _parts(value: Value) -> list[str]:
    match value:
        case str():
            return [_visible(char) for char in value]
        case tuple():
            return [write(item) for item in value]
        case _:
            return [write(value)]


def _first_difference(left: Sequence[str], right: Sequence[str]) -> int:
    for index, (one, other) in enumerate(zip_longest(left, right)):
        if one != other:
            return index
    return 0


def _align(left: Sequence[str], right: Sequence[str]) -> Iterator[_Pair]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for _, start, end, begin, stop in matcher.get_opcodes():
        for one, other in zip_longest(left[start:end], right[begin:stop], fillvalue=""):
            yield _Pair(one, other)


def _chunks(pairs: Sequence[_Pair], gap: int, room: int) -> Iterator[list[_Pair]]:
    chunk: list[_Pair] = []
    used = 0
    for pair in pairs:
        if chunk and used + gap + pair.width > room:
            yield chunk
            chunk, used = [], 0
        used += pair.width + (gap if chunk else 0)
        chunk.append(pair)
    yield chunk


def _draw_chunk(
    pairs: Sequence[_Pair], gap: int, room: int, labels: tuple[str, str, str], canvas: Canvas
) -> Block:
    upper, lower = Text.assemble((labels[0], "dim")), Text.assemble((labels[1], "dim"))
    carets = labels[2]
    for index, pair in enumerate(pairs):
        blank = " " * (gap if index else 0)
        width = min(pair.width, room)
        upper.append(blank + _fit(pair.expected, width))
        lower.append(blank)
        lower.append(_fit(pair.got, width), WRONG if pair.differs else "")
        carets += blank + ("^" if pair.differs else " ") * width
    lines = [upper, lower]
    if canvas.palette == "none" and carets.strip():
        lines.append(Text(carets.rstrip()))
    return Block(tuple(lines))


def _fit(text: str, width: int) -> str:
    """Pad or cut to exactly `width` columns."""
    piece = Text(text)
    piece.truncate(width, overflow="ellipsis", pad=True)
    return piece.plain
