"""`peirce solve`: the main job. Examples in, a verified rule and an answer out."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from peirce.agent.candidate import Answer, Stop
from peirce.agent.interfaces.cli.answer_view import show_answer, show_summary
from peirce.agent.interfaces.cli.budget import parse_budget
from peirce.agent.interfaces.cli.picking import Selecting, ask_person
from peirce.agent.interfaces.cli.progress import progress_line
from peirce.agent.interfaces.record import AnswerRecord, record
from peirce.agent.models.cache import CacheMode
from peirce.agent.proposers.choice import open_library, proposers
from peirce.agent.proposers.llm.analogies import learn
from peirce.agent.proposers.llm.conversation import Select
from peirce.agent.proposers.symbolic.warm import warm_up
from peirce.agent.settings import Settings
from peirce.agent.solve import interruptible, solve_async
from peirce.prototypes.library import Library
from peirce.tasks.errors import ConfigError, TaskError
from peirce.tasks.formats import Format, load_tasks
from peirce.tasks.samples import load_samples
from peirce.tasks.scorer import Score, Scorer
from peirce.tasks.task import Task
from peirce.verifiers.sandbox import Level, Sandbox

ATTEMPTS: Final = 2
"""Answers per test input handed to the scorer; it knows how many count."""


@dataclass(frozen=True, slots=True)
class Job:
    """A task, and who knows its test outputs."""

    task: Task
    scorer: Scorer


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="TASK...", help="Task files or folders: ARC JSON, JSONL or CSV."),
    ] = None,
    samples: Annotated[bool, typer.Option(help="Solve the bundled sample tasks.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Solve only the task of this name; repeat.")
    ] = None,
    task_format: Annotated[
        Format | None, typer.Option("--format", help="Format of the files; detected by default.")
    ] = None,
    budget: Annotated[
        str | None,
        typer.Option(
            help="Limits per task, as in 20s,500programs,10000tokens; any part may be left out."
        ),
    ] = None,
    steps: Annotated[
        int | None, typer.Option(help="Symbolic search steps per task: repeatable runs.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Sandbox processes.")] = None,
    isolation: Annotated[
        Level | None, typer.Option(help="Weakest sandbox level to accept.", show_default="medium")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of every random choice.")] = None,
    proposer: Annotated[
        str | None, typer.Option(help="Who guesses: symbolic, llm, or symbolic,llm.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Model on the server, for the proposer llm.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="OpenAI-compatible server.", show_default="localhost:8000")
    ] = None,
    cache: Annotated[
        CacheMode | None, typer.Option(help="Use of the cache of model answers.")
    ] = None,
    prompts: Annotated[
        Path | None, typer.Option(help="Folder with prompts that replace those that ship.")
    ] = None,
    select: Annotated[
        Selecting, typer.Option(help="Who narrows a model's hypotheses; ask: you do.")
    ] = Selecting.MODEL,
    library: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|off",
            help="Learned rules a model is shown, and where new ones are kept.",
            show_default="the user's data folder with llm, else off",
        ),
    ] = None,
    trace: Annotated[
        Path | None, typer.Option(help="Append every event of the search to this JSONL file.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per task on stdout.")
    ] = False,
    strict: Annotated[
        bool, typer.Option(help="Exit with 1 unless every task is solved (or verified).")
    ] = False,
) -> None:
    """Find the rule behind the examples of each task and predict its test outputs."""
    settings = Settings.resolve(
        **parse_budget(budget),
        steps=steps,
        workers=workers,
        isolation=isolation,
        seed=seed,
        proposer=proposer or ("llm" if model else None),
        model=model,
        base_url=base_url,
        cache=cache,
        prompts=prompts,
    )
    jobs = _load(paths or [], samples=samples, task_format=task_format, only=only or [])
    asked = ask_person if select is Selecting.ASK else None
    with open_library(library, settings) as learned:
        work = _solve_all(jobs, settings, trace, as_json=as_json, select=asked, library=learned)
        interrupted, records = asyncio.run(work)
    if interrupted:
        raise typer.Exit(130)
    if strict and not all(_good(found) for found in records):
        raise typer.Exit(1)


def _good(found: AnswerRecord) -> bool:
    return found.status == "verified" if found.solved is None else found.solved


async def _solve_all(
    jobs: Sequence[Job],
    settings: Settings,
    trace: Path | None,
    *,
    as_json: bool,
    select: Select | None,
    library: Library | None,
) -> tuple[bool, list[AnswerRecord]]:
    out, err = Console(highlight=False), Console(stderr=True, highlight=False)
    warm_up([job.task for job in jobs], lambda text: err.print(text, markup=False))
    stop, records = asyncio.Event(), list[AnswerRecord]()
    floor, workers = settings.isolation, settings.workers
    async with (
        Sandbox.open(floor=floor, workers=workers) as sandbox,
        proposers(settings, select=select, library=library) as guessing,
    ):
        with interruptible(stop):
            err.print(sandbox.isolation.summary, markup=False, style="dim")
            for job in jobs:
                task = job.task
                with progress_line(err, task.name, quiet=select is not None) as tell:
                    answer = await solve_async(
                        task,
                        sandbox=sandbox,
                        budget=settings.budget,
                        proposers=guessing,
                        trace=trace,
                        tell=tell,
                        stop=stop,
                        workers=workers,
                        seed=settings.seed,
                    )
                if library is not None:
                    learn(library, task, answer)
                score = _score(job.scorer, task, answer)
                found = record(task, answer, isolation=sandbox.isolation.summary, score=score)
                records.append(found)
                if as_json:
                    typer.echo(found.model_dump_json())
                else:
                    show_answer(out, task, answer, score)
                if answer.stop is Stop.INTERRUPTED:
                    break
    if not as_json and len(jobs) > 1:
        show_summary(out, records)
    return stop.is_set(), records


def _score(scorer: Scorer, task: Task, answer: Answer) -> Score | None:
    if not scorer.knows(task):
        return None
    ranked = [[guess.value for guess in column[:ATTEMPTS]] for column in answer.predictions]
    return scorer.score(task, ranked)


def _load(
    paths: Sequence[Path], *, samples: bool, task_format: Format | None, only: Sequence[str]
) -> list[Job]:
    if bool(paths) == samples:
        raise ConfigError("name task files or folders, or use --samples for the bundled tasks")
    sets = [load_samples()] if samples else [load_tasks(path, format=task_format) for path in paths]
    missing = set(only) - {task.name for taskset in sets for task in taskset.tasks}
    if missing:
        raise TaskError(
            f"no task is called {sorted(missing)[0]!r}; `peirce tasks FILE` lists the names"
        )
    return [
        Job(task, taskset.scorer)
        for taskset in sets
        for task in taskset.tasks
        if not only or task.name in only
    ]
