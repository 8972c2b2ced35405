"""Programs are verified while the model is still writing others."""

import asyncio

from tests.agent.conftest import Bench
from tests.agent.models.conftest import Reply, piece, stream
from tests.agent.proposers.llm.conftest import Talk, program

from peirce.agent.proposers.llm.plan import Plan
from peirce.agent.trace import Event, Judged
from peirce.tasks.task import Task

TASK = Task.from_pairs([([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5])], [[9, 7, 8]])
PLAN = Plan(rules_per_view=0, direct_programs=2, direct_answers=0, refinements=0)


def test_the_first_finished_program_is_judged_while_the_second_is_being_written(bench: Bench):
    judged = asyncio.Event()
    verdicts: list[Judged] = []

    def tell(event: Event) -> None:
        if isinstance(event, Judged):
            verdicts.append(event)
            judged.set()

    def script(body: dict[str, object]) -> Reply:
        return stream(
            piece(0, program("sorted(value)")[:20]),
            piece(1, program("value[::-1]"), "stop"),
            judged.wait,
            piece(0, program("sorted(value)")[20:], "stop"),
            "[DONE]",
        )

    answer = Talk(TASK, script, PLAN, tell=tell).solve(bench)
    assert [event.fits for event in verdicts] == [True, False]
    assert answer.rule == "return value[::-1]"
