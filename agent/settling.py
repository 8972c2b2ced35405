"""Settle: when a search may end although time is left."""

from typing import Final

from peirce.agent.candidate import Stop
from peirce.agent.inquiry import Inquiry
from peirce.agent.weigh import weigh

PATIENCE: Final = 3.0
"""A search goes on so many times as long as it took to its leading answer; see `settled`."""
PATIENCE_FLOOR: Final = 1.0
"""Seconds a search goes on at least, beside that; half as many for a certain answer."""
PATIENCE_SHARE: Final = 0.1
PATIENCE_SHARE_MOST: Final = 2.0
"""Part of the budget it goes on beside that while the answer is not certain, and how many seconds
that is at most."""
SURE: Final = 0.98
"""Probability from which on half the patience is enough."""
CERTAIN: Final = 0.9
"""Probability from which on the leading answer is as good as certain."""
LIKELY: Final = 0.8
"""Probability below which the leading answer is doubted."""
DOUBT: Final = 3.0
"""How many times the patience a doubted answer is given."""


def settled(inquiry: Inquiry) -> bool:
    """True when going on is not expected to change the leading answer.

    Proposers give their short rules first, so the longer the leading predictions have stood
    unchanged while the search went on, the less a later rule can outweigh them. The search must
    have gone on for `PATIENCE` times as long as it took to reach them, half of that where they are
    sure, and for a floor of seconds; for a part of the budget too where they are not certain, and
    `DOUBT` times as long where they are not likely to be right. (Of the answers to grid tasks that
    had stood, 180 of 183 said to be likely were right, but 17 of 24 others; of those said to be
    sure 111 of 112.) A leading answer that is unlike all examples is no reason to stop unless it
    is certain all the same.
    """
    budget = inquiry.budget
    if not budget.settle or budget.steps is not None:
        return False
    fits = inquiry.fitting()
    searched, floor = inquiry.searched(), 0.5 * PATIENCE_FLOOR
    if not fits or searched < floor + 0.5 * PATIENCE * inquiry.moved:
        return False
    count = len(inquiry.candidates)
    if inquiry.believed[0] != count:
        inquiry.believed = (count, weigh(inquiry, Stop.SETTLED).probability)
    belief, moved = inquiry.believed[1], PATIENCE * inquiry.moved
    if belief >= SURE:
        return True
    if belief >= CERTAIN:
        return searched >= floor + moved
    if fits[0].evidence.surprises:
        return False
    limit = budget.seconds if budget.cpu_seconds is None else budget.cpu_seconds
    patience = PATIENCE_FLOOR + min(PATIENCE_SHARE * limit, PATIENCE_SHARE_MOST) + moved
    return searched >= (patience if belief >= LIKELY else DOUBT * patience)
