"""Cuts: ways of taking one stretch out of a text, as code and in words.

A `Position` is a place in a text, a `Cut` a pair of places. Both only describe; where they fall on
given texts is worked out in columns by `view.py`.
"""

from dataclasses import dataclass
from typing import Literal

from peirce.agent.proposers.symbolic.strings.quoting import characters, text_literal
from peirce.agent.proposers.symbolic.strings.tokens import ORDINALS, Token


@dataclass(frozen=True, slots=True)
class Place:
    """So many characters from the start, or from the end when `from_end`."""

    count: int
    from_end: bool = False

    def code(self, text: str) -> str:
        """As a slice bound, empty where the bound can be left out."""
        del text
        if self.count == 0:
            return ""
        return f"-{self.count}" if self.from_end else str(self.count)

    def words(self) -> str:
        """As a phrase that follows `from` or `to`."""
        if self.count == 0:
            return "the end" if self.from_end else "the start"
        side = "before the end" if self.from_end else "from the start"
        return f"{characters(self.count)} {side}"


@dataclass(frozen=True, slots=True)
class Border:
    """The start or the end of the nth token of a kind."""

    token: Token
    nth: int
    side: Literal["start", "end"]

    def code(self, text: str) -> str:
        """As an expression."""
        nth = f", {self.nth}" if self.nth else ""
        return f"strings.{self.side}({text}, {self.token.code}{nth})"

    def words(self) -> str:
        """As a phrase that follows `from` or `to`."""
        side = "just before" if self.side == "start" else "just after"
        return f"{side} the {ORDINALS[self.nth]} {self.token.name}"


Position = Place | Border


@dataclass(frozen=True, slots=True)
class Cut:
    """Everything from one position to another."""

    start: Position
    end: Position

    def code(self, text: str) -> str:
        """As an expression over `text`."""
        if self.is_whole():
            return text
        match self.start, self.end:
            case Place(0, False), Border(Token(literal=mark), nth, "start") if mark:
                return _call("before", text, text_literal(mark), nth)
            case Border(Token(literal=mark), nth, "end"), Place(0, True) if mark:
                return _call("after", text, text_literal(mark), nth)
            case first, last:
                return f"{text}[{_bounds(first.code(text), last.code(text))}]"

    def is_whole(self) -> bool:
        """Whether nothing is cut off."""
        return self.start == Place(0) and self.end == Place(0, True)

    def words(self) -> str:
        """As a noun phrase."""
        match self.start, self.end:
            case Place() as first, Place() as last:
                return _between_places(first, last)
            case Place(0, False), Border() as border:
                return f"everything {_to(border)}"
            case Border() as border, Place(0, True):
                return f"everything {_from(border)}"
            case first, last:
                return f"the text from {first.words()} to {last.words()}"


def _bounds(left: str, right: str) -> str:
    """A slice between two bounds, spaced as formatters do."""
    if "(" not in left + right:
        return f"{left}:{right}"
    return f"{left} : {right}".strip()


def _between_places(first: Place, last: Place) -> str:
    match first, last:
        case Place(0, False), Place(0, True):
            return "the whole text"
        case Place(0, False), Place(1, False):
            return "the first character"
        case Place(1, True), Place(0, True):
            return "the last character"
        case Place(0, False), Place(count, False):
            return f"the first {characters(count)}"
        case Place(count, True), Place(0, True):
            return f"the last {characters(count)}"
        case Place(count, False), Place(0, True):
            return f"everything but the first {characters(count)}".replace("one character", "one")
        case Place(0, False), Place(count, True):
            return f"everything but the last {characters(count)}".replace("one character", "one")
        case Place(left, False), Place(right, False) if right == left + 1:
            return f"character number {right}"
        case Place(left, False), Place(right, False):
            return f"characters number {left + 1} to {right}"
        case _:
            return f"the text from {first.words()} to {last.words()}"


def _to(border: Border) -> str:
    name = f"the {ORDINALS[border.nth]} {border.token.name}"
    return f"before {name}" if border.side == "start" else f"up to and with {name}"


def _from(border: Border) -> str:
    name = f"the {ORDINALS[border.nth]} {border.token.name}"
    return f"after {name}" if border.side == "end" else f"from {name} on"


def _call(name: str, text: str, argument: str, nth: int = 0) -> str:
    tail = f", {nth}" if nth else ""
    return f"strings.{name}({text}, {argument}{tail})"


@dataclass(frozen=True, slots=True)
class Match:
    """The nth token of a kind."""

    token: Token
    nth: int

    def code(self, text: str) -> str:
        """As an expression over `text`."""
        nth = f", {self.nth}" if self.nth else ""
        match self.token.pattern:
            case r"\S+":
                return f"strings.word({text}{nth})"
            case r"\d+":
                return f"strings.number({text}{nth})"
            case _:
                return _call("match", text, self.token.code, self.nth)

    def words(self) -> str:
        """As a noun phrase."""
        return f"the {ORDINALS[self.nth]} {self.token.name}"


@dataclass(frozen=True, slots=True)
class Until:
    """From a position up to the next token of a kind."""

    start: Position
    token: Token

    def code(self, text: str) -> str:
        """As an expression over `text`."""
        first, token = self.start, self.token
        if isinstance(first, Border) and first.side == "end":
            left = first.token.literal
            if left and token.literal:
                marks = f"{text_literal(left)}, {text_literal(token.literal)}"
                return _call("between", text, marks, first.nth)
        return f"strings.until({text}, {first.code(text) or '0'}, {token.code})"

    def words(self) -> str:
        """As a noun phrase."""
        match self.start:
            case Border(token, nth, "end"):
                left = f"the {ORDINALS[nth]} {token.name}"
                return f"what stands between {left} and the next {self.token.name}"
            case start:
                return f"the text from {start.words()} to the next {self.token.name}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many characters after a position, or before it when `count` is negative."""

    border: Border
    count: int

    def code(self, text: str) -> str:
        """As an expression over `text`."""
        if self.count < 0:
            return f"{Cut(Place(0), self.border).code(text)}[{self.count}:]"
        return f"{Cut(self.border, Place(0, True)).code(text)}[:{self.count}]"

    def words(self) -> str:
        """As a noun phrase."""
        name = f"the {ORDINALS[self.border.nth]} {self.border.token.name}"
        size = "character" if abs(self.count) == 1 else characters(abs(self.count))
        match self.border.side, self.count > 0:
            case "start", False:
                return f"the {size} before {name}"
            case "end", True:
                return f"the {size} after {name}"
            case "start", _:
                return f"the first {size} from {name} on"
            case _:
                return f"the last {size} up to the end of {name}"


AnyCut = Cut | Match | Until | Stretch
