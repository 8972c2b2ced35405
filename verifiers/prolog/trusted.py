"""Consults Prolog that the user trusts and answers goals about it, by pyswip in this process.

What is consulted runs with all rights of the user: it may read and delete files, start programs,
and it has no limit on time. Programs that nobody has read belong in the sandbox
(`peirce.verifiers.sandbox`), and no process that runs them may import this module. There is one
database a process; whatever is consulted is added to it. No other module imports pyswip.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, cast

from peirce.tasks.errors import PrologError, SandboxError
from peirce.verifiers.prolog.goals import quoted
from peirce.verifiers.prolog.installed import FIX, find_prolog

MAX_ANSWERS: Final = 100
"""Most answers to a goal, where nothing else is said."""
_HOST: Final = Path(__file__).with_name("trusted.pl")
_MAX_WORDS: Final = 600
_Row: TypeAlias = list[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """One way in which a goal holds."""

    bindings: Mapping[str, str]
    """Each variable of the goal with its value in Prolog syntax; what is unbound is `_1`, `_2`."""
    constraints: str
    """What is demanded of values still unbound, as by CLP(FD); mostly empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a goal came to."""

    variables: tuple[str, ...]
    """Of the goal, in its order, without those that start with `_`; a yes or no if there are
    none."""
    solutions: tuple[Solution, ...]
    """In Prolog's order, repetitions included; of a yes the first only."""
    complete: bool
    """Whether there are no more. Where the limit was reached, there may be."""

    @property
    def holds(self) -> bool:
        """Whether there is a solution."""
        return bool(self.solutions)


class TrustedProlog:
    """The Prolog in this process."""

    def __init__(self) -> None:
        """Start it, if it does not run yet.

        Raises:
            SandboxError: SWI-Prolog cannot be embedded here; the message holds the fix.
        """
        installed = find_prolog()
        broken = f"SWI-Prolog {installed.version} cannot be embedded"
        fix = f"{FIX}, then see `peirce doctor`"
        if not installed.embeddable:
            raise SandboxError(f"{broken}: {installed.library} is absent; {fix}")
        try:
            # Importing it starts Prolog, which importing this module must not.
            from pyswip import Prolog
        except Exception as error:  # as it finds the library: ImportError, OSError, its own
            raise SandboxError(f"{broken} ({error}); {fix}") from None
        self._prolog = Prolog()
        self._prove(f"load_files({quoted(str(_HOST))}, [if(not_loaded), encoding(utf8)])")

    def consult(self, path: Path) -> None:
        """Load a Prolog file.

        Raises:
            PrologError: it is absent, or something in it is not as Prolog wants it.
        """
        if not path.is_file():
            raise PrologError(f"{path}: there is no such file; give Prolog files, or task files")
        full = str(path.resolve())
        self._reply(f"load({quoted(full)}, Reply)", name=str(path), loaded=full)

    def consult_text(self, text: str, *, name: str) -> None:
        """Load a text; `name` stands for it in messages, and a second text of it replaces it.

        Raises:
            PrologError: something in it is not as Prolog wants it.
        """
        call = f"load_text({_string(text)}, {quoted(name)}, Reply)"
        self._reply(call, name=name, loaded=name)

    def ask(self, goal: str, *, limit: int = MAX_ANSWERS) -> Answers:
        """Answer a goal, written with or without the prompt before it and the full stop behind.

        Raises:
            PrologError: it cannot be read, asks for what is not defined, or raises an error.
        """
        bare = goal.strip().removeprefix("?-").removesuffix(".").strip()
        text = f"{bare}\n."  # on its own line, as a comment may end it
        name = f"the goal {bare!r}"
        status, names, *rows = self._reply(f"ask({_string(text)}, {limit}, Reply)", name=name)
        variables = tuple(_texts(names))
        return Answers(
            variables=variables,
            solutions=tuple(_solution(variables, _texts(row)) for row in rows),
            complete=status == b"all",
        )

    def _reply(self, call: str, *, name: str, loaded: str = "") -> list[bytes | _Row]:
        """What `trusted.pl` says; a complaint is raised in the name of what it is about."""
        reply = self._prove(f"peirce_trusted:{call}")["Reply"]
        if reply[0] != b"error":
            return reply
        file, line, words, advice, more = (text.decode() for text in cast("_Row", reply[1:]))
        place = name if file in ("", loaded) else f"{name}, {file}"
        flat = " ".join(words.split())[:_MAX_WORDS]
        raise PrologError(
            f"{place}{f', line {line}' if line != '0' else ''}: {flat}; {advice}"
            + (f" ({more} more after it)" if more != "0" else "")
        )

    def _prove(self, goal: str) -> dict[str, list[bytes | _Row]]:
        """The bindings of the one solution of a goal of ours."""
        return cast(
            "dict[str, list[bytes | _Row]]", next(iter(self._prolog.query(goal, maxresult=1)))
        )


def _string(text: str) -> str:
    return '"' + quoted(text)[1:-1] + '"'


def _texts(row: bytes | _Row) -> list[str]:
    return [text.decode() for text in cast("_Row", row)]


def _solution(variables: tuple[str, ...], row: list[str]) -> Solution:
    *values, constraints = row
    return Solution(bindings=dict(zip(variables, values, strict=True)), constraints=constraints)
