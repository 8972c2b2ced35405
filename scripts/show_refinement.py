"""Watch a wrong program go back to a model with what went wrong, and come back right.

    python scripts/show_refinement.py

Runs the real pipeline (client, prompts, sandbox, feedback, weighing) against a scripted model on a
loopback server, see `scripts/scripted_model.py`, and prints what was asked, what was written, how
it was judged and what was answered.
"""

import asyncio
import textwrap
from collections.abc import AsyncGenerator

from scripted_model import MODEL, TASK, serving

from peirce.agent.inquiry import Budget
from peirce.agent.models.client import ModelClient
from peirce.agent.models.request import Completion, Request
from peirce.agent.proposers.llm.plan import Narrow, Plan
from peirce.agent.proposers.llm.proposer import LlmProposer
from peirce.agent.solve import solve_async
from peirce.agent.trace import Event, Judged, Proposed
from peirce.verifiers.sandbox import Sandbox

PLAN = Plan(
    rules_per_view=1,
    rules_per_sample=3,
    kept_rules=1,
    programs_per_rule=1,
    direct_programs=0,
    direct_answers=0,
    refinements=1,
    narrow=Narrow.NONE,
)
SHOWN = {"propose": 6, "write": 8, "refine": 60}
"""Lines of a prompt that are printed, from its end."""


class Talking(ModelClient):
    """A client that prints what is said."""

    async def sample(self, request: Request) -> AsyncGenerator[Completion]:
        """Sample as ever."""
        lines = request.messages[-1].content.splitlines()
        shown = lines[-SHOWN[request.label] :]
        left = f" ({len(lines) - len(shown)} lines before)" if len(lines) > len(shown) else ""
        _print(f"prompt: {request.label}{left}", "\n".join(shown))
        async for completion in super().sample(request):
            _print("reply", completion.text)
            yield completion


def main() -> None:
    """Solve one task and print the conversation."""
    with serving() as base_url:
        asyncio.run(_solve(base_url))


async def _solve(base_url: str) -> None:
    client = Talking(model=MODEL, base_url=base_url)
    try:
        async with Sandbox.open() as sandbox:
            answer = await solve_async(
                TASK,
                sandbox=sandbox,
                budget=Budget(seconds=30),
                proposers=[LlmProposer(client, plan=PLAN)],
                tell=_tell,
            )
    finally:
        await client.close()
    value = answer.predictions[0][0].value if answer.predictions[0] else None
    said = (
        f"{answer.rule}\n\n{answer.program}\n{value}\n{answer.probability:.0%} sure: {answer.why}"
    )
    _print("answer", said)


def _tell(event: Event) -> None:
    match event:
        case Proposed():
            parent = f" from {event.parent[:8]}" if event.parent else ""
            _print(f"{event.kind} {event.digest[:8]}{parent}", f"{event.words}\n\n{event.source}")
        case Judged():
            passed = f"{sum(event.passed)} of {len(event.passed)} examples"
            _print(f"verdict {event.digest[:8]}", f"{passed}. {event.complaint}")
        case _:
            pass


def _print(title: str, text: str) -> None:
    print(f"--- {title}", *([textwrap.indent(text.strip(), "    ")] if text else []), "", sep="\n")


if __name__ == "__main__":
    main()
