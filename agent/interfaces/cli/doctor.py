"""`peirce doctor`: what of the sandbox works on this machine, and how to mend the rest."""

import shutil
from collections.abc import Iterator
from typing import Annotated

import typer
from pydantic import TypeAdapter
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from peirce.verifiers.sandbox import Diagnosis, LevelCheck, diagnose


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Show each layer and each probe of the sandbox; exits with 3 if no level proves itself."""
    diagnosis = diagnose()
    if as_json:
        typer.echo(TypeAdapter(Diagnosis).dump_json(diagnosis, indent=2).decode())
    else:
        console = Console(highlight=False)
        for part in _parts(diagnosis):
            console.print(part)
    if diagnosis.best is None:
        raise typer.Exit(3)


def _parts(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    yield Text(diagnosis.system, style="bold")
    yield _layers(diagnosis)
    for level in diagnosis.levels:
        yield _level(level)
    for warning in diagnosis.warnings:
        yield Text(f"note: {warning}", style="yellow")
    swipl = shutil.which("swipl")
    if swipl is None:
        fix = "rules in Prolog cannot run; sudo apt-get install swi-prolog-nox"
        yield Text(f"note: SWI-Prolog is missing: {fix}", style="yellow")
    best = diagnosis.best
    if best is None:
        yield Text("no level proves itself here: `peirce solve` refuses to run", style="bold red")
    else:
        yield Text(f"programs will run at level {best}", style="bold green")


def _layers(diagnosis: Diagnosis) -> Table:
    table = Table(title="layers", title_justify="left", box=None, pad_edge=False)
    for heading in ("", "layer", "here", "fix"):
        table.add_column(heading, overflow="fold")
    for layer in diagnosis.layers:
        table.add_row(_mark(layer.present), layer.name, layer.detail, layer.fix)
    return table


def _level(level: LevelCheck) -> Table:
    held = sum(probe.withstood for probe in level.probes)
    state = f"{held} of {len(level.probes)} attacks withstood" if level.probes else level.reason
    table = Table(
        title=f"level {level.level}: {state}", title_justify="left", box=None, pad_edge=False
    )
    for heading in ("", "probe", "what happened"):
        table.add_column(heading, overflow="fold")
    for probe in level.probes:
        table.add_row(_mark(probe.withstood), probe.name, probe.detail)
    if level.fix:
        table.add_row(_mark(False), "fix", level.fix)
    return table


def _mark(good: bool) -> Text:
    return Text("yes", style="green") if good else Text("no", style="red")
