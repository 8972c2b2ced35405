"""Popper's folders: `exs.pl` with `pos(…)` and `neg(…)`, `bk.pl` with what is known, `bias.pl`.

Nothing in them is run. `bk.pl` and `bias.pl` may be absent.
"""

from pathlib import Path
from typing import Final

from peirce.tasks.bias import parse_bias, split_background
from peirce.tasks.clauses import Token, parse_clauses, split_clauses
from peirce.tasks.errors import TaskError
from peirce.tasks.kinds import Kind
from peirce.tasks.reading import name_of, read_text
from peirce.tasks.record import Record

EXAMPLES: Final = "exs.pl"
BACKGROUND: Final = "bk.pl"
BIAS: Final = "bias.pl"


def is_popper(path: Path) -> bool:
    """Whether a folder holds a task in Popper's files."""
    try:
        return (path / EXAMPLES).exists()
    except (OSError, ValueError):
        return False


def parse_popper(path: Path) -> Record:
    """Read one folder; the task is called like it.

    Raises:
        TaskError: a file is not what it should be; the message names file and line.
    """
    examples = path / EXAMPLES
    background = _read(path / BACKGROUND)
    for _ in parse_clauses(background, where=str(path / BACKGROUND)):
        pass
    bias = _read(path / BIAS)
    parse_bias(bias, where=str(path / BIAS))
    return Record(
        where=str(examples),
        name=name_of(path.resolve()),
        kind=Kind.RELATION,
        train=_examples(read_text(examples), str(examples)),
        tests=(),
        background=background,
        bias=bias,
    )


def with_bias(background: str, bias: str, *, where: str) -> tuple[str, str]:
    """A background without the declarations in it, and all declarations, both checked.

    Raises:
        TaskError: a declaration cannot be read.
    """
    kept, declared = split_background(background, where=where)
    whole = "\n".join(text for text in (declared, bias) if text.strip())
    parse_bias(whole, where=f"{where}, bias")
    return kept, whole


def _read(path: Path) -> str:
    return read_text(path) + "\n" if path.exists() else ""


def _examples(text: str, where: str) -> list[tuple[object, object]]:
    found: list[tuple[object, object]] = []
    for tokens in split_clauses(text + "\n", where=where):
        if not tokens:
            continue
        sign = tokens[0].text
        if sign not in ("pos", "neg") or len(tokens) < 4 or tokens[-1].text != ")":
            line = text.count("\n", 0, tokens[0].at) + 1
            raise TaskError(
                f"{where}, line {line}: {_text(text, tokens)[:60]!r} is no example; "
                "write pos(atom). or neg(atom)."
            )
        found.append((_text(text, tokens[2:-1]), sign == "pos"))
    return found


def _text(text: str, tokens: list[Token]) -> str:
    last = tokens[-1]
    return text[tokens[0].at : last.at + len(last.text)]
