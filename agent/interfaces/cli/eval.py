"""`peirce eval`: solve every task of data sets into the folder of a run.

Exit codes: 0 every task has its record; 1 not all are solved (with `--strict`); 2 bad arguments or
files, a run that was begun otherwise or is being written by another process; 3 no sandbox or model
to be had, or too many tasks in a row failed; 130 interrupted, the rest is owed to `--resume`.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from peirce.agent.interfaces.cli.budget import parse_budget
from peirce.agent.interfaces.cli.run_progress import run_progress
from peirce.agent.interfaces.cli.run_view import summary_view
from peirce.agent.models.cache import CacheMode
from peirce.agent.runs.batch import Finish, halting
from peirce.agent.runs.data import Selection, open_data
from peirce.agent.runs.evaluate import Evaluation, evaluate
from peirce.agent.runs.folder import last_results
from peirce.agent.runs.local import LocalExecutor
from peirce.agent.runs.plan import Plan
from peirce.agent.runs.summary import summarise
from peirce.agent.settings import Settings
from peirce.tasks.catalogue import NamedSets
from peirce.verifiers.sandbox import Level


def command(
    data: Annotated[
        list[str],
        typer.Argument(
            metavar="DATA...",
            help="Task files, folders, or named sets (`peirce sets` lists them); `samples` ships.",
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Folder of the run.")],
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run; failed tasks are tried again.")
    ] = False,
    workers: Annotated[
        int, typer.Option(help="Tasks searched at once, each in a process of its own.", min=1)
    ] = 1,
    limit: Annotated[
        int | None, typer.Option(help="At most the first so many tasks of each set.")
    ] = None,
    sample: Annotated[
        int | None, typer.Option(help="So many tasks of each set, drawn by --seed.")
    ] = None,
    ids: Annotated[
        list[str] | None, typer.Option(help="Only these tasks: names with commas, or repeat.")
    ] = None,
    budget: Annotated[
        str | None, typer.Option(help="Limits per task, as in 20s,500programs,10000tokens.")
    ] = None,
    steps: Annotated[
        int | None, typer.Option(help="Symbolic search steps per task: repeatable runs.")
    ] = None,
    proposer: Annotated[
        str | None, typer.Option(help="Who guesses: symbolic, llm, or symbolic,llm.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Model on the server.")] = None,
    base_url: Annotated[
        str | None, typer.Option(help="OpenAI-compatible server.", show_default="localhost:8000")
    ] = None,
    cache: Annotated[
        CacheMode | None, typer.Option(help="Use of the cache of model answers.")
    ] = None,
    price: Annotated[float, typer.Option(help="Money per million tokens written.", min=0.0)] = 0.0,
    without: Annotated[
        list[str] | None, typer.Option(help="Leave this symbolic method out; repeat.")
    ] = None,
    isolation: Annotated[
        Level | None, typer.Option(help="Weakest sandbox level to accept.", show_default="medium")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of every random choice.")] = None,
    traces: Annotated[bool, typer.Option(help="Keep a trace of every search.")] = True,
    offline: Annotated[bool, typer.Option("--offline", help="Never download a named set.")] = False,
    trust: Annotated[
        bool,
        typer.Option("--trust-on-first-use", help="Accept files whose hash nobody has verified."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as one JSON object on stdout.")
    ] = False,
    strict: Annotated[bool, typer.Option(help="Exit with 1 unless every task is solved.")] = False,
) -> None:
    """Solve every task of data sets: one record per task, resumable after any kill."""
    settings = Settings.resolve(
        **parse_budget(budget),
        steps=steps,
        isolation=isolation,
        seed=seed,
        proposer=proposer or ("llm" if model else None),
        model=model,
        base_url=base_url,
        cache=cache,
    )
    err = Console(stderr=True, highlight=False)
    names = tuple(name.strip() for part in ids or [] for name in part.split(",") if name.strip())
    selection = Selection(ids=names, sample=sample, limit=limit, seed=settings.seed)
    named = NamedSets(offline=offline, trust=trust, say=lambda text: _say(err, text))
    asked = Evaluation(
        path=out,
        sets=open_data(data, selection, named=named),
        plan=Plan(settings=settings, budget=settings.budget, without=tuple(without or ())),
        resume=resume,
        traced=traces,
        price=price,
    )
    with halting() as halt, run_progress(err, halt) as progress:
        finish = evaluate(
            asked,
            lambda plan, jobs: LocalExecutor(plan, min(workers, jobs)),
            halt=halt,
            watcher=progress,
            say=lambda text: _say(err, text),
        )
    _report(asked, as_json=as_json)
    if finish is not Finish.COMPLETE:
        _say(err, f"{finish.value}: the same command with --resume goes on")
        raise typer.Exit(130 if finish is Finish.INTERRUPTED else 3)
    if strict and not all(result.solved for result in last_results(out)):
        raise typer.Exit(1)


def _report(asked: Evaluation, *, as_json: bool) -> None:
    results = last_results(asked.path)
    chosen = sum(len(data.tasks) for data in asked.sets)
    summary = summarise(results, owed=chosen - len(results))
    if as_json:
        typer.echo(summary.model_dump_json())
        return
    console = Console(highlight=False)
    for part in summary_view(summary):
        console.print(part)


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, style="dim")
