"""A small agent that uses Peirce as its tool: ask the model, answer its calls, until it concludes.

    python scripts/agent_loop.py                                    # a scripted model on loopback
    python scripts/agent_loop.py --model NAME --base-url URL        # a real one

The scripted model speaks the OpenAI protocol over HTTP like a real one. It calls the tool with the
examples of its task, and concludes from what comes back.
"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from typing import Final, cast

from loopback import Body, Message, serving
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionMessage, ChatCompletionMessageParam

from peirce.agent.interfaces.tools.openai_function import NAME, answer_call, function_tool

QUESTION: Final = (
    "Somebody turns [3, 1, 2] into [1, 2, 3] and [5, 4, 4] into [4, 4, 5]. "
    "What do they make of [9, 7, 8], and how sure are you?"
)
CALL: Final = {
    "examples": [
        {"input": [3, 1, 2], "output": [1, 2, 3]},
        {"input": [5, 4, 4], "output": [4, 4, 5]},
    ],
    "tests": [[9, 7, 8]],
    "seconds": 3,
}
MAX_TURNS: Final = 8


async def run_agent(client: AsyncOpenAI, model: str, question: str) -> str:
    """The loop: one turn of the model, then an answer to each of its calls, until it calls none.

    Raises:
        RuntimeError: the model has not concluded within `MAX_TURNS` turns.
    """
    messages: list[ChatCompletionMessageParam] = [{"role": "user", "content": question}]
    for _ in range(MAX_TURNS):
        reply = await client.chat.completions.create(
            model=model, messages=messages, tools=[function_tool()]
        )
        message = reply.choices[0].message
        if not message.tool_calls:
            return message.content or ""
        messages.append(cast("ChatCompletionMessageParam", message.to_dict()))
        messages.extend(await _answers(message))
    raise RuntimeError(f"{model} has not concluded within {MAX_TURNS} turns; ask for less at once")


async def _answers(message: ChatCompletionMessage) -> list[ChatCompletionMessageParam]:
    answers: list[ChatCompletionMessageParam] = []
    for call in message.tool_calls or ():
        if call.type != "function" or call.function.name != NAME:
            content = json.dumps({"error": f"the only tool is {NAME}"})
        else:
            print(f"the model calls {NAME}({call.function.arguments})")
            content = await answer_call(call.function.arguments)
        answers.append({"role": "tool", "tool_call_id": call.id, "content": content})
    return answers


def scripted(asked: Body) -> Message:
    """A model that calls the tool first, then says in words what came back."""
    last = asked["messages"][-1]
    if last["role"] != "tool":
        function = {"name": NAME, "arguments": json.dumps(CALL)}
        calls = [{"id": "call-1", "type": "function", "function": function}]
        return {"role": "assistant", "content": None, "tool_calls": calls}
    found = json.loads(last["content"])
    guess = found["predictions"][0][0]
    text = f"{found['rules'][0]['rule']} So {guess['value']}, {guess['probability']:.0%} sure."
    return {"role": "assistant", "content": f"{text} Also: {found['settling']['summary']}."}


async def _converse(model: str, base_url: str, question: str) -> str:
    async with AsyncOpenAI(base_url=base_url, api_key="none") as client:
        return await run_agent(client, model, question)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the loop once and print the conclusion."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("question", nargs="?", default=QUESTION)
    parser.add_argument("--model", default="")
    parser.add_argument("--base-url", default="http://localhost:8000/v1")
    options = parser.parse_args(arguments)
    if options.model:
        print(asyncio.run(_converse(options.model, options.base_url, options.question)))
        return
    with serving("scripted", scripted) as base_url:
        print(asyncio.run(_converse("scripted", base_url, options.question)))


if __name__ == "__main__":
    main()
