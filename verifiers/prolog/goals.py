"""Inputs as the goals a Prolog program is asked.

An atom is a goal already: does it hold? Any other input is the first argument of the program's
entry; where a truth value is wanted the question is whether the goal holds, otherwise the second
argument, `Out`, is the answer. Asked for a text about an atom, Prolog explains why it holds or not.
"""

from typing import Final

from peirce.tasks.atoms import Atom
from peirce.tasks.values import Value, ValueType

ANSWER: Final = "Out"
"""The variable whose value is the answer."""
EXPLANATION: Final = ValueType.STRING
"""The output type that asks for the reasons of atoms instead of their truth."""


def goal_text(entry: str, value: Value, output_type: ValueType) -> str:
    """The goal to ask for `value`, in Prolog syntax, without the final full stop."""
    if isinstance(value, Atom):
        return value.text
    if output_type is ValueType.BOOLEAN:
        return f"{quoted(entry)}({term_text(value)})"
    return f"{quoted(entry)}({term_text(value)}, {ANSWER})"


def term_text(value: Value) -> str:
    """A value as a Prolog term: lists for grids and lists, strings for texts."""
    match value:
        case Atom():
            return value.text
        case bool():
            return "true" if value else "false"
        case tuple():
            return f"[{','.join(map(term_text, value))}]"
        case str():
            return '"' + "".join(map(_escaped, value)) + '"'
        case _:
            return repr(value)


def quoted(name: str) -> str:
    """A name as a Prolog atom."""
    return "'" + "".join(map(_escaped, name)) + "'"


def _escaped(char: str) -> str:
    if char in "\\'\"":
        return "\\" + char
    return char if char.isascii() and char.isprintable() else f"\\x{ord(char):x}\\"
