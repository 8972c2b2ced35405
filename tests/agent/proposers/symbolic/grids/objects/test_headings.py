"""Directions that the things tell, for copies and conditions, and what is drawn in their place."""

import pytest
from tests.agent.proposers.symbolic.grids.pictures import answers, grid, task

from peirce.agent.proposers.symbolic.grids.objects import COPY, GROW, RECOLOUR, REDRAW
from peirce.agent.proposers.symbolic.grids.objects.comparing import COMPARISONS
from peirce.agent.proposers.symbolic.grids.objects.headings import by_partner, told
from peirce.agent.proposers.symbolic.grids.objects.partners import LARGEST
from peirce.agent.proposers.symbolic.grids.objects.scene import VIEWS, Scene, cut_scenes
from peirce.agent.proposers.symbolic.method import Method
from peirce.tasks.values import Grid

WHERE_THE_MARK_IS = (
    [
        (grid("........", ".114....", "........"), grid("........", ".1141141", "........")),
        (
            grid(".....", ".....", ".....", "..4..", "..3.."),
            grid("..3..", "..4..", "..3..", "..4..", "..3.."),
        ),
    ],
    grid("........", "....522.", "........"),
    grid("........", "2522522.", "........"),
)
"""What sticks out at the edge, or is cut off there, is a copy too."""
WITH_A_GAP = (
    [
        (
            grid("11......", "1.......", "........"),
            grid("11.11.11", "1..1..1.", "........"),
        ),
        (grid("........", "222....."), grid("........", "222.222.")),
    ],
    grid("3.......", "........", "44......"),
    grid("3.3.3.3.", "........", "44.44.44"),
)
UNDER_ANOTHER = (
    [
        (grid("55...", ".....", ".5...", "....5"), grid("55...", ".....", ".2...", "....5")),
        (
            grid("5..55.", "......", "5...5.", "......", "5....."),
            grid("5..55.", "......", "2...2.", "......", "2....."),
        ),
    ],
    grid("..5.5", ".....", "5.5..", ".....", "....5"),
    grid("..5.5", ".....", "5.2..", ".....", "....2"),
)
LAID_DOWN = (
    [
        (
            grid("11....", "11....", "11....", "...2..", "...2.."),
            grid("111...", "......", "......", "...22.", "......"),
        ),
        (
            grid("......", ".3....", ".3....", ".3....", ".3...."),
            grid("......", ".3333.", "......", "......", "......"),
        ),
    ],
    grid("4....", "4....", ".....", "66...", "66..."),
    grid("44...", ".....", ".....", "66...", "....."),
)
ROUND_THE_WALL = (
    [
        (grid("3.5.3", "..5..", "....."), grid("3.5.3", "4.5.4", "44444")),
        (grid("355.", "....", ".555", "...3"), grid("355.", "4...", "4555", "4443")),
    ],
    grid("..3", "55.", "3.."),
    grid("..3", "554", "344"),
)


def _scene(*rows: str) -> Scene:
    """The objects of a grid."""
    scenes = cut_scenes(VIEWS[0], (grid(*rows),))
    assert scenes is not None
    return scenes[0]


@pytest.mark.parametrize(
    ("method", "example"),
    [
        (COPY, WHERE_THE_MARK_IS),
        (COPY, WITH_A_GAP),
        (RECOLOUR, UNDER_ANOTHER),
        (REDRAW, LAID_DOWN),
        (GROW, ROUND_THE_WALL),
    ],
    ids=["where-the-mark-is", "with-a-gap", "under-another", "laid-down", "round-the-wall"],
)
def test_the_things_tell_where_and_how_far(
    method: Method, example: tuple[list[tuple[Grid, Grid]], Grid, Grid]
):
    pairs, subject, answer = example
    assert answer in answers(method, task(pairs, subject))


def test_headings_that_lead_all_items_one_way_are_left_to_fixed_directions():
    scenes = cut_scenes(VIEWS[2], (grid("14..41", "......", "......"),)) or ()
    ways = {heading.code: heading for heading in told(scenes, ())}
    assert "grids.pointed(item)" in ways
    assert "grids.outward(grid, item)" not in ways


def test_an_item_heads_towards_another_one_or_away_from_it():
    scene = _scene("11..", "11..", "...2")
    towards, away = by_partner((LARGEST,))
    assert towards.step(scene, 1) == (-1, -1)
    assert away.step(scene, 1) == (1, 1)
    assert towards.step(scene, 0) == (0, 0)


def test_attributes_compare_an_item_with_the_one_it_points_at():
    scene = _scene("11111.", "1...1.", "1.1.1.", "1...1.", "11111.", ".....2")
    said = {one.code: [one.value(scene, index) for index in range(3)] for one in COMPARISONS}
    assert said["item.colour == grids.container(item, items).colour"] == [0, 1, 0]
    assert said["item.size > grids.content(item, items).size > 0"] == [1, 0, 0]
    assert said["grids.way_of(grids.towards(item, grids.of_colour(items, 2)))"][1] == "down_right"
