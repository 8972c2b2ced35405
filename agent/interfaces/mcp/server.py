"""The tools that the server offers; `build_server` makes it.

Arguments and results are typed; whatever is wrong with a call comes back as a sentence the client's
model can act on. Programs of clients run in the sandbox like any other. A call that is cancelled
stops its search.
"""

from functools import partial
from typing import Annotated, Any, Final

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import Field, ValidationError

from peirce.agent.interfaces.mcp.explain import explain
from peirce.agent.interfaces.mcp.records import (
    MAX_TRIED,
    Applied,
    Distinguished,
    Explained,
    Programs,
    ProgramText,
    Ran,
    Traced,
    Verified,
)
from peirce.agent.interfaces.mcp.workbench import Headway, Workbench, reporting
from peirce.agent.interfaces.tools import request as asked
from peirce.agent.interfaces.tools.induce import induce
from peirce.agent.trace import Event
from peirce.tasks.errors import PeirceError
from peirce.tasks.kinds import Kind, decode_side, settle_type
from peirce.tasks.values import ValueType, encode
from peirce.verifiers.distinguish import LIMIT
from peirce.verifiers.distinguish import distinguish as look_for_difference
from peirce.verifiers.evidence import gather
from peirce.verifiers.verify import verify

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
        arguments: dict[str, Any],
        context: "Context[None, Any] | None" = None,
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; whatever is wrong with the call is said in one line."""
        tools = {tool.name: tool.input_schema for tool in await self.list_tools()}
        if name not in tools:
            raise ToolError(f"no tool is called {name[:40]!r}; there are {', '.join(tools)}")
        known = tools[name]["properties"]
        if unknown := sorted(set(arguments) - set(known)):
            names = ", ".join(known)
            raise ToolError(f"{name}: no argument is called {unknown[0][:40]!r}; there are {names}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            match error.__cause__:
                case ValidationError() as invalid:
                    raise ToolError(f"{name}: {asked.faults(invalid)}") from None
                case PeirceError() as foreseen:
                    raise ToolError(f"{name}: {foreseen}") from None
                case _:
                    raise


def build_server(bench: Workbench) -> MCPServer[None]:
    """A server whose calls work at `bench`, which must stay open as long as it serves."""
    server = RuleServer("peirce", title="Peirce", instructions=INSTRUCTIONS, log_level="WARNING")
    _add_induction(server, bench)
    _add_verification(server, bench)
    _add_explanation(server, bench)
    return server


def _add_induction(server: MCPServer[None], bench: Workbench) -> None:
    @server.tool(annotations=_READS)
    async def induce_rule(
        ctx: Context[None, Any],
        examples: asked.Examples,
        tests: asked.Inputs = None,
        input_type: asked.InputType = None,
        output_type: asked.OutputType = None,
        background: asked.Background = None,
        seconds: asked.Seconds = None,
    ) -> Traced:
        """Find the rule behind a few examples: in words, as a verified program, with predictions.

        Says how sure it is, and which further example would settle what is still open.
        """
        request = asked.InduceRule(
            examples=examples,
            tests=tests,
            input_type=input_type,
            output_type=output_type,
            background=background,
            seconds=seconds,
        )
        headway, trace = Headway(), bench.memory.begin()

        def tell(event: Event) -> None:
            headway(event)
            bench.memory.note(trace, event)

        limit = request.seconds or asked.DEFAULT_SECONDS
        seed = bench.settings.seed
        async with bench.places:
            work = induce(
                request, sandbox=bench.sandbox, proposers=bench.guessing, tell=tell, seed=seed
            )
            found = await reporting(work, partial(_report, ctx, limit), headway)
        return Traced(**found.model_dump(), trace=trace)


def _add_verification(server: MCPServer[None], bench: Workbench) -> None:
    isolation = bench.sandbox.isolation.summary

    @server.tool(annotations=_READS)
    async def apply_rule(
        program: ProgramText,
        inputs: Annotated[
            list[asked.Plain],
            Field(min_length=1, max_length=asked.MAX_EXAMPLES, description="Inputs to run it on."),
        ],
        output_type: Annotated[ValueType, Field(description="Type of the outputs.")],
        input_type: asked.InputType = None,
        background: asked.Background = None,
    ) -> Applied:
        """Run a program on inputs, in the sandbox."""
        named = {f"inputs[{index}]": raw for index, raw in enumerate(inputs)}
        kind = input_type or settle_type(Kind.OTHER, named, where="inputs")
        values = decode_side(named, kind, where="inputs")
        execution = await bench.sandbox.run(program.program(background), values, output_type)
        return Applied(
            outputs=tuple(map(Ran.of, execution.outcomes)),
            cpu_seconds=execution.cpu_seconds,
            isolation=isolation,
        )

    @server.tool(annotations=_READS)
    async def verify_program(
        program: ProgramText,
        examples: asked.Examples,
        tests: asked.Inputs = None,
        input_type: asked.InputType = None,
        output_type: asked.OutputType = None,
        background: asked.Background = None,
    ) -> Verified:
        """Judge a program on every example and collect what it predicts for the tests."""
        task = asked.task_of(examples, tests, input_type, output_type, background)
        judged = program.program()
        verdict = await verify(judged, task, bench.sandbox)
        return Verified(
            fits=verdict.fits,
            passed=verdict.passed,
            closeness=verdict.closeness,
            examples=tuple(map(Ran.of, verdict.train)),
            predictions=tuple(map(Ran.of, verdict.test)),
            stable=verdict.stable,
            bits=gather(judged, verdict, task).bits,
            complaint=verdict.complaint,
            isolation=isolation,
        )

    @server.tool(annotations=_READS)
    async def distinguish(
        programs: Programs,
        examples: asked.Examples,
        tests: asked.Inputs = None,
        input_type: asked.InputType = None,
        output_type: asked.OutputType = None,
        background: asked.Background = None,
        limit: Annotated[int, Field(ge=1, le=MAX_TRIED, description="Most inputs to try.")] = LIMIT,
    ) -> Distinguished:
        """Find the smallest input, like those of the examples, on which programs disagree."""
        task = asked.task_of(examples, tests, input_type, output_type, background)
        compared = [program.program() for program in programs]
        async with bench.places:
            found = await look_for_difference(
                compared, task, bench.sandbox, limit=limit, seed=bench.settings.seed
            )
        if found.difference is None:
            summary = f"no difference found in {found.tried} inputs"
            return Distinguished(summary=summary, different=False, tried=found.tried)
        return Distinguished(
            summary=f"the programs differ; the smallest such input of {found.tried} is `input`",
            different=True,
            input=encode(found.difference.input),
            outputs=tuple(
                None if output is None else encode(output) for output in found.difference.outputs
            ),
            tried=found.tried,
        )


def _add_explanation(server: MCPServer[None], bench: Workbench) -> None:
    @server.tool(annotations=_READS)
    async def explain_trace(
        trace: Annotated[str, Field(max_length=100, description="As `induce_rule` returned it.")],
        program: Annotated[
            str | None, Field(max_length=64, description="First digits of one program's digest.")
        ] = None,
        limit: Annotated[int, Field(ge=1, le=100, description="Most programs to show.")] = 10,
    ) -> Explained:
        """Look into a search: what was tried, what held, and why the answer is what it is."""
        return explain(bench.memory.events(trace), program=program, limit=limit)


async def _report(ctx: Context[None, Any], limit: float, seconds: float, text: str) -> None:
    await ctx.report_progress(seconds, limit, text)
