"""Compositions of methods: look at the task through a simple operation, and solve what is seen.

A view turns every input (and, where the operation can be undone, every output) into another
grid; any method may then work on the derived task, and its programs are composed with the view
into programs for the task itself. Views are few and cheap: the exchange of the background colour
with 0 (the colour that the vocabulary takes for background), colours called by their rank, grids
laid the same way, and what a first step makes of the input.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from peirce.agent.proposers.symbolic.grids.exploring import explorer_of
from peirce.agent.proposers.symbolic.grids.objects.promises import LIKELY, same_size
from peirce.agent.proposers.symbolic.grids.seeing import View, derived, grids_of, in_turn
from peirce.agent.proposers.symbolic.grids.views_acted import acted_views
from peirce.agent.proposers.symbolic.grids.views_begun import begun_views
from peirce.agent.proposers.symbolic.grids.views_names import name_views
from peirce.agent.proposers.symbolic.grids.views_nearer import nearer_views
from peirce.agent.proposers.symbolic.grids.views_turned import turned_views
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.portfolio import interleave
from peirce.prototypes.grids.colour import ground_colour, recolour
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType


def background_view(task: Task) -> View | None:
    """The task with its background colour exchanged for 0, if that is another colour.

    The background is what most cells of every input are, or of each input for itself.
    """
    inputs, outputs = grids_of(task.inputs), grids_of(task.outputs)
    grounds = [ground_colour(grid) for grid in inputs]
    if not any(grounds):
        return None
    tables = [{ground: 0, 0: ground} for ground in grounds]
    if len(set(grounds)) == 1:
        table, before, which = str(tables[0]), (), f"colour {grounds[0]}"
    else:
        table, which = "names", "what most cells are"
        before = ("ground = grids.ground_colour(grid)", "names = {ground: 0, 0: ground}")
    black = any(0 in row for grid in (*inputs, *outputs) for row in grid)
    return View(
        task=derived(
            task,
            [recolour(grid, table) for grid, table in zip(inputs, tables, strict=True)],
            [recolour(grid, table) for grid, table in zip(outputs, tables, strict=False)],
        ),
        before=(*before, f"seen = grids.recolour(grid, {table})"),
        seen="seen",
        after=f"grids.recolour({{}}, {table})",
        words=f"Take {which} for the background{' and 0 for a colour' if black else ''}.",
    )


def _whole_views(task: Task) -> Iterator[View]:
    """Views of all of every grid."""
    swapped = background_view(task)
    if swapped is not None:
        yield swapped
    yield from turned_views(task)
    yield from name_views(task)


def _seen(task: Task, clock: Clock) -> Iterator[View | None]:
    """All views that operations on the whole grid and rays give."""
    del clock
    explorer = explorer_of(grids_of(task.inputs), grids_of(task.outputs))
    yield from chain(_whole_views(task), begun_views(task), nearer_views(task, explorer))


def through_views(methods: Sequence[Method]) -> Method:
    """The method that runs other methods on what the views show."""
    return Method(name="grids.views", propose=_looking(_seen, methods), promise=_promise)


def after_actions(methods: Sequence[Method]) -> Method:
    """The method that runs other methods on what things leave to be done once they have acted."""
    return Method(
        name="grids.views_acted", propose=_looking(acted_views, methods), promise=_promise_to_act
    )


def _looking(
    source: Callable[[Task, Clock], Iterator[View | None]], methods: Sequence[Method]
) -> Callable[[Task, Clock], Found]:
    """Run the methods on every view there is, in turn."""

    def propose(task: Task, clock: Clock) -> Found:
        searches: list[Found] = []
        for view in source(task, clock):
            if view is not None:
                searches.append(view.through(interleave(methods, view.task, clock)))
            yield None
        yield from in_turn(searches, clock)

    return propose


def _promise(task: Task) -> float:
    if not task.input_type == task.output_type == ValueType.GRID:
        return 0.0
    return 0.1 if next(_whole_views(task), None) else 0.05


def _promise_to_act(task: Task) -> float:
    return LIKELY if same_size(task) else 0.0
