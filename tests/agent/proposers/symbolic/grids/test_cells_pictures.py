from tests.agent.proposers.symbolic.grids.pictures import grid, proposals, run, task

from peirce.agent.proposers.symbolic.grids.cells_pictures import METHOD
from peirce.agent.proposers.symbolic.grids.exploring import Explorer
from peirce.agent.proposers.symbolic.grids.pictures import pictures_of
from peirce.prototypes import grids
from peirce.tasks.values import Grid

SCATTERED = (
    grid("......", ".2....", "......", "...3..", "......"),
    grid(".......", "....1..", ".......", ".3....."),
    grid("4...", "....", "...2", "....", "...."),
)


def starred(before: Grid) -> Grid:
    """Yellow in every second row of the cross that the diagonals make with the filled cells."""
    cross = grids.extend(grids.extend(before, "up left", "up right"), "down")
    return tuple(
        tuple(4 if cross[r][c] and r % 2 == 0 else cell for c, cell in enumerate(row))
        for r, row in enumerate(before)
    )


def test_a_rule_joins_what_an_operation_shows_with_what_a_cell_knows():
    *shown, asked = SCATTERED
    subject = task([(before, starred(before)) for before in shown], asked)
    found = proposals(METHOD, subject)
    assert found
    for proposal in found:
        assert tuple(run(proposal, before) for before in shown) == subject.outputs
    assert starred(asked) in [run(proposal, asked) for proposal in found]


def test_the_operations_are_named_in_words_and_carried_out_once():
    subject = task([(before, starred(before)) for before in SCATTERED[:2]], SCATTERED[2])
    found = proposals(METHOD, subject)
    assert found
    for proposal in found:
        assert "the result of “" in proposal.hypothesis.words
        assert "«" not in proposal.hypothesis.words + proposal.program.source
        assert "pictures = (grids." in proposal.program.source


def test_a_rule_starts_from_a_picture_where_the_grid_has_another_size():
    def halves(before: Grid) -> Grid:
        left, right = grids.left_half(before), grids.right_half(before)
        return tuple(
            tuple(8 if a and b else a if r % 2 else 0 for a, b in zip(one, other, strict=True))
            for r, (one, other) in enumerate(zip(left, right, strict=True))
        )

    shown = (grid("1.11.1", ".11.11", "1.1..1"), grid("11.1.1", "1.1..1", ".1111."))
    asked = grid(".1.11.", "111.1.", "1..1.1")
    subject = task([(before, halves(before)) for before in shown], asked)
    assert halves(asked) in [run(proposal, asked) for proposal in proposals(METHOD, subject)]


def test_one_cell_of_which_nothing_can_be_asked_gives_no_rule_with_a_picture():
    subject = task([(grid("1.1", ".2."), grid("2"))], grid("1.3", "1.1"))
    assert proposals(METHOD, subject) == []


def test_a_rule_that_needs_no_picture_is_left_to_the_cell_rules():
    subject = task([(grid("12.", "2.1"), grid("32.", "2.3"))], grid("1.2"))
    found = proposals(METHOD, subject)
    assert found
    assert all("beside=pictures" in proposal.program.source for proposal in found)


def test_pictures_are_distinct_and_cover_every_input():
    explorer = Explorer(SCATTERED, SCATTERED[:2])
    while explorer.level <= 4:
        explorer.work()
    sizes = [(len(before), len(before[0])) for before in SCATTERED]
    found = list(filter(None, pictures_of(explorer, sizes, explorer.nodes_up_to(4))))
    assert len({picture.values.tobytes() for picture in found}) == len(found) > 20
    for picture in found:
        parts = [explorer.parts(picture.node, owner)[0] for owner in range(len(SCATTERED))]
        assert picture.values.tolist() == [cell for part in parts for row in part for cell in row]
