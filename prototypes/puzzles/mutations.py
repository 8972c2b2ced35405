"""Programmatic mutations of program puzzles, on the syntax tree.

*Exploratory*: other, mostly larger constants. *Transformative*: a comparison or an extreme turned
round, so that another method is needed. *Compositional*: one answer must solve two puzzles, or a
list of answers must solve both. Whether the child can be solved is for the sandbox to say.
"""

import ast
import random
from dataclasses import dataclass, replace
from typing import Final

from peirce.prototypes.answer_types import parse_answer_type
from peirce.prototypes.prototype import Prototype
from peirce.prototypes.puzzles.reading import ENTRY, parse, read_puzzle, sat_function

_TURNED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    **{ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE},
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In},
}
_RENAMED: Final = {
    **{"min": "max", "max": "min", "all": "any", "any": "all", "sum": "max"},
    **{"startswith": "endswith", "endswith": "startswith"},
}


def enlarge(puzzle: Prototype, rng: random.Random) -> Prototype | None:
    """Change the constants among the defaults of `sat`; each by a factor up to two and a bit."""
    tree = parse(puzzle.source)
    numbers = [
        node
        for default in sat_function(tree).args.defaults
        for node in ast.walk(default)
        if isinstance(node, ast.Constant) and type(node.value) is int
    ]
    if not numbers:
        return None
    for node in rng.sample(numbers, rng.randint(1, min(2, len(numbers)))):
        value = node.value
        assert isinstance(value, int)
        node.value = max(0, value + rng.randint(-(value // 3) - 1, value + 2))
    return _child(puzzle, tree, "the numbers it is about were changed")


def turn(puzzle: Prototype, rng: random.Random) -> Prototype | None:
    """Turn round one comparison, extreme or quantifier in the body of `sat`."""
    tree = parse(puzzle.source)
    nodes = [node for part in sat_function(tree).body for node in ast.walk(part)]
    places = [
        node
        for node in nodes
        if (isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED)
        or (isinstance(node, ast.Name) and node.id in _RENAMED)
        or (isinstance(node, ast.Attribute) and node.attr in _RENAMED)
    ]
    if not places:
        return None
    place = rng.choice(places)
    before = ast.unparse(place)
    match place:
        case ast.Compare():
            place.ops[0] = _TURNED[type(place.ops[0])]()
        case ast.Name():
            place.id = _RENAMED[place.id]
        case _:
            place.attr = _RENAMED[place.attr]
    _drop_docstring(sat_function(tree))
    return _child(puzzle, tree, f"`{before}` became `{ast.unparse(place)}`")


@dataclass(frozen=True, slots=True)
class Composed:
    """A puzzle made of two."""

    puzzle: Prototype
    parts: tuple[Prototype, ...]
    """Whose answers in a list answer it; empty if one answer must solve both."""


def compose(left: Prototype, right: Prototype, rng: random.Random) -> Composed | None:
    """One puzzle made of two different ones whose answers are of the same type."""
    origins = [set(one.parents or (one.digest,)) for one in (left, right)]
    if left.answer_type != right.answer_type or origins[0] & origins[1]:
        return None
    parts = [_as_part(left, "first"), _as_part(right, "second")]
    kind = parse_answer_type(left.answer_type)
    if rng.random() < 0.5:
        answer_type, words, apart = str(kind), "one answer must solve both", ()
        test = "first(answer) is True and second(answer) is True"
    else:
        answer_type, words = f"list[{kind}]", "a list of two answers must solve one puzzle each"
        apart = (left, right)
        test = "len(answer) == 2 and first(answer[0]) is True and second(answer[1]) is True"
    joined = f"{left.words} Also: {right.words}"
    source = "\n\n".join(
        (*parts, f"def {ENTRY}(answer: {answer_type}) -> bool:\n    return {test}\n")
    )
    parents = tuple(parent for one in (left, right) for parent in one.parents or (one.digest,))
    made = replace(
        read_puzzle(source),
        name=f"{left.name}+{right.name}",
        words=joined,
        provenance="mutation",
        parents=parents,
        mutation=words,
    )
    return Composed(made, apart)


def _as_part(puzzle: Prototype, name: str) -> str:
    tree = parse(puzzle.source)
    sat_function(tree).name = name
    return ast.unparse(tree)


def _drop_docstring(function: ast.FunctionDef) -> None:
    """What it says would no longer be true."""
    if ast.get_docstring(function) is not None:
        del function.body[0]


def _child(puzzle: Prototype, tree: ast.Module, words: str) -> Prototype:
    return replace(
        puzzle,
        words=f"Made from {puzzle.name}: {words}.",
        source=ast.unparse(ast.fix_missing_locations(tree)) + "\n",
        known_answer="",
        provenance="mutation",
        parents=puzzle.parents or (puzzle.digest,),
        mutation=words,
    )
