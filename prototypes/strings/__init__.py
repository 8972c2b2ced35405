"""Words for talking about texts: cutting out, changing, counting, numbers and dates.

Every function is total over texts: where nothing is found it gives the whole text, the empty text
or zero as its one line says, and never raises. Patterns are regular expressions; `nth` counts from
0, and from the end when negative, as Python indices do.
"""

from peirce.prototypes.strings.changing import (
    capital_first,
    initials,
    keep,
    letter_case_swapped,
    remove,
    single_spaced,
    squeeze,
)
from peirce.prototypes.strings.cutting import (
    after,
    before,
    between,
    end,
    match,
    number,
    part,
    start,
    until,
    word,
)
from peirce.prototypes.strings.numbers import (
    as_text,
    count,
    grouped,
    month_name,
    month_number,
    ordinal,
    rounded,
    to_number,
    whole,
)

__all__ = [
    "after",
    "as_text",
    "before",
    "between",
    "capital_first",
    "count",
    "end",
    "grouped",
    "initials",
    "keep",
    "letter_case_swapped",
    "match",
    "month_name",
    "month_number",
    "number",
    "ordinal",
    "part",
    "remove",
    "rounded",
    "single_spaced",
    "squeeze",
    "start",
    "to_number",
    "until",
    "whole",
    "word",
]
