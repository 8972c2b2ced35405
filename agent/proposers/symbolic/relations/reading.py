"""Reads background knowledge: Prolog text without function symbols, as relations and rules.

Facts become tuples of texts; rules whose bodies are plain, denied or unequal literals become
clauses. Whatever else the text holds is left out and counted: a rule over lists, a directive.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Argument, Clause, Literal

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|%[^\n]*|/\*.*?\*/)
      | (?P<constant>'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|-?\d+(?:\.\d+)?|[a-z]\w*)
      | (?P<variable>[A-Z_]\w*)
      | (?P<symbol>:-|\\\+|\\==|\\=|[(),.\[\]|]|[^\s\w])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What a text says."""

    facts: tuple[tuple[str, tuple[str, ...]], ...]
    """Name and arguments of each."""
    rules: tuple[Clause, ...]
    left_out: int
    """Clauses that are neither."""


class _Unread(Exception):
    """A clause outside the language read here."""


class _Reader:
    """Reads one clause, token by token."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._numbers: dict[str, int] = {}

    def clause(self) -> tuple[Literal, tuple[Literal, ...]]:
        head = self.literal()
        body: list[Literal] = []
        if self._peek() == ":-":
            self._at += 1
            body.append(self.literal())
            while self._peek() == ",":
                self._at += 1
                body.append(self.literal())
        if self._peek():
            raise _Unread
        return head, tuple(body)

    def literal(self) -> Literal:
        negated = self._peek() == "\\+"
        self._at += negated
        wrapped = negated and self._peek() == "("
        self._at += wrapped
        kind, first = self._next()
        if self._peek() in (UNEQUAL, "\\=="):
            self._at += 1
            left, right = self._meant(kind, first), self._argument()
            found = Literal(UNEQUAL, (left, right), negated)
        elif kind == "constant" and not first[0].isdigit():
            found = Literal(first, self._arguments(), negated)
        else:
            raise _Unread
        if wrapped and self._next()[1] != ")":
            raise _Unread
        return found

    def _arguments(self) -> tuple[Argument, ...]:
        if self._peek() != "(":
            return ()
        self._at += 1
        found = [self._argument()]
        while self._peek() == ",":
            self._at += 1
            found.append(self._argument())
        if self._next()[1] != ")":
            raise _Unread
        return tuple(found)

    def _argument(self) -> Argument:
        kind, text = self._next()
        if text == "[":
            return self._list()
        if self._peek() == "(":
            raise _Unread
        return self._meant(kind, text)

    def _list(self) -> str:
        """A list of constants, as the text of one constant."""
        depth, text = 1, "["
        while depth:
            kind, token = self._next()
            if kind == "variable":
                raise _Unread
            depth += (token == "[") - (token == "]")
            text += token
        return text

    def _meant(self, kind: str, text: str) -> Argument:
        match kind:
            case "variable":
                if text == "_":
                    return None
                return self._numbers.setdefault(text, len(self._numbers))
            case "constant":
                return text
            case _:
                raise _Unread

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise _Unread
        self._at += 1
        return self._tokens[self._at - 1]


def read(text: str) -> Background:
    """Everything in `text` that is a fact or a plain rule."""
    facts: dict[tuple[str, tuple[str, ...]], None] = {}
    rules: list[Clause] = []
    left_out = 0
    for tokens in _clauses(text):
        try:
            head, body = _Reader(tokens).clause()
            if body:
                rules.append(_rule(head, body))
            else:
                facts[head.name, _constants(head)] = None
        except _Unread:
            left_out += 1
    return Background(facts=tuple(facts), rules=tuple(rules), left_out=left_out)


def read_atom(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Name and arguments of one ground atom; None if it is not flat."""
    tokens = next(_clauses(text + "."), None)
    if tokens is None:
        return None
    try:
        head, body = _Reader(tokens).clause()
        return None if body else (head.name, _constants(head))
    except _Unread:
        return None


def _clauses(text: str) -> Iterator[list[tuple[str, str]]]:
    tokens: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup or "", match.group()
        if kind == "space":
            continue
        if token == ".":
            yield tokens
            tokens = []
        else:
            tokens.append((kind, token))


def _constants(literal: Literal) -> tuple[str, ...]:
    if literal.negated or literal.name == UNEQUAL:
        raise _Unread
    found = tuple(item for item in literal.arguments if isinstance(item, str))
    if len(found) != len(literal.arguments):
        raise _Unread
    return found


def _rule(head: Literal, body: tuple[Literal, ...]) -> Clause:
    """The clause, its head's arguments being the variables 0, 1, 2, ..."""
    if head.negated or head.name == UNEQUAL:
        raise _Unread
    numbers = [item for item in head.arguments if isinstance(item, int)]
    if len(set(numbers)) != len(head.arguments):
        raise _Unread
    order = {number: place for place, number in enumerate(numbers)}
    for literal in body:
        for number in literal.arguments:
            if isinstance(number, int):
                order.setdefault(number, len(order))
    renamed = tuple(
        Literal(
            literal.name,
            tuple(order[item] if isinstance(item, int) else item for item in literal.arguments),
            literal.negated,
        )
        for literal in body
    )
    # Denials are checked last, when everything they speak of is known.
    ordered = sorted(renamed, key=lambda item: item.negated or item.name == UNEQUAL)
    return Clause(head.name, len(head.arguments), tuple(ordered))
