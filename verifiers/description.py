"""Description length of a program in bits: the prior that makes the simpler rule likelier.

Every choice the author of the source had is charged: a name costs what it takes to pick it from a
vocabulary, a number what it takes to write it, a text its characters, or, for a word that the
examples use again and again or that picks an option of the grid vocabulary, what it takes to pick
it. Imports, comments, docstrings, annotations and the names of own variables are free or nearly so,
since they say nothing about the rule. (Two-part minimum description length: Rissanen 1978;
Gruenwald, The Minimum Description Length Principle, ch. 1.)
"""

import ast
import math
import re
from typing import Final

from peirce.verifiers.program import Language, Program

NAME_BITS: Final = 6.0
"""Picking one function or attribute out of the vocabulary."""
VARIABLE_BITS: Final = 2.0
"""Picking one of the few variables in scope."""
NODE_BITS: Final = 1.5
"""Picking the kind of one syntax node."""
CHARACTER_BITS: Final = 5.0
"""One character of a text."""
_TABLING: Final = re.compile(r"^:- table [^\n]*\.$", re.MULTILINE)
"""How a Prolog program is run, not what it says."""
_TOKEN: Final = re.compile(r"[A-Za-z_]\w*|\d+|\S")


def description_length(program: Program, words: frozenset[str] = frozenset()) -> float:
    """Bits needed to write `program` down; positive, larger for longer rules.

    A source that does not parse is charged as plain text.

    Args:
        program: what is charged.
        words: texts without spaces that whoever reads the program knows already.
    """
    if program.language is not Language.PYTHON:
        return _token_bits(program.source)
    try:
        tree = ast.parse(program.source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return CHARACTER_BITS * len(program.source)
    bound, options = _bound_names(tree), _options(tree)
    return (
        sum(
            NODE_BITS + NAME_BITS if id(node) in options else _node_bits(node, bound, words)
            for node in _walk(tree)
        )
        or NODE_BITS
    )


def number_bits(number: float) -> float:
    """Bits of a number in a self-delimiting code: small ones are cheap.

    >>> number_bits(0) < number_bits(9) < number_bits(1000)
    True
    """
    magnitude = abs(number)
    if number % 1:
        return 16.0
    return 2.0 + 2.0 * math.log2(magnitude + 1) + (1.0 if number < 0 else 0.0)


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


def _token_bits(source: str) -> float:
    bits = 0.0
    for token in _TOKEN.findall(_TABLING.sub("", source)):
        if token.isdecimal():
            bits += number_bits(int(token[:300]))
        elif token[0].isupper() or token[0] == "_":
            bits += VARIABLE_BITS
        else:
            bits += NAME_BITS if token[0].isalpha() else 1.0
    return bits or NODE_BITS
