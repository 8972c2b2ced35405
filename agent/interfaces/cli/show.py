"""`peirce show`: what a recorded search proposed, how each program fared, and what it answered."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from peirce.agent.interfaces.cli.answer_view import show_examples
from peirce.agent.interfaces.terminal.texts import printable, printable_lines
from peirce.agent.replay import Recording, recordings
from peirce.agent.trace import Judged, Proposed


def command(
    path: Annotated[Path, typer.Argument(metavar="TRACE", help="A trace written by `solve`.")],
    every: Annotated[
        bool, typer.Option("--all", help="List every proposal, not only the best 20.")
    ] = False,
    program: Annotated[
        str | None, typer.Option(help="Print the program whose digest starts with this.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the events as they stand in the file.")
    ] = False,
) -> None:
    """Look into a search: its task, proposals, verdicts and answer."""
    found = recordings(path)
    if as_json:
        for recording in found:
            events = (recording.started, *recording.proposals, *recording.verdicts.values())
            for event in (*events, *([recording.answer] if recording.answer else [])):
                typer.echo(event.model_dump_json())
        return
    console = Console(highlight=False)
    for recording in found:
        if program is not None:
            _show_program(console, recording, program)
        else:
            _show(console, recording, every=every)


def _show(console: Console, recording: Recording, *, every: bool) -> None:
    show_examples(console, recording.task)
    console.print(Text(printable(recording.started.isolation), style="dim"))
    rows = sorted(
        recording.proposals, key=lambda event: _rank(recording.verdicts.get(event.digest))
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "program", "bits", "found by", "rule", "complaint"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "bits" else "left")
    shown = rows if every else rows[:20]
    for event in shown:
        table.add_row(*_row(event, recording.verdicts.get(event.digest)))
    console.print(table)
    if len(shown) < len(rows):
        console.print(Text(f"{len(rows) - len(shown)} more: peirce show --all", style="dim"))
    _show_answer(console, recording)


def _rank(verdict: Judged | None) -> tuple[bool, float, float]:
    if verdict is None:
        return (True, 0.0, 0.0)
    return (not verdict.fits, -sum(verdict.closeness), verdict.bits)


def _row(event: Proposed, verdict: Judged | None) -> list[Text]:
    if verdict is None:
        mark, bits, complaint = Text("?"), "", "not verified"
    else:
        mark = Text("✓", style="green") if verdict.fits else Text("✗", style="red")
        bits, complaint = f"{verdict.bits:.0f}", verdict.complaint
    origin = f"{event.origin} from {event.parent[:8]}" if event.parent else event.origin
    return [
        mark,
        Text(event.digest[:8], style="dim"),
        Text(bits),
        Text(printable(origin), style="dim"),
        Text(printable(event.words)),
        Text(printable(complaint), style="red"),
    ]


def _show_answer(console: Console, recording: Recording) -> None:
    answer = recording.answer
    console.print(Rule(characters="─"))
    if answer is None:
        console.print(Text("the search was cut off before it answered", style="yellow"))
        return
    console.print(Text.assemble((f"{answer.probability:.0%} sure", "bold"), f": {answer.why}"))
    if answer.candidates:
        _show_program(console, recording, answer.candidates[0])
    console.print(Text(f"{answer.programs} programs in {answer.seconds:.1f} s", style="dim"))


def _show_program(console: Console, recording: Recording, prefix: str) -> None:
    for event in recording.proposals:
        if event.digest.startswith(prefix):
            console.print(Text(printable(event.words), style="bold"))
            console.print(
                Syntax(
                    printable_lines(event.source),
                    event.language,
                    background_color="default",
                    word_wrap=True,
                )
            )
            return
