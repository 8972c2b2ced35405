"""Grammar rules in a model's reply, rendered as a program that reads texts by them.

Rule 1: ##A twice -> ##A ##A
Priority 1: 5
"""

import re
from collections.abc import Sequence
from typing import Final

from peirce.prototypes.ranked_grammars import MARK, Rule
from peirce.verifiers.program import Program

_RULE: Final = re.compile(
    r"^\W*(?:rule\s*)?(\d{1,3})\s*[:.)]\s*(.+?)\s*->\s*(.+?)\s*$", re.I | re.M
)
_PRIORITY: Final = re.compile(r"^\W*priority\s*(\d{1,3})\s*:\D{0,3}(\d{1,6})", re.I | re.M)
_REMARK: Final = re.compile(r"\s*\([^()]*\)\s*$")


def grammar_in(text: str) -> tuple[Rule, ...]:
    """The rules of a reply in its order; one without a priority gets 0. Often there are none."""
    priorities = {number: int(priority) for number, priority in _PRIORITY.findall(text)}
    return tuple(
        (_side(left), _side(right), priorities.get(number, 0))
        for number, left, right in _RULE.findall(text)
    )


def is_grammar(rules: Sequence[Rule]) -> bool:
    """True if some rule is about phrases: arrows alone stand in many texts."""
    return any(MARK in left for left, _, _ in rules)


def grammar_program(rules: Sequence[Rule]) -> Program:
    """A program that reads a text by the rules."""
    lines = "".join(f"    {rule!r},\n" for rule in rules)
    source = (
        "from peirce.prototypes import ranked_grammars\n\n"
        f"RULES = (\n{lines})\n\n\n"
        "def transform(text):\n"
        "    return ranked_grammars.translate(text, RULES)\n"
    )
    return Program(source=source)


def _side(text: str) -> str:
    return " ".join(_REMARK.sub("", text).strip("\"'`<> ").split())
