"""What a model writes reaches the terminal as text, never as commands to it."""

import io

from rich.console import Console
from tests.agent.conftest import Bench, Scripted, proposal

from peirce.agent.interfaces.cli.answer_view import show_answer
from peirce.agent.proposal import Hypothesis
from peirce.agent.solve import solve_async
from peirce.tasks.task import Task


def test_escapes_and_markup_in_rules_and_programs_are_shown_not_obeyed(bench: Bench):
    hostile = proposal("x[::-1]  # \x1b]0;owned\x07 [/bold]")
    words = "turn \x1b[2J it [/red] round \x07"

    class Hostile(Scripted):
        async def propose(self, inquiry: object):
            yield type(hostile)(
                hypothesis=Hypothesis(words=words), program=hostile.program, origin="llm"
            )

    task = Task.from_pairs([([1, 2], [2, 1]), ([3, 4, 5], [5, 4, 3])], [[6, 7]])
    answer = bench.run(solve_async(task, sandbox=bench.sandbox, proposers=[Hostile([])]))
    console = Console(file=io.StringIO(), width=100, color_system=None)
    show_answer(console, task, answer, None)
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert answer.verified
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "[/red]" in shown
