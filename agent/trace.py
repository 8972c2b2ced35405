"""`Trace`: every event of a search as typed JSONL, written and flushed as it happens.

A trace is readable after a kill at any moment: a torn last line is ignored. It holds the task, the
proposals, the verdicts and the answer, never the test outputs. `SCHEMA` rises when a reader of an
older version could misread a line; unknown fields and unknown kinds of event are skipped.
"""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from peirce.agent.candidate import Answer, Candidate, Stop
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.tasks.errors import TaskError
from peirce.tasks.task import Example, Task
from peirce.tasks.values import ValueType, decode, encode
from peirce.verifiers.program import Language, Program
from peirce.verifiers.symmetries import Symmetry

SCHEMA: Final = 1
"""Version of the lines written here."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    at: float = Field(default_factory=time.time)
    """When it happened: seconds since the epoch."""


class TaskRecord(BaseModel):
    """A task without its test outputs."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    digest: str
    input_type: ValueType
    output_type: ValueType
    train: tuple[tuple[JsonValue, JsonValue], ...]
    test: tuple[JsonValue, ...]
    background: str = ""
    bias: str = ""


class Started(_Record):
    """A search begins."""

    kind: Literal["started"] = "started"
    schema_version: int = SCHEMA
    task: TaskRecord
    seconds: float
    programs: int
    tokens: int
    seed: int
    isolation: str
    """The sandbox in one line."""


class Proposed(_Record):
    """A rule and its program, about to be verified; a refinement names its parent."""

    kind: Literal["proposal", "refinement"] = "proposal"
    digest: str
    words: str
    level: Level
    origin: str
    parent: str | None = None
    transductive: bool = False
    language: Language
    entry: str
    source: str


class Result(BaseModel):
    """What a program gave on one input."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    cause: str
    message: str = ""
    value: JsonValue = None


class Judged(_Record):
    """A verdict, with the evidence."""

    kind: Literal["verdict"] = "verdict"
    digest: str
    fits: bool
    passed: tuple[bool, ...]
    closeness: tuple[float, ...]
    train: tuple[Result, ...]
    test: tuple[Result, ...]
    cpu_seconds: float
    isolation: str
    stable: bool | None
    bits: float
    copies: int
    failures: int
    surprises: tuple[str, ...] = ()
    complaint: str


class Changed(BaseModel):
    """How a program took inputs changed by symmetries."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    digest: str
    kept: tuple[Symmetry, ...]
    broken: tuple[Symmetry, ...]


class Corroborated(_Record):
    """What speaks for or against the leading programs besides the examples."""

    kind: Literal["corroboration"] = "corroboration"
    changed: tuple[Changed, ...]
    left_out: int = 0
    """Examples that were left out of a search, one at a time."""
    confirmed: int = 0
    """How many of them the rule found without them explains."""


class Ranked(BaseModel):
    """One prediction of an answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    value: JsonValue
    probability: float
    support: tuple[str, ...]


class Answered(_Record):
    """The search has ended with this answer."""

    kind: Literal["answer"] = "answer"
    predictions: tuple[tuple[Ranked, ...], ...]
    candidates: tuple[str, ...]
    verified: bool
    probability: float
    why: str
    stop: Stop
    seconds: float
    cpu_seconds: float
    programs: int
    tokens: int


class Failed(_Record):
    """A proposer gave up; the search went on with what it had."""

    kind: Literal["failure"] = "failure"
    origin: str
    message: str


class Used(_Record):
    """What a proposer worked with, for those who want to repeat the search."""

    kind: Literal["used"] = "used"
    origin: str
    words: str
    """Model, server and hash of the prompts."""


Event: TypeAlias = Started | Proposed | Judged | Used | Corroborated | Answered | Failed
Sink: TypeAlias = Callable[[Event], None]
_EVENTS: Final[TypeAdapter[Event]] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


class Trace:
    """A file that events are appended to; usable as a `Sink`."""

    def __init__(self, path: Path) -> None:
        """Open `path` for appending.

        Raises:
            TaskError: the file cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: io.TextIOWrapper = path.open("a", encoding="utf-8")
        except OSError as error:
            raise TaskError(f"{path}: cannot write the trace there: {error.strerror}") from error

    def __call__(self, event: Event) -> None:
        """Append one event as a line and flush it to the system."""
        self._file.write(event.model_dump_json() + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._file.close()


def read_trace(path: Path) -> Iterator[Event]:
    """Yield the events of a trace in order; a torn last line and unknown kinds are skipped.

    Raises:
        TaskError: the file cannot be read, is no trace or has a newer schema.
    """
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, start=1):
                event = _parse(line, path, number)
                if event is not None:
                    yield event
    except OSError as error:
        raise TaskError(f"{path}: cannot read the trace: {error.strerror}") from error


