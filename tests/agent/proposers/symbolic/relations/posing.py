"""Problems as the searches for relations take them."""

from peirce.agent.proposers.symbolic.relations.posing import pose, stated
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType


def posed(atoms: dict[str, bool], background: str, bias: str = "") -> Problem:
    """What is to be learned from atoms that hold or do not."""
    task = Task.from_pairs(
        list(atoms.items()),
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        background=background,
        bias=bias,
    )
    steps = pose(stated(task))
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
