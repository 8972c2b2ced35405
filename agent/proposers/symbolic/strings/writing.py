"""From pieces to a proposal: the program a person would write, and the rule in a sentence."""

import re
from collections.abc import Sequence
from typing import Final

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.agent.proposers.symbolic.strings.quoting import text_literal
from peirce.agent.proposers.symbolic.strings.texts import NAMES, TRUTHS, Problem
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program

WIDTH: Final = 96
"""Longest line before a concatenation is broken into lines."""


def function(body: Sequence[str], problem: Problem) -> str:
    """Source of `transform`, unpacking several texts where there are several."""
    typed = [_typed(line, problem.kind) for line in body]
    text = "\n".join(typed)
    lines: list[str] = []
    if "re." in text and re.search(r"\bre\.", text):
        lines.append("import re")
    if "strings." in text:
        lines.extend([""] * bool(lines))
        lines.append("from peirce.prototypes import strings")
    lines.extend(["", ""] if lines else [])
    if problem.arguments == 0:
        lines.append("def transform(text):")
    else:
        names = ", ".join(NAMES[: problem.arguments])
        lines.append("def transform(texts):")
        lines.append(f"    {names}{',' if problem.arguments == 1 else ''} = texts")
    lines.extend(f"    {line}" for line in typed)
    return "\n".join(lines) + "\n"


def _typed(line: str, kind: ValueType) -> str:
    """The line, returning a number or a truth value instead of a text where that is wanted."""
    head, word, value = line.partition("return ")
    if not word or head.strip() or kind is ValueType.STRING:
        return line
    if kind is ValueType.BOOLEAN:
        return f"{head}return {value == text_literal(TRUTHS[True])}"
    for writer in ("str(", "strings.as_text("):
        if value.startswith(writer) and _closes_last(value[len(writer) - 1 :]):
            return f"{head}return {value[len(writer) : -1]}"
    opened = value if value.startswith("(") and not value.endswith(")") else f"({value})"
    return f"{head}return strings.to_number{opened}"


def _closes_last(text: str) -> bool:
    """Whether the parenthesis that opens the text is closed by its last character."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return place == len(text) - 1
    return False


def returned(pieces: Sequence[Piece]) -> list[str]:
    """The statement that returns the pieces put together."""
    line = "return " + " + ".join(piece.code for piece in pieces)
    if len(line) <= WIDTH:
        return [line]
    first, *rest = [piece.code for piece in pieces]
    return ["return (", f"    {first}", *(f"    + {code}" for code in rest), ")"]


def listed(pieces: Sequence[Piece]) -> str:
    """The pieces in words, joined as in a sentence."""
    names = [piece.words for piece in pieces]
    if len(names) == 1:
        return names[0]
    return ", then ".join(names) if len(names) > 2 else f"{names[0]}, then {names[1]}"


def sentence(words: str) -> str:
    """With a capital letter at its start and a full stop at its end."""
    return words[:1].upper() + words[1:].rstrip(".") + "."


def proposal(words: str, source: str, origin: str) -> Proposal:
    """A rule about the parts of a text, with its program."""
    return Proposal(
        hypothesis=Hypothesis(words=sentence(words), level=Level.OBJECT),
        program=Program(source=source),
        origin=f"symbolic.{origin}",
    )
