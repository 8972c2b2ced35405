"""Items from program puzzles: changed on the syntax tree, kept if an answer can be found."""

from dataclasses import replace
from typing import Final

from peirce.agent.synthesis.item import Axis, Item, as_json
from peirce.agent.synthesis.workshop import NOTHING, Order, Workshop, first_fitting
from peirce.prototypes.prototype import Difficulty, Prototype
from peirce.prototypes.puzzles.mutations import Composed, compose, enlarge, turn
from peirce.verifiers.prototypes.puzzles import Solved, check_answer, solve_puzzle
from peirce.verifiers.prototypes.ruling import Refusal

MOST_CANDIDATES: Final = 20_000
"""Answers tried for a child; few enough that the count decides and not the clock."""
LEAST_CANDIDATES: Final = 5
"""A puzzle that one of the first few answers solves is none."""
QUESTION: Final = """\
{source}
Give an answer for which sat(answer) is True, as JSON of the type {type}."""


async def make_puzzle(order: Order, workshop: Workshop) -> Item | Refusal:
    """One attempt at an item."""
    parent = order.rng.choice(workshop.originals)
    if order.axis is Axis.TRANSFORMATIVE:
        parent = enlarge(parent, order.rng) or parent
    made = _made(parent, order, workshop)
    if made is None:
        return NOTHING
    solved = await _solved(made, workshop)
    if isinstance(solved, Refusal):
        return solved
    made = made.puzzle
    refusal = await _worthless(made, solved, parent, order, workshop)
    if refusal:
        return refusal
    return Item(
        name=order.name,
        axis=order.axis,
        question=QUESTION.format(source=made.source, type=made.answer_type),
        answer=as_json(solved.answer),
        prototype=replace(
            made,
            name=order.name,
            difficulty=Difficulty(candidates=solved.candidates),
        ),
    )


def _made(parent: Prototype, order: Order, workshop: Workshop) -> Composed | None:
    rng = order.rng
    if order.axis is Axis.COMPOSITIONAL:
        left = enlarge(parent, rng) or parent
        return first_fitting(workshop, rng, lambda other: compose(left, other, rng))
    child = (enlarge if order.axis is Axis.EXPLORATORY else turn)(parent, rng)
    return child and Composed(child, ())


async def _solved(made: Composed, workshop: Workshop) -> Solved | Refusal:
    """An answer; where two puzzles are to be solved side by side, one for each."""
    if not made.parts:
        return await solve_puzzle(made.puzzle, workshop.sandbox, most=MOST_CANDIDATES)
    found: list[Solved] = []
    for part in made.parts:
        solved = await solve_puzzle(part, workshop.sandbox, most=MOST_CANDIDATES)
        if isinstance(solved, Refusal):
            return solved
        found.append(solved)
    answer = [solved.answer for solved in found]
    wrong = await check_answer(made.puzzle, answer, workshop.sandbox)
    return wrong or Solved(answer=answer, candidates=sum(one.candidates for one in found))


async def _worthless(
    made: Prototype, solved: Solved, parent: Prototype, order: Order, workshop: Workshop
) -> Refusal | None:
    """Why a child is not worth keeping: nearly anything solves it, or nothing has changed."""
    if solved.candidates < LEAST_CANDIDATES:
        return Refusal(f"answer number {solved.candidates} already solves it", "trivial")
    if order.axis is Axis.COMPOSITIONAL:
        return None
    if order.axis is Axis.TRANSFORMATIVE:
        if is_uniform(solved.answer):
            return Refusal("one part again and again solves it", "trivial")
        same = await check_answer(parent, solved.answer, workshop.sandbox) is None
        return Refusal("what solves it solves its parent too", "unchanged") if same else None
    before = workshop.solved.get(parent.digest)
    if before is None:
        before = await solve_puzzle(parent, workshop.sandbox)
        if isinstance(before, Refusal):
            return before
        workshop.solved[parent.digest] = before
    if await check_answer(made, before.answer, workshop.sandbox) is None:
        return Refusal("what solves its parent solves it too", "unchanged")
    return None


def is_uniform(answer: object) -> bool:
    """Whether an answer is one character or item several times."""
    return (
        isinstance(answer, str | list | tuple)
        and len(answer) > 1
        and not any(part != answer[0] for part in answer)
    )
