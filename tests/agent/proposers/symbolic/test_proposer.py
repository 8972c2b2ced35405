"""What symbolic search as a whole lets its methods see."""

import asyncio

import pytest

from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.proposer import MOST_UNSEEN, SymbolicProposer
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType

NUMBERS = Task.from_pairs([(1, 2), (2, 3)], list(range(MOST_UNSEEN + 1)))
ATOMS = Task.from_pairs(
    [("p(a)", True)],
    [f"p(c{place})" for place in range(MOST_UNSEEN + 1)],
    input_type=ValueType.ATOM,
)


@pytest.mark.parametrize(
    ("task", "shown"), [(NUMBERS, NUMBERS.test[:MOST_UNSEEN]), (ATOMS, ATOMS.test)]
)
def test_methods_see_the_first_of_many_test_inputs_but_all_atoms(
    task: Task, shown: tuple[Value, ...]
):
    seen: list[Task] = []

    def watching(task: Task, clock: Clock) -> Found:
        seen.append(task)
        yield None

    async def search() -> None:
        method = Method(name="watching", propose=watching, promise=lambda task: 1.0)
        inquiry = Inquiry(task=task, budget=Budget(steps=5))
        async for _ in SymbolicProposer([method]).propose(inquiry):
            pass

    asyncio.run(search())
    assert [(one.test, one.train) for one in seen] == [(shown, task.train)]
