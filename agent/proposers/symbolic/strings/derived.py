"""Texts made of an input as a whole: filtered, tidied, reversed, replaced, counted, joined.

Each is offered twice: as a piece that may stand in the output, and, where that makes sense, as a
text that substrings may be cut from.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from peirce.agent.proposers.symbolic.strings.arithmetic import number_pieces
from peirce.agent.proposers.symbolic.strings.letters import MODES, Mode
from peirce.agent.proposers.symbolic.strings.pairs import paired_pieces
from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.agent.proposers.symbolic.strings.quoting import numeral, pattern_code, text_literal
from peirce.agent.proposers.symbolic.strings.texts import Problem
from peirce.agent.proposers.symbolic.strings.tokens import quoted
from peirce.agent.proposers.symbolic.strings.translation import translated_pieces
from peirce.prototypes import strings


@dataclass(frozen=True, slots=True)
class Making:
    """A way of making a text from a text."""

    template: str
    """Expression with `{}` for the text."""
    words: str
    """Noun phrase with `{}` for the text."""
    cost: float
    make: Callable[[str], str]
    source: bool = False
    """Whether cutting pieces out of the result is a thing people do."""

    def piece(self, text: str, words: str, values: Sequence[str], cost: float) -> Piece:
        """The piece that makes it from an expression for a text."""
        made = tuple(self.make(value) for value in values)
        return Piece(
            self.template.replace("{}", text),
            self.words.replace("{}", words),
            self.cost + cost,
            made,
        )


MAX_GONE: Final = 4
"""Most letters and digits that outputs never hold for which replacing them is tried."""

_KINDS: Final = (
    (r"\d", "digits", 0.0),
    (r"[A-Za-z]", "letters", 0.3),
    (r"[A-Z]", "capital letters", 0.3),
    (r"[a-z]", "small letters", 0.6),
    (r"\s", "spaces", 0.0),
    (r"[^A-Za-z0-9\s]", "punctuation marks", 0.6),
    (r"[^A-Za-z0-9]", "characters that are neither letters nor digits", 0.8),
    (r"[^A-Za-z]", "characters that are not letters", 0.8),
    (r"\([^()]*\)", "parts in parentheses", 1.2),
    (r"<[^<>]*>", "parts in angle brackets", 1.2),
    (r"\[[^\[\]]*\]", "parts in square brackets", 1.4),
    (r"[aeiouAEIOU]", "vowels", 1.0),
)


def _fixed() -> Iterator[Making]:
    yield Making("{}.strip()", "{} without spaces around it", 2.0, str.strip, True)
    yield Making(
        "strings.single_spaced({})", "{} with single spaces", 2.2, strings.single_spaced, True
    )
    yield Making("{}[::-1]", "{} backwards", 2.5, lambda text: text[::-1])
    yield Making("{}.swapcase()", "{} with the letter case swapped", 2.7, str.swapcase)
    yield Making("strings.initials({})", "the initials of {}", 2.2, strings.initials)
    yield Making("strings.squeeze({})", "{} with runs made single", 3.0, strings.squeeze, True)
    yield Making("str(len({}))", "the number of characters of {}", 2.5, lambda text: str(len(text)))
    yield Making(
        "str(len({}.split()))",
        "the number of words of {}",
        3.0,
        lambda text: str(len(text.split())),
    )
    yield Making(
        '" ".join({}.split()[::-1])',
        "the words of {} in reverse order",
        3.5,
        lambda text: " ".join(text.split()[::-1]),
    )
    yield Making(
        '" ".join(sorted({}.split()))',
        "the words of {} in alphabetical order",
        4.0,
        lambda text: " ".join(sorted(text.split())),
    )
    yield Making(
        '"".join(dict.fromkeys({}))',
        "the different characters of {}",
        4.0,
        lambda text: "".join(dict.fromkeys(text)),
    )
    yield Making(
        '"".join(sorted({}))', "the characters of {} in order", 4.0, lambda t: "".join(sorted(t))
    )


def _by_kind() -> Iterator[Making]:
    for pattern, name, extra in _KINDS:
        code = pattern_code(pattern)
        yield Making(
            f"strings.remove({{}}, {code})",
            f"{{}} without its {name}",
            2.5 + extra,
            lambda text, pattern=pattern: strings.remove(text, pattern),
            True,
        )
        yield Making(
            f"strings.keep({{}}, {code})",
            f"the {name} of {{}}",
            2.7 + extra,
            lambda text, pattern=pattern: strings.keep(text, pattern),
            True,
        )
        yield Making(
            f"str(strings.count({{}}, {code}))",
            f"the number of {name} of {{}}",
            4.0 + extra,
            lambda text, pattern=pattern: str(strings.count(text, pattern)),
        )


def _steps() -> Iterator[Making]:
    for step in range(2, 11):
        for first in range(min(step, 3)):
            begin = str(first) if first else ""
            where = "" if first == 0 else f", starting at number {first + 1}"
            yield Making(
                f"{{}}[{begin}::{step}]",
                f"every {_ordinal(step)} character of {{}}{where}",
                2.6 + 0.3 * step + 0.5 * first,
                lambda text, step=step, first=first: text[first::step],
            )


def _ordinal(value: int) -> str:
    return "second" if value == 2 else "third" if value == 3 else f"{numeral(value)}th"


def makings(texts: Sequence[str], outputs: Sequence[str]) -> Iterator[Making]:
    """The makings worth trying on texts with these outputs, cheapest kinds first."""
    yield from _fixed()
    yield from _by_kind()
    yield from _steps()
    before, after = "".join(texts[: len(outputs)]), "".join(outputs)
    marks = sorted({char for char in before if not char.isalnum()})[:16]
    gone = sorted({char for char in before if char.isalnum()} - set(after + after.swapcase()))
    fresh = set(after) - set(before + before.swapcase())
    new = sorted({char for char in after if not char.isalnum()} | fresh)[:12]
    for mark in marks + (gone if len(gone) <= MAX_GONE else []):
        yield from _about_mark(mark, new)


def _about_mark(mark: str, new: Sequence[str]) -> Iterator[Making]:
    code, name = text_literal(mark), quoted(mark)
    yield Making(
        f'{{}}.replace({code}, "")',
        f"{{}} without any {name}",
        3.2,
        lambda text: text.replace(mark, ""),
        True,
    )
    yield Making(
        f"str({{}}.count({code}))",
        f"how often {name} occurs in {{}}",
        4.0,
        lambda text: str(text.count(mark)),
    )
    yield Making(
        f"{{}}.strip({code})",
        f"{{}} without {name} at its ends",
        3.0,
        lambda t: t.strip(mark),
        True,
    )
    for other in new:
        if other != mark:
            yield Making(
                f"{{}}.replace({code}, {text_literal(other)})",
                f"{{}} with {quoted(other)} for every {name}",
                4.2,
                lambda text, other=other: text.replace(mark, other),
                True,
            )


def derived_pieces(problem: Problem) -> Iterator[Piece | None]:
    """The makings applied to every argument, in every letter case; `None` between steps."""
    for index, column in enumerate(problem.columns):
        for order, making in enumerate(makings(column, problem.outputs)):
            piece = making.piece(problem.name(index), problem.owner(index), column, 0.3 * index)
            if piece.values == column:
                continue
            yield from in_cases(piece, problem.outputs)
            if order % 16 == 0:
                yield None
    more = (
        _joined(problem),
        translated_pieces(problem),
        paired_pieces(problem),
        number_pieces(problem),
    )
    for piece in chain(*more):
        if piece is None:
            yield None
        else:
            yield from in_cases(piece, problem.outputs)


def in_cases(piece: Piece, outputs: Sequence[str]) -> Iterator[Piece]:
    """The piece in every letter case that may be part of an output."""
    seen: set[tuple[str, ...]] = set()
    for mode in MODES:
        changed = _changed(piece, mode)
        if changed.values in seen:
            continue
        seen.add(changed.values)
        pairs = list(zip(changed.values, outputs, strict=False))
        if any(value and value in output for value, output in pairs):
            yield changed


def _changed(piece: Piece, mode: Mode) -> Piece:
    if not mode.name:
        return piece
    values = tuple(mode.apply(value) for value in piece.values)
    return Piece(
        mode.code(piece.code), f"{piece.words} {mode.phrase}", piece.cost + mode.cost, values
    )


def _joined(problem: Problem) -> Iterator[Piece]:
    """The non-empty arguments with a separator between them."""
    if problem.arguments < 2:
        return
    rows = list(zip(*problem.columns, strict=True))
    if not any("" in row for row in rows):
        return
    new = sorted({char for text in problem.outputs for char in text if not char.isalnum()})[:8]
    names = ", ".join(problem.name(index) for index in range(problem.arguments))
    for separator in ["", *new, *(f"{char} " for char in new if char != " ")]:
        values = tuple(separator.join(text for text in row if text) for row in rows)
        code = f"{text_literal(separator)}.join(text for text in [{names}] if text)"
        words = f"the texts that are not empty, with {quoted(separator)} between them"
        if all(value in output for value, output in zip(values, problem.outputs, strict=False)):
            yield Piece(code, words, 3.0 + len(separator), values)
