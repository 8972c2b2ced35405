"""New abstractions from old ones, as source: composed, and turned round.

*Compositional*: the answers of two problems are combined. *Transformative*: the same words with one
number hidden and the answer told; what was computed forwards must now be solved for. A hidden
number is asked for only where exactly one number in the stated range fits.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from peirce.prototypes.efa.contract import read_class
from peirce.prototypes.prototype import Prototype

_COMPOSED: Final = '''
@dataclass(frozen=True)
class Composed:
    """Two problems, and the $words of their answers."""

$fields

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Composed":
        first, second = $left.sample(rng, size), $right.sample(rng, size)
        return cls($sampled)

    def render(self) -> str:
        first, second = self.parts()
        return (
            f"Here are two problems. First problem: {first.render()} Second problem: "
            f"{second.render()} What is the $words of the two answers?"
        )

    def solve(self) -> int:
        first, second = (part.solve() for part in self.parts())
        return $operation

    def parts(self) -> "tuple[$left, $right]":
        return $left($firsts), $right($seconds)
'''
_TURNED: Final = '''
@dataclass(frozen=True)
class Turned:
    """A problem whose answer is told and one of whose numbers is asked for."""

$fields

    @classmethod
    def sample(cls, rng: Random, size: int) -> "Turned":
        for _ in range(200):
            drawn = $base.sample(rng, size)
            turned = cls($sampled)
            if turned.hidden_words() and len(turned.fitting()) == 1:
                return turned
        raise ValueError("no sample has a number that the answer settles")

    def render(self) -> str:
        answer = self.problem(self.$hidden).solve()
        return (
            f"{self.hidden_words()} The answer is {answer}. Which whole number from 1 to "
            f"{self.largest()} is N?"
        )

    def solve(self) -> int:
        (number,) = self.fitting()
        return number

    def problem(self, number: int) -> "$base":
        return $base($given)

    def largest(self) -> int:
        return 10 ** len(str(self.$hidden))

    def hidden_words(self) -> str:
        """The words with N for the number; empty if it is not named exactly once.

        An equal number may stand there for something else: the words for another number must
        come to the same.
        """
        first, second = (self.worded(number) for number in (self.$hidden, self.$hidden + 1))
        return first if first == second else ""

    def worded(self, number: int) -> str:
        """The words for a number, with N in its place; empty if it is not named exactly once."""
        import re

        words = self.problem(number).render()
        shown, count = re.subn(rf"(?<![\\d.]){number}(?![\\d.]*\\d)", "N", words)
        return shown if count == 1 else ""

    def fitting(self) -> list[int]:
        answer = self.problem(self.$hidden).solve()
        found: list[int] = []
        for number in range(1, self.largest() + 1):
            try:
                if self.problem(number).solve() == answer:
                    found.append(number)
            except (ArithmeticError, LookupError, ValueError):
                pass
        return found
'''


@dataclass(frozen=True, slots=True)
class Operation:
    """A way to combine two numbers."""

    words: str
    source: str
    """Python over the names `first` and `second`."""

    def of(self, first: int, second: int) -> int:
        """The combination; used to know the answer of a composed original."""
        match self.words:
            case "sum":
                return first + second
            case "product":
                return first * second
            case _:
                return max(first, second)


OPERATIONS: Final = (
    Operation("sum", "first + second"),
    Operation("product", "first * second"),
    Operation("larger", "max(first, second)"),
)


def compose(left: Prototype, right: Prototype, operation: Operation) -> Prototype | None:
    """Both problems and what their answers combine to; None if they are no two whole numbers."""
    if {left.answer_type, right.answer_type} != {"int"} or left.digest == right.digest:
        return None
    first, second = read_class(left.source), read_class(right.source)
    mine, yours = _fields(left), _fields(right)
    text = _filled(
        _COMPOSED,
        words=operation.words,
        operation=operation.source,
        left=first.name,
        right=second.name,
        fields=_declared(left, "first_") + "\n" + _declared(right, "second_"),
        sampled=", ".join(
            [f"first.{name}" for name in mine] + [f"second.{name}" for name in yours]
        ),
        firsts=", ".join(f"self.first_{name}" for name in mine),
        seconds=", ".join(f"self.second_{name}" for name in yours),
    )
    known = ""
    if left.known_answer and right.known_answer:
        answers = (int(json.loads(one.known_answer)) for one in (left, right))
        known = json.dumps(operation.of(*answers))
    source = f"{left.source}\n\n{right.source}\n{text}"
    return replace(
        left,
        name=f"{left.name}+{right.name}",
        words=f"{left.words} {right.words}",
        source=source,
        goal=read_class(source).original,
        known_answer=known,
        provenance="mutation",
        parents=(left.digest, right.digest),
        mutation=f"the {operation.words} of two answers is asked for",
    )


def turn_round(parent: Prototype, hidden: str) -> Prototype:
    """The problem whose answer is told and whose parameter `hidden`, a number, is asked for."""
    fields = _fields(parent)
    text = _filled(
        _TURNED,
        base=read_class(parent.source).name,
        hidden=hidden,
        fields=_declared(parent, ""),
        sampled=", ".join(f"drawn.{name}" for name in fields),
        given=", ".join("number" if name == hidden else f"self.{name}" for name in fields),
    )
    source = f"{parent.source}\n{text}"
    return replace(
        parent,
        name=f"{parent.name}-{hidden}",
        source=source,
        goal=read_class(source).original,
        answer_type="int",
        known_answer=json.dumps(json.loads(parent.goal)[hidden]),
        provenance="mutation",
        parents=(parent.digest,),
        mutation=f"the answer is told and {hidden} is asked for",
    )


def numbers(parent: Prototype) -> Sequence[str]:
    """The parameters that are whole numbers, one of which can be hidden."""
    return [name for name, value in json.loads(parent.goal).items() if type(value) is int]


def _fields(parent: Prototype) -> list[str]:
    """The parameters in the order in which the class declares them."""
    return list(json.loads(read_class(parent.source).original))


def _declared(parent: Prototype, prefix: str) -> str:
    values = json.loads(read_class(parent.source).original)
    return "\n".join(
        f"    {prefix}{name}: {type(value).__name__} = {value!r}" for name, value in values.items()
    )


def _filled(template: str, **values: str) -> str:
    for name, value in sorted(values.items(), key=lambda pair: -len(pair[0])):
        template = template.replace(f"${name}", value)
    return template
