"""How long it takes to say each layer: the prior of cell rules, in bits or so."""

from collections.abc import Sequence
from itertools import combinations
from typing import Final

_PLAIN: Final[tuple[str, ...]] = ("colour",)
_NEAR: Final[tuple[str, ...]] = (
    "background", "left", "right", "above", "below", "enclosed", "object_size", "main_colour",
    "seen_left", "seen_right", "seen_above", "seen_below", "row", "column", "most_common",
    "mirrored_sideways", "mirrored_upright", "opposite", "transposed",
    "object_largest", "object_smallest", "panel_main", "panel_majority", "panel_count",
)  # fmt: skip
_KNOWN: Final[tuple[str, ...]] = (
    "above_left", "above_right", "below_left", "below_right", "left2", "right2", "above2", "below2",
    "between", "between_sideways", "between_upright", "nearest", "ring", "sealed",
    "object_on_border", "patch_size", "cluster_size", "least_common", "filled_sides",
    "filled_around", "same_sides", "same_around", "row_start", "row_end", "column_top",
    "column_bottom", "row_colour", "column_colour", "antitransposed", "turned_left",
    "turned_right", "object_rank", "object_holes", "depth", "diagonal", "object_height",
    "object_width", "object_touches", "object_is_box",
    "seen_above_left", "seen_above_right", "seen_below_left", "seen_below_right",
    "panel_row", "panel_column", "panel_from_bottom", "panel_from_right", "panel_colours",
    "panel_fullest", "panel_emptiest", "panel_overlaid", "in_square", "around_majority",
    "in_largest_rectangle", "nearest_distance", "nearest_rows", "nearest_columns",
    "corner_top_left", "corner_top_right", "corner_bottom_left", "corner_bottom_right",
)  # fmt: skip
_COSTS: Final[dict[str, float]] = {
    **dict.fromkeys(_KNOWN, 1.8),
    **dict.fromkeys(_NEAR, 1.2),
    **dict.fromkeys(_PLAIN, 0.5),
}


_QUESTION_COSTS: Final[dict[str, float]] = {
    "touches": 2.3,
    "is_next_to": 2.3,
    "panel_has": 2.3,
    "cluster_has": 2.6,
    "row_has": 2.6,
}


def layer_cost(name: str) -> float:
    """The description length of a layer's name."""
    return _COSTS.get(name, 2.6)


def question_cost(name: str) -> float:
    """The description length of a question with its colour."""
    return _QUESTION_COSTS.get(name, 2.9)


def _all_pairs(names: Sequence[str]) -> list[tuple[str, str]]:
    return list(combinations(names, 2))


_SIGHTS: Final = ("left", "right", "above", "below")
PAIRS: Final[tuple[tuple[str, str], ...]] = tuple(
    [
        (name, other)
        for name in (
            *_SIGHTS,
            "above_left",
            "above_right",
            "below_left",
            "below_right",
            "mirrored_sideways",
            "mirrored_upright",
            "opposite",
            "transposed",
            "nearest",
            "row_start",
            "row_end",
            "column_top",
            "column_bottom",
            "row_majority",
            "column_majority",
            "cluster_main",
            "object_box",
            "cluster_box",
        )
        for other in ("colour", "background")
    ]
    + [
        (name, "colour")
        for name in (
            "around_majority",
            "panel_main",
            "panel_rare",
            "background",
            "most_common",
            "least_common",
            "main_colour",
            "second_colour",
            "row_colour",
            "column_colour",
            "seen_left",
            "seen_right",
            "seen_above",
            "seen_below",
            "corner_top_left",
            "corner_top_right",
            "corner_bottom_left",
            "corner_bottom_right",
            "cluster_rare",
            "object_touches",
        )
    ]
    + _all_pairs(_SIGHTS)
    + _all_pairs([f"seen_{name}" for name in _SIGHTS])
    + [
        ("row_start", "row_end"),
        ("column_top", "column_bottom"),
        ("row_colour", "column_colour"),
        ("above_left", "below_right"),
        ("above_right", "below_left"),
        ("seen_above_left", "seen_below_right"),
        ("seen_above_right", "seen_below_left"),
        ("row", "column"),
        ("gap_left", "gap_right"),
        ("gap_above", "gap_below"),
        ("object_height", "object_width"),
        ("panel_row", "panel_column"),
        ("nearest_rows", "nearest_columns"),
    ]
)
"""Layers whose equality is worth asking about."""
ORDERS: Final[tuple[tuple[str, str], ...]] = (
    ("run_above", "run_below"),
    ("run_left", "run_right"),
    ("gap_left", "gap_right"),
    ("gap_above", "gap_below"),
    ("row", "column"),
    ("row", "from_bottom"),
    ("column", "from_right"),
    ("object_height", "object_width"),
    ("object_row", "object_from_bottom"),
    ("object_column", "object_from_right"),
    ("row_count", "column_count"),
    ("nearest_rows", "nearest_columns"),
    ("panel_row", "panel_column"),
)
"""Layers whose order is worth asking about."""
