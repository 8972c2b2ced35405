"""Ground Prolog atoms as values: `f(3, [a, b])` is one, `f(X)` and `f(a). g(b)` are not.

The one variable allowed is the anonymous `_`, an argument nobody asks for: `f(3, _)` says that
`f` holds of 3 and something. The text is checked with a small tokenizer, never handed to Prolog
here.
"""

import re
from dataclasses import dataclass
from typing import Final

from peirce.tasks.errors import TaskError

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
      | (?P<quoted>'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*")
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<variable>[A-Z_]\w*)
      | (?P<name>[a-z]\w*)
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<symbol>[-+*/\\^<>=~:.?@\#&$!]+|[,|;])
    """,
    re.VERBOSE,
)
_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
_PAIRS_BACK: Final = {right: left for left, right in _PAIRS.items()}
_NAMES: Final = ("name", "quoted")
_ENDS_TERM: Final = (*_NAMES, "number", "variable", "close")
_STARTS_TERM: Final = (*_NAMES, "number", "variable", "open")
_WANTS_TERM: Final = ("(", "[", "{", ",", "|")
_REFUSES_HOLE: Final = (")", "]", "}", ",", "|")
_WORD_OPERATORS: Final = frozenset({"div", "is", "mod", "rdiv", "rem", "xor"})
_HEAD: Final = re.compile(r"\s*([a-z]\w*|'(?:[^'\\]|\\.|'')*')(\(|\s*$)")


@dataclass(frozen=True, slots=True)
class Atom:
    """A ground atom, kept as the text it was written in."""

    text: str
    """The atom in standard Prolog syntax, without the final full stop."""

    @property
    def functor(self) -> str:
        """The predicate name, for example `parent` in `parent(ann, bob)`."""
        match = _HEAD.match(self.text)
        return match.group(1) if match else self.text


def parse_atom(text: str) -> Atom:
    """Check that `text` is one ground atom and wrap it.

    Raises:
        TaskError: it holds a variable, is not balanced, or is no single term.
    """
    text = text.strip().removesuffix(".").strip()
    if not _HEAD.match(text):
        raise TaskError(f"{text[:40]!r} does not start with a predicate name such as parent(...)")
    stack: list[str] = []
    previous: re.Match[str] | None = None
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise TaskError(f"{text[:40]!r}: character {text[position]!r} is not Prolog syntax")
        position = match.end()
        if match.lastgroup == "space":
            continue
        _check_brackets(match, stack, text)
        if previous is not None:
            _check_neighbours(previous, match, text)
        previous = match
        if not stack and match.lastgroup == "close" and text[position:].strip():
            raise TaskError(f"{text[:40]!r} is more than one term; give one atom per example")
    if stack:
        raise TaskError(f"{text[:40]!r}: a {_PAIRS_BACK[stack[-1]]!r} is never closed")
    return Atom(text=text)


def _check_brackets(match: re.Match[str], stack: list[str], text: str) -> None:
    token = match.group()
    match match.lastgroup:
        case "variable" if token != "_":
            raise TaskError(f"{text[:40]!r} holds the variable {token}; examples must be ground")
        case "open":
            stack.append(_PAIRS[token])
        case "close":
            if not stack or stack.pop() != token:
                raise TaskError(f"{text[:40]!r}: {token!r} closes nothing")
        case _:
            pass


def _check_neighbours(left: re.Match[str], right: re.Match[str], text: str) -> None:
    token = right.group()
    if left.lastgroup in _ENDS_TERM and right.lastgroup in _STARTS_TERM:
        applied = token == "(" and left.end() == right.start() and left.lastgroup in _NAMES
        if not applied and not _WORD_OPERATORS & {left.group(), token}:
            raise TaskError(f"{text[:40]!r}: a comma is missing before {token!r}")
    hole = left.group() in _WANTS_TERM and token in _REFUSES_HOLE
    if hole and left.group() + token not in ("[]", "{}"):
        raise TaskError(f"{text[:40]!r}: an argument is missing before {token!r}")
