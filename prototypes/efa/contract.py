"""The form of an executable functional abstraction (EFAGen, 2025), read without running it.

A frozen dataclass whose fields are the parameters and whose defaults are the original problem:

    @dataclass(frozen=True)
    class Sharing:
        '''Sweets shared among children.

        answer: int = 6
        '''

        sweets: int = 38
        children: int = 6

        @classmethod
        def sample(cls, rng: Random, size: int) -> "Sharing": ...
        def render(self) -> str: ...
        def solve(self) -> int: ...

`sample` draws other parameters, larger ones for a larger `size`; `render` states the problem in
words; `solve` answers it.
"""

import ast
import json
from dataclasses import dataclass
from typing import Final

from peirce.tasks.errors import TaskError
from peirce.tasks.values import show

METHODS: Final = {"sample": 3, "render": 1, "solve": 1}
"""What a class must define, and with how many arguments, its own first one included."""
Parameters = dict[str, "int | str | list[int]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstraction:
    """What can be known of a class without running it."""

    name: str
    words: str
    """Its docstring."""
    original: str
    """The parameters of the original as JSON, in order: the defaults of its fields."""


def read_class(source: str) -> Abstraction:
    """Find the class in a source: the last one that defines all methods.

    Raises:
        TaskError: it is no Python, or holds no such class; the message says what is missing.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise TaskError(f"an abstraction must be Python: {show(str(error))}") from None
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    if not classes:
        raise TaskError("an abstraction is a class with sample, render and solve; there is none")
    found = classes[-1]
    missing = sorted(set(METHODS) - _methods(found))
    if missing:
        wanted = ", ".join(f"{name} with {METHODS[name]} arguments" for name in missing)
        raise TaskError(f"class {found.name} lacks {wanted}")
    original = _defaults(found)
    if not original:
        raise TaskError(f"class {found.name} has no fields; its parameters are its fields")
    return Abstraction(
        name=found.name,
        words=ast.get_docstring(found) or "",
        original=json.dumps(original),
    )


def _methods(found: ast.ClassDef) -> set[str]:
    return {
        node.name
        for node in found.body
        if isinstance(node, ast.FunctionDef)
        and len(node.args.posonlyargs) + len(node.args.args) == METHODS.get(node.name)
    }


def _defaults(found: ast.ClassDef) -> Parameters:
    """The fields; every one must have a literal default, which states the original problem."""
    out: Parameters = {}
    for node in found.body:
        if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)):
            continue
        try:
            value: object = ast.literal_eval(node.value) if node.value else None
            text = json.dumps(value)
        except (ValueError, TypeError, RecursionError, MemoryError):
            value, text = None, ""
        if value is None or not text:
            raise TaskError(f"field {node.target.id} of {found.name} has no literal as default")
        out[node.target.id] = json.loads(text)
    return out
