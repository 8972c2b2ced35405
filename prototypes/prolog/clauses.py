"""Prolog source as clauses of tokens: enough to rename, reorder and change it, never to run it.

The reader knows layout, comments, quoting and brackets, and so finds heads, goals and arguments.
It knows no operators beyond `:-`: a goal is whatever stands between two commas of a body. Comments
are dropped, because they would not stay true.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from peirce.tasks.errors import TaskError
from peirce.tasks.lexemes import lexemes
from peirce.tasks.values import show

_CLOSES: Final = {"(": ")", "[": "]", "{": "}"}


class Sort(Enum):
    """What kind of token it is."""

    QUOTED = "quoted"
    TEXT = "text"
    NUMBER = "number"
    VARIABLE = "variable"
    NAME = "name"
    SYMBOL = "symbol"
    OPEN = "open"
    CLOSE = "close"


_SORTS: Final = {
    "string": Sort.TEXT,
    "codes": Sort.TEXT,
    "code": Sort.NUMBER,
    "notation": Sort.NUMBER,
    "float": Sort.NUMBER,
    "integer": Sort.NUMBER,
    "solo": Sort.SYMBOL,
    "separator": Sort.SYMBOL,
}
"""The sorts of lexemes that this reader takes for one."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token and whether layout stood before it."""

    text: str
    sort: Sort
    spaced: bool = False

    @property
    def is_atom(self) -> bool:
        """Whether it is a name, quoted or not."""
        return self.sort in (Sort.NAME, Sort.QUOTED)


Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A fact, a rule or a directive, without the full stop."""

    head: Tokens
    """Empty for a directive."""
    goals: tuple[Tokens, ...] = ()
    """The parts of the body between its outermost commas; none for a fact."""
    neck: str = ":-"

    @property
    def is_fact(self) -> bool:
        """Whether it holds without condition."""
        return bool(self.head) and not self.goals

    @property
    def functor(self) -> str:
        """Name and arity of the head such as `parent/2`; empty for a directive."""
        return f"{self.head[0].text}/{len(arguments(self.head))}" if self.head else ""

    @property
    def tokens(self) -> Tokens:
        """All tokens of head and goals, in order."""
        return (*self.head, *(token for goal in self.goals for token in goal))

    @property
    def text(self) -> str:
        """The clause in Prolog syntax, on one line."""
        body = ", ".join(map(write_tokens, self.goals))
        head = write_tokens(self.head)
        words = f"{head} {self.neck} {body}" if body else head
        return f"{words}.".strip()


def read_clauses(source: str) -> tuple[Clause, ...]:
    """Split a source into clauses.

    Raises:
        TaskError: a character, bracket or full stop is out of place.
    """
    clauses: list[Clause] = []
    tokens: list[Token] = []
    stack: list[str] = []
    spaced = False
    for sort, text, _ in lexemes(source, where="Prolog"):
        match sort:
            case "layout":
                spaced = True
                continue
            case "end":
                if stack or not tokens:
                    raise TaskError(f"Prolog: a full stop in the middle of {_shown(tokens)}")
                clauses.append(_clause(tokens))
                tokens = []
                continue
            case _:
                _nest(stack, text, tokens)
                kind = _SORTS.get(sort) or Sort(sort)
                tokens.append(Token(text, kind, spaced and bool(tokens)))
        spaced = False
    if tokens:
        raise TaskError(f"Prolog: {_shown(tokens)} has no full stop")
    return tuple(clauses)


def write_clauses(clauses: Iterable[Clause]) -> str:
    """A source with one clause a line."""
    return "".join(f"{clause.text}\n" for clause in clauses)


def write_tokens(tokens: Sequence[Token]) -> str:
    """Tokens as text, with the layout they were read with."""
    return "".join(" " * token.spaced + token.text for token in tokens).strip()


def arguments(term: Sequence[Token]) -> tuple[Tokens, ...]:
    """The arguments of a compound term `name(...)`; none for anything else."""
    applied = (
        len(term) > 3 and term[0].is_atom and term[1].text == "(" and not term[1].spaced
    ) and _closing(term, 1) == len(term) - 1
    return split(term[2:-1], ",") if applied else ()


def compound(name: Token, parts: Sequence[Tokens]) -> Tokens:
    """The term `name(parts...)`."""
    inside: list[Token] = []
    for part in parts:
        if inside:
            inside.append(Token(",", Sort.SYMBOL))
        inside.extend((Token(part[0].text, part[0].sort, spaced=bool(inside)), *part[1:]))
    return (name, Token("(", Sort.OPEN), *inside, Token(")", Sort.CLOSE))


def split(tokens: Sequence[Token], separator: str) -> tuple[Tokens, ...]:
    """The parts between separators that stand inside no bracket."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.sort is Sort.OPEN) - (token.sort is Sort.CLOSE)
        if depth == 0 and token.text == separator and token.sort is Sort.SYMBOL:
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(tuple(part) for part in parts)


def _clause(tokens: Sequence[Token]) -> Clause:
    for neck in (":-", "-->"):
        parts = split(tokens, neck)
        if len(parts) == 2:
            goals = split(parts[1], ",")
            if all(goals):
                return Clause(parts[0], goals, neck)
            raise TaskError(f"Prolog: a goal is missing in {_shown(tokens)}")
    return Clause(tuple(tokens))


def _nest(stack: list[str], text: str, tokens: Sequence[Token]) -> None:
    if text in _CLOSES:
        stack.append(_CLOSES[text])
    elif text in _CLOSES.values() and (not stack or stack.pop() != text):
        raise TaskError(f"Prolog: {text!r} closes nothing after {_shown(tokens)}")


def _closing(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].sort is Sort.OPEN) - (tokens[index].sort is Sort.CLOSE)
        if depth == 0:
            return index
    return -1


def _shown(tokens: Sequence[Token]) -> str:
    return show(write_tokens(tokens)) if tokens else "the source"
