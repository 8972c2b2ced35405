"""Direct answers: outputs a model gives without a program, as weak voters of their own.

For weak models and two-dimensional grids a direct answer is often right where no program is (Qiu et
al. 2023, table 2: MiniARC). It becomes a program that looks its answers up, so that it is verified,
weighed and traced like any other; its literals mark it as a copy, which weighing discounts.
"""

import json
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, JsonValue

from peirce.tasks.errors import TaskError
from peirce.tasks.task import Task
from peirce.tasks.values import Value, decode, encode
from peirce.verifiers.program import Program


class AnswerReply(BaseModel):
    """What a request for a direct answer is answered with."""

    model_config = ConfigDict(extra="ignore")

    output: JsonValue


def answer_in(text: str, task: Task) -> Value | None:
    """The output a reply holds, if it is a value of the task's output type."""
    for start in (position for position, char in enumerate(text) if char == "{"):
        try:
            raw, _ = json.JSONDecoder(strict=False).raw_decode(text, start)
            return decode(raw["output"], task.output_type)
        except (ValueError, KeyError, TypeError, TaskError, RecursionError):
            continue
    return None


def as_program(task: Task, answers: Mapping[int, Value]) -> Program:
    """A program that looks up the train outputs and the given answers by test index."""
    table = [(encode(pair.input), encode(pair.output)) for pair in task.train]
    table += [(encode(task.test[index]), encode(value)) for index, value in answers.items()]
    lines = "".join(f"    ({left!r}, {right!r}),\n" for left, right in table)
    source = (
        f"ANSWERS = [\n{lines}]\n\n\ndef transform(value):\n"
        "    return next(output for known, output in ANSWERS if known == value)\n"
    )
    return Program(source=source)
