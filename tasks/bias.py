"""What a relation's rules may look like: the declarations of Popper's bias files and of Metagol.

Read are `head_pred`, `body_pred`, `type`, `direction`, `constant`, `max_vars`, `max_body`,
`max_clauses`, `enable_recursion`, `enable_pi`, the constraint that a clause has one variable of a
type, Metagol's `body_pred(p/2)`, `metarule`, `ibk`, `metagol:functional` and
`metagol:max_clauses(n)`, and two of ours: `enable_negation`, `enable_counting`. Other constraints
only prune a search; they are counted and left to the searcher that wrote them. (Cropper and Morel,
Learning programs by learning from failures, 2021.)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, TypeVar

from peirce.tasks.clauses import (
    Compound,
    Term,
    Token,
    Variable,
    parse_clause,
    split_clauses,
    written,
)
from peirce.tasks.errors import TaskError
from peirce.tasks.metagol import Metarule, interpreted, metarule

Indicator: TypeAlias = tuple[str, int]
"""Name and arity of a predicate."""
Direction: TypeAlias = Literal["in", "out"]
Word = TypeVar("Word", bound=str)
MAX_ARITY: Final = 20
_LIMITS: Final = ("max_vars", "max_body", "max_clauses")
_DECLARED: Final = frozenset({"body_pred", "metarule", "ibk", "func_test", "metagol"})
_ONE_OF_TYPE: Final = re.compile(r":-clause\((\w+)\),#count\{(\w+):var_type\(\1,\2,(\w+)\)\}!=1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """The language rules are sought in."""

    head: Indicator | None = None
    """The relation to be learned; None leaves it to the examples."""
    body: tuple[Indicator, ...] = ()
    """Relations a body may speak of; empty for all of the background."""
    types: Mapping[Indicator, tuple[str, ...]] = field(
        default_factory=dict[Indicator, tuple[str, ...]]
    )
    directions: Mapping[Indicator, tuple[Direction, ...]] = field(
        default_factory=dict[Indicator, tuple[Direction, ...]]
    )
    max_vars: int | None = None
    """Most variables of one clause."""
    max_body: int | None = None
    """Most literals of one body."""
    max_clauses: int | None = None
    recursion: bool = True
    invention: bool = True
    negation: bool = True
    counting: bool = True
    functional: bool = False
    """Whether the last argument follows from the others, so that any other value is wrong."""
    single: frozenset[str] = frozenset()
    """Types of which every clause has exactly one variable."""
    interpreted: tuple[Compound, ...] = ()
    """Clauses (a head and a body) of definitions that `call` one of their arguments."""
    metarules: tuple[Metarule, ...] = ()
    """Forms that clauses may have; empty for any, and where one of them is not understood."""
    left_out: int = 0
    """Constraints that were not understood."""


def parse_bias(text: str, *, where: str) -> Bias:
    """Read declarations; an empty text allows everything.

    Raises:
        TaskError: one cannot be read or contradicts another; the message names its line.
    """
    reader = _Reader(where)
    for tokens in split_clauses(text, where=where):
        if tokens:
            line = text.count("\n", 0, tokens[0].at) + 1
            reader.add(tokens, f"{where}, line {line}")
    return reader.bias()


class _Reader:
    """Collects declarations."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._head: Indicator | None = None
        self._body: dict[Indicator, None] = {}
        self._types: dict[str, tuple[str, ...]] = {}
        self._directions: dict[str, tuple[Direction, ...]] = {}
        self._limits: dict[str, int] = {}
        self._switches: set[str] = set()
        self._single: set[str] = set()
        self._interpreted: list[Compound] = []
        self._metarules: list[Metarule | None] = []
        self._metagol = False
        self._left_out = 0

    def add(self, tokens: list[Token], where: str) -> None:
        """Take one clause."""
        text = "".join(token.text for token in tokens)
        if found := _ONE_OF_TYPE.fullmatch(text):
            self._single.add(found.group(3))
        elif tokens[0].text == "func_test":
            self._metagol = True
        elif tokens[0].text == "ibk":
            self._metagol = True
            clause = interpreted(parse_clause(tokens, where=where))
            self._interpreted += [clause] if clause else []
            self._left_out += clause is None
        elif tokens[0].text == "metarule":
            self._metagol = True
            form = _form(tokens, where)
            self._metarules.append(form)
            self._left_out += form is None
        elif any(token.text == ":-" for token in tokens):
            # `body_pred(P,1) :- constant(P,_)` is what `constant` is taken to mean anyway.
            self._left_out += tokens[0].text not in ("body_pred", "type")
        else:
            self._declare(parse_clause(_without_hanging_commas(tokens), where=where), where)

    def _declare(self, term: Term, where: str) -> None:
        match term:
            case str():
                self._switches.add(term)
            case Compound("head_pred", arguments):
                self._head = _indicator(arguments, where)
            case Compound("body_pred", arguments):
                self._metagol = self._metagol or len(arguments) == 1
                self._body[_indicator(arguments, where)] = None
            case Compound("type", (str() as name, kinds)):
                self._types[name] = _words(kinds, where)
            case Compound("direction", (str() as name, ways)):
                self._directions[name] = tuple(
                    _direction(word, name, where) for word in _words(ways, where)
                )
            case Compound("constant", (str() as name, str() as kind)):
                self._body[name, 1] = None
                self._types[name] = (kind,)
            case Compound(":", ("metagol", inner)):
                self._metagol = True
                self._declare(inner, where)
            case Compound(name, (int() as number,)) if name in _LIMITS:
                self._limits[name] = number
            case Compound(name, _) if name in _LIMITS:
                raise TaskError(f"{where}: {written(term)[:60]} takes one integer")
            case _:
                self._left_out += 1

    def bias(self) -> Bias:
        """What was declared."""
        for name, number in self._limits.items():
            if not 1 <= number <= 1000:
                raise TaskError(f"{self._where}: {name}({number}): the limit is 1 to 1000")
        own = bool(self._body or self._head) and not self._metagol
        forms = self._metarules
        predicates = {*self._body, *([self._head] if self._head else [])}
        return Bias(
            head=self._head,
            body=tuple(self._body),
            types=self._by_indicator(self._types, predicates, "type"),
            directions=self._by_indicator(self._directions, predicates, "direction"),
            max_vars=self._limits.get("max_vars"),
            max_body=self._limits.get("max_body"),
            max_clauses=self._limits.get("max_clauses"),
            recursion=not own or "enable_recursion" in self._switches,
            invention=not own or "enable_pi" in self._switches,
            negation=not (own or self._metagol) or "enable_negation" in self._switches,
            counting=not (own or self._metagol) or "enable_counting" in self._switches,
            functional="functional" in self._switches,
            single=frozenset(self._single),
            interpreted=tuple(self._interpreted),
            metarules=() if None in forms else tuple(form for form in forms if form),
            left_out=self._left_out,
        )

    def _by_indicator(
        self, declared: Mapping[str, tuple[Word, ...]], predicates: set[Indicator], what: str
    ) -> dict[Indicator, tuple[Word, ...]]:
        found: dict[Indicator, tuple[Word, ...]] = {}
        arities = dict(sorted(predicates))
        for name, words in declared.items():
            if name not in arities:
                continue
            if (name, len(words)) not in predicates:
                raise TaskError(
                    f"{self._where}: the {what} of {name} has {len(words)} arguments, "
                    f"but it is declared with {arities[name]}"
                )
            found[name, len(words)] = words
        return found


