"""`AnswerRecord`: an answer as JSON, the same for `--json`, for reports and for other agents."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from peirce.agent.candidate import Answer, Candidate
from peirce.tasks.scorer import Score
from peirce.tasks.task import Task
from peirce.tasks.values import encode


class GuessRecord(BaseModel):
    """One prediction for one test input."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    value: JsonValue
    """The predicted output."""
    probability: float
    """Calibrated belief that it is right, 0 to 1."""
    programs: int
    """How many verified programs predict it."""


class RuleRecord(BaseModel):
    """One verified rule."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    rule: str
    """The rule in words."""
    program: str
    """Source of the program."""
    language: str
    """Language of the program."""
    origin: str
    """Proposer and method that found it."""
    bits: float
    """Description length of the program."""
    passed: tuple[bool, ...]
    """Which train examples it reproduces."""
    complaint: str
    """The first thing wrong with it; empty if nothing is."""


class AnswerRecord(BaseModel):
    """What Peirce answers for one task."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    task: str
    """Name of the task."""
    digest: str
    """SHA-256 of the task's content."""
    status: Literal["verified", "near miss", "nothing found"]
    """Whether the leading rule reproduces every train example."""
    rules: tuple[RuleRecord, ...]
    """The rules behind the answer, likeliest first."""
    predictions: tuple[tuple[GuessRecord, ...], ...]
    """Per test input the predictions, likeliest first."""
    probability: float
    """Calibrated belief that all first predictions are right."""
    why: str
    """The reason for that belief."""
    stop: str
    """Why the search ended."""
    seconds: float
    """Wall-clock seconds used."""
    cpu_seconds: float
    """CPU seconds used, programs included."""
    programs: int
    """Distinct programs verified."""
    tokens: int
    """Tokens written by a language model."""
    isolation: str
    """Sandbox level and layers, in one line."""
    solved: bool | None = None
    """Whether the answer is right; null where the right outputs are not known."""


KEPT_RULES = 3
"""Rules that an `AnswerRecord` lists."""


def record(task: Task, answer: Answer, *, isolation: str, score: Score | None) -> AnswerRecord:
    """Put an answer into the form that leaves the process."""
    status: Literal["verified", "near miss", "nothing found"] = "nothing found"
    if answer.best:
        status = "verified" if answer.verified else "near miss"
    return AnswerRecord(
        task=task.name,
        digest=task.digest,
        status=status,
        rules=tuple(_rule(found) for found in answer.candidates[:KEPT_RULES]),
        predictions=tuple(
            tuple(
                GuessRecord(
                    value=encode(guess.value),
                    probability=guess.probability,
                    programs=len(guess.support),
                )
                for guess in column
            )
            for column in answer.predictions
        ),
        probability=answer.probability,
        why=answer.why,
        stop=answer.stop,
        seconds=answer.spent.seconds,
        cpu_seconds=answer.spent.cpu_seconds,
        programs=answer.spent.programs,
        tokens=answer.spent.tokens,
        isolation=isolation,
        solved=score.solved if score else None,
    )


def _rule(found: Candidate) -> RuleRecord:
    proposal = found.proposal
    return RuleRecord(
        rule=proposal.hypothesis.words,
        program=proposal.program.source,
        language=proposal.program.language,
        origin=proposal.origin,
        bits=found.evidence.bits,
        passed=found.verdict.passed,
        complaint=found.verdict.complaint,
    )
