"""A person settles between rules, in the terminal: `peirce solve --ask`.

Questions go to stderr, replies come from the terminal on stdin. Ctrl-C, Ctrl-D and Enter end it.
"""

import asyncio
import json
import os
import string
import sys
from dataclasses import dataclass
from typing import Final, cast

from rich.console import Console
from rich.text import Text

from peirce.agent.dialogue import Enough, Given, Invalid, Looked, Question, Reply, Unknown
from peirce.agent.interfaces.terminal import Row, example_table
from peirce.agent.interfaces.terminal.texts import printable
from peirce.tasks.errors import ConfigError, TaskError
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType, decode

LETTERS: Final = string.ascii_lowercase
"""Names of the options; there are never as many."""
HINT: Final = (
    "A letter, or the right output as JSON; ? if you do not know, x if that is no valid input, "
    "Enter to ask no more: "
)
MAX_LINE: Final = 1 << 16
_WORDS: Final = {"": Enough(), "?": Unknown(), "x": Invalid()}


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever sits at the terminal."""

    console: Console
    stop: asyncio.Event
    """Ends the wait for a reply when it is set."""

    @classmethod
    def at_terminal(cls, console: Console, stop: asyncio.Event) -> "Person":
        """The person at stdin.

        Raises:
            ConfigError: stdin is no terminal.
        """
        if not sys.stdin.isatty():
            raise ConfigError("--ask needs a terminal to ask in; leave it out in a pipe")
        return cls(console, stop)

    async def ask(self, task: Task, question: Question) -> Reply:
        """Draw the options and read which is right."""
        self.console.print(Text("Rules that explain every example disagree here.", style="bold"))
        for letter, option in zip(LETTERS, question.options, strict=False):
            row = Row(label=letter, input=question.input, predicted=option.output)
            types = {"input_type": task.input_type, "output_type": task.output_type}
            self.console.print(example_table([row], **types))
            first, *others = option.rules
            more = f"  (and {len(others)} more)" if others else ""
            self.console.print(Text(f"   {printable(first)}{more}", style="dim"))
        while True:
            self.console.print(HINT, end="", markup=False, soft_wrap=True)
            line = await self._line()
            try:
                return Enough() if line is None else read_reply(line, question, task.output_type)
            except TaskError as error:
                self.console.print(Text(str(error), style="red"))

    def tell(self, looked: Looked) -> None:
        """Say why nothing more is asked."""
        if looked.rules < 2:
            text = "No second rule explains every example: there is nothing to ask."
        else:
            text = f"{looked.rules} rules compared, no difference found in {looked.tried} inputs."
        self.console.print(Text(text, style="dim"))

    async def _line(self) -> str | None:
        """One line from the terminal; None at its end or when the search is to stop."""
        loop, readable = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(sys.stdin, readable.set)
        waits = [asyncio.create_task(event.wait()) for event in (readable, self.stop)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            loop.remove_reader(sys.stdin)
            for wait in waits:
                wait.cancel()
        if not readable.is_set():
            return None
        # A terminal hands out one line at a time; a buffered read could hide the next from select.
        return os.read(sys.stdin.fileno(), MAX_LINE).decode(errors="replace") or None


def read_reply(line: str, question: Question, kind: ValueType) -> Reply:
    """What a person has typed: a letter, a value, or one of the words for the rest.

    Raises:
        TaskError: it is none of them.
    """
    text = line.strip()
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    letters = LETTERS[: len(question.options)]
    if len(text) == 1 and text in letters:
        return Given(question.options[letters.index(text)].output)
    return Given(_value(text, kind))


def _value(text: str, kind: ValueType) -> Value:
    try:
        raw = cast("object", json.loads(text))
    except ValueError:
        raw = text
    if kind is ValueType.GRID and isinstance(raw, str | int):
        raw = [[int(cell) for cell in row if cell.isdecimal()] for row in text.split()]
    return decode(raw, kind, where=f"{text[:40]!r}")
