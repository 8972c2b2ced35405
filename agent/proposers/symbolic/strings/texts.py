"""`Problem`: a task from texts to text, laid out in columns."""

from dataclasses import dataclass

from peirce.agent.proposers.symbolic.strings.writing import NAMES, arguments_of
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType


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


def problem_of(task: Task) -> Problem | None:
    """The task in columns, or nothing if it is not from texts to text."""
    if task.input_type not in (ValueType.STRING, ValueType.STRINGS):
        return None
    if task.output_type is not ValueType.STRING:
        return None
    arguments = arguments_of(task)
    if not 0 <= arguments <= len(NAMES) or (
        arguments == 0 and task.input_type is ValueType.STRINGS
    ):
        return None
    outputs = tuple(value for value in task.outputs if isinstance(value, str))
    if arguments == 0:
        whole = tuple(value for value in task.inputs if isinstance(value, str))
        return Problem((whole,), outputs, 0)
    rows = [value for value in task.inputs if isinstance(value, tuple)]
    columns = tuple(tuple(str(row[index]) for row in rows) for index in range(arguments))
    return Problem(columns, outputs, arguments)
