"""The orders in which the things of a grid may be taken."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.partners import SUPERLATIVES
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import AMOUNTS, Amount

_AMOUNTS: Final[tuple[Amount, ...]] = ("size", "top", "left", "height", "width", "gaps", "holes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order of items."""

    code: str
    """Expression of the sorted items."""
    words: str
    key: Callable[[Item], int]
    cost: float

    def sorted(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """The items in this order, equal ones as they were."""
        return tuple(sorted(items, key=self.key))


def _signed(sign: int, amount: Amount, item: Item) -> int:
    return sign * AMOUNTS[amount](item)


ORDERS: Final[tuple[Order, ...]] = tuple(
    Order(
        code=f"sorted(items, key=lambda item: {'-' if sign < 0 else ''}item.{amount})",
        words=f"the {SUPERLATIVES[amount][place].format('one')} first",
        key=partial(_signed, sign, amount),
        cost=2 if amount == "size" else 2.5,
    )
    for amount in _AMOUNTS
    for place, sign in ((1, 1), (0, -1))
)
"""By every amount, rising and falling."""
