"""The prototypes that ship: files a person can read, one folder per kind, turned into records.

A file opens with what it is about and, where it is known, the answer:

    % Who of the four came in second?             (`;` in PDDL, a docstring in Python)
    % answer: str = "bea"
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final, assert_never

from peirce.prototypes.efa.contract import read_class
from peirce.prototypes.prototype import Kind, Prototype
from peirce.prototypes.puzzles.reading import read_puzzle
from peirce.tasks.errors import TaskError

HERE: Final = Path(__file__).parent
_FOLDERS: Final = {Kind.PUZZLE: "puzzles"}
_HEADER: Final = re.compile(r"(?:^[%;].*\n)+", re.MULTILINE)
_ANSWER: Final = re.compile(r"^answer: *([^=\n]+?) *(?:= *(.+?) *)?$", re.MULTILINE)


def load_catalogue(kind: Kind) -> tuple[Prototype, ...]:
    """Every prototype of a kind that ships, by name.

    Raises:
        TaskError: a file does not say what it must; the message names it.
    """
    folder = HERE / _FOLDERS.get(kind, str(kind)) / "catalogue"
    match kind:
        case Kind.PROLOG:
            return tuple(map(_prolog, sorted(folder.glob("*.pl"))))
        case Kind.PDDL:
            return tuple(map(_pddl, sorted(folder.glob("*/*.problem.pddl"))))
        case Kind.EFA:
            return tuple(map(_efa, sorted(folder.glob("*.py"))))
        case Kind.PUZZLE:
            return tuple(map(_puzzle, sorted(folder.glob("*.py"))))
        case _:
            assert_never(kind)


def _prolog(path: Path) -> Prototype:
    text = path.read_text(encoding="utf-8")
    words, answer_type, answer = _header(path, text)
    return Prototype(
        name=path.stem,
        kind=Kind.PROLOG,
        words=words,
        source=_HEADER.sub("", text, count=1).lstrip("\n"),
        goal="answer(X)",
        answer_type=answer_type,
        known_answer=answer,
    )


def _pddl(path: Path) -> Prototype:
    domain = (path.parent / "domain.pddl").read_text(encoding="utf-8")
    problem = path.read_text(encoding="utf-8")
    words, _, answer = _header(path, f"{_comment(domain)}{_comment(problem)}\n")
    return Prototype(
        name=f"{path.parent.name}-{path.name.removesuffix('.problem.pddl')}",
        kind=Kind.PDDL,
        words=words,
        source=_HEADER.sub("", domain, count=1),
        goal=_HEADER.sub("", problem, count=1),
        answer_type="list[str]",
        known_answer=answer,
    )


def _efa(path: Path) -> Prototype:
    source = path.read_text(encoding="utf-8")
    found = read_class(source)
    _, answer_type, answer = _header(path, _commented(found.words))
    return Prototype(
        name=path.stem,
        kind=Kind.EFA,
        words=found.words.split("\n", 1)[0],
        source=source,
        goal=found.original,
        answer_type=answer_type,
        known_answer=answer,
    )


def _puzzle(path: Path) -> Prototype:
    source = path.read_text(encoding="utf-8")
    return replace(read_puzzle(source), name=path.stem)


def _comment(text: str) -> str:
    found = _HEADER.match(text)
    return found.group() if found else ""


def _commented(text: str) -> str:
    return "".join(f"% {line}\n" for line in text.splitlines())


def _header(path: Path, text: str) -> tuple[str, str, str]:
    """The words, the form of the answer and the answer that the opening comment states."""
    lines = [line.lstrip("%; ").rstrip() for line in _comment(text).splitlines()]
    stated = _ANSWER.search("\n".join(lines))
    words = " ".join(line for line in lines if line and not line.startswith("answer:"))
    if not words or stated is None:
        raise TaskError(
            f"{path.name}: the opening comment must say what the problem is about and "
            "`answer: TYPE`, with ` = JSON` where the answer is known"
        )
    return words, stated.group(1), stated.group(2) or ""
