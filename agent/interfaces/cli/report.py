"""`peirce report`: a run as one page that opens anywhere, offline."""

from pathlib import Path
from typing import Annotated

import typer

from peirce.agent.interfaces.report import write_report


def command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", show_default="RUN/report.html"),
    ] = None,
) -> None:
    """Write one self-contained HTML file: figures, plots, every task with pictures and programs."""
    path = out or run / "report.html"
    count = write_report(run, path)
    typer.echo(f"{count} tasks", err=True)
    typer.echo(str(path))
