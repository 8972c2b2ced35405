"""Rules over lists and numbers: enumeration, fitting to items, construction, conditionals."""

from typing import Final

from peirce.agent.proposers.symbolic.lists import enumeration
from peirce.agent.proposers.symbolic.method import Method

METHODS: Final[tuple[Method, ...]] = (enumeration.METHOD,)
"""The methods of this package, in the order in which they are worth trying."""
