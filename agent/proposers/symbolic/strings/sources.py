"""What an output can be cut from or made of: the inputs, and texts derived from them."""

from collections.abc import Iterator
from typing import Final

from peirce.agent.proposers.symbolic.strings.concat import Source
from peirce.agent.proposers.symbolic.strings.derived import makings
from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.agent.proposers.symbolic.strings.texts import Problem
from peirce.agent.proposers.symbolic.strings.tokens import tokens_for
from peirce.agent.proposers.symbolic.strings.view import View

MAX_DERIVED: Final = 10
"""Derived texts to cut from, per argument."""


def plain_sources(problem: Problem) -> Iterator[Source]:
    """The arguments themselves."""
    for index, column in enumerate(problem.columns):
        view = View(column, tokens_for(column, problem.train))
        words = problem.owner(index) if problem.arguments > 1 else ""
        called = Piece(problem.name(index), words, 0.5 * index, column)
        yield Source(view, problem.outputs, called)


def derived_sources(problem: Problem) -> Iterator[Source]:
    """Tidied and filtered arguments, those that differ from each other and from the arguments."""
    for index, column in enumerate(problem.columns):
        seen = {column}
        for making in makings(column, problem.outputs):
            if not making.source:
                continue
            piece = making.piece(problem.name(index), problem.owner(index), column, 0.5 * index)
            if piece.values in seen or len(seen) > MAX_DERIVED:
                continue
            seen.add(piece.values)
            view = View(piece.values, tokens_for(piece.values, problem.train))
            yield Source(view, problem.outputs, piece)
