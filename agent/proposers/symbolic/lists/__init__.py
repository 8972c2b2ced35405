"""Rules over lists and numbers: enumeration, fitting, construction, conditionals, recursion."""

from typing import Final

from peirce.agent.proposers.symbolic.lists import (
    conditional,
    construction,
    enumeration,
    fitted,
    folding,
    placing,
)
from peirce.agent.proposers.symbolic.method import Method

METHODS: Final[tuple[Method, ...]] = (
    fitted.METHOD,
    enumeration.METHOD,
    construction.METHOD,
    placing.METHOD,
    conditional.METHOD,
    folding.METHOD,
)
"""The methods of this package, in the order in which they are worth trying."""
