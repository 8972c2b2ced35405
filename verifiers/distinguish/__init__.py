"""Finds the smallest input on which rules that explain the same examples disagree."""

from peirce.verifiers.distinguish.likeness import inputs_like
from peirce.verifiers.distinguish.search import LIMIT, Difference, Distinction, distinguish

__all__ = ["LIMIT", "Difference", "Distinction", "distinguish", "inputs_like"]
