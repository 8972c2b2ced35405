"""What a caller of the tool `induce_rule` sends: examples, and how long to look.

The types are narrow enough for the strict schemas of model providers: every value that a task can
hold, and nothing else.
"""

from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationError,
)
from typing_extensions import TypeAliasType

from peirce.tasks.task import Task
from peirce.tasks.values import Json, ValueType, show

MAX_EXAMPLES: Final = 200
"""Most examples, and most inputs, of one call."""
MAX_SECONDS: Final = 120.0
"""Longest search of one call."""
DEFAULT_SECONDS: Final = 20.0
FAULTS: Final = 4
"""Most faults of one call that are listed."""
_SIDES: Final = ("input", "output", "tests", "inputs")
"""Fields that hold values of a task, each of one of several types."""
MAX_BACKGROUND: Final = 100_000
"""Longest background, in characters."""

if TYPE_CHECKING:
    # How narrow the type is, pydantic checks; to a type checker it is any JSON value.
    Plain: TypeAlias = Json
else:
    Items = TypeAliasType("Items", "StrictInt | list[Items]")
    Plain = StrictBool | StrictInt | StrictFloat | StrictStr | list[StrictStr] | list[Items]


class Pair(BaseModel):
    """One example of the unknown rule."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    input: Plain
    """Grid (list of rows of colours 0 to 9), list of integers, text, texts, number or boolean."""
    output: Plain
    """What the rule makes of the input."""


Examples = Annotated[
    list[Pair],
    Field(min_length=1, max_length=MAX_EXAMPLES, description="Examples of one unknown rule."),
]
Inputs = Annotated[
    list[Plain] | None,
    Field(max_length=MAX_EXAMPLES, description="Inputs whose outputs are wanted."),
]
InputType = Annotated[
    ValueType | None, Field(description="Type of all inputs; null: what they look like.")
]
OutputType = Annotated[
    ValueType | None, Field(description="Type of all outputs; null: what they look like.")
]
Background = Annotated[
    str | None,
    Field(max_length=MAX_BACKGROUND, description="Prolog facts known to hold; relations only."),
]
Seconds = Annotated[
    float | None,
    Field(gt=0, le=MAX_SECONDS, description=f"Longest search; null: {DEFAULT_SECONDS:g}."),
]


class InduceRule(BaseModel):
    """Find the rule behind a few examples: in words, as a verified program, with predictions.

    Programs run in a sandbox. The answer says how sure it is, and which further example would
    settle what is still open.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    examples: Examples
    tests: Inputs = None
    input_type: InputType = None
    output_type: OutputType = None
    background: Background = None
    seconds: Seconds = None

    @property
    def task(self) -> Task:
        """The task it states.

        Raises:
            TaskError: the values of one side are of different types.
        """
        return task_of(
            self.examples, self.tests, self.input_type, self.output_type, self.background
        )


def task_of(
    examples: list[Pair],
    tests: list[Plain] | None,
    input_type: ValueType | None,
    output_type: ValueType | None,
    background: str | None,
) -> Task:
    """The task that these arguments of a tool state.

    Raises:
        TaskError: the values of one side are of different types.
    """
    pairs: list[tuple[Json, Json]] = [(pair.input, pair.output) for pair in examples]
    return Task.from_pairs(
        pairs,
        tests or [],
        input_type=input_type,
        output_type=output_type,
        background=background or "",
    )


def faults(invalid: ValidationError) -> str:
    """What is wrong with arguments, by field; of a value that no type fits, that alone."""
    found: dict[str, str] = {}
    for error in invalid.errors(include_url=False, include_context=False):
        fields = [part for part in error["loc"] if isinstance(part, int) or part.isidentifier()]
        branch = next(
            (place for place, part in enumerate(fields) if part in _SIDES), len(fields) - 1
        )
        where = ".".join(str(part) for part in fields[: branch + 1]) or "arguments"
        reason = error["msg"] if branch == len(fields) - 1 else "is no value of a task"
        found.setdefault(where, f"{reason} (got {show(error['input'])})")
    listed = [f"{where}: {reason}" for where, reason in found.items()]
    more = f"; and {len(listed) - FAULTS} more" if len(listed) > FAULTS else ""
    return "; ".join(listed[:FAULTS]) + more
