"""Little languages: texts of made-up words that stand for sequences of symbols (MiniSCAN's kind).

A grammar gives every word a role: a symbol, or a rule about the phrases beside it, written as two
patterns (`x around y` becomes `x y x`), and an order in which rules bind. Roles are fitted to the
examples from the fewest unknown words upwards; the task is that of Lake, Linzen and Baroni
(CogSci 2019), the search over interpretation grammars that of Nye et al. (NeurIPS 2020).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, permutations, product
from typing import Final

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grammars
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program

NAME = "strings.grammars"
MAX_WORDS: Final = 14
"""Most different words of a language."""
MAX_RULES: Final = 5
"""Most words that are rules."""
MOST_TRIED: Final = 20_000
"""Grammars tried in full at most."""

_BINARY: Final = tuple(
    " ".join(order)
    for size in (2, 3, 4)
    for order in product("xy", repeat=size)
    if set(order) == {"x", "y"}
)
_UNARY: Final = tuple(" ".join("x" * times) for times in (2, 3, 4, 1, 5, 6))


@dataclass(frozen=True, slots=True)
class Role:
    """What a word does: stand for a symbol, or obey a rule."""

    symbol: str = ""
    left: str = ""
    right: str = ""


Lesson = tuple[str, str]
"""A text and the symbols it stands for."""


def grammar_search(lessons: Sequence[Lesson]) -> Iterator[dict[str, Role] | None]:
    """Roles for all words that explain every lesson, rules in their order; `None` between steps."""
    words = list(dict.fromkeys(word for text, _ in lessons for word in text.split()))
    known = {text: Role(symbol=said) for text, said in lessons if len(text.split()) == 1}
    known = {word: role for word, role in known.items() if len(role.symbol.split()) == 1}
    symbols = sorted({symbol for _, said in lessons for symbol in said.split()})
    unknown = [word for word in words if word not in known]
    choices: dict[str, list[Role]] = {}
    for word in unknown:
        yield None
        choices[word] = [
            role for role in _roles(word, symbols) if _fits(word, role, known, lessons)
        ]
    tried = islice(product(*(choices[word] for word in unknown)), MOST_TRIED)
    for roles in tried:
        yield None
        ruled = [word for word, role in zip(unknown, roles, strict=True) if role.left]
        if len(ruled) > MAX_RULES:
            continue
        fitted = known | dict(zip(unknown, roles, strict=True))
        for order in permutations(ruled):
            ordered = {word: role for word, role in fitted.items() if role.symbol}
            ordered |= {word: fitted[word] for word in order}
            if _explains(ordered, lessons):
                yield ordered


def _roles(word: str, symbols: Sequence[str]) -> Iterator[Role]:
    for right in _UNARY:
        yield Role(left=f"x {word}", right=right)
    for right in _BINARY:
        yield Role(left=f"x {word} y", right=right)
    for symbol in symbols:
        yield Role(symbol=symbol)
    for right in _UNARY:
        yield Role(left=f"{word} x", right=right)


def _fits(word: str, role: Role, known: Mapping[str, Role], lessons: Sequence[Lesson]) -> bool:
    """Whether the role explains the lessons in which the word is the only unknown."""
    roles = {**known, word: role}
    alone = [(text, said) for text, said in lessons if word in text.split()]
    alone = [lesson for lesson in alone if all(part in roles for part in lesson[0].split())]
    return _explains(roles, alone)


def _explains(roles: Mapping[str, Role], lessons: Sequence[Lesson]) -> bool:
    meanings, rules = _parts(roles)
    return all(_said(text, meanings, rules) == said for text, said in lessons)


def _said(text: str, meanings: Mapping[str, str], rules: Sequence[tuple[str, str]]) -> str:
    return grammars.interpret(text, meanings, rules)


def _parts(roles: Mapping[str, Role]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    meanings = {word: role.symbol for word, role in roles.items() if role.symbol}
    rules = [(role.left, role.right) for role in roles.values() if role.left]
    return meanings, rules


def propose(task: Task, clock: Clock) -> Found:
    """Grammars that explain all examples."""
    if promise(task) == 0:
        return
    lessons = _lessons(task)
    found = 0
    for roles in grammar_search(lessons):
        if roles is None:
            yield None
        else:
            found += 1
            yield _proposal(roles)
        if found >= 4 or clock.left() <= 0:
            return


def _lessons(task: Task) -> list[Lesson]:
    lessons: list[Lesson] = []
    for example in task.train:
        text = example.input[0] if isinstance(example.input, tuple) else example.input
        if isinstance(text, str) and isinstance(example.output, str):
            lessons.append((" ".join(text.split()), example.output))
    return lessons


def _proposal(roles: Mapping[str, Role]) -> Proposal:
    meanings, rules = _parts(roles)
    listing = "".join(f"    {word!r}: {said!r},\n" for word, said in meanings.items())
    ordered = "".join(f"    ({left!r}, {right!r}),\n" for left, right in rules)
    source = (
        "from peirce.prototypes import grammars\n\n"
        f"MEANINGS = {{\n{listing}}}\n"
        f"RULES = (\n{ordered})\n\n\n"
        "def transform(text):\n"
        "    return grammars.interpret(text, MEANINGS, RULES)\n"
    ).replace("'", '"')
    return Proposal(
        hypothesis=Hypothesis(words=_words(meanings, rules), level=Level.RELATION),
        program=Program(source=source),
        origin=f"symbolic.{NAME}",
    )


def _words(meanings: Mapping[str, str], rules: Sequence[tuple[str, str]]) -> str:
    symbols = ", ".join(f"{word} stands for {said}" for word, said in meanings.items())
    said = "; ".join(f"{left!r} means {right!r}" for left, right in rules)
    order = ", the first rule binding tightest" if len(rules) > 1 else ""
    return f"{symbols}; {said}{order}." if rules else f"{symbols}."


def promise(task: Task) -> float:
    """High for texts of few recurring words under texts of other recurring words."""
    if task.output_type is not ValueType.STRING or task.input_type is not ValueType.STRING:
        return 0.0
    lessons = _lessons(task)
    words = {word for text, _ in lessons for word in text.split()}
    used = [word for text, _ in lessons for word in text.split()]
    symbols = {symbol for _, said in lessons for symbol in said.split()}
    singles = sum(len(text.split()) == 1 and len(said.split()) == 1 for text, said in lessons)
    recurring = len(used) >= 2 * len(words) and len(words) <= MAX_WORDS
    return 0.9 if recurring and singles >= 2 and not symbols & words else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=promise)
