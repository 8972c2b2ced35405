"""Source text of texts and patterns, and small numbers in words."""

from typing import Final

from peirce.prototypes.strings import patterns

NAMED: Final = {
    getattr(patterns, name): f"strings.{name}" for name in dir(patterns) if name.isupper()
}
"""The vocabulary's names of patterns."""

NUMERALS: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)
"""Small numbers in words."""


def numeral(value: int) -> str:
    """A small number in words, a large one in digits."""
    return NUMERALS[value] if 0 <= value < len(NUMERALS) else str(value)


def characters(count: int) -> str:
    """`three characters`, `one character`."""
    return f"{numeral(count)} character" + ("" if count == 1 else "s")


def pattern_code(pattern: str) -> str:
    """A regular expression as an expression, by its name in the vocabulary if it has one."""
    return NAMED.get(pattern) or raw(pattern)


def raw(pattern: str) -> str:
    """Source text of a regular expression."""
    if '"' not in pattern:
        return f'r"{pattern}"' if "\\" in pattern else f'"{pattern}"'
    return f"r'{pattern}'" if "'" not in pattern else repr(pattern)


def text_literal(text: str) -> str:
    """Source text of a string, in double quotes where that needs no escape."""
    plain = repr(text)
    if plain.startswith("'") and '"' not in plain:
        return f'"{plain[1:-1]}"'
    return plain
