"""Tasks of which things do a part."""

from tests.agent.proposers.symbolic.grids.pictures import grid, proposals, run, task

from peirce.agent.proposers.symbolic.grids import cells
from peirce.agent.proposers.symbolic.grids.views import after_actions
from peirce.agent.proposers.symbolic.grids.views_acted import acted_views
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.values import Grid


def pair(*bars: tuple[int, int]) -> tuple[Grid, Grid]:
    """Red bars of three cells slide to the right border; green cells show below each then."""
    before: list[list[int]] = [[0] * 9 for _ in range(8)]
    after: list[list[int]] = [[0] * 9 for _ in range(8)]
    for row, column in bars:
        for k in range(3):
            before[row][column + k] = 2
            after[row][6 + k] = 2
            after[row + 1][6 + k] = 3
    return tuple(map(tuple, before)), tuple(map(tuple, after))


TASK = task([pair((1, 2), (4, 3)), pair((2, 0), (5, 4))], pair((0, 1), (3, 2))[0])


def test_an_action_that_makes_cells_right_and_spoils_none_begins_the_task():
    begun = [view for view in acted_views(TASK, Clock(seconds=20)) if view is not None]
    assert begun
    for view in begun:
        for seen, old in zip(view.task.train, TASK.train, strict=True):
            assert wrong(seen.input, old.output) < wrong(old.input, old.output)
            assert seen.output == old.output


def test_what_is_left_is_done_by_another_method():
    found = proposals(after_actions((cells.METHOD,)), TASK)
    assert pair((0, 1), (3, 2))[1] in [run(one, TASK.test[0]) for one in found]
    assert all(one.hypothesis.words.startswith("First: Every ") for one in found)


def test_what_makes_the_whole_change_begins_nothing():
    slid = task([(grid("2...", ".3.."), grid("...2", "...3"))], grid("4..."))
    views = [view for view in acted_views(slid, Clock(seconds=20)) if view is not None]
    assert all(example.input != example.output for view in views for example in view.task.train)


def wrong(one: object, other: object) -> int:
    """How many cells two grids of one size differ in."""
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    pairs = (pair for rows in zip(one, other, strict=True) for pair in zip(*rows, strict=True))
    return sum(a != b for a, b in pairs)
