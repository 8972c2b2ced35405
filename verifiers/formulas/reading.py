"""Formulas as text, read through an allow-list of syntax and never evaluated as Python.

`sympify` and `parse_expr` execute what they are given. Here the text is parsed to a syntax tree,
every node is checked against the few kinds a formula is made of, and SymPy objects are built from
it by hand. Sizes are bounded before anything is computed: `9**9**9` is refused, not awaited.
"""

import ast
from collections.abc import Callable
from typing import Final, cast

import sympy

LONGEST: Final = 2_000
"""Characters of a formula."""
MOST_NODES: Final = 400
LARGEST_INTEGER: Final = 10**60
LARGEST_EXPONENT: Final = 64
LARGEST_FACTORIAL: Final = 500
_FUNCTIONS: Final[dict[str, Callable[..., object]]] = {
    **{"sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "exp": sympy.exp, "log": sympy.log},
    **{"asin": sympy.asin, "acos": sympy.acos, "atan": sympy.atan, "ln": sympy.log},
    **{"sqrt": sympy.sqrt, "abs": sympy.Abs, "floor": sympy.floor, "ceiling": sympy.ceiling},
    **{"binomial": sympy.binomial, "gcd": sympy.gcd, "Rational": sympy.Rational},
}
_CONSTANTS: Final = {"pi": sympy.pi, "e": sympy.E, "E": sympy.E}


class FormulaRefused(ValueError):
    """The text is no formula of the allowed kind; the message says what is not allowed."""


def read_formula(text: str) -> sympy.Expr:
    """Turn a text such as `2*x**2 - sqrt(3)/2` (or with `^`) into a SymPy expression.

    Raises:
        FormulaRefused: it holds anything but numbers, names, arithmetic and known functions.
    """
    if len(text) > LONGEST:
        raise FormulaRefused(f"a formula of {len(text)} characters; the limit is {LONGEST}")
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaRefused(f"{text[:40]!r} is not arithmetic") from None
    if sum(1 for _ in ast.walk(tree)) > MOST_NODES:
        raise FormulaRefused(f"a formula of more than {MOST_NODES} parts")
    try:
        return _build(tree.body)
    except FormulaRefused:
        raise
    except (ArithmeticError, RecursionError, TypeError, ValueError) as error:
        raise FormulaRefused(f"{text[:40]!r}: {str(error)[:80]}") from None


def _build(node: ast.expr) -> sympy.Expr:
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            if abs(number) > LARGEST_INTEGER:
                raise FormulaRefused("an integer of more than 60 digits")
            return sympy.Integer(number)
        case ast.Constant(value=float()):
            return sympy.Rational(ast.unparse(node))
        case ast.Name(id=name):
            return _CONSTANTS.get(name) or sympy.Symbol(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_build(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _build(operand)
        case ast.BinOp(left=left, op=operator, right=right):
            return _operation(_build(left), operator, _build(right))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            return _call(name, [_build(argument) for argument in arguments])
        case _:
            raise FormulaRefused(f"{ast.unparse(node)[:40]!r} has no place in a formula")


def _operation(left: sympy.Expr, operator: ast.operator, right: sympy.Expr) -> sympy.Expr:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case ast.FloorDiv():
            return sympy.floor(left / right)
        case ast.Mod():
            return sympy.Mod(left, right)
        case ast.Pow():
            return _power(left, right)
        case _:
            raise FormulaRefused(f"the operator {type(operator).__name__} is not arithmetic")


def _power(base: sympy.Expr, exponent: sympy.Expr) -> sympy.Expr:
    if exponent.is_number and not abs(exponent.evalf()) <= LARGEST_EXPONENT:
        raise FormulaRefused(f"an exponent beyond {LARGEST_EXPONENT}")
    if base.is_Rational and max(map(abs, base.as_numer_denom())) > LARGEST_INTEGER:
        raise FormulaRefused("a power of a number of more than 60 digits")
    return base**exponent


def _call(name: str, arguments: list[sympy.Expr]) -> sympy.Expr:
    if name == "factorial" and len(arguments) == 1:
        argument = arguments[0]
        if not (argument.is_Integer and 0 <= int(argument) <= LARGEST_FACTORIAL):
            raise FormulaRefused(f"a factorial beyond {LARGEST_FACTORIAL}")
        return sympy.factorial(argument)
    if name == "binomial" and any(abs(part) > LARGEST_FACTORIAL for part in arguments):
        raise FormulaRefused(f"a binomial beyond {LARGEST_FACTORIAL}")
    if name not in _FUNCTIONS:
        raise FormulaRefused(f"{name!r} is no known function")
    return cast("sympy.Expr", _FUNCTIONS[name](*arguments))
