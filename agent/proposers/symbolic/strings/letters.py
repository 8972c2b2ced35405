"""Letter case: the changes a cut may undergo, and how far a changed text agrees with an output."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Mode:
    """A change of letter case, applied to what was cut out."""

    name: str
    """The `str` method or vocabulary function; empty for no change."""
    phrase: str
    """Follows the noun phrase."""
    cost: float
    """Description length in bits."""

    def apply(self, text: str) -> str:
        """The changed text."""
        match self.name:
            case "lower":
                return text.lower()
            case "upper":
                return text.upper()
            case "title":
                return text.title()
            case "capitalize":
                return text.capitalize()
            case "capital_first":
                return text[:1].upper() + text[1:]
            case _:
                return text

    def code(self, expression: str) -> str:
        """As an expression around an expression."""
        if not self.name:
            return expression
        if self.name == "capital_first":
            return f"strings.capital_first({expression})"
        return f"{expression}.{self.name}()"


MODES: Final = (
    Mode("", "", 0.0),
    Mode("lower", "in lower case", 1.5),
    Mode("upper", "in upper case", 1.5),
    Mode("title", "in title case", 1.7),
    Mode("capitalize", "with only its first letter capital", 1.9),
    Mode("capital_first", "with its first letter made capital", 2.0),
)
"""All changes, plain first. Each maps a text character by character, from left to right."""


def agreement(source: str, target: str, mode: Mode) -> Ints:
    """How many characters of `mode(source[a:])` agree with `target[b:]`, for all a and b."""
    plain = _equal(source, target)
    lower = _equal(source.lower(), target)
    upper = _equal(source.upper(), target)
    match mode.name:
        case "":
            return _runs(plain, plain)
        case "lower":
            return _runs(lower, lower)
        case "upper":
            return _runs(upper, upper)
        case "capitalize":
            return _runs(upper, lower)
        case "capital_first":
            return _runs(upper, plain)
        case _:
            return _title_runs(source, upper, lower)


def steady(text: str) -> bool:
    """Whether changing the case of the text keeps every character in its place."""
    return len(text.lower()) == len(text.upper()) == len(text.title()) == len(text)


def _equal(source: str, target: str) -> npt.NDArray[np.bool_]:
    left = np.array([ord(char) for char in source], dtype=np.int32)
    right = np.array([ord(char) for char in target], dtype=np.int32)
    return left[:, None] == right[None, :]


def _runs(first: npt.NDArray[np.bool_], rest: npt.NDArray[np.bool_]) -> Ints:
    """Agreement where the first character is judged by one table and the others by another."""
    height, width = first.shape
    later = np.zeros((height + 1, width + 1), dtype=np.int32)
    for place in range(height - 1, -1, -1):
        later[place, :-1] = np.where(rest[place], later[place + 1, 1:] + 1, 0)
    out = np.zeros_like(later)
    out[:-1, :-1] = np.where(first, later[1:, 1:] + 1, 0)
    return out


def _title_runs(source: str, upper: npt.NDArray[np.bool_], lower: npt.NDArray[np.bool_]) -> Ints:
    height, width = upper.shape
    fresh = np.zeros((height + 1, width + 1), dtype=np.int32)
    inside = np.zeros((height + 1, width + 1), dtype=np.int32)
    for place in range(height - 1, -1, -1):
        after = inside if source[place].isalpha() else fresh
        longer = after[place + 1, 1:] + 1
        fresh[place, :-1] = np.where(upper[place], longer, 0)
        inside[place, :-1] = np.where(lower[place], longer, 0)
    return fresh
