"""Prolog text in, clauses as terms out, with the place of whatever is wrong.

Reads the standard syntax that backgrounds are written in: operators, lists, quoted atoms, strings,
comments. User-defined operators and DCG translation are not read. An atom is kept as it would be
written (`ann`, `'Ann'`), a text with its quotes, so that terms differ exactly if their texts do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from peirce.tasks.errors import TaskError
from peirce.tasks.lexemes import Lexeme, lexemes, line_of
from peirce.tasks.values import MAX_DIGITS

MAX_NESTING: Final = 200
"""Deepest nesting of brackets in one clause."""
NIL: Final = "[]"
CONS: Final = "[|]"
CURLY: Final = "{}"


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of one clause."""

    name: str
    """As written; an anonymous one has a number behind its underscore."""


class Compound(NamedTuple):
    """A functor and its arguments."""

    name: str
    arguments: "tuple[Term, ...]"


Term: TypeAlias = int | float | str | Variable | Compound
Token: TypeAlias = Lexeme
"""A lexeme of a clause; what this reader takes for one sort is put together."""

_SORTS: Final = {
    "quoted": "name",
    "solo": "name",
    "separator": "punct",
    "open": "punct",
    "close": "punct",
}
"""The sorts of lexemes that this reader takes for one."""
_INFIX: Final[dict[str, tuple[int, int, int]]] = {}
for _names, _priority, _left, _right in (
    (":- -->", 1200, 1, 1),
    ("; |", 1100, 1, 0),
    ("-> *->", 1050, 1, 0),
    (",", 1000, 1, 0),
    ("= \\= == \\== @< @> @=< @>= =.. is =:= =\\= < > =< >=", 700, 1, 1),
    ("#= #\\= #< #> #=< #>= in as", 700, 1, 1),
    ("..", 450, 0, 1),
    ("+ - /\\ \\/ xor", 500, 0, 1),
    ("* / // mod rem div rdiv << >>", 400, 0, 1),
    ("**", 200, 1, 1),
    ("^ :", 200, 1, 0),
):
    _INFIX.update(dict.fromkeys(_names.split(), (_priority, _priority - _left, _priority - _right)))
_PREFIX: Final = {":-": (1200, 1199), "?-": (1200, 1199), "\\+": (900, 900)}
_PREFIX.update({"-": (200, 200), "+": (200, 200), "\\": (200, 200)})
_PREFIX.update(dict.fromkeys(("dynamic", "discontiguous", "table"), (1150, 1149)))
_ESCAPES: Final = dict(zip("abefnrstv\\'\"`", "\a\b\x1b\f\n\r \t\v\\'\"`", strict=True))
"""What stands for a character behind a backslash."""
_PLAIN: Final = re.compile(r"[a-z]\w*|[-+*/\\^<>=~:.?@#&$]+|!|;|\[\]|\{\}")


def split_clauses(text: str, *, where: str) -> Iterator[list[Token]]:
    """The tokens of each clause, without the full stop.

    Raises:
        TaskError: a character is no Prolog, or the last clause does not end.
    """
    tokens: list[Token] = []
    for sort, piece, at in lexemes(text, where=where):
        match sort:
            case "layout":
                pass
            case "end":
                yield tokens
                tokens = []
            case _:
                tokens.append(Token(_SORTS.get(sort, sort), piece, at))
    if tokens:
        raise TaskError(f"{line_of(text, tokens[0].at, where)}: the clause has no full stop")


def parse_clauses(text: str, *, where: str) -> Iterator[Term]:
    """Every clause of a text as a term.

    Raises:
        TaskError: one cannot be read; the message names its line.
    """
    line, counted = 1, 0
    for tokens in split_clauses(text, where=where):
        if tokens:
            # From one clause to the next: a text has as many lines to count as it has clauses.
            line += text.count("\n", counted, tokens[0].at)
            counted = tokens[0].at
            yield parse_clause(tokens, where=f"{where}, line {line}")


def parse_clause(tokens: Sequence[Token], *, where: str) -> Term:
    """One clause as a term.

    Raises:
        TaskError: it is no Prolog.
    """
    reader = _Reader(tokens, where)
    term = reader.term(1200)
    if reader.peek() is not None:
        raise reader.error()
    return term


def parse_term(text: str, *, where: str) -> Term:
    """One term, with or without a full stop.

    Raises:
        TaskError: it is none, or more than one.
    """
    found = list(parse_clauses(text.strip().removesuffix(".") + " .", where=where))
    if len(found) != 1:
        raise TaskError(f"{where}: {text[:40]!r} is not one term")
    return found[0]


