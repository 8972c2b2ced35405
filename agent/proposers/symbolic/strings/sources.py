"""What an output can be cut from or made of besides the inputs themselves."""

from peirce.agent.proposers.symbolic.strings.concat import Source
from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.agent.proposers.symbolic.strings.texts import Problem
from peirce.agent.proposers.symbolic.strings.tokens import tokens_for
from peirce.agent.proposers.symbolic.strings.view import View


def sources(problem: Problem) -> list[Source]:
    """The texts to cut from, plain arguments first."""
    found: list[Source] = []
    for index, column in enumerate(problem.columns):
        view = View(column, problem.train, tokens_for(column, problem.train))
        found.append(Source(view, problem.name(index), problem.owner(index), 0.5 * index))
    return found


def atoms(problem: Problem) -> list[Piece]:
    """Whole values made of an input that may be pieces of the output."""
    del problem
    return []
