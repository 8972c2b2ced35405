"""Peirce as a LangChain tool, for callers with and without an event loop."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# LangChain is optional, so its types are unknown where it is not installed.

import asyncio
from typing import Final

from pydantic import ValidationError

from peirce.agent.interfaces.tools.induce import induce_alone
from peirce.agent.interfaces.tools.request import InduceRule, Pair, Plain, faults
from peirce.tasks.errors import TaskError
from peirce.tasks.values import ValueType

try:
    from langchain_core.tools import StructuredTool, ToolException
except ImportError as error:
    raise ImportError("the tool needs langchain-core: pip install 'peirce[langchain]'") from error

NAME: Final = "induce_rule"
Argument = list[Pair] | list[Plain] | ValueType | str | float | None


def langchain_tool() -> StructuredTool:
    """The tool `induce_rule`; what is wrong with a call goes back to the model as a sentence."""
    return StructuredTool.from_function(
        func=_call,
        coroutine=_call_async,
        name=NAME,
        description=InduceRule.__doc__,
        args_schema=InduceRule,
        handle_tool_error=True,
        handle_validation_error=_explain,
    )


def _call(**arguments: Argument) -> str:
    return asyncio.run(_call_async(**arguments))


async def _call_async(**arguments: Argument) -> str:
    try:
        return (await induce_alone(InduceRule.model_validate(arguments))).model_dump_json()
    except TaskError as error:
        raise ToolException(str(error)) from error


def _explain(invalid: Exception) -> str:
    return faults(invalid) if isinstance(invalid, ValidationError) else str(invalid)
