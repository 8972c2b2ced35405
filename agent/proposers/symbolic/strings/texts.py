"""`Problem`: a task from texts to text, laid out in columns."""

from dataclasses import dataclass
from typing import Final

from peirce.prototypes import strings
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType

NAMES: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
"""Names of the texts of an input that has several."""
MOST_SHOWN: Final = 30
"""Examples looked at; the verifier checks a rule on all of them."""
MOST_UNSEEN: Final = 60
"""Test inputs looked at for how a rule behaves on them."""
LONGEST: Final = 600
"""Longest text, in characters, that rules are sought for."""
TRUTHS: Final = {True: "true", False: "false"}
"""How truth values are written while they are treated as texts."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Texts in, one text out."""

    columns: tuple[tuple[str, ...], ...]
    """One per argument: its text on every input, train inputs first."""
    outputs: tuple[str, ...]
    """One per train input."""
    arguments: int
    """How many texts an input has; 0 where an input is a text by itself."""
    variable: str = "text"
    """What the program calls an input that is a text by itself."""
    kind: ValueType = ValueType.STRING
    """What the outputs are; numbers and truth values are written out as texts here."""

    @property
    def train(self) -> int:
        """Number of inputs with outputs."""
        return len(self.outputs)

    @property
    def shown(self) -> range:
        """The numbers of the inputs with outputs."""
        return range(self.train)

    @property
    def unseen(self) -> range:
        """The numbers of the inputs to predict for."""
        return range(self.train, len(self.columns[0]))

    def name(self, column: int) -> str:
        """What the program calls a column."""
        return NAMES[column] if self.arguments else self.variable

    def owner(self, column: int) -> str:
        """What a person calls a column."""
        return f"the {NAMES[column]} text" if self.arguments > 1 else "the text"


def arguments_of(task: Task) -> int:
    """How many texts every input has; 0 where an input is one text, -1 where it varies."""
    if task.input_type is ValueType.STRING:
        return 0
    sizes = {len(value) for value in task.inputs if isinstance(value, tuple)}
    return sizes.pop() if len(sizes) == 1 and 0 not in sizes else -1


def problem_of(task: Task) -> Problem | None:
    """The task in columns, or nothing if it is not from texts to a text, number or truth value."""
    if task.input_type not in (ValueType.STRING, ValueType.STRINGS):
        return None
    arguments = arguments_of(task)
    outputs = tuple(_written(example.output) for example in task.train[:MOST_SHOWN])
    if not 0 <= arguments <= len(NAMES) or task.output_type not in _WRITTEN or None in outputs:
        return None
    said = tuple(output for output in outputs if output is not None)
    inputs = [example.input for example in task.train[:MOST_SHOWN]] + [*task.test[:MOST_UNSEEN]]
    rows = [value if isinstance(value, tuple) else (value,) for value in inputs]
    columns = tuple(tuple(str(row[index]) for row in rows) for index in range(max(1, arguments)))
    if any(len(text) > LONGEST for column in (*columns, said) for text in column):
        return None
    return Problem(columns, said, arguments, kind=task.output_type)


_WRITTEN: Final = (ValueType.STRING, ValueType.NUMBER, ValueType.BOOLEAN)


def _written(value: Value) -> str | None:
    """An output as a text from which it can be read back."""
    match value:
        case str():
            return value
        case bool():
            return TRUTHS[value]
        case int() | float():
            text = strings.as_text(value)
            return text if strings.to_number(text) == value else None
        case _:
            return None
