"""The LangChain tool, called the way LangChain's agents call it."""

# pyright: reportMissingImports=false

import asyncio
import json

import pytest

pytest.importorskip("langchain_core", reason="needs `pip install 'peirce[langchain]'`")

from peirce.agent.interfaces.tools.langchain import langchain_tool

SORTING = {
    "examples": [
        {"input": [3, 1, 2], "output": [1, 2, 3]},
        {"input": [5, 4, 4], "output": [4, 4, 5]},
    ],
    "tests": [[9, 7, 8]],
    "seconds": 20,
}


def call(arguments: object) -> object:
    return {"name": "induce_rule", "args": arguments, "id": "call-1", "type": "tool_call"}


def test_the_tool_finds_a_rule_with_and_without_an_event_loop():
    tool = langchain_tool()
    waited = tool.invoke(call(SORTING))
    awaited = asyncio.run(tool.ainvoke(call(SORTING)))
    for message in (waited, awaited):
        assert json.loads(message.content)["predictions"][0][0]["value"] == [7, 8, 9]
    assert set(tool.args) == {
        "examples", "tests", "input_type", "output_type", "background", "seconds",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"examples": []}, "at least 1 item"),
        ({"examples": [{"input": None, "output": 1}]}, "examples.0.input: is no value of a task"),
        (
            {"examples": [{"input": 1, "output": 1}, {"input": "a", "output": 1}]},
            "holds a text",
        ),
    ],
)
def test_a_wrong_call_comes_back_as_a_sentence(arguments: object, words: str):
    message = langchain_tool().invoke(call(arguments))
    assert message.status == "error"
    assert words in message.content
