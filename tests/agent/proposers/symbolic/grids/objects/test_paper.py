from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.agent.proposers.symbolic.grids.objects.copies import copyings
from peirce.agent.proposers.symbolic.grids.objects.paper import Paper
from peirce.agent.proposers.symbolic.grids.objects.scene import VIEWS, cut_scenes
from peirce.agent.proposers.symbolic.grids.objects.shapes import growths, redrawings
from peirce.prototypes import grids
from peirce.tasks.values import Grid

planes = st.lists(st.tuples(*[st.sampled_from((0, 0, 0, 1, 2))] * 5), min_size=4, max_size=4).map(
    tuple
)


@settings(max_examples=20, deadline=None)
@given(planes, planes)
def test_judging_by_bits_says_the_same_as_drawing(before: Grid, after: Grid):
    scenes = cut_scenes(VIEWS[0], (before,))
    if scenes is None:
        return
    paper = Paper(scenes, (after,))
    for family in (redrawings, copyings, growths):
        for action in list(family(scenes, (after,)))[::19]:
            quick = paper.attempt(action, scenes)
            slow = paper.attempt(replace(action, tint=None, add=None), scenes)
            assert (quick is None) == (slow is None)
            if quick is not None and slow is not None:
                assert quick.accepted == slow.accepted
                assert quick.explained == slow.explained


@settings(max_examples=20, deadline=None)
@given(planes)
def test_an_action_is_defined_exactly_where_it_draws(plane: Grid):
    scenes = cut_scenes(VIEWS[0], (plane,))
    if scenes is None:
        return
    for action in list(growths(scenes, (plane,)))[::19]:
        for index in range(len(scenes[0].items)):
            drawn = action.draw(scenes[0], index) is not None
            assert drawn == (action.defined is None or action.defined(scenes[0], index))


def test_nothing_is_asked_of_outputs_that_equal_their_inputs():
    plane: Grid = ((1, 0), (0, 2))
    scenes = cut_scenes(VIEWS[0], (plane,))
    assert scenes is not None
    assert Paper(scenes, (plane,)).spoilt
    assert not Paper(scenes, (grids.canvas(2, 2),)).spoilt