class _Reader:
    """Operator precedence over the tokens of one clause."""

    def __init__(self, tokens: Sequence[Token], where: str) -> None:
        self._tokens = tokens
        self._at = 0
        self._where = where
        self._depth = 0
        self._holes = 0

    def peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def error(self) -> TaskError:
        token = self.peek()
        found = "its end" if token is None else repr(token.text[:20])
        return TaskError(f"{self._where}: the clause cannot be read at {found}")

    def term(self, most: int) -> Term:
        """A term of at most that priority."""
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise TaskError(f"{self._where}: brackets are nested deeper than {MAX_NESTING}")
        left, priority = self._primary(most)
        while (token := self.peek()) is not None:
            if token.text not in _INFIX or token.sort == "string":
                break
            own, for_left, for_right = _INFIX[token.text]
            if own > most or priority > for_left:
                break
            self._at += 1
            left, priority = Compound(token.text, (left, self.term(for_right))), own
        self._depth -= 1
        return left

    def _primary(self, most: int) -> tuple[Term, int]:
        token = self._next()
        match token.sort:
            case "integer":
                if len(token.text) > MAX_DIGITS:
                    raise TaskError(f"{self._where}: an integer of more than {MAX_DIGITS} digits")
                return int(token.text), 0
            case "float":
                return float(token.text), 0
            case "code":
                return self._code(token.text.removeprefix("0'")), 0
            case "string":
                return token.text, 0
            case "variable":
                return self._variable(token.text), 0
            case "punct":
                return self._bracketed(token), 0
            case "notation" | "codes":
                self._at -= 1
                raise self.error()
            case _:
                return self._named(token, most)

    def _code(self, text: str) -> int:
        """The number of a character: of itself, or of what stands behind a backslash."""
        if text[0] != "\\":
            return ord(text[0])
        if text[1] not in _ESCAPES:
            raise TaskError(f"{self._where}: {text!r} is no known character; write its number")
        return ord(_ESCAPES[text[1]])

    def _named(self, token: Token, most: int) -> tuple[Term, int]:
        following = self.peek()
        name = _plain(token.text)
        if following is None:
            return name, 0
        if following.text == "(" and following.at == token.at + len(token.text):
            self._at += 1
            return Compound(name, tuple(self._until(")"))), 0
        signed = name in ("-", "+") and following.at == token.at + 1
        if signed and following.sort in ("integer", "float"):
            number, _ = self._primary(0)
            return (-number if name == "-" and isinstance(number, int | float) else number), 0
        if name in _PREFIX and following.text not in _INFIX and following.text not in (")", "]"):
            own, for_right = _PREFIX[name]
            if own <= most:
                return Compound(name, (self.term(for_right),)), own
        return name, 0

    def _bracketed(self, token: Token) -> Term:
        match token.text:
            case "(":
                term = self.term(1200)
                self._expect(")")
                return term
            case "[":
                return self._list()
            case "{":
                if self._skip("}"):
                    return CURLY
                term = self.term(1200)
                self._expect("}")
                return Compound(CURLY, (term,))
            case _:
                self._at -= 1
                raise self.error()

    def _list(self) -> Term:
        if self._skip("]"):
            return NIL
        items = [self.term(999)]
        while self._skip(","):
            items.append(self.term(999))
        tail: Term = self.term(999) if self._skip("|") else NIL
        self._expect("]")
        for item in reversed(items):
            tail = Compound(CONS, (item, tail))
        return tail

    def _until(self, end: str) -> list[Term]:
        found = [self.term(999)]
        while self._skip(","):
            found.append(self.term(999))
        self._expect(end)
        return found

    def _variable(self, name: str) -> Variable:
        if name != "_":
            return Variable(name)
        self._holes += 1
        return Variable(f"_{self._holes}")

    def _next(self) -> Token:
        token = self.peek()
        if token is None:
            raise self.error()
        self._at += 1
        return token

    def _skip(self, text: str) -> bool:
        token = self.peek()
        found = token is not None and token.text == text and token.sort == "punct"
        self._at += found
        return found

    def _expect(self, text: str) -> None:
        if not self._skip(text):
            raise self.error()


def _plain(text: str) -> str:
    """`'ann'` as `ann`, since both are one atom."""
    inner = text[1:-1]
    return inner if text[0] == "'" and _PLAIN.fullmatch(inner) else text


def list_items(term: Term) -> tuple[Term, ...] | None:
    """The items of a proper list; None for any other term."""
    items: list[Term] = []
    while isinstance(term, Compound) and term.name == CONS and len(term.arguments) == 2:
        items.append(term.arguments[0])
        term = term.arguments[1]
    return tuple(items) if term == NIL else None


def written(term: Term) -> str:
    """A term in standard syntax, without operators where brackets would be needed."""
    match term:
        case int() | float() | str():
            return str(term)
        case Variable(name=name):
            return name
        case Compound(name=name, arguments=arguments):
            if (items := list_items(term)) is not None:
                return f"[{','.join(map(written, items))}]"
            if name == CONS:
                return f"[{written(arguments[0])}|{written(arguments[1])}]"
            if name in _INFIX and len(arguments) == 2:
                return f"({written(arguments[0])} {name} {written(arguments[1])})"
            return f"{name}({','.join(map(written, arguments))})"
