"""What an output can be cut from or made of: the inputs, and texts derived from them."""

from collections.abc import Iterator
from typing import Final

from peirce.agent.proposers.symbolic.strings.concat import Source
from peirce.agent.proposers.symbolic.strings.derived import makings
from peirce.agent.proposers.symbolic.strings.texts import Problem
from peirce.agent.proposers.symbolic.strings.tokens import tokens_for
from peirce.agent.proposers.symbolic.strings.view import View

MAX_DERIVED: Final = 10
"""Derived texts to cut from, per argument."""


def plain_sources(problem: Problem) -> Iterator[Source]:
    """The arguments themselves."""
    for index, column in enumerate(problem.columns):
        view = View(column, problem.train, tokens_for(column, problem.train))
        yield Source(view, problem.name(index), problem.owner(index), 0.5 * index)


def derived_sources(problem: Problem) -> Iterator[Source]:
    """Tidied and filtered arguments, those that differ from each other and from the arguments."""
    for index, column in enumerate(problem.columns):
        seen = {column}
        words = "the text" if problem.arguments < 2 else f"the{problem.owner(index)[7:]}"
        for making in makings(column, problem.outputs):
            if not making.source:
                continue
            piece = making.piece(problem.name(index), words, column, 0.5 * index)
            if piece.values in seen or len(seen) > MAX_DERIVED:
                continue
            seen.add(piece.values)
            view = View(piece.values, problem.train, tokens_for(piece.values, problem.train))
            yield Source(view, piece.code, f" of {piece.words}", piece.cost)
