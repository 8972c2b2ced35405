"""Terms over one input: what they compute on every input, their price, their code and words.

A term is built from an operator and argument terms and remembers its values on all inputs of the
task. Prices are description lengths in small integers: common operators are cheap, literals that
are large or unusual are dear. Code is made with as few parentheses as Python needs.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.verifiers.program import Program

ATOM: Final = 20
"""Binding strength of names, calls, displays and subscripts."""
TIMES: Final = 11
"""Binding strength of `*`, `//` and `%`."""
PLUS: Final = 10
"""Binding strength of `+` and `-`."""
COMPARE: Final = 5
"""Binding strength of comparisons."""
NOT: Final = 4
"""Binding strength of `not`."""
AND: Final = 3
"""Binding strength of `and`."""
OR: Final = 2
"""Binding strength of `or`."""
TERNARY: Final = 1
"""Binding strength of `a if b else c`."""


class Kind(StrEnum):
    """What a term denotes."""

    LIST = "list"
    """A list, mostly of numbers."""
    LISTS = "lists"
    """A list of lists."""
    INT = "int"
    """A number."""
    BOOL = "bool"
    """A truth value."""
    MAP = "map"
    """A function from a number `x` to a number."""
    TEST = "test"
    """A function from a number `x` to a truth value."""


@dataclass(frozen=True, slots=True)
class Op:
    """An operator: how to compute it, and how to write it."""

    takes: tuple[Kind, ...]
    gives: Kind
    cost: int
    run: Callable[..., object]
    code: str
    """Python with `{0}`, `{1}` …; `{0:20}` asks for an argument that binds that tightly."""
    words: str
    """A noun phrase (a clause for tests) with `{0}`, `{1}` …"""
    binds: int = ATOM
    """How tightly the code itself binds."""


class Piece(str):
    """Code that puts itself in parentheses where its place asks for a tighter binding."""

    __slots__ = ("binds",)

    def __new__(cls, text: str, binds: int) -> "Piece":
        """Remember how tightly the text binds."""
        piece = super().__new__(cls, text)
        piece.binds = binds
        return piece

    def __format__(self, spec: str) -> str:
        """The text, in parentheses if it binds less tightly than `spec`."""
        return f"({self!s})" if spec and self.binds < int(spec) else str(self)


class Term:
    """An operator applied to terms, with its values on all inputs."""

    __slots__ = ("args", "cost", "op", "values")

    def __init__(
        self, op: Op, args: "tuple[Term, ...]", cost: int, values: tuple[object, ...]
    ) -> None:
        self.op = op
        self.args = args
        self.cost = cost
        self.values = values

    @property
    def code(self) -> str:
        """A Python expression over the name of the input."""
        return str(self.piece())

    def piece(self) -> Piece:
        """The code with its binding strength."""
        pieces = [arg.piece() for arg in self.args]
        return Piece(self.op.code.format(*pieces), self.op.binds)

    @property
    def words(self) -> str:
        """A phrase that says what the term denotes."""
        return self.op.words.format(*(arg.words for arg in self.args))

    def walk(self) -> "Iterator[Term]":
        """This term and all terms inside it."""
        yield self
        for arg in self.args:
            yield from arg.walk()


def apply(op: Op, *args: Term, cost: int = 0) -> Term | None:
    """Apply an operator on every input; nothing if it fails on one of them."""
    try:
        values = tuple(map(op.run, *(arg.values for arg in args)))
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    return Term(op, args, op.cost + cost + sum(arg.cost for arg in args), values)


_NAME: Final = re.compile(r"[a-z_]+(?=[(),])")


def write_program(
    expression: str, name: str, sources: Mapping[str, str], setup: tuple[str, ...] = ()
) -> Program:
    """Write the module that defines `transform` as one expression over the named input.

    The lines of `setup` come before it.
    `sources` says which module each name that may have to be imported comes from.
    """
    modules: dict[str, list[str]] = {}
    text = "\n".join((*setup, expression))
    for used in sorted(set(_NAME.findall(text)) & sources.keys()):
        modules.setdefault(sources[used], []).append(used)
    lines = [f"from {module} import {', '.join(modules[module])}" for module in sorted(modules)]
    lines += ["", "", f"def transform({name}):", *(f"    {line}" for line in setup)]
    lines += [f"    return {expression}", ""]
    return Program(source="\n".join(lines).lstrip("\n"))


def sentence(words: str) -> str:
    """Make a phrase a sentence."""
    return f"{words[0].upper()}{words[1:]}."


def make_proposal(term: Term, *, name: str, sources: Mapping[str, str], origin: str) -> Proposal:
    """Turn a term that explains all examples into a proposal."""
    looks_inside = any(arg.op.gives in (Kind.MAP, Kind.TEST) for arg in term.walk())
    return Proposal(
        hypothesis=Hypothesis(
            words=sentence(f"the output is {term.words}"),
            level=Level.OBJECT if looks_inside else Level.WHOLE,
        ),
        program=write_program(term.code, name, sources),
        origin=origin,
    )
