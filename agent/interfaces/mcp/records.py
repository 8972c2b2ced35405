"""What the tools of the server take and give, beside a rule's examples."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from peirce.agent.interfaces.tools.induce import InducedRule
from peirce.tasks.values import encode
from peirce.verifiers.distinguish import Distinction
from peirce.verifiers.program import Language, Program
from peirce.verifiers.sandbox import Outcome
from peirce.verifiers.verdict import Verdict

MAX_SOURCE: Final = 100_000
"""Longest program, in characters."""
MAX_PROGRAMS: Final = 8
"""Most programs compared in one call."""
MAX_TRIED: Final = 2_000
"""Most inputs tried in one call."""


class ProgramText(BaseModel):
    """A program as text; a text alone, as rules hold it, is a Python module."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    source: str = Field(min_length=1, max_length=MAX_SOURCE)
    """A Python module that defines the entry as a function of one input, or Prolog clauses."""
    language: Language = Language.PYTHON
    """Language of the source."""
    entry: str = Field(default="transform", min_length=1, max_length=200)
    """Name of the function or predicate."""

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, given: object) -> object:
        return {"source": given} if isinstance(given, str) else given

    def program(self, background: str | None = None) -> Program:
        """The program it states, with what it may take for known."""
        return Program(
            source=self.source,
            language=self.language,
            entry=self.entry,
            background=background or "",
        )


Programs = Annotated[
    list[ProgramText],
    Field(min_length=2, max_length=MAX_PROGRAMS, description="Programs to compare."),
]


class Ran(BaseModel):
    """What a program gave for one input."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    output: JsonValue
    """The output; null if there is none."""
    cause: str
    """`ok`, or what went wrong: error, type, load, timeout, memory, policy, crash, ..."""
    message: str
    """What went wrong, in words."""

    @classmethod
    def of(cls, outcome: Outcome) -> "Ran":
        """The record of an outcome."""
        output = None if outcome.value is None else encode(outcome.value)
        return cls(output=output, cause=outcome.cause, message=outcome.message)


class Applied(BaseModel):
    """What a program gave for every input."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    outputs: tuple[Ran, ...]
    """One for each input, in order."""
    cpu_seconds: float
    """CPU time of the program."""
    isolation: str
    """Sandbox level and layers, in one line."""


class Verified(BaseModel):
    """The judgement on a program."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    fits: bool
    """Whether it reproduces every example, each time it is run."""
    passed: tuple[bool, ...]
    """Which examples it reproduces."""
    closeness: tuple[float, ...]
    """How near each output is to the expected one, 0 to 1."""
    examples: tuple[Ran, ...]
    """What it gave for the examples."""
    predictions: tuple[Ran, ...]
    """What it gave for the test inputs."""
    stable: bool | None
    """Whether a second run gave the same; null if it was not needed."""
    bits: float
    """Description length: shorter rules are likelier."""
    complaint: str
    """The first thing wrong with it; empty if nothing is."""
    isolation: str
    """Sandbox level and layers, in one line."""

    @classmethod
    def of(cls, verdict: Verdict, bits: float, isolation: str) -> "Verified":
        """The record of a verdict."""
        return cls(
            fits=verdict.fits,
            passed=verdict.passed,
            closeness=verdict.closeness,
            examples=tuple(map(Ran.of, verdict.train)),
            predictions=tuple(map(Ran.of, verdict.test)),
            stable=verdict.stable,
            bits=bits,
            complaint=verdict.complaint,
            isolation=isolation,
        )


class Distinguished(BaseModel):
    """Where programs differ."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    summary: str
    """The result in one sentence."""
    different: bool
    """Whether an input was found on which two programs give different outputs."""
    input: JsonValue = None
    """The smallest such input."""
    outputs: tuple[JsonValue, ...] = ()
    """What each program gives for it; null where one fails."""
    tried: int
    """Inputs the programs were run on."""
    answered: tuple[int, ...]
    """For how many of them each program gave an output; where it fails, nothing is compared."""

    @classmethod
    def of(cls, found: Distinction) -> "Distinguished":
        """The record of a search for a difference."""
        if found.difference is None:
            return cls(
                summary=_agreement(found),
                different=False,
                tried=found.tried,
                answered=found.answered,
            )
        return cls(
            summary=f"the programs differ; the smallest such input of {found.tried} is `input`",
            different=True,
            input=encode(found.difference.input),
            outputs=tuple(
                None if output is None else encode(output) for output in found.difference.outputs
            ),
            tried=found.tried,
            answered=found.answered,
        )


def _agreement(found: Distinction) -> str:
    failing = [
        f"program {place} failed on {found.tried - count} of them"
        for place, count in enumerate(found.answered, start=1)
        if count < found.tried
    ]
    return "; ".join((f"no difference found in {found.tried} inputs", *failing))


class Traced(InducedRule):
    """An induced rule, and the name of the search that found it."""

    trace: str
    """Hand it to `explain_trace` to look into the search."""


class ProgramRecord(BaseModel):
    """One program of a search and what became of it."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    program: str
    """First characters of its digest."""
    rule: str
    """The rule in words."""
    origin: str
    """Proposer and method."""
    parent: str | None
    """The program it refines, if it does."""
    fits: bool
    """Whether it reproduces every example."""
    passed: tuple[bool, ...]
    """Which examples it reproduces."""
    bits: float
    """Description length."""
    complaint: str
    """The first thing wrong with it."""
    source: str
    """The program; empty unless it leads or was asked for."""


class Explained(BaseModel):
    """A look into a search."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    task: str
    """What it was about, in one sentence."""
    proposed: int
    """Programs proposed."""
    fitting: int
    """Programs that reproduce every example."""
    origins: dict[str, int]
    """How many programs each method proposed."""
    programs: tuple[ProgramRecord, ...]
    """The best programs, best first."""
    failures: tuple[str, ...]
    """Proposers that gave up, and why."""
    why: str
    """What the answer's probability rests on."""
    probability: float
    """Belief that the answer is right, 0 to 1."""
    stop: str
    """Why the search ended."""
