"""PDDL text as nested tuples of lower-case words, and back."""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from peirce.prototypes.prototype import LONGEST_SOURCE
from peirce.tasks.errors import TaskError
from peirce.tasks.values import show

Node: TypeAlias = "str | tuple[Node, ...]"
DEEPEST: Final = 30
_TOKEN: Final = re.compile(r"(?P<layout>(?:\s+|;[^\n]*)+)|(?P<token>[()]|[^\s();]+)")
_WORD: Final = re.compile(r"[a-z0-9_:?=-][a-z0-9_:?=.-]*")


def read_nodes(text: str) -> tuple[Node, ...]:
    """Every expression of a text.

    Raises:
        TaskError: brackets do not match, or a word holds characters PDDL does not know.
    """
    if len(text) > LONGEST_SOURCE:
        raise TaskError(f"PDDL of {len(text)} characters; the limit is {LONGEST_SOURCE}")
    stack: list[list[Node]] = [[]]
    for word, line in _words(text):
        if word == "(":
            stack.append([])
            if len(stack) > DEEPEST:
                raise TaskError(f"PDDL, line {line}: brackets nested deeper than {DEEPEST}")
        elif word != ")":
            stack[-1].append(word)
        elif len(stack) == 1:
            raise TaskError(f"PDDL, line {line}: a bracket closes nothing")
        else:
            closed = tuple(stack.pop())
            stack[-1].append(closed)
    if len(stack) > 1:
        raise TaskError(f"PDDL: {len(stack) - 1} brackets are never closed")
    return tuple(stack[0])


def write_node(node: Node) -> str:
    """An expression as text, on one line."""
    return node if isinstance(node, str) else f"({' '.join(map(write_node, node))})"


def _words(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for found in _TOKEN.finditer(text.lower()):
        word = found.group()
        if found.lastgroup == "token":
            if word not in "()" and not _WORD.fullmatch(word):
                raise TaskError(f"PDDL, line {line}: {show(word)} is no word of PDDL")
            yield word, line
        line += word.count("\n")
