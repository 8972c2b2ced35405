"""Plots as inline SVG: how far stated probabilities hold, shares with their intervals, costs."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from peirce.agent.runs.statistics import Bin
from peirce.agent.runs.summary import Group

WIDE: Final = 384
HIGH: Final = 170
"""Size of the area in which something is plotted, in units."""
MARGIN: Final = 44
"""Room left of the area."""
TOP: Final = 14
"""Room above and right of it."""
BELOW: Final = 24
"""Room for the numbers below it."""
BAR: Final = 26
"""Height of one bar with its gap."""
LABELS: Final = 130
"""Room for the names of bars."""
BARS: Final = 230
"""Length of the longest bar."""
BANDS: Final = 12
"""Bars of the histogram."""


def reliability(bins: Sequence[Bin]) -> Markup:
    """Stated probability against the share that was right; the diagonal is perfect."""
    most = max((found.tasks for found in bins), default=1)
    dots = [
        Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{}</title></circle>').format(
            MARGIN + found.stated * WIDE,
            TOP + (1 - found.right) * HIGH,
            4 + 9 * (found.tasks / most) ** 0.5,
            f"stated {found.stated:.0%}, right {found.right:.0%}, {found.tasks} tasks",
        )
        for found in bins
    ]
    across = [_number(MARGIN + share * WIDE, f"{share:.0%}") for share in (0.0, 0.5, 1.0)]
    upwards = [
        Markup('<text x="{}" y="{:.0f}" text-anchor="end">{:.0%}</text>').format(
            MARGIN - 8, TOP + (1 - share) * HIGH + 4, share
        )
        for share in (0.5, 1.0)
    ]
    return Markup(
        '<svg class="plot" {} role="img" aria-label="Reliability: stated probability to the right, '
        'share right upwards"><rect x="{}" y="{}" width="{}" height="{}"/>'
        '<path d="M{} {}L{} {}"/>{}{}</svg>'
    ).format(
        _frame(), MARGIN, TOP, WIDE, HIGH,
        MARGIN, TOP + HIGH, MARGIN + WIDE, TOP,
        Markup("").join(dots), Markup("").join(across + upwards),
    )  # fmt: skip


def _frame() -> Markup:
    size = (MARGIN + WIDE + TOP, TOP + HIGH + BELOW)
    return Markup('viewBox="0 0 {} {}"').format(*size)


def _number(place: float, text: str) -> Markup:
    """A number below the area."""
    return Markup('<text x="{:.0f}" y="{}" text-anchor="middle">{}</text>').format(
        place, TOP + HIGH + 19, text
    )


def shares(groups: Sequence[Group]) -> Markup:
    """The share solved in each group as a bar, its interval as a line over it."""
    rows: list[Markup] = []
    for place, group in enumerate(group for group in groups if group.solved is not None):
        share, top = group.solved, place * BAR
        assert share is not None
        rows.append(
            Markup(
                '<text x="{}" y="{}" text-anchor="end">{}</text>'
                '<rect x="{}" y="{}" width="{}" height="14" class="track"/>'
                '<rect x="{}" y="{}" width="{:.1f}" height="14"/>'
                '<path d="M{:.1f} {}h{:.1f}"/><text x="{}" y="{}">{}</text>'
            ).format(
                LABELS - 8, top + 15, group.name[:20],
                LABELS, top + 4, BARS,
                LABELS, top + 4, share.value * BARS,
                LABELS + share.low * BARS, top + 11, max(0.1, (share.high - share.low) * BARS),
                LABELS + BARS + 8, top + 15, f"{share.value:.0%} of {group.tasks}",
            )
        )  # fmt: skip
    return Markup(
        '<svg class="plot bars" viewBox="0 0 {} {}" role="img" aria-label="Share solved">{}</svg>'
    ).format(LABELS + BARS + 90, BAR * max(1, len(rows)), Markup("").join(rows))


def histogram(values: Sequence[float], unit: str) -> Markup:
    """How many tasks cost how much."""
    top = max(values, default=0.0) or 1.0
    counts = [0] * BANDS
    for value in values:
        counts[min(BANDS - 1, int(value / top * BANDS))] += 1
    most, width = max(counts) or 1, WIDE / BANDS
    bars = [
        Markup(
            '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>'
        ).format(
            MARGIN + place * width + 1, TOP + HIGH * (1 - count / most),
            width - 2, HIGH * count / most,
            f"{place * top / BANDS:.1f} to {(place + 1) * top / BANDS:.1f} {unit}: {count} tasks",
        )
        for place, count in enumerate(counts)
    ]  # fmt: skip
    numbers = [
        _number(MARGIN + share * WIDE, f"{share * top:.1f}" if share else "0")
        for share in (0.0, 0.5, 1.0)
    ]
    return Markup(
        '<svg class="plot cost" {} role="img" aria-label="Tasks by {}">{}'
        '<path d="M{} {}h{}"/>{}<text x="{}" y="{}" text-anchor="end">{}</text></svg>'
    ).format(
        _frame(), unit, Markup("").join(bars), MARGIN, TOP + HIGH, WIDE,
        Markup("").join(numbers), MARGIN - 8, TOP + 10, most,
    )  # fmt: skip
