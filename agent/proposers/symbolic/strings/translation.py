"""Texts changed character by character: some characters exchanged, or letters moved along.

Where outputs are as long as inputs, the examples show what every character becomes; characters not
shown stay, unless the letters all move by the same number of places in the alphabet.
"""

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import Final

from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.agent.proposers.symbolic.strings.quoting import text_literal
from peirce.agent.proposers.symbolic.strings.texts import Problem
from peirce.agent.proposers.symbolic.strings.tokens import quoted
from peirce.prototypes import strings

MOST_EXCHANGED: Final = 12
"""Most different characters a rule may exchange."""


def translated_pieces(problem: Problem) -> Iterator[Piece]:
    """The arguments with characters exchanged as the examples show."""
    for index, column in enumerate(problem.columns):
        table = _table(column, problem.outputs)
        if table is None:
            continue
        name, owner = problem.name(index), problem.owner(index)
        places = {_places(old, new) for old, new in table.items() if old.isalpha()}
        if len(places) == 1 and None not in places and 0 not in places:
            count = next(iter(places)) or 0
            values = tuple(strings.shifted(text, count) for text in column)
            if all(value == out for value, out in zip(values, problem.outputs, strict=False)):
                words = f"{owner} with every letter moved {count} places in the alphabet"
                yield Piece(f"strings.shifted({name}, {count})", words, 4.0, values)
        changed = {old: new for old, new in sorted(table.items()) if old != new}
        if 0 < len(changed) <= MOST_EXCHANGED:
            yield _exchanged(changed, name, owner, column)


def _table(column: Sequence[str], outputs: Sequence[str]) -> dict[str, str] | None:
    """What every character becomes, if each always becomes the same."""
    table: dict[str, str] = {}
    for text, output in zip(column, outputs, strict=False):
        if len(text) != len(output):
            return None
        for old, new in zip(text, output, strict=True):
            if table.setdefault(old, new) != new:
                return None
    return table


def _places(old: str, new: str) -> int | None:
    """By how many places a letter moved, at most half the alphabet either way."""
    left, right = ascii_lowercase.find(old.lower()), ascii_lowercase.find(new.lower())
    if left < 0 or right < 0 or old.isupper() != new.isupper():
        return None
    return (right - left + 12) % 26 - 12


def _exchanged(changed: dict[str, str], name: str, owner: str, column: Sequence[str]) -> Piece:
    old, new = "".join(changed), "".join(changed.values())
    table = str.maketrans(old, new)
    code = f"{name}.translate(str.maketrans({text_literal(old)}, {text_literal(new)}))"
    pairs = [f"{quoted(right)} for {quoted(left)}" for left, right in changed.items()]
    values = tuple(text.translate(table) for text in column)
    cost = 3.0 + sum(2.0 if not left.isalnum() else 5.0 for left in changed)
    return Piece(code, f"{owner} with {', '.join(pairs)}", cost, values)
