"""The command `peirce`. Data goes to stdout, everything else to stderr.

Exit codes: 0 done; 1 done but not everything was solved (only with `--strict`) or a replay came out
differently; 2 bad arguments, configuration or task files; 3 no sandbox or no model to be had; 130
interrupted, with the best answer so far printed.
"""

import io
import sys
from typing import Annotated

import typer
from rich.console import Console

from peirce.agent.circuits import cli as circuits
from peirce.agent.interfaces.cli import (
    compare,
    doctor,
    eval,
    export,
    replay,
    report,
    serve,
    serve_model,
    sets,
    show,
    solve,
    synthesize,
    tasks,
    view,
)
from peirce.tasks.errors import ModelError, PeirceError, SandboxError

app = typer.Typer(
    name="peirce",
    help="Find the rule behind a few examples: in words, as a program, verified and weighed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("solve")(solve.command)
app.command("eval")(eval.command)
app.command("compare")(compare.command)
app.command("export")(export.command)
app.command("sets")(sets.command)
app.command("report")(report.command)
app.command("view")(view.command)
app.command("show")(show.command)
app.command("replay")(replay.command)
app.command("tasks")(tasks.command)
app.command("synthesize")(synthesize.command)
app.command("doctor")(doctor.command)
app.command("serve")(serve.command)
app.command("serve-model")(serve_model.command)
app.add_typer(circuits.app)


def _version(wanted: bool) -> None:
    if wanted:
        from peirce import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def shared_options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Neuro-symbolic hypothesis search."""


def main() -> None:
    """Run the command line; every foreseen error is one line on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except PeirceError as error:
        Console(stderr=True, highlight=False, markup=False).print(
            f"peirce: {error}", soft_wrap=True
        )
        sys.exit(3 if isinstance(error, SandboxError | ModelError) else 2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
