"""The server: typed tools, short errors. `build_server` makes it.

Arguments and results are typed; whatever is wrong with a call comes back as a sentence the client's
model can act on.
"""

from typing import Final, cast

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import ValidationError

from peirce.agent.interfaces.mcp.tools import Tools
from peirce.agent.interfaces.mcp.workbench import Workbench
from peirce.agent.interfaces.tools.request import faults
from peirce.tasks.errors import PeirceError

INSTRUCTIONS: Final = (
    "Peirce finds the rule behind a few examples and verifies it by running programs in a sandbox. "
    "Call induce_rule with examples; read `probability` and `settling` before you trust a rule. "
    "Give nothing secret to a program: its output comes back to you."
)
_READS: Final = ToolAnnotations(read_only_hint=True, open_world_hint=False)


class RuleServer(MCPServer[None]):
    """An MCP server whose errors are short, and which takes no argument it does not know."""

    async def call_tool(
        self,
        name: str,
        arguments: dict[str, object],
        context: "Context[None, object] | None" = None,
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; whatever is wrong with the call is said in one line."""
        tools = {tool.name: tool.input_schema for tool in await self.list_tools()}
        if name not in tools:
            raise ToolError(f"no tool is called {name[:40]!r}; there are {', '.join(tools)}")
        known = cast("dict[str, object]", tools[name]["properties"])
        if unknown := sorted(set(arguments) - set(known)):
            names = ", ".join(known)
            raise ToolError(f"{name}: no argument is called {unknown[0][:40]!r}; there are {names}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            match error.__cause__:
                case ValidationError() as invalid:
                    raise ToolError(f"{name}: {faults(invalid)}") from None
                case PeirceError() as foreseen:
                    raise ToolError(f"{name}: {foreseen}") from None
                case _:
                    raise


def build_server(bench: Workbench) -> MCPServer[None]:
    """A server whose calls work at `bench`, which must stay open as long as it serves."""
    server = RuleServer("peirce", title="Peirce", instructions=INSTRUCTIONS, log_level="WARNING")
    tools = Tools(bench)
    for tool in (
        tools.induce_rule,
        tools.apply_rule,
        tools.verify_program,
        tools.distinguish,
        tools.explain_trace,
    ):
        server.add_tool(tool, annotations=_READS)
    return server
