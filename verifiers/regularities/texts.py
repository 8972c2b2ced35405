"""What is read off the text or texts of an input and the text of its output."""

from collections.abc import Callable
from itertools import groupby
from typing import Final, cast

from peirce.tasks.values import Value
from peirce.verifiers.regularities.property import Property, Reading, holds


def _text(value: Value) -> str:
    return value if isinstance(value, str) else "\n".join(cast("tuple[str, ...]", value))


def _texts(read: Callable[[str, str], Reading]) -> Callable[[Value, Value], Reading]:
    return lambda value, output: read(_text(value), _text(output))


def _texts_hold(test: Callable[[str, str], bool]) -> Callable[[Value, Value], Reading]:
    return holds(lambda value, output: test(_text(value), _text(output)))


def _form(text: str) -> str:
    """The kinds of characters in a row, each run told once: `Aa 9`."""
    return "".join(kind for kind, _ in groupby(text, _kind))


def _kind(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return character


OF_TEXTS: Final = (
    Property(
        "form", "all outputs have the same form", _texts(lambda _, out: _form(out)), alone=True
    ),
    Property(
        "size", "all outputs have the same length", _texts(lambda _, out: len(out)), alone=True
    ),
    Property(
        "size",
        "every output is as long as its input",
        _texts_hold(lambda value, out: len(value) == len(out)),
    ),
    Property(
        "content",
        "every output is a part of its input",
        _texts_hold(lambda value, out: out in value),
    ),
    Property(
        "content",
        "every character of an output is one of its input",
        _texts_hold(lambda value, out: set(out) <= set(value)),
    ),
    Property(
        "difference",
        "every output differs from its input",
        _texts_hold(lambda value, out: value != out),
    ),
    Property("emptiness", "no output is empty", _texts_hold(lambda _, out: bool(out)), alone=True),
)
