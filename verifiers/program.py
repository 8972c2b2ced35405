"""`Program`: source text that claims to compute a rule. It is data here, never executed."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class Language(StrEnum):
    """What a program is written in."""

    PYTHON = "python"
    """A module that defines the entry as a function of one input."""
    PROLOG = "prolog"
    """Clauses that define the entry as a predicate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """An executable rule. Equal sources are the same program."""

    source: str
    """The full text, imports included."""
    language: Language = Language.PYTHON
    entry: str = "transform"
    """Name of the function (Python) or predicate (Prolog) that is called."""
    background: str = field(default="", compare=False)
    """Facts and rules a Prolog program may call. They are the task's, not part of the program."""

    @property
    def digest(self) -> str:
        """SHA-256 over language, entry and source, as 64 hex digits."""
        text = "\0".join((self.language, self.entry, self.source))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
