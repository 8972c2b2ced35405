"""Numbers and dates inside texts: reading them, writing them with a format."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""English month names, January first."""


def to_number(text: str) -> int | float:
    """The first number written in the text, thousands commas allowed; 0 if there is none."""
    hit = re.search(r"-?\d+(?:,\d{3})*(?:\.\d+)?", text)
    if hit is None:
        return 0
    digits = hit.group().replace(",", "")
    if "." not in digits and len(digits) <= 300:
        return int(digits)
    value = float(digits)
    return value if math.isfinite(value) else 0


def whole(text: str) -> int:
    """The first whole number written in the text; 0 if there is none."""
    hit = re.search(r"-?\d{1,300}", text)
    return int(hit.group()) if hit else 0


def as_text(value: int | float) -> str:
    """The number in its shortest decimal writing to 12 digits; whole ones without a point."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return repr(value)
    shown = Decimal(f"{value:.12g}")
    return f"{shown:f}".rstrip("0").rstrip(".") if "." in f"{shown:f}" else f"{shown:f}"


def rounded(value: int | float, places: int = 0) -> str:
    """The number rounded half away from zero to so many decimal places, up to 15."""
    if not math.isfinite(value):
        return repr(value)
    step = Decimal(1).scaleb(-max(0, min(places, 15)))
    with localcontext(prec=1000):
        return f"{Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP):f}"


def grouped(value: int | float, places: int | None = None) -> str:
    """The number with a comma between every three digits before the point, rounded if asked."""
    if places is None or not math.isfinite(value):
        return f"{value:,}"
    return f"{Decimal(rounded(value, places)):,}"


def count(text: str, pattern: str) -> int:
    """How many stretches of the text fit the pattern."""
    return len(re.findall(pattern, text))


def ordinal(value: int) -> str:
    """The whole number with st, nd, rd or th after it."""
    tail = (
        "th"
        if 10 <= abs(value) % 100 <= 20
        else {1: "st", 2: "nd", 3: "rd"}.get(abs(value) % 10, "th")
    )
    return f"{value}{tail}"


def month_name(value: int) -> str:
    """The English name of the month with this number; empty outside 1 to 12."""
    return MONTHS[value - 1] if 1 <= value <= 12 else ""


def month_number(text: str) -> int:
    """The number of the first English month, full or by three letters; 0 if none is named."""
    hit = re.search("|".join(month[:3] for month in MONTHS), text, flags=re.IGNORECASE)
    if hit is None:
        return 0
    short = hit.group().capitalize()
    return 1 + [month[:3] for month in MONTHS].index(short)
