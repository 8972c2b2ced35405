"""A person picks among a model's hypotheses, in the terminal."""

import asyncio
import sys
from collections.abc import Sequence
from enum import StrEnum

from rich.console import Console
from rich.text import Text

from peirce.agent.interfaces.terminal.texts import printable
from peirce.agent.proposal import Hypothesis
from peirce.tasks.errors import ConfigError


class Selecting(StrEnum):
    """Who narrows many hypotheses to few."""

    MODEL = "model"
    """The model summarises them."""
    ASK = "ask"
    """The person at the terminal picks."""


async def ask_person(rules: Sequence[Hypothesis]) -> Sequence[Hypothesis]:
    """Show numbered hypotheses on stderr and read which to keep from stdin.

    Raises:
        ConfigError: there is nobody to ask, because stdin is no terminal.
    """
    if not sys.stdin.isatty():
        raise ConfigError("--select ask needs a terminal to ask in; leave it out in a pipe")
    console = Console(stderr=True, highlight=False)
    for number, rule in enumerate(rules, start=1):
        console.print(Text.assemble((f"{number:>3}  ", "bold"), printable(rule.words)))
    while True:
        question = "Keep which? Numbers with spaces, or Enter for all: "
        line = await asyncio.to_thread(console.input, question)
        try:
            numbers = [int(word) for word in line.replace(",", " ").split()]
            return [rules[number - 1] for number in numbers if number > 0] or rules
        except (ValueError, IndexError):
            console.print(Text(f"numbers from 1 to {len(rules)}, please", style="red"))
