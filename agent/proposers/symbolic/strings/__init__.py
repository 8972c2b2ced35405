"""Rules about texts: substrings put together, cases, enumeration of expressions."""

from typing import Final

from peirce.agent.proposers.symbolic.method import Method
from peirce.agent.proposers.symbolic.strings import chains, conditional, grammars, loops, substrings

METHODS: Final[tuple[Method, ...]] = (
    substrings.METHOD,
    grammars.METHOD,
    loops.METHOD,
    chains.METHOD,
    conditional.METHOD,
)
"""The methods for texts, cheapest first."""
