"""`peirce compare`: do two runs over the same tasks really differ?"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from peirce.agent.interfaces.cli.run_view import comparison_view
from peirce.agent.runs.comparison import compare
from peirce.agent.runs.folder import last_results


def command(
    first: Annotated[Path, typer.Argument(metavar="RUN_A", help="Folder of a run.")],
    second: Annotated[Path, typer.Argument(metavar="RUN_B", help="Folder of another.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Compare two runs task by task, with McNemar's exact test."""
    comparison = compare(last_results(first), last_results(second))
    if as_json:
        typer.echo(comparison.model_dump_json())
        return
    console = Console(highlight=False)
    for part in comparison_view(comparison, (str(first), str(second))):
        console.print(part)
