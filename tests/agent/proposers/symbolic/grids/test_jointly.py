"""The task solved together with its transposes."""

from collections.abc import Callable, Sequence

import pytest
from tests.agent.proposers.symbolic.grids.pictures import grid, proposals, run, task

from peirce.agent.proposers.symbolic.faults import Fault
from peirce.agent.proposers.symbolic.grids import cells
from peirce.agent.proposers.symbolic.grids.jointly import doubled, with_transposes
from peirce.agent.proposers.symbolic.grids.views import through_views
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.trace import Event, Failed
from peirce.prototypes import grids
from peirce.tasks.task import Task


def test_every_grid_is_joined_by_its_transpose():
    both = doubled(task([(grid("12"), grid("21"))], grid("3", "4")))
    assert both.train[1].input == grid("1", "2") and both.train[1].output == grid("2", "1")
    assert both.test == (grid("3", "4"), grid("34"))


def test_what_was_seen_lying_is_known_standing():
    before, after = grid("2..2", "....", "..3."), grid("2222", "....", "..3.")
    standing = tuple(grids.transpose(before)), tuple(grids.transpose(after))
    subject = task([(before, after)], standing[0])
    found = proposals(with_transposes((cells.METHOD,)), subject)
    assert all(run(one, before) == after for one in found)
    assert standing[1] in [run(one, standing[0]) for one in found]


def test_a_task_that_knows_its_directions_is_left_alone():
    subject = task([(grid("1.", ".1"), grid("11", ".1"))], grid("..", ".."))
    assert with_transposes((cells.METHOD,)).promise(subject) == 0


def broken(subject: Task, clock: Clock) -> Found:
    yield None
    raise ZeroDivisionError("nobody's share")


@pytest.mark.parametrize("around", [with_transposes, through_views])
def test_a_method_that_breaks_within_another_is_told(around: Callable[[Sequence[Method]], Method]):
    told: list[Event] = []
    within = Method(name="broken", propose=broken, promise=lambda subject: 1.0)
    found = around((within,)).take_turns(
        task([(grid("55", "5."), grid("5.", "55"))], grid(".5", "55")), Clock(tell=told.append)
    )
    with pytest.warns(Fault):
        assert list(filter(None, found)) == []
    assert {event.origin for event in told if isinstance(event, Failed)} == {"symbolic.broken"}
