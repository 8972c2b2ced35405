"""What the search works out for the entries of its tables is what their code says."""

from functools import cache
from types import CodeType

from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.agent.proposers.symbolic.grids.objects.attributes import ATTRIBUTES
from peirce.agent.proposers.symbolic.grids.objects.partners import COLOURED, PARTNERS
from peirce.agent.proposers.symbolic.grids.objects.scene import (
    DOTS,
    FULL,
    MARKED,
    ON_TOP,
    ROOMS,
    THINGS,
    VIEWS,
    Scene,
    View,
)
from peirce.agent.proposers.symbolic.grids.objects.singling import SINGULAR
from peirce.prototypes import grids
from peirce.tasks.values import Grid

ROWS = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.tuples(*[st.sampled_from((0, 0, 0, 1, 2))] * width), min_size=2, max_size=6
    )
)
GRIDS = ROWS.map(tuple[tuple[int, ...], ...]).filter(lambda grid: bool(grids.objects(grid)))


def seen(grid: Grid, view: View) -> Scene:
    ground = view.ground(grid)
    return Scene(grid, ground, view.cut(grid, ground), view.overlay)


@cache
def compiled(code: str) -> CodeType:
    return compile(code.replace("GROUND", "ground"), code, "eval")


def said(code: str, scene: Scene, index: int = 0) -> object:
    """What code over an item, the items and the grid gives."""
    names: dict[str, object] = {"grids": grids, "grid": scene.grid, "items": scene.items}
    if scene.items:
        names["item"] = scene.items[index]
    return eval(compiled(code), {**names, "ground": scene.ground})


@settings(max_examples=40)
@given(GRIDS)
def test_a_view_cuts_what_its_code_cuts(grid: Grid):
    for view in (*VIEWS, *ON_TOP, DOTS, ROOMS, MARKED, FULL):
        scene = seen(grid, view)
        assert scene.items == said(view.code, scene), view.code


@settings(max_examples=40)
@given(GRIDS, st.sampled_from(THINGS))
def test_a_partner_is_the_item_that_its_code_names(grid: Grid, view: View):
    scene = seen(grid, view)
    for partner in (*PARTNERS, *COLOURED):
        pointed = scene.partners(partner.code, partner.find)
        for index, other in enumerate(pointed):
            meant = scene.items[other] if other >= 0 else grids.NOTHING
            assert meant == said(partner.code, scene, index), partner.code
        assert not partner.is_shared or len(set(pointed)) <= 1


@settings(max_examples=40)
@given(GRIDS, st.sampled_from(THINGS))
def test_an_attribute_has_the_value_of_its_code(grid: Grid, view: View):
    scene = seen(grid, view)
    for attribute in ATTRIBUTES:
        for index in range(len(scene.items)):
            value = attribute.value(scene, index)
            assert value is None or value == said(attribute.code, scene, index), attribute.code


@settings(max_examples=40)
@given(GRIDS, st.sampled_from(THINGS))
def test_a_description_that_singles_an_item_out_names_it_in_its_code(grid: Grid, view: View):
    scene = seen(grid, view)
    for choice in SINGULAR if scene.items else ():
        found = choice.find(scene, 0)
        assert found < 0 or scene.items[found] == said(choice.code, scene), choice.code
