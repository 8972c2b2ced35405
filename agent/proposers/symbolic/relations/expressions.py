"""Expressions for properties of one thing and relations between two, and what they cost to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

INVENTED: Final = 4
"""What a word of its own costs, in operations."""


class Op(StrEnum):
    """How an expression is made of its parts."""

    BASE = "base"
    """A relation or property of the background."""
    VALUE = "value"
    """Being one constant."""
    INVERSE = "inverse"
    THEN = "then"
    """The first relation leads to something from which the second leads on."""
    BOTH = "both"
    EITHER = "either"
    OTHER = "other"
    """The relation, between different things."""
    ON = "on"
    """The relation, leading to things with a property."""
    OFF = "off"
    """The relation, leading to things without a property."""
    ONWARD = "onward"
    """The relation, once or more."""
    WITHIN = "within"
    """The relation, once to so many times."""
    TIMES = "times"
    """The relation, exactly so many times."""
    SOME = "some"
    """The property of having something in the relation."""
    SELF = "self"
    """The property of being in the relation to itself."""
    NOT = "not"
    """A property, but not another one."""
    EXACTLY = "exactly"
    """The property of having so many in the relation."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A property (arity 1) or a relation (arity 2) over the constants."""

    op: Op
    arity: int
    bits: int
    """One bit per constant, or per pair."""
    size: int
    parts: "tuple[Expression, ...]" = ()
    name: str = ""
    """Of the background's relation, or a constant."""
    count: int = 0

    @property
    def cost(self) -> int:
        """Its size, repetitions and invented words charged for what they let it say.

        A word is invented once however often it is used.
        """
        invented = {item.bits for item in self._everything() if item.op in _WORDS}
        return INVENTED * len(invented) + sum(item._own_cost for item in self._everything())

    @property
    def invents(self) -> bool:
        """Whether it cannot be said without a word of its own."""
        parts = self.parts
        if self.op is Op.ONWARD and parts[0].op is Op.EITHER:
            parts = parts[0].parts
        return any(part.op in _WORDS or part.invents for part in parts)

    @property
    def _own_cost(self) -> int:
        return 0 if self.op is Op.INVERSE or self.op in _WORDS else 1 + self.count

    def _everything(self) -> "Iterator[Expression]":
        """The expression and its parts; what a word is made of is met in the word's first use."""
        yield self
        met: set[int] = set()
        for part in self.parts:
            if part.op in _WORDS and part.bits in met:
                yield Expression(Op.BASE, part.arity, part.bits, 1)
                continue
            met.add(part.bits)
            yield from part._everything()


_WORDS: Final = (Op.ONWARD, Op.EITHER)
