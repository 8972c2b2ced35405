"""The function tool of the OpenAI API, in the loop of a small agent whose model is scripted."""

import asyncio
import json
from typing import cast

import pytest
from pydantic import JsonValue, ValidationError
from scripts.agent_loop import main

from peirce.agent.interfaces.tools.openai_function import NAME, answer_call, function_tool
from peirce.agent.interfaces.tools.request import InduceRule, Pair

NARROW: list[JsonValue] = [
    True, 3, 2.5, "text", [], ["a", "b"], [1, [2, [3]]], [[1, 2], [3, 4]],
]  # fmt: skip


def open_objects(schema: object) -> list[object]:
    """The object schemas that a strict provider would refuse."""
    if isinstance(schema, list):
        return [found for part in cast("list[object]", schema) for found in open_objects(part)]
    if not isinstance(schema, dict):
        return []
    parts = cast("dict[str, object]", schema)
    own = parts.get("type") == "object" and (
        parts.get("additionalProperties") is not False
        or parts.get("required") != list(cast("dict[str, object]", parts["properties"]))
    )
    return [*([parts] if own else []), *open_objects(list(parts.values()))]


def test_the_schema_is_strict_and_says_what_each_argument_is():
    tool = function_tool()
    assert tool["function"]["name"] == NAME
    assert tool["function"].get("strict") is True
    parameters = tool["function"].get("parameters") or {}
    assert open_objects(parameters) == []
    properties = cast("dict[str, dict[str, object]]", parameters["properties"])
    assert all(argument.get("description") for argument in properties.values())


@pytest.mark.parametrize("value", NARROW)
def test_every_value_of_a_task_passes_unchanged(value: JsonValue):
    pair = Pair.model_validate({"input": value, "output": value})
    assert json.dumps(pair.input) == json.dumps(value)


@pytest.mark.parametrize("value", [None, {"a": 1}, [1, "a"], [None], [1.5], [[True]]])
def test_anything_else_is_refused(value: JsonValue):
    with pytest.raises(ValidationError):
        Pair.model_validate({"input": value, "output": 1})


def test_a_call_that_is_wrong_is_answered_with_what_is_wrong():
    mixed = {"examples": [{"input": 1, "output": 1}, {"input": "a", "output": 1}]}
    for arguments, words in (("{", "arguments: Invalid JSON"), ("{}", "examples: Field required"),
                             (json.dumps(mixed), "holds a text")):  # fmt: skip
        reply = json.loads(asyncio.run(answer_call(arguments)))
        assert words in reply["error"]


def test_the_types_of_a_call_become_those_of_the_task():
    request = InduceRule.model_validate(
        {"examples": [{"input": [[1]], "output": [1]}], "input_type": "list"}
    )
    assert (request.task.input_type, request.task.output_type) == ("list", "list")


def test_an_agent_concludes_from_what_the_tool_has_found(capsys: pytest.CaptureFixture[str]):
    main([])
    said = capsys.readouterr().out
    assert f"the model calls {NAME}(" in said
    assert "So [7, 8, 9], " in said
    assert "sure. Also: " in said
