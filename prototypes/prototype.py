"""`Prototype`: a problem in a language that an interpreter can decide, and where it came from.

A prototype states a problem, never its answer: the answer is what the interpreter says
(ProtoReasoning, 2025). A known answer may be kept beside it, to be compared with. Values are plain
text and numbers; records that cross a boundary are made of them in `peirce.agent.synthesis`.
"""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from peirce.tasks.errors import TaskError
from peirce.tasks.values import show

LONGEST_SOURCE: Final = 50_000
"""Characters of a source or goal; longer ones are no problem a person would state."""


class Kind(StrEnum):
    """The language of a prototype, and with it what decides."""

    PROLOG = "prolog"
    """Clauses with `answer/1`; SWI-Prolog decides."""
    PDDL = "pddl"
    """A planning domain and a problem; a validator decides on plans, a planner on unsolvability."""
    EFA = "efa"
    """An executable functional abstraction: a parametric problem as a Python class."""
    PUZZLE = "puzzle"
    """A Python function `sat`; whatever makes it True is an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """How hard a prototype was for its interpreter; None where that was not measured."""

    inferences: int | None = None
    """Inferences of Prolog for all answers."""
    plan_length: int | None = None
    """Steps of a shortest plan."""
    states: int | None = None
    """States a breadth-first planner looked at."""
    candidates: int | None = None
    """Answers that were tried, simplest first, until a puzzle was solved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prototype:
    """One problem."""

    name: str
    kind: Kind
    words: str
    """What the problem is about, in a sentence."""
    source: str
    """Prolog clauses, a PDDL domain, a Python class or a Python function."""
    goal: str
    """What is asked of the source: a query, a PDDL problem, or the parameters of a class."""
    answer_type: str
    """Form of the answer, in the notation of `peirce.prototypes.answer_types`."""
    known_answer: str = ""
    """The answer as JSON where it was known beforehand; empty otherwise."""
    provenance: str = "catalogue"
    """`catalogue`, `mutation`, or the model that wrote it."""
    parents: tuple[str, ...] = ()
    """Digests of the prototypes it was made from."""
    mutation: str = ""
    """What was changed, in words; empty for an original."""
    difficulty: Difficulty = field(default_factory=Difficulty, compare=False)

    def __post_init__(self) -> None:
        """Refuse what no interpreter should be given."""
        for what, text in (("source", self.source), ("goal", self.goal)):
            if not text.strip() or len(text) > LONGEST_SOURCE:
                raise TaskError(
                    f"prototype {show(self.name)}: the {what} has {len(text)} characters; "
                    f"it needs 1 to {LONGEST_SOURCE}"
                )

    @property
    def digest(self) -> str:
        """SHA-256 over kind, source and goal, as 64 hex digits: equal problems are the same."""
        text = "\0".join((self.kind, self.source, self.goal))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
