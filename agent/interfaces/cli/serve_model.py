"""`peirce serve-model`: start a model server that suits this agent."""

import shlex
from typing import Annotated

import typer

from peirce.agent.models.serve import check_engine, serve, serve_command


def command(
    model: Annotated[str, typer.Argument(help="Name or folder of a Hugging Face model.")],
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8000,
    max_length: Annotated[
        int, typer.Option(help="Longest prompt and answer together, in tokens.")
    ] = 16_384,
    dry_run: Annotated[bool, typer.Option(help="Print the command instead of running it.")] = False,
    extra: Annotated[
        list[str] | None, typer.Argument(help="Further arguments for vLLM, after `--`.")
    ] = None,
) -> None:
    """Start vLLM with the settings that suit this traffic, on this machine's GPU."""
    line = serve_command(model, host=host, port=port, max_length=max_length, extra=extra or ())
    if dry_run:
        typer.echo(shlex.join(line))
        return
    check_engine()
    serve(line)
