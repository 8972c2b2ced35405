"""Prolog text cut into lexemes, for all that reads Prolog here.

The sorts are fine enough that a reader which needs fewer can put some together. A quoted atom
stands on one line, as the standard has it; a text may go over several.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from peirce.tasks.errors import TaskError

_LEXEME: Final = re.compile(
    r"""(?P<layout>\s+|%[^\n]*|/\*.*?\*/)
      | (?P<code>0'(?:\\.|''|[^\\]))
      | (?P<notation>0[xob][0-9a-fA-F]+|\d+(?:_\d+)+(?:\.\d+)?(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)
      | (?P<float>\d+\.\d+(?:[eE][+-]?\d+)?)
      | (?P<integer>\d+)
      | (?P<variable>[A-Z_]\w*)
      | (?P<name>[a-z]\w*)
      | (?P<quoted>'(?:[^'\\\n]|\\.|'')*')
      | (?P<string>"(?:[^"\\]|\\.|"")*")
      | (?P<codes>`(?:[^`\\]|\\.|``)*`)
      | (?P<end>\.(?=\s|%|\Z))
      | (?P<solo>[!;])
      | (?P<separator>[,|])
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<symbol>[-+*/\\^<>=~:.?@\#&$]+)
    """,
    re.VERBOSE | re.DOTALL,
)


class Lexeme(NamedTuple):
    """A piece of text, what sort of piece it is, and where it begins."""

    sort: str
    """`notation` is a number that is not written as digits with at most one point."""
    text: str
    at: int


def lexemes(text: str, *, where: str) -> Iterator[Lexeme]:
    """The pieces of a text in order, layout and full stops among them.

    Raises:
        TaskError: a character is no Prolog; the message names its line.
    """
    position = 0
    while position < len(text):
        match = _LEXEME.match(text, position)
        if match is None:
            raise TaskError(
                f"{line_of(text, position, where)}: {text[position : position + 20]!r} is no "
                "Prolog; check quotes and comments"
            )
        yield Lexeme(match.lastgroup or "", match.group(), position)
        position = match.end()


def line_of(text: str, position: int, where: str) -> str:
    """The place of a character, as messages name it."""
    return f"{where}, line {text.count(chr(10), 0, position) + 1}"
