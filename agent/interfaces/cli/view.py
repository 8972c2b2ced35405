"""`peirce view`: the page of a run while the run goes on, for this machine alone."""

from pathlib import Path
from typing import Annotated

import typer

from peirce.agent.interfaces.report import serve_live


def command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0: any free one.", min=0)] = 0,
) -> None:
    """Serve the report of a run on localhost and keep it up to date; Ctrl-C ends it."""
    serve_live(run, port, lambda address: typer.echo(f"open {address}", err=True))
