"""Compositions of methods: look at the task through a simple operation, and solve what is seen.

A view turns every input (and, where the operation can be undone, every output) into another
grid; any method may then work on the derived task, and its programs are composed with the view
into programs for the task itself. Views are few and cheap: parts of the input that have the size
of the output, and the exchange of the background colour with 0, the colour that the vocabulary
takes for background.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import cast

from peirce.agent.proposal import Hypothesis, Proposal
from peirce.agent.proposers.symbolic.grids.exploring import Explorer, explorer_of
from peirce.agent.proposers.symbolic.grids.wording import sentence, statements
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes.grids.colour import recolour
from peirce.prototypes.grids.part import Rows
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, Value, ValueType

MAX_COST = 8
"""Cost of the longest chain that counts as a view."""
MAX_VIEWS = 4
IMPORT = "from peirce.prototypes import grids\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A way to look at a task."""

    task: Task
    """What is seen."""
    before: tuple[str, ...]
    """Statements that make what is seen out of `grid`."""
    seen: str
    """The variable that holds it."""
    after: Mapping[int, int] = field(default_factory=dict[int, int])
    """Exchange of colours that turns the answer of the derived task into the task's own."""
    words: str
    """What is done first, as a sentence."""

    def compose(self, proposal: Proposal) -> Proposal:
        """A proposal for the derived task as one for the task itself."""
        inner = re.sub(r"\btransform\b", "rule", proposal.program.source).rstrip("\n")
        if IMPORT not in inner + "\n":
            inner = IMPORT + inner
        result = f"rule({self.seen})"
        if self.after:
            result = f"grids.recolour({result}, {dict(self.after)})"
        body = [*self.before, f"return {result}"]
        source = inner + "\n\n\ndef transform(grid):\n" + "".join(f"    {line}\n" for line in body)
        return replace(
            proposal,
            hypothesis=Hypothesis(
                words=f"{self.words} {proposal.hypothesis.words}",
                level=proposal.hypothesis.level,
            ),
            program=replace(proposal.program, source=source),
        )


def _derived(task: Task, inputs: Sequence[Rows], outputs: Sequence[Rows]) -> Task:
    train = tuple(
        Example(input=_plain(left), output=_plain(right))
        for left, right in zip(inputs, outputs, strict=False)
    )
    return replace(task, train=train, test=tuple(_plain(grid) for grid in inputs[len(outputs) :]))


def _plain(grid: Rows) -> Grid:
    return tuple(tuple(row) for row in grid)


def background_view(task: Task) -> View | None:
    """The task with its background colour exchanged for 0, if that is another colour."""
    inputs, outputs = _grids(task.inputs), _grids(task.outputs)
    commonest = {_commonest(grid) for grid in inputs}
    if len(commonest) != 1 or commonest == {0}:
        return None
    colour = commonest.pop()
    table = {colour: 0, 0: colour}
    if not any(0 in row for grid in (*inputs, *outputs) for row in grid):
        words = f"Take colour {colour} for the background."
    else:
        words = f"Take colour {colour} for the background and 0 for a colour."
    return View(
        task=_derived(
            task,
            [recolour(grid, table) for grid in inputs],
            [recolour(grid, table) for grid in outputs],
        ),
        before=(f"seen = grids.recolour(grid, {table})",),
        seen="seen",
        after=table,
        words=words,
    )


def _commonest(grid: Grid) -> int:
    return Counter(cell for row in grid for cell in row).most_common(1)[0][0]


def _grids(values: Sequence[Value]) -> tuple[Grid, ...]:
    return cast("tuple[Grid, ...]", tuple(values))


def part_views(task: Task, explorer: Explorer, clock: Clock) -> Iterator[View | None]:
    """Parts of the input that have the size of the output, while the input itself has not.

    Yields `None` between two portions of the search for them.
    """
    inputs, outputs = _grids(task.inputs), _grids(task.outputs)
    wanted = [(len(grid), len(grid[0])) for grid in outputs]
    if [(len(grid), len(grid[0])) for grid in inputs[: len(outputs)]] == wanted:
        return
    more = True
    while more and explorer.level <= MAX_COST and explorer.size < 60_000:
        more = explorer.work(clock)
        yield None
    looks: set[tuple[Grid, ...]] = set()
    for node in range(explorer.nodes_up_to(MAX_COST) if more else explorer.size):
        if explorer.is_list(node) or explorer.sizes(node)[: len(wanted)] != wanted:
            continue
        parts = tuple(_plain(explorer.parts(node, owner)[0]) for owner in range(len(inputs)))
        if parts in looks:
            continue
        looks.add(parts)
        ops = explorer.chain(node)
        lines, name = statements(ops)
        yield View(
            task=_derived(task, parts, outputs),
            before=tuple(lines),
            seen=name,
            words=sentence(ops),
        )
        if len(looks) == MAX_VIEWS:
            return


def through_views(methods: Sequence[Method]) -> Method:
    """The method that runs other methods on what the views show."""

    def propose(task: Task, clock: Clock) -> Found:
        waiting: deque[tuple[View, Found]] = deque()
        swapped = background_view(task)
        explorer = explorer_of(_grids(task.inputs), _grids(task.outputs))
        for view in chain([swapped], part_views(task, explorer, clock)):
            if view is not None:
                hopeful = [method for method in methods if method.promise(view.task) > 0]
                waiting.extend((view, method.propose(view.task, clock)) for method in hopeful)
            yield None
        while waiting and clock.left() > 0:
            view, found = waiting.popleft()
            try:
                proposal = next(found)
            except StopIteration:
                continue
            waiting.append((view, found))
            yield None if proposal is None else view.compose(proposal)

    return Method(name="grids.views", propose=propose, promise=_promise)


def _promise(task: Task) -> float:
    if not task.input_type == task.output_type == ValueType.GRID:
        return 0.0
    return 0.6 if background_view(task) else 0.3
