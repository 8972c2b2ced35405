"""Forms of answers in the notation of Python's annotations, and the exact check against them.

`int`, `str`, `bool`, `float`, `formula` (a text of mathematics), and `list[...]` of one of them,
nested at will. A value conforms if its
type is exactly that one at every depth: no subclass, no bool for an int, no tuple for a list, so
that nothing with an `__eq__` of its own ever reaches a judge.
"""

import ast
import math
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from peirce.tasks.errors import TaskError
from peirce.tasks.values import MAX_DEPTH, show

Answer: TypeAlias = "bool | int | float | str | list[Answer]"
_LEAVES: Final = {"bool": bool, "int": int, "float": float, "str": str, "formula": str}
_LISTS: Final = ("list", "List")


@dataclass(frozen=True, slots=True)
class AnswerType:
    """A leaf type, inside so many lists."""

    leaf: str
    depth: int = 0

    def __str__(self) -> str:
        """The notation that `parse_answer_type` reads."""
        return "list[" * self.depth + self.leaf + "]" * self.depth


def parse_answer_type(text: str) -> AnswerType:
    """Read `int`, `list[str]`, `List[List[int]]` and the like.

    Raises:
        TaskError: it is none of them, or nested too deeply.
    """
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _unknown(text) from None
    depth = 0
    while isinstance(node, ast.Subscript) and _name(node.value) in _LISTS:
        node, depth = node.slice, depth + 1
    leaf = _name(node)
    if leaf not in _LEAVES or depth > MAX_DEPTH:
        raise _unknown(text)
    return AnswerType(leaf, depth)


def conforms(value: object, kind: AnswerType) -> bool:
    """Whether a value is exactly of this type; floats must be finite."""
    if kind.depth:
        inner = AnswerType(kind.leaf, kind.depth - 1)
        return type(value) is list and all(
            conforms(item, inner) for item in cast("list[object]", value)
        )
    return type(value) is _LEAVES[kind.leaf] and (
        not isinstance(value, float) or math.isfinite(value)
    )


def type_of(value: Answer) -> AnswerType | None:
    """The type of an answer, None if its parts differ; an empty list counts as `list[int]`."""
    if not isinstance(value, list):
        return AnswerType(type(value).__name__)
    kinds = {type_of(item) for item in value if item != []} or {AnswerType("int")}
    kind = kinds.pop()
    return None if kinds or kind is None else AnswerType(kind.leaf, kind.depth + 1)


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _unknown(text: str) -> TaskError:
    return TaskError(
        f"{show(text)} is no form of an answer; use int, str, bool, float, or list[...] of them"
    )
