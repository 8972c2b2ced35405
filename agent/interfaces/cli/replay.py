"""`peirce replay`: verify and weigh a recorded search again, without any proposer.

A file is a trace of ours, or a pack of calls that were made to a language model.
"""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from peirce.agent.interfaces.cli.progress import progress_line
from peirce.agent.interfaces.terminal.texts import printable
from peirce.agent.proposers.recorded.judged import JudgedPool, judge_pool
from peirce.agent.proposers.recorded.pack import is_pack, read_pack
from peirce.agent.replay import Replayed, recordings, replay
from peirce.agent.settings import Settings
from peirce.verifiers.sandbox import Level, Sandbox


def command(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A trace written by `solve`, or a pack of recorded model calls."
        ),
    ],
    isolation: Annotated[
        Level | None, typer.Option(help="Weakest sandbox level to accept.", show_default="medium")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per search on stdout.")
    ] = False,
) -> None:
    """Run every recorded program again and weigh anew; exits with 1 if anything comes out else."""
    settings = Settings.resolve(isolation=isolation)
    if is_pack(path):
        pools = asyncio.run(_judge_all(path, settings))
        for pool in pools:
            typer.echo(json.dumps(_pool_summary(pool)) if as_json else _pool_sentence(pool))
        if not all(pool.reproduced for pool in pools):
            raise typer.Exit(1)
        return
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


async def _judge_all(path: Path, settings: Settings) -> list[JudgedPool]:
    err = Console(stderr=True, highlight=False)
    pools: list[JudgedPool] = []
    async with Sandbox.open(floor=settings.isolation) as sandbox:
        err.print(sandbox.isolation.summary, markup=False, style="dim")
        for recorded in read_pack(path):
            with progress_line(err, recorded.loaded.task.name) as tell:
                pools.append(await judge_pool(recorded, sandbox, tell=tell))
    return pools


def _pool_summary(pool: JudgedPool) -> dict[str, object]:
    return {
        "task": pool.recorded.loaded.task.name,
        "reproduced": pool.reproduced,
        "programs": len(pool.candidates),
        "verified": pool.answer.verified,
        "solved": pool.solved if pool.recorded.loaded.answers else None,
        "cause": pool.cause,
        "rule": pool.answer.rule,
        "probability": pool.answer.probability,
    }


def _pool_sentence(pool: JudgedPool) -> str:
    count = len(pool.candidates)
    name, programs = pool.recorded.loaded.task.name, f"{count} program{'s' * (count != 1)}"
    known = bool(pool.recorded.loaded.answers)
    outcome = "" if not known else ", right" if pool.solved else f", wrong ({pool.cause})"
    same = "" if pool.reproduced else "; ANOTHER test verdict than recorded"
    fit = "fits" if pool.answer.verified else "does not fit"
    return f"{name}: {programs}, the best {fit}{outcome}{same}. {pool.answer.rule}"


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
    rule = printable(result.answer.rule)
    return f"{name}: {programs} programs verified again{changed}: {verdict}. {rule}"
