"""Items completed to be symmetric, about the axis that they show themselves."""

from peirce.prototypes.grids.objects import Item


def completed_across(item: Item) -> Item:
    """The item with its mirror image about the upright axis that suits it best.

    That is the axis about which most of its cells find a cell of their colour; of equally good ones
    the nearest to the middle of its box.
    """
    cells = frozenset(item.cells)
    total = max(
        range(2 * item.left, 2 * item.right + 1),
        key=lambda total: (
            sum((row, total - column, colour) in cells for row, column, colour in cells),
            -abs(total - item.centre[1]),
        ),
        default=0,
    )
    return Item.of((row, total - column, colour) for row, column, colour in cells).with_cells(item)


def completed_down(item: Item) -> Item:
    """The item with its mirror image about the level axis that suits it best."""
    across = completed_across(Item(tuple((column, row, k) for row, column, k in item.cells)))
    return Item.of((row, column, k) for column, row, k in across.cells)


def completed(item: Item) -> Item:
    """The item with its mirror images about the upright and the level axis that suit it best."""
    return completed_down(completed_across(item))
