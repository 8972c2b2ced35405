"""A program puzzle read without running it: its function, its answer's type, its constants.

The form is that of Python Programming Puzzles (Schuster et al., 2021): a function `sat` whose first
argument is the answer, with a type, and whose other arguments have defaults. An answer solves the
puzzle if `sat(answer)` is True.
"""

import ast
from typing import Final

from peirce.prototypes.answer_types import AnswerType, parse_answer_type
from peirce.prototypes.prototype import Kind, Prototype
from peirce.tasks.errors import TaskError
from peirce.tasks.values import show

ENTRY: Final = "sat"
GOAL: Final = "sat(answer) is True"


def read_puzzle(source: str, *, name: str = ENTRY) -> Prototype:
    """Make a prototype of a puzzle.

    Raises:
        TaskError: there is no function `sat` whose first argument has the type of an answer, or
            something beside it would run on its own.
    """
    tree = parse(source)
    _refuse_statements(tree)
    function = sat_function(tree)
    words = (ast.get_docstring(function) or name).split("\n\n", 1)[0]
    return Prototype(
        name=name,
        kind=Kind.PUZZLE,
        words=" ".join(words.split()),
        source=source,
        goal=GOAL,
        answer_type=str(_answer_type(function)),
    )


def parse(source: str) -> ast.Module:
    """The syntax tree of a puzzle.

    Raises:
        TaskError: it is no Python.
    """
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise TaskError(f"a puzzle must be Python: {show(str(error))}") from None


def sat_function(tree: ast.Module) -> ast.FunctionDef:
    """The function `sat` of a puzzle.

    Raises:
        TaskError: there is none, or one that demands more than the answer.
    """
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == ENTRY]
    if not found:
        raise TaskError("a puzzle is a function `sat(answer: TYPE, ...)`; there is none")
    arguments = found[-1].args
    if len(arguments.args) - len(arguments.defaults) != 1 or arguments.posonlyargs:
        raise TaskError("every argument of `sat` but the first, the answer, needs a default")
    return found[-1]


def _refuse_statements(tree: ast.Module) -> None:
    for node in tree.body:
        match node:
            case ast.FunctionDef() if not _runs_when_defined(node):
                pass
            case ast.Import() | ast.ImportFrom():
                pass
            case ast.Expr(value=ast.Constant()) | ast.Assign(value=ast.Constant()):
                pass
            case _:
                raise TaskError(
                    f"line {node.lineno}: {show(ast.unparse(node))} would run on its own; "
                    "a puzzle holds functions, imports and constants only"
                )


def _runs_when_defined(function: ast.FunctionDef) -> bool:
    """Whether its decorators, defaults or annotations call something."""
    parts = [*function.decorator_list, function.args, function.returns]
    called = (node for part in parts if part for node in ast.walk(part))
    return bool(function.decorator_list) or any(isinstance(node, ast.Call) for node in called)


def constants(source: str) -> tuple[int | str, ...]:
    """The numbers and texts a puzzle is written with, in order, without repeats."""
    function = sat_function(parse(source))
    body = function.body[1:] if ast.get_docstring(function) else function.body
    values = [
        node.value
        for part in (*function.args.defaults, *body)
        for node in ast.walk(part)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | str)
        and not isinstance(node.value, bool)
    ]
    return tuple(dict.fromkeys(values))


def _answer_type(function: ast.FunctionDef) -> AnswerType:
    annotation = function.args.args[0].annotation
    if annotation is None:
        raise TaskError("the first argument of `sat` needs the type of the answer, as `x: int`")
    return parse_answer_type(ast.unparse(annotation))
