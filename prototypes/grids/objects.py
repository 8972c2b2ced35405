"""`Item`: a thing seen in a grid, as an immutable set of coloured cells that knows its place.

Everything here depends on the item alone; what depends on its neighbours is in
`objects_relations`, how grids are cut into items in `objects_views`. Nothing is clipped: an item
may stand partly or wholly outside any grid.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from peirce.prototypes.grids.objects_places import AROUND, SIDES, Cell, Spot, connected
from peirce.tasks.values import Grid

__all__ = ["Cell", "Item", "Spot", "block", "item_of"]


@dataclass(frozen=True, slots=True)
class Item:
    """A set of coloured cells, at most one at each place, in reading order."""

    cells: tuple[Cell, ...]
    _columns: Spot | None = field(default=None, init=False, repr=False, compare=False)
    _colours: tuple[int, ...] | None = field(default=None, init=False, repr=False, compare=False)
    _spots: frozenset[Spot] | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Item":
        """The item of these cells; where two share a place the later one counts."""
        colours = {(row, column): colour for row, column, colour in cells}
        # Items are made by the hundred thousand: lists are filled faster than generators run.
        return cls(tuple([(*spot, colours[spot]) for spot in sorted(colours)]))

    # What it is

    @property
    def spots(self) -> frozenset[Spot]:
        """The places of its cells."""
        if self._spots is None:
            spots = frozenset([(row, column) for row, column, _ in self.cells])
            object.__setattr__(self, "_spots", spots)
        return self._spots or frozenset()

    @property
    def size(self) -> int:
        """How many cells it has."""
        return len(self.cells)

    @property
    def top(self) -> int:
        """Its first row."""
        return self.cells[0][0] if self.cells else 0

    @property
    def bottom(self) -> int:
        """Its last row."""
        return self.cells[-1][0] if self.cells else -1

    @property
    def left(self) -> int:
        """Its first column."""
        return self._sides()[0]

    @property
    def right(self) -> int:
        """Its last column."""
        return self._sides()[1]

    @property
    def height(self) -> int:
        """Rows of its box."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Columns of its box."""
        return self.right - self.left + 1

    @property
    def length(self) -> int:
        """The longer side of its box."""
        return max(self.height, self.width)

    @property
    def area(self) -> int:
        """Cells of its box, its own and the others."""
        return self.height * self.width

    @property
    def gaps(self) -> int:
        """Cells of its box that are not its own."""
        return self.area - self.size

    @property
    def centre(self) -> Spot:
        """Twice the row and column of the middle of its box."""
        return (self.top + self.bottom, self.left + self.right)

    @property
    def palette(self) -> tuple[int, ...]:
        """Its colours, the most frequent first, equally frequent ones in order."""
        if self._colours is None:
            counts = Counter(cell[2] for cell in self.cells)
            colours = sorted(counts, key=lambda colour: (-counts[colour], colour))
            object.__setattr__(self, "_colours", tuple(colours))
        return self._colours or ()

    @property
    def colour(self) -> int:
        """Its most frequent colour."""
        return self.palette[0] if self.cells else 0

    @property
    def rarest(self) -> int:
        """Its least frequent colour."""
        return self.palette[-1] if self.cells else 0

    @property
    def colour_count(self) -> int:
        """How many colours it has."""
        return len(self.palette)

    @property
    def form(self) -> Grid:
        """Its outline without place and colour: 1 where its box is covered, 0 elsewhere."""
        spots, top, left = self.spots, self.top, self.left
        return tuple(
            tuple(int((row, column) in spots) for column in range(left, left + self.width))
            for row in range(top, top + self.height)
        )

    @property
    def pattern(self) -> Grid:
        """The colours in its box, -1 where it has no cell."""
        return self.picture(-1)

    @property
    def turned_form(self) -> Grid:
        """Its outline in a standard position, equal for all its turned and mirrored copies."""
        return max(turned.form for turned in self.turns())

    @property
    def holes(self) -> int:
        """How many places in its box its cells enclose, counted as connected areas."""
        return len(self.hollows())

    @property
    def pieces(self) -> int:
        """How many parts it falls into that do not touch each other, not even at corners."""
        return len(connected(self.spots, AROUND))

    # What it looks like

    @property
    def is_dot(self) -> bool:
        """It is a single cell."""
        return self.size == 1

    @property
    def is_line(self) -> bool:
        """It is a straight row or column of at least two cells."""
        return self.gaps == 0 and self.size > 1 and 1 in (self.height, self.width)

    @property
    def is_solid(self) -> bool:
        """It covers its whole box."""
        return self.gaps == 0

    @property
    def is_square(self) -> bool:
        """Its box is as high as wide."""
        return self.height == self.width

    @property
    def is_tall(self) -> bool:
        """Its box is higher than wide."""
        return self.height > self.width

    @property
    def is_mirrored_across(self) -> bool:
        """Its left half mirrors its right half."""
        return self.mirrored() == self

    @property
    def is_mirrored_down(self) -> bool:
        """Its upper half mirrors its lower half."""
        return self.flipped() == self

    @property
    def is_symmetric(self) -> bool:
        """Some mirror, straight or diagonal, leaves it as it is."""
        mirrors = (
            self.mirrored(),
            self.flipped(),
            self.transposed(),
            self.half_turned().transposed(),
        )
        return self in mirrors

    @property
    def is_frame(self) -> bool:
        """It is exactly the rim of its box and the box has an inside."""
        inside = (self.height - 2) * (self.width - 2)
        return min(self.height, self.width) > 2 and self.gaps == inside and self.holes == 1

    # What can be made of it

    def picture(self, ground: int = 0) -> Grid:
        """Its box as a grid, cells that are not its own in colour `ground`."""
        colours = {(row, column): colour for row, column, colour in self.cells}
        return tuple(
            tuple(colours.get((row, column), ground) for column in range(self.left, self.right + 1))
            for row in range(self.top, self.bottom + 1)
        )

    def recoloured(self, colour: int) -> "Item":
        """All its cells in one colour."""
        return Item(tuple([(row, column, colour) for row, column, _ in self.cells]))

    def exchanged(self, table: dict[int, int]) -> "Item":
        """Each colour replaced by its entry in the table, if it has one."""
        return Item(tuple([(r, c, table.get(colour, colour)) for r, c, colour in self.cells]))

    def moved(self, down: int, across: int) -> "Item":
        """Shifted by so many rows down and columns to the right."""
        return Item(tuple([(row + down, column + across, k) for row, column, k in self.cells]))

    def moved_to(self, row: int, column: int) -> "Item":
        """Shifted so that its box starts at this row and column."""
        return self.moved(row - self.top, column - self.left)

    def centred_on(self, other: "Item") -> "Item":
        """Shifted so that the middles of both boxes agree, as far up and left as it needs."""
        down, across = (there - here for there, here in zip(other.centre, self.centre, strict=True))
        return self.moved(down // 2, across // 2)

    def reflected(self, other: "Item") -> "Item":
        """Mirrored to the other side of another item, across whichever axes they differ in."""
        down = other.centre[0] if other.top > self.bottom or other.bottom < self.top else None
        across = other.centre[1] if other.left > self.right or other.right < self.left else None
        return Item.of(
            (
                row if down is None else down - row,
                column if across is None else across - column,
                colour,
            )
            for row, column, colour in self.cells
        )

    def mirrored(self) -> "Item":
        """Left and right exchanged, in its own box."""
        total = self.left + self.right
        return Item.of((row, total - column, k) for row, column, k in self.cells)

    def flipped(self) -> "Item":
        """Top and bottom exchanged, in its own box."""
        total = self.top + self.bottom
        return Item.of((total - row, column, k) for row, column, k in self.cells)

    def transposed(self) -> "Item":
        """Rows and columns exchanged, the top left corner of its box kept."""
        top, left = self.top, self.left
        return Item.of((top + column - left, left + row - top, k) for row, column, k in self.cells)

    def half_turned(self) -> "Item":
        """Turned by 180 degrees, in its own box."""
        return self.mirrored().flipped()

    def turned(self) -> "Item":
        """Turned by 90 degrees clockwise, the top left corner of its box kept."""
        return self.transposed().mirrored()

    def turns(self) -> "tuple[Item, ...]":
        """Its eight turned and mirrored copies, itself first."""
        turned = self.turned()
        half = self.half_turned()
        back = half.turned()
        return (
            self, self.mirrored(), self.flipped(), half,
            turned, self.transposed(), back, back.mirrored(),
        )  # fmt: skip

    def with_cells(self, other: "Item") -> "Item":
        """Both together; where they overlap the other one is on top."""
        return Item.of((*self.cells, *other.cells))

    def without_cells(self, other: "Item") -> "Item":
        """Its cells where the other one has none."""
        spots = other.spots
        return Item(tuple(cell for cell in self.cells if cell[:2] not in spots))

    def only(self, colour: int) -> "Item":
        """Its cells of one colour."""
        return Item(tuple(cell for cell in self.cells if cell[2] == colour))

    def box(self, colour: int) -> "Item":
        """Its whole box in one colour."""
        return block(self.top, self.left, self.bottom, self.right, colour)

    def rim(self, colour: int) -> "Item":
        """The outer ring of its box in one colour."""
        cells = self.box(colour).cells
        rows, columns = (self.top, self.bottom), (self.left, self.right)
        return Item(tuple(cell for cell in cells if cell[0] in rows or cell[1] in columns))

    def corners(self, colour: int) -> "Item":
        """The corners of its box in one colour."""
        rows, columns = (self.top, self.bottom), (self.left, self.right)
        return Item.of((row, column, colour) for row in rows for column in columns if self.cells)

    def frame(self, colour: int, distance: int = 1) -> "Item":
        """A ring in one colour around its box, so many cells away."""
        grown = block(
            self.top - distance, self.left - distance,
            self.bottom + distance, self.right + distance, colour,
        )  # fmt: skip
        return grown.rim(colour)

    def outline(self, colour: int) -> "Item":
        """The cells that touch it from outside, diagonally too, in one colour."""
        return self._neighbours(colour, AROUND)

    def edging(self, colour: int) -> "Item":
        """The cells that share a side with it, in one colour."""
        return self._neighbours(colour, SIDES)

    def rest(self, colour: int) -> "Item":
        """The cells of its box that are not its own, in one colour."""
        return self.box(colour).without_cells(self)

    def inside(self, colour: int) -> "Item":
        """The cells it encloses, in one colour."""
        return Item.of((row, column, colour) for area in self.hollows() for row, column in area)

    def core(self, colour: int) -> "Item":
        """Its cells with eight neighbours of its own, in one colour."""
        spots = self.spots
        return Item(
            tuple(
                (row, column, colour)
                for row, column, _ in self.cells
                if all((row + down, column + across) in spots for down, across in AROUND)
            )
        )

    def border(self, colour: int) -> "Item":
        """Its cells that touch something else, diagonally too, in one colour."""
        return self.without_cells(self.core(colour)).recoloured(colour)

    def hollows(self) -> tuple[frozenset[Spot], ...]:
        """The areas it encloses, as places, in reading order."""
        spots = self.spots
        free = [cell[:2] for cell in self.box(0).cells if cell[:2] not in spots]
        rows, columns = (self.top, self.bottom), (self.left, self.right)
        areas = connected(free, SIDES)
        return tuple(
            area
            for area in areas
            if not any(row in rows or column in columns for row, column in area)
        )

    def _sides(self) -> Spot:
        """First and last column, worked out once."""
        sides = self._columns
        if sides is None:
            columns = [cell[1] for cell in self.cells]
            sides = (min(columns), max(columns)) if columns else (0, -1)
            object.__setattr__(self, "_columns", sides)
        return sides

    def _neighbours(self, colour: int, steps: tuple[Spot, ...]) -> "Item":
        spots = self.spots
        around = {(row + down, column + across) for row, column in spots for down, across in steps}
        return Item(tuple((*spot, colour) for spot in sorted(around - spots)))


def block(top: int, left: int, bottom: int, right: int, colour: int) -> Item:
    """A solid rectangle between two rows and two columns, both included."""
    return Item(
        tuple(
            (row, column, colour)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        )
    )


def item_of(grid: Grid) -> Item:
    """A whole picture as one item at the top left corner; cells below 0 are left out."""
    return Item(
        tuple(
            (row, column, colour)
            for row, line in enumerate(grid)
            for column, colour in enumerate(line)
            if colour >= 0
        )
    )
