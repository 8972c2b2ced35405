"""Changing a text as a whole: keeping, removing, tidying, letter case."""

import re
from string import ascii_lowercase, ascii_uppercase


def keep(text: str, pattern: str) -> str:
    """All stretches that fit the pattern, put together."""
    return "".join(hit.group() for hit in re.finditer(pattern, text))


def remove(text: str, pattern: str) -> str:
    """The text without the stretches that fit the pattern."""
    return re.sub(pattern, "", text)


def squeeze(text: str) -> str:
    """The text with every run of one repeated character made a single character."""
    return re.sub(r"(.)\1+", r"\1", text, flags=re.DOTALL)


def single_spaced(text: str) -> str:
    """The words of the text with one space between them and none around."""
    return " ".join(text.split())


def initials(text: str) -> str:
    """The first characters of the words, put together."""
    return "".join(word[0] for word in text.split())


def capital_first(text: str) -> str:
    """The text with its first character in upper case and the rest as it was."""
    return text[:1].upper() + text[1:]


def small_first(text: str) -> str:
    """The text with its first character in lower case and the rest as it was."""
    return text[:1].lower() + text[1:]


def shifted(text: str, places: int) -> str:
    """The text with every letter moved so many places in the alphabet, round from z to a."""
    turn = places % 26
    lower, upper = ascii_lowercase, ascii_uppercase
    moved = lower[turn:] + lower[:turn] + upper[turn:] + upper[:turn]
    return text.translate(str.maketrans(lower + upper, moved))
