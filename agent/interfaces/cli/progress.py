"""One live line on stderr while a search runs; nothing where stderr is no terminal."""

import sys
import time
import warnings
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from peirce.agent.interfaces.terminal.texts import printable
from peirce.agent.proposers.symbolic.faults import Fault
from peirce.agent.trace import Event, Failed, Judged, Proposed, Sink


@contextmanager
def progress_line(console: Console, name: str, *, quiet: bool = False) -> Generator[Sink]:
    """A sink that keeps a line up to date: time, programs, and the best rule so far.

    `quiet` keeps the terminal free for questions to the person.
    """
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
        disable=quiet or not sys.stderr.isatty(),
    )
    with warnings.catch_warnings(), progress:
        # What failed is printed here already; appended, so that `python -W error` goes first.
        warnings.simplefilter("ignore", Fault, append=True)
        line = progress.add_task(name, total=None)
        started, judged, words, best = time.monotonic(), 0, {"": ""}, ""

        def tell(event: Event) -> None:
            nonlocal judged, best
            match event:
                case Proposed():
                    words[event.digest] = printable(event.words)
                case Judged():
                    judged += 1
                    best = words.get(event.digest, "") if event.fits and not best else best
                case Failed():
                    console.print(printable(f"{event.origin}: {event.message}"), markup=False)
                case _:
                    pass
            status = f"found: {best}" if best else "nothing fits yet"
            seconds = time.monotonic() - started
            text = f"{name}  {seconds:.1f} s  {judged} programs  {status}"
            progress.update(line, description=text[: max(20, console.width - 4)])

        yield tell
