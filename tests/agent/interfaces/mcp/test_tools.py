"""The tools of the server, called by the SDK's own client in memory."""

import asyncio
from collections.abc import Mapping

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`: pip install 'peirce[mcp]'")

from mcp import Client
from mcp.types import CallToolResult, TextContent
from pydantic import JsonValue
from tests.agent.interfaces.mcp.conftest import Shop

from peirce.agent.interfaces.mcp.explain import KEPT
from peirce.agent.interfaces.mcp.server import build_server
from peirce.agent.trace import Answered

EXAMPLES: list[JsonValue] = [
    {"input": [1, 2, 3], "output": [3, 2, 1]},
    {"input": [4, 5], "output": [5, 4]},
]
NOISE: list[JsonValue] = [
    {"input": [83, 12, 5, 70, 9, 31], "output": [44, 2, 97, 60, 18]},
    {"input": [7, 91, 38, 64, 52, 26], "output": [15, 88, 3, 71, 49]},
    {"input": [29, 6, 77, 40, 95, 13], "output": [62, 34, 81, 10, 57]},
]
"""No rule explains these, and looking for one takes many seconds."""
REVERSE: JsonValue = {"source": "def transform(x):\n    return x[::-1]\n"}
FALL: JsonValue = {"source": "def transform(x):\n    return sorted(x, reverse=True)\n"}


def call(shop: Shop, name: str, **arguments: JsonValue) -> CallToolResult:
    async def once() -> CallToolResult:
        async with Client(build_server(shop.bench)) as client:
            return await client.call_tool(name, arguments)

    return shop.run(once())


def content(result: CallToolResult) -> Mapping[str, JsonValue]:
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return result.structured_content


def complaint(result: CallToolResult) -> str:
    assert result.is_error
    (text,) = result.content
    assert isinstance(text, TextContent)
    return text.text


def test_every_tool_has_typed_arguments_and_a_typed_result(shop: Shop):
    async def listed() -> dict[str, tuple[bool, bool]]:
        async with Client(build_server(shop.bench)) as client:
            tools = (await client.list_tools()).tools
        return {
            tool.name: ("properties" in tool.input_schema, tool.output_schema is not None)
            for tool in tools
        }

    names = ("induce_rule", "apply_rule", "verify_program", "distinguish", "explain_trace")
    assert shop.run(listed()) == dict.fromkeys(names, (True, True))


def test_a_rule_is_induced_with_progress_and_what_would_settle_it_then_explained(shop: Shop):
    notes: list[tuple[float, float | None, str | None]] = []

    async def progress(progress: float, total: float | None, message: str | None) -> None:
        notes.append((progress, total, message))

    async def induced() -> tuple[CallToolResult, CallToolResult]:
        async with Client(build_server(shop.bench)) as client:
            arguments: dict[str, JsonValue] = {
                "examples": EXAMPLES, "tests": [[2, 1, 3]], "seconds": 5,
            }  # fmt: skip
            found = await client.call_tool("induce_rule", arguments, progress_callback=progress)
            trace = content(found)["trace"]
            return found, await client.call_tool("explain_trace", {"trace": trace, "limit": 1})

    first, second = shop.run(induced())
    found, explained = content(first), content(second)
    assert found["status"] == "verified"
    settling = found["settling"]
    assert isinstance(settling, dict)
    choices = settling["choices"]
    assert isinstance(choices, list)
    assert len(choices) > 1
    assert isinstance(settling["input"], list)
    assert [done for done, _, _ in notes] == sorted({done for done, _, _ in notes})
    assert notes[-1][1] == 5
    assert "found: " in (notes[-1][2] or "")
    assert str(explained["why"]) == found["why"]
    programs = explained["programs"]
    assert isinstance(programs, list)
    assert len(programs) == 1


def test_cancelling_a_call_stops_its_search(shop: Shop):
    async def cancelled() -> bool:
        begun = asyncio.Event()

        async def progress(progress: float, total: float | None, message: str | None) -> None:
            begun.set()

        async with Client(build_server(shop.bench)) as client:
            before = asyncio.all_tasks()
            arguments: dict[str, JsonValue] = {"examples": NOISE, "seconds": 100}
            calling = asyncio.create_task(
                client.call_tool("induce_rule", arguments, progress_callback=progress)
            )
            await begun.wait()
            assert shop.bench.places.locked()
            calling.cancel()
            await asyncio.wait([calling])
            async with asyncio.timeout(5), shop.bench.places:
                pass
            async with asyncio.timeout(5):
                while asyncio.all_tasks() > before:
                    await asyncio.sleep(0)
        events = shop.bench.memory.events(next(reversed(shop.bench.memory.searches)))
        return any(isinstance(event, Answered) for event in events)

    assert not shop.run(cancelled())


def test_a_program_is_run_on_inputs(shop: Shop):
    found = content(
        call(shop, "apply_rule", program=REVERSE, inputs=[[1, 2], [3]], output_type="list")
    )
    assert [ran["output"] for ran in found["outputs"]] == [[2, 1], [3]]  # type: ignore[index, union-attr, call-overload]


def test_what_a_program_does_wrong_is_told_and_harms_nobody(shop: Shop):
    source = "import os\ndef transform(x):\n    return os.listdir('/')\n"
    result = call(
        shop, "apply_rule", program={"source": source}, inputs=["a"], output_type="strings"
    )
    assert '"cause":"ok"' not in str(content(result)).replace(" ", "").replace("'", '"')


def test_a_program_is_judged_on_every_example(shop: Shop):
    wrong: list[JsonValue] = [*EXAMPLES, {"input": [2, 1], "output": [1, 2]}]
    found = content(call(shop, "verify_program", program=FALL, examples=wrong, tests=[[3]]))
    assert found["fits"] is False
    assert found["passed"] == [True, True, False]
    assert "example 3" in str(found["complaint"])
    assert found["predictions"] == [{"output": [3], "cause": "ok", "message": ""}]


def test_a_text_alone_is_a_python_program(shop: Shop):
    text = "def transform(items):\n    return items[::-1]\n"
    ran = content(call(shop, "apply_rule", program=text, inputs=[[1, 2]], output_type="list"))
    assert ran["outputs"] == [{"output": [2, 1], "cause": "ok", "message": ""}]


def test_the_smallest_input_on_which_programs_differ_is_found(shop: Shop):
    found = content(call(shop, "distinguish", programs=[REVERSE, FALL], examples=EXAMPLES))
    assert found["different"] is True
    assert found["input"] == [2, 1]
    assert found["outputs"] == [[1, 2], [2, 1]]


def test_programs_that_agree_are_said_to_agree_on_the_inputs_tried(shop: Shop):
    same: JsonValue = {"source": "def transform(x):\n    return list(reversed(x))\n"}
    found = content(
        call(shop, "distinguish", programs=[REVERSE, same], examples=EXAMPLES, limit=50)
    )
    assert found["different"] is False
    assert found["summary"] == f"no difference found in {found['tried']} inputs"


def test_a_program_that_fails_is_not_passed_off_as_one_that_agrees(shop: Shop):
    failing: JsonValue = "def transform(x):\n    return 1 // 0\n"
    found = content(
        call(shop, "distinguish", programs=[REVERSE, failing], examples=EXAMPLES, limit=10)
    )
    tried = found["tried"]
    assert found["answered"] == [tried, 0]
    assert found["summary"] == (
        f"no difference found in {tried} inputs; program 2 failed on {tried} of them"
    )


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("induce_rule", {}, "examples: Field required"),
        ("induce_rule", {"examples": []}, "examples: List should have at least 1 item"),
        ("induce_rule", {"examples": [{"input": None, "output": 1}]}, "examples.0.input: is no"),
        ("induce_rule", {"examples": EXAMPLES, "second": 9}, "no argument is called 'second'"),
        ("induce_rule", {"examples": EXAMPLES, "seconds": 1e9}, "less than or equal to 120"),
        (
            "induce_rule",
            {"examples": [{"input": 1, "output": 1}, {"input": "a", "output": 1}]},
            "holds a text, but train[0].input a number",
        ),
        ("induce_rule", {"examples": EXAMPLES * 200}, "at most 200 items"),
        ("verify_program", {"program": {"source": ""}, "examples": EXAMPLES}, "program.source"),
        ("distinguish", {"programs": [REVERSE], "examples": EXAMPLES}, "at least 2 items"),
        ("explain_trace", {"trace": "nowhere"}, "'nowhere' is not among the last"),
        ("guess", {}, "no tool is called 'guess'; there are induce_rule"),
    ],
)
def test_nonsense_gets_one_clear_line(
    shop: Shop, tool: str, arguments: dict[str, JsonValue], words: str
):
    said = complaint(call(shop, tool, **arguments))
    assert words in said
    assert "\n" not in said
    assert len(said) < 600


def test_only_the_latest_searches_are_remembered(shop: Shop):
    memory = shop.bench.memory
    names = [memory.begin() for _ in range(KEPT + 1)]
    assert list(memory.searches) == names[1:]
