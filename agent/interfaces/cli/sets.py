"""`peirce sets`: the data sets that are known by name, and getting them ahead of a run."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from peirce.tasks.catalogue import NamedSets


def command(
    get: Annotated[list[str] | None, typer.Option(help="Download this set; repeat.")] = None,
    trust: Annotated[
        bool,
        typer.Option("--trust-on-first-use", help="Accept files whose hash nobody has verified."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per set on stdout.")
    ] = False,
) -> None:
    """List named data sets with their licences, and download them."""
    err = Console(stderr=True, highlight=False)
    sets = NamedSets(trust=trust, say=lambda text: err.print(text, markup=False, style="dim"))
    for name in get or []:
        taskset, _ = sets(name)
        err.print(f"{name}: {len(taskset)} tasks", markup=False)
    if as_json:
        for name, entry in sets.entries.items():
            state = {"here": sets.has(name), "pin": entry.pin, "kept": sets.kept(name)}
            row = {"name": name, **state, **entry.model_dump(mode="json")}
            typer.echo(json.dumps(row))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "", "licence", "here", "pinned by"):
        table.add_column(heading, overflow="fold")
    for name, entry in sets.entries.items():
        here = "yes" if sets.has(name) else "no"
        table.add_row(name, entry.title, entry.licence, here, _pinned(sets, name))
    Console(highlight=False).print(table)


def _pinned(sets: NamedSets, name: str) -> str:
    """What says that the right file of a set came."""
    if pin := sets.entries[name].pin:
        return pin
    kept = sets.kept(name)
    return f"first use, {kept[:12]}…" if kept else "nothing yet"
