"""The command `peirce`. Data goes to stdout, everything else to stderr.

Exit codes: 0 done; 1 done but not everything was solved (with `--strict`) or a replay came out
differently; 2 bad arguments, configuration, files or goals; 3 no sandbox, no model or no Prolog to
be had; 130 interrupted, with the best answer so far printed.
"""

import io
import sys
from importlib import import_module
from typing import Annotated, Final, NamedTuple, cast

import typer
from rich.console import Console
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from peirce.tasks.errors import ModelError, PeirceError, SandboxError


class Place(NamedTuple):
    """Where a command lives, and what it does."""

    module: str
    """Has a function `command`, or an `app` of several commands."""
    does: str
    """How its own help begins: known without importing it, which for some takes seconds."""


_CLI: Final = "peirce.agent.interfaces.cli"
COMMANDS: Final = {
    "solve": Place(
        f"{_CLI}.solve",
        "Find the rule behind the examples of each task and predict its test outputs.",
    ),
    "eval": Place(
        f"{_CLI}.eval",
        "Solve every task of data sets: one record per task, resumable after any kill.",
    ),
    "compare": Place(
        f"{_CLI}.compare", "Compare two runs task by task, with McNemar's exact test."
    ),
    "export": Place(
        f"{_CLI}.export", "Write a run for Kaggle, the ARC Prize harness, Inspect or a trainer."
    ),
    "sets": Place(f"{_CLI}.sets", "List named data sets with their licences, and download them."),
    "report": Place(
        f"{_CLI}.report",
        "Write one self-contained HTML file: figures, plots, every task with pictures and "
        "programs.",
    ),
    "view": Place(
        f"{_CLI}.view",
        "Serve the report of a run on localhost and keep it up to date; Ctrl-C ends it.",
    ),
    "show": Place(
        f"{_CLI}.show", "Look into a search or a run: tasks, proposals, verdicts and answers."
    ),
    "replay": Place(
        f"{_CLI}.replay",
        "Run every recorded program again and weigh anew; exits with 1 if anything comes out else.",
    ),
    "tasks": Place(
        f"{_CLI}.tasks",
        "List and validate tasks: the first fault is named by file, task and field.",
    ),
    "ask": Place(
        f"{_CLI}.ask",
        "Answer Prolog goals from files of your own, or from the background of a task.",
    ),
    "synthesize": Place(
        f"{_CLI}.synthesize",
        "Make new problems from the prototypes that ship, each checked by its interpreter.",
    ),
    "prototypes": Place(
        f"{_CLI}.prototypes",
        "Problems that an interpreter decides: list, translate from words, answer, judge.",
    ),
    "doctor": Place(
        f"{_CLI}.doctor",
        "Show each layer and each probe of the sandbox; exits with 3 if no level proves itself.",
    ),
    "serve": Place(
        f"{_CLI}.serve",
        "Serve induce_rule, apply_rule, verify_program, distinguish and explain_trace over MCP.",
    ),
    "serve-model": Place(
        f"{_CLI}.serve_model",
        "Start vLLM with the settings that suit this traffic, on this machine's GPU.",
    ),
    "circuits": Place(
        "peirce.agent.circuits.cli",
        "Find the neurons behind a model's arithmetic, record them, compare both.",
    ),
}
"""All commands, in the order in which help lists them."""


def load(name: str):
    """The command of this name, its module imported."""
    module = import_module(COMMANDS[name].module)
    if hasattr(module, "app"):
        return get_command(cast("typer.Typer", module.app))
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name)(module.command)
    return get_command(alone)


class _OnDemand(TyperGroup):
    """Imports the module of a command when the command is to run, and no other."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str):  # type: ignore[override]
        """The name and the help of a command, None where there is none."""
        place = COMMANDS.get(cmd_name)
        return place and TyperCommand(cmd_name, help=place.does)

    def resolve_command(self, ctx: typer.Context, args: list[str]):  # type: ignore[override]
        """The command that is to run, and its arguments."""
        if args and args[0] in COMMANDS:
            return args[0], load(args[0]), args[1:]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="peirce",
    cls=_OnDemand,
    help="Find the rule behind a few examples: in words, as a program, verified and weighed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


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
