"""Pieces: what an output is put together from, each with its code, its words and its values."""

from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.strings.quoting import numeral, text_literal
from peirce.agent.proposers.symbolic.strings.tokens import mentioned, quoted

PIECE_COST: Final = 2.0
"""Bits for every piece of a concatenation."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression for a text."""

    code: str
    words: str
    """Noun phrase."""
    cost: float
    """Description length in bits."""
    values: tuple[str, ...]
    """What it gives on every input, tests included."""


def constant(text: str, inputs: int, *, common: bool = False) -> Piece:
    """The piece that is always this text; `common` if several whole outputs are just that."""
    cost = 1.0 + sum(2.4 if char.isalnum() else 1.0 for char in text)
    if common:
        cost = min(cost, 3.0 + 0.1 * len(text))
    return Piece(text_literal(text), _spelt(text), cost, (text,) * inputs)


def _spelt(text: str) -> str:
    if not text:
        return "nothing"
    if len(set(text)) == 1 and len(text) > 1 and not text[0].isalnum():
        return f"{numeral(len(text))} times {mentioned(text[0])}"
    if len(text) <= 3 and not any(char.isalnum() for char in text):
        return " and ".join(mentioned(char) for char in text)
    return quoted(text)