def _form(tokens: list[Token], where: str) -> Metarule | None:
    try:
        return metarule(parse_clause(tokens, where=where))
    except TaskError:
        # Those that order constants do so with operators of their own.
        return None


def _indicator(arguments: tuple[Term, ...], where: str) -> Indicator:
    match arguments:
        case (str() as name, int() as arity) if 0 <= arity <= MAX_ARITY:
            return name, arity
        case (Compound("/", (str() as name, int() as arity)),) if 0 <= arity <= MAX_ARITY:
            return name, arity
        case _:
            shown = ", ".join(map(written, arguments))[:60]
            raise TaskError(
                f"{where}: ({shown}) is no predicate; give a name and an arity up to {MAX_ARITY}"
            )


def _words(term: Term, where: str) -> tuple[str, ...]:
    """`(list, list)` as two words; a single one may hang on a comma."""
    words: list[str] = []
    while isinstance(term, Compound) and term.name == "," and len(term.arguments) == 2:
        words.append(_word(term.arguments[0], where))
        term = term.arguments[1]
    return (*words, _word(term, where))


def _word(term: Term, where: str) -> str:
    if isinstance(term, str):
        return term
    shown = term.name if isinstance(term, Variable) else written(term)
    raise TaskError(f"{where}: {shown[:40]!r} stands where a type or a direction is wanted")


def _direction(word: str, name: str, where: str) -> Direction:
    match word:
        case "in" | "out":
            return word
        case _:
            raise TaskError(
                f"{where}: direction of {name}: {word!r} is none; an argument is `in`, known when "
                "it is called, or `out`"
            )


def _without_hanging_commas(tokens: list[Token]) -> list[Token]:
    following = [*(token.text for token in tokens[1:]), ""]
    return [
        token
        for token, after in zip(tokens, following, strict=True)
        if not (token.text == "," and after == ")")
    ]


def split_background(text: str, *, where: str) -> tuple[str, str]:
    """Take Metagol's declarations out of a background.

    Returns the background without them, then the declarations; a text that holds none comes back
    as it is.

    Raises:
        TaskError: the text is no Prolog.
    """
    if not any(name in text for name in _DECLARED):
        return text, ""
    kept: list[str] = []
    taken: list[str] = []
    start = 0
    for tokens in split_clauses(text + "\n", where=where):
        if not tokens:
            continue
        end = text.index(".", tokens[-1].at + len(tokens[-1].text)) + 1
        declared = tokens[0].text in _DECLARED or "metagol" in "".join(
            token.text for token in tokens[:5]
        )
        (taken if declared else kept).append(text[start:end].strip())
        start = end
    if not taken:
        return text, ""
    return "\n".join(kept), "\n".join(item for item in taken if not item.startswith(":-"))
