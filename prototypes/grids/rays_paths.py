"""Paths of rays that change their way at obstacles, at signs, or at their own line."""

from typing import Final

from peirce.prototypes.grids.cells_scene import NOTHING, Cell, Scene
from peirce.prototypes.grids.rays_ways import Start

TURNS: Final = (
    "bounce", "rebound", "zigzag_down", "zigzag_across", "turn_left", "turn_right", "wind_left",
    "wind_right", "signs", "flow", "dodge_left", "dodge_right",
)  # fmt: skip
"""How a ray changes its way: it is thrown back at obstacles (rebounding also from the border), goes
from side to side, turns by a quarter at obstacles, winds inwards (it turns at obstacles, the border
and one cell before its own line), turns left and right at cells of two colours, flows around
obstacles like water, or dodges them: it steps to one side until it can go on in its way."""


def wander(
    scene: Scene, start: Start, stop: str, signs: Cell = (NOTHING, NOTHING)
) -> tuple[list[Cell], int]:
    """The cells of a line that changes its way, and the colour at which it ends."""
    match stop:
        case "wind_left" | "wind_right":
            return _winding(scene, start, stop)
        case "signs":
            return _signed(scene, start, signs)
        case "flow":
            return _flowing(scene, start)
        case "dodge_left" | "dodge_right":
            return _dodging(scene, start, stop)
        case "zigzag_down" | "zigzag_across":
            return _swinging(scene, start, stop)
        case _:
            return _turning(scene, *start, stop)


def _winding(scene: Scene, start: Start, stop: str) -> tuple[list[Cell], int]:
    """A line that turns where it cannot go on, and keeps one cell away from itself."""
    row, column, (down, right) = start
    line = {(row, column): None}
    for turns in range(2 * (scene.height + scene.width)):
        ahead = (row + down, column + right)
        before = len(line)
        while (
            scene.colour_at(*ahead) == scene.background
            and ahead not in line
            and (ahead[0] + down, ahead[1] + right) not in line
        ):
            line[ahead] = None
            row, column = ahead
            ahead = (row + down, column + right)
        if turns and len(line) == before:
            break
        down, right = _quarter((down, right), stop)
    return list(line)[1:], NOTHING


def _quarter(step: Cell, stop: str) -> Cell:
    down, right = step
    return (-right, down) if stop.endswith("left") else (right, -down)


def _dodging(scene: Scene, start: Start, stop: str) -> tuple[list[Cell], int]:
    """A line that steps to its left or right until it can go on, and ends where it cannot."""
    row, column, step = start
    aside = _quarter(step, stop)
    cells: list[Cell] = []
    while True:
        ahead = scene.colour_at(row + step[0], column + step[1])
        down, right = step if ahead == scene.background else aside
        row, column = row + down, column + right
        if ahead == NOTHING or scene.colour_at(row, column) != scene.background:
            return cells, ahead
        cells.append((row, column))


def _signed(scene: Scene, start: Start, signs: Cell) -> tuple[list[Cell], int]:
    """A line that turns left before one colour and right before another, and ends at any other."""
    row, column, step = start
    cells: list[Cell] = []
    turned: set[tuple[Cell, Cell]] = set()
    while True:
        ahead = (row + step[0], column + step[1])
        colour = scene.colour_at(*ahead)
        if colour == scene.background:
            row, column = ahead
            cells.append(ahead)
        elif colour in signs and ((row, column), step) not in turned:
            turned.add(((row, column), step))
            step = _quarter(step, "left" if colour == signs[0] else "right")
        else:
            return list(dict.fromkeys(cells)), colour


def _swinging(scene: Scene, start: Start, stop: str) -> tuple[list[Cell], int]:
    """A slanting line that is thrown back from the left and right borders, or the other two."""
    row, column, (down, right) = start
    cells: list[Cell] = []
    if 0 in (down, right) or min(scene.height, scene.width) == 1:
        return cells, NOTHING
    while True:
        if stop == "zigzag_down" and not 0 <= column + right < scene.width:
            right = -right
        if stop == "zigzag_across" and not 0 <= row + down < scene.height:
            down = -down
        row, column = row + down, column + right
        colour = scene.colour_at(row, column)
        if colour != scene.background:
            return cells, colour
        cells.append((row, column))


def _flowing(scene: Scene, start: Start) -> tuple[list[Cell], int]:
    """A stream that runs along both sides of what is in its way and on past its ends."""
    row, column, (down, right) = start
    stream = {(row, column): None}
    waiting = [(row, column)]
    end = NOTHING
    for row, column in waiting:
        ahead = scene.colour_at(row + down, column + right)
        steps = [(down, right)]
        if ahead not in (NOTHING, scene.background) and (row + down, column + right) not in stream:
            end = ahead
            steps = [(right, down), (-right, -down)]
        for step in steps:
            near = (row + step[0], column + step[1])
            if near not in stream and scene.colour_at(*near) == scene.background:
                stream[near] = None
                waiting.append(near)
    return list(stream)[1:], end


def _turning(scene: Scene, row: int, column: int, step: Cell, stop: str) -> tuple[list[Cell], int]:
    """A line that changes its way at obstacles until it leaves the grid or repeats itself."""
    cells: list[Cell] = []
    seen: set[tuple[Cell, Cell]] = set()
    down, right = step
    end = NOTHING
    while ((row, column), (down, right)) not in seen:
        seen.add(((row, column), (down, right)))
        ahead = scene.colour_at(row + down, column + right)
        if ahead == scene.background:
            row, column = row + down, column + right
            cells.append((row, column))
            continue
        end = ahead
        if (ahead == NOTHING and stop != "rebound") or (stop.endswith("bound") and 0 in step):
            break
        down, right = _turned(scene, row, column, (down, right), stop)
    return list(dict.fromkeys(cells)), end


def _turned(scene: Scene, row: int, column: int, step: Cell, stop: str) -> Cell:
    """The way a line goes on when it cannot go ahead."""
    down, right = step
    match stop:
        case "turn_left" | "turn_right":
            return _quarter(step, stop)
        case _:
            blocked_down = scene.colour_at(row + down, column) != scene.background
            blocked_right = scene.colour_at(row, column + right) != scene.background
            back_down = blocked_down or not blocked_right
            back_right = blocked_right or not blocked_down
            return (-down if back_down else down), (-right if back_right else right)
