"""Peirce as a function tool of the OpenAI API: its schema, and what answers its calls."""

import json
from typing import Final

from openai import pydantic_function_tool
from openai.types.chat import ChatCompletionFunctionToolParam
from pydantic import ValidationError

from peirce.agent.interfaces.tools.induce import induce_alone
from peirce.agent.interfaces.tools.request import InduceRule, faults
from peirce.tasks.errors import TaskError

NAME: Final = "induce_rule"


def function_tool() -> ChatCompletionFunctionToolParam:
    """What goes into the list `tools` of a request."""
    return pydantic_function_tool(InduceRule, name=NAME)


async def answer_call(arguments: str) -> str:
    """Answer one call of a model.

    Args:
        arguments: the JSON text the model wrote.

    Returns:
        The content of the message of role `tool`: an `InducedRule` as JSON, or an `error` that the
        model can act on where its arguments are wrong.

    Raises:
        SandboxError: no sandbox can be had on this machine.
    """
    try:
        found = await induce_alone(InduceRule.model_validate_json(arguments))
    except ValidationError as invalid:
        return json.dumps({"error": faults(invalid)})
    except TaskError as error:
        return json.dumps({"error": str(error)})
    return found.model_dump_json()
