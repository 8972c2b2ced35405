"""Finds the smallest input on which rules that explain the same examples disagree."""

from peirce.verifiers.distinguish.likeness import inputs_like
from peirce.verifiers.distinguish.search import Difference, Distinction, distinguish

__all__ = ["Difference", "Distinction", "distinguish", "inputs_like"]
