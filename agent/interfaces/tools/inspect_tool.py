"""Peirce as a tool of agents that Inspect evaluates: `use_tools(induce_rule())`."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# Inspect is optional, so its types are unknown where it is not installed.

from pydantic import ValidationError

from peirce.agent.interfaces.tools.induce import induce_alone
from peirce.agent.interfaces.tools.request import InduceRule, faults
from peirce.tasks.errors import TaskError

try:
    from inspect_ai.tool import Tool, ToolError, tool
except ImportError as error:
    raise ImportError("the tool needs inspect-ai: pip install 'peirce[inspect]'") from error


@tool
def induce_rule(seconds: float = 20.0) -> Tool:
    """Find the rule behind a few examples.

    Args:
        seconds: longest search of one call.
    """

    async def execute(examples: list[dict[str, object]], tests: list[object] | None = None) -> str:
        """Find the rule behind a few examples: in words, as a verified program, with predictions.

        The answer says how sure it is, and which further example would settle what is still open.

        Args:
            examples: objects with `input` and `output`; each a grid (list of rows of colours 0 to
                9), a list of integers, a text, a list of texts, a number or a boolean.
            tests: inputs whose outputs are wanted.

        Returns:
            The rules, predictions and their probability as JSON.
        """
        stated = {"examples": examples, "tests": tests, "seconds": seconds}
        try:
            return (await induce_alone(InduceRule.model_validate(stated))).model_dump_json()
        except ValidationError as invalid:
            raise ToolError(faults(invalid)) from invalid
        except TaskError as error:
            raise ToolError(str(error)) from error

    return execute
