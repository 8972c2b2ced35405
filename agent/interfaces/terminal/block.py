"""Rectangles of styled text, and how they are put side by side and on top of each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.style import Style
from rich.text import Text

Palette: TypeAlias = Literal["true", "sixteen", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """What the terminal at hand can show."""

    width: int
    """Columns."""
    palette: Palette
    """`none` where colours are unwanted (NO_COLOR) or the output is no terminal."""

    @classmethod
    def of(cls, console: Console, options: ConsoleOptions) -> "Canvas":
        """Look at the console and the room it gives."""
        palette: Palette = "none"
        if console.is_terminal and not console.no_color and console.color_system is not None:
            palette = "sixteen" if console.color_system == "standard" else "true"
        return cls(width=max(1, options.max_width), palette=palette)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text, top to bottom."""

    lines: tuple[Text, ...]

    @property
    def width(self) -> int:
        """Columns of the widest line."""
        return max((line.cell_len for line in self.lines), default=0)

    @property
    def height(self) -> int:
        """Number of lines."""
        return len(self.lines)


def stack(blocks: Iterable[Block]) -> Block:
    """Put blocks on top of each other, left-aligned."""
    return Block(tuple(line for block in blocks for line in block.lines))


def beside(blocks: Sequence[Block], gap: str = "  ") -> Block:
    """Put blocks side by side, top-aligned."""
    height = max((block.height for block in blocks), default=0)
    lines: list[Text] = []
    for index in range(height):
        line = Text(no_wrap=True)
        for place, block in enumerate(blocks):
            part = block.lines[index] if index < block.height else Text()
            last = place == len(blocks) - 1
            line.append_text(part)
            if not last:
                line.append(" " * (block.width - part.cell_len) + gap)
        lines.append(line)
    return Block(tuple(lines))


def flow(blocks: Sequence[Block], width: int, gap: str = "  ", *, apart: int = 0) -> Block:
    """Put blocks side by side as far as they fit, then go on below, as words do.

    Args:
        blocks: In reading order.
        width: Columns there are.
        gap: Between neighbours.
        apart: Empty lines between one row of blocks and the next.
    """
    rows: list[list[Block]] = []
    used = 0
    for block in blocks:
        needed = used + cell_len(gap) + block.width
        if rows and needed <= width:
            rows[-1].append(block)
            used = needed
        else:
            rows.append([block])
            used = block.width
    spacer = Block((Text(),) * apart)
    joined = [part for row in rows for part in (spacer, beside(row, gap))]
    return stack(joined[1:])


def folded(text: str, width: int, style: str | Style = "") -> Block:
    """Break a text into lines of at most `width` columns."""
    lines: list[Text] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(Text(line, style=style))
        while cell_len(word) > width:
            head = _head(word, width)
            lines.append(Text(head, style=style))
            word = word[len(head) :]
        line = word
    return Block((*lines, Text(line, style=style)))


def _head(word: str, width: int) -> str:
    """Return as many first characters as fit, at least one."""
    count = 1
    while count < len(word) and cell_len(word[: count + 1]) <= width:
        count += 1
    return word[:count]


def one_line(text: str, width: int, style: str | Style = "") -> Block:
    """Write a text on one line, cut to `width` columns."""
    line = Text(text, style=style, no_wrap=True)
    line.truncate(width, overflow="ellipsis")
    return Block((line,))


def widen(block: Block, width: int) -> Block:
    """Pad a block on the right to at least `width` columns."""
    first = block.lines[0].copy() if block.lines else Text()
    first.append(" " * (width - first.cell_len))
    return Block((first, *block.lines[1:]))
