"""Chains of changes of a whole text, enumerated by length with equal results kept once.

Bottom-up enumeration with observational equivalence, as in BUSTLE (Odena et al., ICLR 2021) and
Transit (Udupa et al., PLDI 2013), over changes of one text: what tidying, filtering, replacing and
changing case can do together, where no single piece of the text shows it.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.strings.derived import Making, makings
from peirce.agent.proposers.symbolic.strings.letters import MODES
from peirce.agent.proposers.symbolic.strings.pieces import PIECE_COST, Piece, constant
from peirce.agent.proposers.symbolic.strings.substrings import rivals
from peirce.agent.proposers.symbolic.strings.texts import Problem, problem_of
from peirce.agent.proposers.symbolic.strings.writing import function, listed, proposal, returned
from peirce.tasks.task import Task

NAME = "strings.chains"
MAX_TEXTS: Final = 1500
"""Different tuples of texts looked at."""
MAX_CHANGES: Final = 4
"""Longest chain."""
LONGEST: Final = 2000
"""Longest text that is changed further."""
ENOUGH: Final = 12
"""Programs found before the search ends."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A program made of pieces, one of them a chain of changes."""

    pieces: tuple[Piece, ...]
    cost: float
    tests: tuple[str, ...]


def chains(problem: Problem, clock: Clock) -> Iterator[Chain | None]:
    """Chains that give the outputs, with constants before and after; `None` between steps."""
    changes = _changes(problem)
    tie = count()
    queue: list[tuple[float, int, int, Piece]] = []
    for index, column in enumerate(problem.columns):
        start = Piece(problem.name(index), problem.owner(index), 0.5 * index, column)
        heapq.heappush(queue, (start.cost, next(tie), 0, start))
    seen: set[tuple[str, ...]] = set()
    found = 0
    while queue and len(seen) < MAX_TEXTS and found < ENOUGH and clock.left() > 0:
        _, _, depth, piece = heapq.heappop(queue)
        if piece.values in seen:
            continue
        seen.add(piece.values)
        yield None
        if (chain := _finished(piece, problem)) is not None:
            found += 1
            yield chain
        if depth == MAX_CHANGES:
            continue
        for change in changes:
            made = change.piece(piece.code, piece.words, piece.values, piece.cost)
            if made.values not in seen and _alive(made, problem):
                heapq.heappush(queue, (made.cost, next(tie), depth + 1, made))


def _changes(problem: Problem) -> list[Making]:
    cases = [
        Making(mode.code("{}"), f"{{}} {mode.phrase}", mode.cost, mode.apply) for mode in MODES[1:]
    ]
    cases.append(
        Making(
            "strings.small_first({})",
            "{} with its first letter made small",
            2.0,
            lambda text: text[:1].lower() + text[1:],
        )
    )
    texts = [text for column in problem.columns for text in column]
    made = makings(texts, problem.outputs)
    return cases + [making for making in made if making.source]


def _alive(piece: Piece, problem: Problem) -> bool:
    """Whether the texts could still become the outputs by further changes."""
    shown = piece.values[: problem.train]
    return any(shown) and all(len(text) <= LONGEST for text in piece.values)


def _finished(piece: Piece, problem: Problem) -> Chain | None:
    """The chain with the constants around it that make it give the outputs, if there are any."""
    first, output = piece.values[0], problem.outputs[0]
    place = output.find(first)
    if place < 0 or not first:
        return None
    before, after = output[:place], output[place + len(first) :]
    pairs = zip(piece.values, problem.outputs, strict=False)
    if not all(before + text + after == wanted for text, wanted in pairs):
        return None
    size = len(piece.values)
    around = [constant(text, size) if text else None for text in (before, after)]
    pieces = tuple(part for part in (around[0], piece, around[1]) if part is not None)
    tests = tuple(before + text + after for text in piece.values[problem.train :])
    return Chain(pieces, sum(part.cost + PIECE_COST for part in pieces), tests)


def propose(task: Task, clock: Clock) -> Found:
    """Rules that change a whole text step by step."""
    problem = problem_of(task)
    if problem is None:
        return
    for chain in (yield from rivals(chains(problem, clock), problem, clock)):
        yield _proposal(chain, problem)


def _proposal(chain: Chain, problem: Problem) -> Proposal:
    source = function(returned(chain.pieces), problem)
    return proposal(listed(chain.pieces), source, NAME)


def promise(task: Task) -> float:
    """Fair for tasks from texts to text."""
    return 0.55 if problem_of(task) is not None else 0.0


METHOD = Method(name=NAME, propose=propose, promise=promise)
