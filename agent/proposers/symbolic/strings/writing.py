"""From pieces to a proposal: the program a person would write, and the rule in a sentence."""

from collections.abc import Sequence
from typing import Final

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program

NAMES: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
"""Names of the texts of an input that has several."""
WIDTH: Final = 96
"""Longest line before a concatenation is broken into lines."""


def function(body: Sequence[str], arguments: int) -> str:
    """Source of `transform`, unpacking several texts where there are several."""
    text = "\n".join(body)
    lines: list[str] = []
    modules = [name for name in ("re",) if f"{name}." in text]
    lines.extend(f"import {name}" for name in modules)
    if "strings." in text:
        lines.extend([""] * bool(modules))
        lines.append("from peirce.prototypes import strings")
    lines.extend(["", ""] if lines else [])
    if arguments == 0:
        lines.append("def transform(text):")
    else:
        names = ", ".join(NAMES[:arguments])
        lines.append("def transform(texts):")
        lines.append(f"    {names}{',' if arguments == 1 else ''} = texts")
    lines.extend(f"    {line}" for line in body)
    return "\n".join(lines) + "\n"


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


def arguments_of(task: Task) -> int:
    """How many texts every input has; 0 where an input is one text, -1 where it varies."""
    if task.input_type is ValueType.STRING:
        return 0
    sizes = {len(value) for value in task.inputs if isinstance(value, tuple)}
    return sizes.pop() if len(sizes) == 1 else -1
