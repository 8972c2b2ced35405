"""`peirce replay`: verify and weigh a recorded search again, without any proposer."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from peirce.agent.interfaces.cli.progress import progress_line
from peirce.agent.replay import Replayed, recordings, replay
from peirce.agent.settings import Settings
from peirce.verifiers.sandbox import Level, Sandbox


def command(
    path: Annotated[Path, typer.Argument(metavar="TRACE", help="A trace written by `solve`.")],
    isolation: Annotated[
        Level | None, typer.Option(help="Weakest sandbox level to accept.", show_default="medium")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per search on stdout.")
    ] = False,
) -> None:
    """Run every recorded program again and weigh anew; exits with 1 if an answer changes."""
    settings = Settings.resolve(isolation=isolation)
    results = asyncio.run(_replay_all(path, settings))
    for result in results:
        typer.echo(json.dumps(_summary(result)) if as_json else _sentence(result))
    if not all(result.agrees for result in results):
        raise typer.Exit(1)


async def _replay_all(path: Path, settings: Settings) -> list[Replayed]:
    err = Console(stderr=True, highlight=False)
    results: list[Replayed] = []
    async with Sandbox.open(floor=settings.isolation) as sandbox:
        err.print(sandbox.isolation.summary, markup=False, style="dim")
        for recording in recordings(path):
            with progress_line(err, recording.task.name) as tell:
                results.append(await replay(recording, sandbox, tell=tell))
    return results


def _summary(result: Replayed) -> dict[str, object]:
    return {
        "task": result.recording.task.name,
        "agrees": result.agrees,
        "programs": result.answer.spent.programs,
        "changed_verdicts": list(result.changed),
        "rule": result.answer.rule,
        "probability": result.answer.probability,
    }


def _sentence(result: Replayed) -> str:
    name, programs = result.recording.task.name, result.answer.spent.programs
    if result.recording.answer is None:
        verdict = "the recording was cut off before its answer; this is what it comes to"
    elif result.agrees:
        verdict = "same answer"
    else:
        verdict = "ANOTHER answer than recorded"
    changed = f", {len(result.changed)} verdicts changed" if result.changed else ""
    return f"{name}: {programs} programs verified again{changed}: {verdict}. {result.answer.rule}"
