"""`peirce doctor`: what of the sandbox works on this machine, and how to mend the rest."""

from typing import Annotated

import typer
from rich.console import Console

from peirce.agent.interfaces.cli.doctor_view import as_json, as_tables
from peirce.verifiers.sandbox import diagnose


def command(
    as_json_: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Show each layer and each probe of the sandbox, and the fix for what is missing."""
    diagnosis = diagnose()
    if as_json_:
        typer.echo(as_json(diagnosis))
        return
    console = Console()
    for table in as_tables(diagnosis):
        console.print(table)