def _parse(line: str, path: Path, number: int) -> Event | None:
    if not line.endswith("\n"):
        return None
    try:
        event = _EVENTS.validate_json(line)
    except ValidationError as error:
        if error.errors()[0]["type"] == "union_tag_invalid":
            return None
        raise TaskError(
            f"{path}, line {number}: not an event of a Peirce trace; "
            f"`peirce solve TASK --trace FILE` writes one ({error.errors()[0]['msg']})"
        ) from None
    if isinstance(event, Started) and event.schema_version > SCHEMA:
        raise TaskError(
            f"{path}, line {number}: trace schema {event.schema_version} is newer than "
            f"this version of Peirce reads ({SCHEMA}); upgrade Peirce"
        )
    return event


def describe_task(task: Task) -> TaskRecord:
    """A task as it is written down: without notes, and without test outputs as every task."""
    return TaskRecord(
        name=task.name,
        digest=task.digest,
        input_type=task.input_type,
        output_type=task.output_type,
        train=tuple((encode(pair.input), encode(pair.output)) for pair in task.train),
        test=tuple(encode(value) for value in task.test),
        background=task.background,
        bias=task.bias,
    )


def started(inquiry: Inquiry, isolation: str) -> Started:
    """The event that opens a trace."""
    return Started(
        task=describe_task(inquiry.task),
        seconds=inquiry.budget.seconds,
        programs=inquiry.budget.programs,
        tokens=inquiry.budget.tokens,
        seed=inquiry.seed,
        isolation=isolation,
    )


def proposed(proposal: Proposal) -> Proposed:
    """The event of a proposal or refinement."""
    return Proposed(
        kind="refinement" if proposal.parent else "proposal",
        digest=proposal.program.digest,
        words=proposal.hypothesis.words,
        level=proposal.hypothesis.level,
        origin=proposal.origin,
        parent=proposal.parent,
        transductive=proposal.transductive,
        language=proposal.program.language,
        entry=proposal.program.entry,
        source=proposal.program.source,
    )


def judged(candidate: Candidate) -> Judged:
    """The event of a verdict."""
    verdict, evidence = candidate.verdict, candidate.evidence
    train, test = (
        tuple(
            Result(
                cause=outcome.cause,
                message=outcome.message,
                value=None if outcome.value is None else encode(outcome.value),
            )
            for outcome in outcomes
        )
        for outcomes in (verdict.train, verdict.test)
    )
    return Judged(
        digest=candidate.digest,
        fits=verdict.fits,
        passed=verdict.passed,
        closeness=verdict.closeness,
        train=train,
        test=test,
        cpu_seconds=verdict.cpu_seconds,
        isolation=verdict.isolation,
        stable=verdict.stable,
        bits=evidence.bits,
        copies=evidence.copies,
        failures=evidence.failures,
        surprises=evidence.surprises,
        complaint=verdict.complaint,
    )


def corroborated(inquiry: Inquiry) -> Corroborated:
    """The event of what was looked at after the search."""
    return Corroborated(
        changed=tuple(
            Changed(digest=digest, kept=found.kept, broken=found.broken)
            for digest, candidate in inquiry.candidates.items()
            if (found := candidate.evidence.symmetries) is not None
        ),
        left_out=inquiry.left_out.tried if inquiry.left_out else 0,
        confirmed=inquiry.left_out.confirmed if inquiry.left_out else 0,
    )


def answered(answer: Answer) -> Answered:
    """The event that closes a trace."""
    return Answered(
        predictions=tuple(
            tuple(
                Ranked(
                    value=encode(guess.value), probability=guess.probability, support=guess.support
                )
                for guess in column
            )
            for column in answer.predictions
        ),
        candidates=tuple(found.digest for found in answer.candidates),
        verified=answer.verified,
        probability=answer.probability,
        why=answer.why,
        stop=answer.stop,
        seconds=answer.spent.seconds,
        cpu_seconds=answer.spent.cpu_seconds,
        programs=answer.spent.programs,
        tokens=answer.spent.tokens,
    )


def task_of(event: Started) -> Task:
    """The task a trace is about.

    Raises:
        TaskError: a value in it is not of its type.
    """
    return restore_task(event.task)


def restore_task(record: TaskRecord) -> Task:
    """The task that was written down.

    Raises:
        TaskError: a value in it is not of its type.
    """
    where = f"trace of {record.name!r}"
    return Task(
        name=record.name,
        input_type=record.input_type,
        output_type=record.output_type,
        train=tuple(
            Example(
                input=decode(left, record.input_type, where=f"{where}, train[{index}].input"),
                output=decode(right, record.output_type, where=f"{where}, train[{index}].output"),
            )
            for index, (left, right) in enumerate(record.train)
        ),
        test=tuple(
            decode(value, record.input_type, where=f"{where}, test[{index}].input")
            for index, value in enumerate(record.test)
        ),
        background=record.background,
        bias=record.bias,
    )


def budget_of(event: Started) -> Budget:
    """The budget a traced search had."""
    return Budget(seconds=event.seconds, programs=event.programs, tokens=event.tokens)


def proposal_of(event: Proposed) -> Proposal:
    """The proposal an event records."""
    return Proposal(
        hypothesis=Hypothesis(words=event.words, level=event.level),
        program=Program(source=event.source, language=event.language, entry=event.entry),
        origin=event.origin,
        parent=event.parent,
        transductive=event.transductive,
    )
