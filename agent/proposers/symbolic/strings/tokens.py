"""Tokens: the classes of text pieces whose borders programs may cut at.

General classes (numbers, words, capitals …) come first, then the marks and the pieces of text that
this task's inputs share. The idea is FlashFill's (Gulwani, POPL 2011, section 4: token sequences).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.strings.quoting import pattern_code
from peirce.prototypes import strings

ORDINALS: Final = {
    0: "first",
    1: "second",
    2: "third",
    3: "fourth",
    4: "fifth",
    -1: "last",
    -2: "last but one",
    -3: "last but two",
    -4: "last but three",
}
"""How a person says a token's place."""
NTH_COST: Final = {0: 0.0, -1: 0.3, 1: 0.8, 2: 1.3, -2: 1.3, 3: 1.9, -3: 2.0, 4: 2.4, -4: 2.6}
"""Description length of a token's place, in bits."""

_MARKS: Final = {
    " ": "space",
    ",": "comma",
    ".": "full stop",
    ":": "colon",
    ";": "semicolon",
    "-": "hyphen",
    "_": "underscore",
    "/": "slash",
    "\\": "backslash",
    "(": "opening parenthesis",
    ")": "closing parenthesis",
    "@": "at sign",
    "#": "hash sign",
    '"': "quotation mark",
    "'": "apostrophe",
    "&": "ampersand",
    "=": "equals sign",
    "+": "plus sign",
    "|": "vertical bar",
    "\n": "line break",
    "\t": "tab",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A class of text pieces."""

    pattern: str
    """Regular expression."""
    name: str
    """Noun, singular."""
    cost: float
    """Description length in bits."""
    literal: str = ""
    """The text itself where the class has one member."""

    @property
    def code(self) -> str:
        """The pattern as an expression."""
        return pattern_code(self.pattern)


CLASSES: Final = (
    Token(strings.DIGITS, "number", 1.0),
    Token(strings.WORD, "word", 1.0),
    Token(strings.LETTERS, "run of letters", 1.5),
    Token(strings.CAPITAL, "capital letter", 1.3),
    Token(strings.CAPITALISED, "capitalised word", 1.6),
    Token(strings.CAPITALS, "run of capital letters", 2.0),
    Token(strings.SMALL_LETTERS, "run of small letters", 2.0),
    Token(strings.ALPHANUMERIC, "run of letters and digits", 1.7),
    Token(strings.SPACE, "white space", 1.3),
    Token(strings.DIGIT, "digit", 1.8),
    Token(strings.SMALL_LETTER, "small letter", 2.2),
    Token(strings.LETTER, "letter", 1.8),
    Token(strings.PUNCTUATION, "run of punctuation", 2.3),
    Token(strings.DECIMAL, "decimal number", 2.2),
    Token(strings.FIGURES, "number with its commas and points", 2.3),
    Token(strings.IDENTIFIER, "run of letters, digits and underscores", 2.6),
    Token(strings.MARK, "mark", 2.3),
)
"""The general classes, cheapest description first within each kind."""


def quoted(text: str) -> str:
    """The text as a person would name it."""
    return f"the text {text!r}" if len(text) != 1 else _MARKS.get(text, f"{text!r}")


def mentioned(text: str) -> str:
    """The text as a person would name one occurrence of it, with its article."""
    name = quoted(text)
    if len(text) != 1 or name.startswith(("'", '"')):
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def several(text: str) -> str:
    """The text as a person would name many occurrences of it."""
    name = quoted(text)
    if len(text) != 1 or name.startswith(("'", '"')):
        return name
    return (
        f"{name[:-2]}es" if name.endswith("sis") else name + ("es" if name.endswith("sh") else "s")
    )


def literal_token(text: str) -> Token:
    """The class whose only member is this text."""
    name = _MARKS.get(text) or repr(text)
    cost = 1.2 if len(text) == 1 and not text.isalnum() else 2.0 + 0.8 * len(text)
    return Token(escape(text), name, cost, text)


def escape(text: str) -> str:
    """A regular expression for exactly this text, without needless backslashes."""
    special = re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text)
    return special.replace("\n", r"\n").replace("\t", r"\t")


def tokens_for(texts: Sequence[str], train: int) -> tuple[Token, ...]:
    """The tokens worth using on these inputs; the first `train` of them come with outputs."""
    shown = texts[:train]
    kept = [
        token
        for token in CLASSES
        if sum(bool(re.search(token.pattern, t)) for t in shown) * 2 > train
    ]
    marks = sorted({char for text in shown for char in text if not char.isalnum()})
    kept.extend(literal_token(mark) for mark in marks if sum(mark in t for t in shown) * 2 > train)
    kept.extend(literal_token(text) for text in shared_texts(shown))
    return tuple(kept)


def shared_texts(texts: Sequence[str], limit: int = 8) -> list[str]:
    """The longest pieces of at least two characters that every text holds, longest first."""
    if not texts:
        return []
    shortest = min(texts, key=len)[:200]
    found: list[str] = []
    for begin in range(len(shortest)):
        stop = begin + 1
        while stop <= len(shortest) and all(shortest[begin:stop] in text for text in texts):
            stop += 1
        piece = shortest[begin : stop - 1]
        if len(piece) >= 2 and not any(piece in longer for longer in found):
            found.append(piece)
    return sorted(found, key=lambda piece: (-len(piece), piece))[:limit]
