"""`Trace`: every event of a search as typed JSONL, written and flushed as it happens.

A trace is readable after a kill at any moment: a torn last line is ignored. It holds the task, the
calls to language models, the proposals, the verdicts and the answer, never the test outputs.
`SCHEMA` rises when a reader of an older version could misread a line; unknown fields and unknown
kinds of event are skipped. What the search has in hand becomes an event, and an event that again,
in `peirce.agent.traced`.
"""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from peirce.agent.candidate import Stop
from peirce.agent.proposal import Level
from peirce.tasks.errors import TaskError
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Language
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
    cpu_seconds: float | None = None
    programs: int
    tokens: int
    steps: int | None = None
    settle: bool = True
    left_out: int = 0
    """Examples to leave out of a search afterwards, one at a time."""
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
    reply: str = ""
    """The reply of a language model it was read from."""


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

    @property
    def rank(self) -> tuple[bool, float, float]:
        """What programs are sorted by for people: those that fit, then near ones, short first."""
        return not self.fits, -sum(self.closeness), self.bits


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
    """A proposer, or one method of it, gave up; the search went on with what it had."""

    kind: Literal["failure"] = "failure"
    origin: str
    message: str


class Used(_Record):
    """What a proposer worked with, for those who want to repeat the search."""

    kind: Literal["used"] = "used"
    origin: str
    words: str
    """Model, server and hash of the prompts."""


class Turn(BaseModel):
    """One message of a prompt."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    role: str
    content: str


class Asked(_Record):
    """A proposer asks a language model; what comes back are events of their own."""

    kind: Literal["asked"] = "asked"
    call: int
    """Number of the call in this search."""
    origin: str
    purpose: str
    """What for: `propose`, `write`, `refine`, …"""
    messages: tuple[Turn, ...]
    samples: int
    """Replies wanted."""


class Replied(_Record):
    """One reply of a language model."""

    kind: Literal["reply"] = "reply"
    call: int
    """The call it answers."""
    text: str
    finish: str
    """Why it ended: `stop`, `length`, `refused`."""
    prompt_tokens: int
    """Tokens of the prompt; 0 for all but one of the replies to a call."""
    tokens: int
    """Tokens written."""
    cached: bool
    """Read from the cache: nothing was asked of the server."""
    seconds: float
    """From the call to the end of this reply."""
    reply: str = ""
    """The server's id of the reply and the number of the sample; empty if cached."""


Event: TypeAlias = (
    Started | Proposed | Judged | Asked | Replied | Used | Corroborated | Answered | Failed
)
Sink: TypeAlias = Callable[[Event], None]
_EVENTS: Final[TypeAdapter[Event]] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def unheard(event: Event) -> None:
    """A sink for what nobody wants to know."""


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
