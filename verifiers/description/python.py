"""Bits of a Python program.

A text costs its characters, or, for a word that the examples use again and again or that picks an
option of the grid vocabulary, what it takes to pick it. Imports, comments, docstrings, annotations
and the names of own variables are free or nearly so.
"""

import ast
import math
from typing import Final

from peirce.verifiers.description.costs import (
    CHARACTER_BITS,
    NAME_BITS,
    NODE_BITS,
    number_bits,
)

VARIABLE_BITS: Final = 2.0
"""Picking one of the few variables in scope."""


def python_bits(source: str, words: frozenset[str]) -> float:
    """Bits needed to write a source down; one that does not parse is charged as plain text.

    Args:
        source: what is charged.
        words: texts without spaces that whoever reads the program knows already.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return CHARACTER_BITS * len(source)
    bound, options = _bound_names(tree), _options(tree)
    return (
        sum(
            NODE_BITS + NAME_BITS if id(node) in options else _node_bits(node, bound, words)
            for node in _walk(tree)
        )
        or NODE_BITS
    )


def _walk(tree: ast.AST) -> list[ast.AST]:
    found: list[ast.AST] = []
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            continue
        found.append(node)
        stack.extend(child for child in ast.iter_child_nodes(node) if not _is_silent(child, node))
    return found


def _is_silent(child: ast.AST, parent: ast.AST) -> bool:
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return isinstance(child.value.value, str)
    if isinstance(parent, ast.arg | ast.AnnAssign):
        return child is parent.annotation
    return isinstance(parent, ast.FunctionDef) and child is parent.returns


def _options(tree: ast.AST) -> set[int]:
    """The texts that say how a word of the vocabulary of grids is meant: they are words too."""
    found: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="grids"))):
                found.update(
                    id(part)
                    for part in ast.walk(node)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                )
            case _:
                pass
    return found


def _bound_names(tree: ast.AST) -> set[str]:
    bound: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                bound.add(name)
            case ast.arg(arg=name):
                bound.add(name)
            case ast.FunctionDef(name=name):
                bound.add(name)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                bound.update((alias.asname or alias.name).split(".")[0] for alias in names)
            case _:
                pass
    return bound


def _node_bits(node: ast.AST, bound: set[str], words: frozenset[str]) -> float:
    match node:
        case ast.Name(id=name, ctx=ast.Load()):
            return VARIABLE_BITS if name in bound else NAME_BITS
        case ast.Attribute():
            return NAME_BITS
        case ast.Constant(value=str(text)):
            return NODE_BITS + _text_bits(text, words)
        case ast.Constant(value=value):
            return NODE_BITS + _constant_bits(value)
        case ast.Module() | ast.arguments() | ast.expr_context() | ast.Expr():
            return 0.0
        case ast.FunctionDef() | ast.arg() | ast.Return() | ast.Name():
            return 0.5
        case _:
            return NODE_BITS


def _constant_bits(value: object) -> float:
    match value:
        case bool() | None:
            return 1.0
        case int() | float():
            return number_bits(value) if abs(value) < 1e300 else 1000.0
        case bytes():
            return 2.0 + CHARACTER_BITS * len(value)
        case _:
            return NAME_BITS


def _text_bits(text: str, words: frozenset[str]) -> float:
    parts = text.split() if words else []
    known = sum(part in words for part in parts)
    if not known:
        return 2.0 + CHARACTER_BITS * len(text)
    spelt = sum(1 + len(part) for part in parts if part not in words)
    return 2.0 + known * math.log2(1 + len(words)) + CHARACTER_BITS * spelt
