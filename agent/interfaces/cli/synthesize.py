"""`peirce synthesize`: new problems of a kind, one JSON object a line on stdout."""

import asyncio
import json
import sys
from enum import StrEnum
from functools import cache
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from peirce.agent.synthesis.synthesize import Tally, synthesize
from peirce.agent.synthesis.workshop import Planner, Workshop
from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.prototype import Kind
from peirce.tasks.errors import ConfigError
from peirce.verifiers.formulas.judge import FormulaJudge
from peirce.verifiers.pddl.downward import has_fast_downward, plan_with_fast_downward
from peirce.verifiers.pddl.search import plan_breadth_first
from peirce.verifiers.sandbox import Level, Sandbox


class PlannerName(StrEnum):
    """Who plans."""

    OWN = "own"
    FAST_DOWNWARD = "fast-downward"


def command(
    kind: Annotated[Kind, typer.Argument(help="Language of the problems.")],
    n: Annotated[int, typer.Option("--n", min=1, max=100_000, help="Items wanted.")] = 10,
    seed: Annotated[int, typer.Option(help="The same seed gives the same items.")] = 0,
    planner: Annotated[
        PlannerName, typer.Option(help="Who plans for `pddl`; Fast Downward needs an extra.")
    ] = PlannerName.OWN,
    isolation: Annotated[Level, typer.Option(help="Weakest sandbox to accept.")] = Level.MEDIUM,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the summary on stderr as one JSON object.")
    ] = False,
) -> None:
    """Make new problems from the prototypes that ship, each checked by its interpreter."""
    tally = Tally()
    console = Console(stderr=True, highlight=False)
    asyncio.run(_synthesize(kind, n, seed, _planner(planner), isolation, tally, console))
    summary: dict[str, object] = {
        "kind": kind,
        "items": tally.kept.total(),
        "attempts": tally.tried,
        "axes": dict(tally.kept),
        "refused": dict(tally.refused),
    }
    if as_json:
        typer.echo(json.dumps(summary), err=True)
    else:
        text = ", ".join(f"{name} {count}" for name, count in tally.refused.most_common())
        console.print(
            f"{tally.kept.total()} items of kind {kind} from {tally.tried} attempts "
            f"({tally.share:.0%} survived checking; refused: {text or 'none'})",
            soft_wrap=True,
        )


async def _synthesize(
    kind: Kind,
    count: int,
    seed: int,
    planner: Planner,
    isolation: Level,
    tally: Tally,
    console: Console,
) -> None:
    with (
        FormulaJudge() as judge,
        Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as progress,
    ):
        line = progress.add_task(str(kind), total=count)
        async with Sandbox.open(floor=isolation) as sandbox:
            workshop = Workshop(
                sandbox=sandbox, judge=judge, planner=planner, originals=load_catalogue(kind)
            )
            async for item in synthesize(kind, workshop, count=count, seed=seed, tally=tally):
                typer.echo(item.model_dump_json())
                progress.update(line, advance=1)


def _planner(name: PlannerName) -> Planner:
    if name is PlannerName.OWN:
        return cache(plan_breadth_first)
    if not has_fast_downward():
        raise ConfigError(
            "--planner fast-downward: it is not installed: pip install 'peirce[pddl]', "
            "or leave the option out"
        )
    return cache(plan_with_fast_downward)
