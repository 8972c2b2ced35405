"""Items from Prolog prototypes: mutated by program, kept if the answer or the proof changed."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from peirce.agent.synthesis.item import Axis, Item, as_json
from peirce.agent.synthesis.workshop import NOTHING, Order, Workshop, first_fitting
from peirce.prototypes.prolog.clauses import Clause, read_clauses
from peirce.prototypes.prolog.mutations import (
    EXPLORATORY,
    TRANSFORMATIVE,
    Changed,
    Mutation,
    child,
    compose,
    composed_type,
)
from peirce.prototypes.prototype import Prototype
from peirce.verifiers.prototypes.prolog import Proved, examine, measured
from peirce.verifiers.prototypes.ruling import Refusal

MOST_CHANGES: Final = 3
"""Mutations applied to one parent."""
QUESTION: Final = """\
Here is a program in Prolog.

{source}
For exactly one X the goal answer(X) can be proved. What is X?
Answer with JSON of the type {type}."""


async def make_prolog(order: Order, workshop: Workshop) -> Item | Refusal:
    """One attempt at an item."""
    rng = order.rng
    parent = rng.choice(workshop.originals)
    match order.axis:
        case Axis.COMPOSITIONAL:
            made = first_fitting(workshop, rng, lambda other: _composed(parent, other, order))
        case Axis.EXPLORATORY:
            made = _mutated(parent, EXPLORATORY, order)
        case Axis.TRANSFORMATIVE:
            made = _mutated(parent, TRANSFORMATIVE, order)
    if made is None:
        return NOTHING
    proved = await examine(made, workshop.sandbox, seed=rng.getrandbits(32))
    if isinstance(proved, Refusal):
        return proved
    refusal = await _worthless(proved, parent, order.axis, workshop)
    if refusal:
        return refusal
    question = QUESTION.format(source=made.source, type=made.answer_type)
    return Item(
        name=order.name,
        axis=order.axis,
        question=question,
        answer=as_json(proved.answer),
        prototype=measured(made, proved),
    )


async def _worthless(
    proved: Proved, parent: Prototype, axis: Axis, workshop: Workshop
) -> Refusal | None:
    """Why a child is not worth keeping: nothing changed, or nothing is left."""
    if proved.answer == []:
        return Refusal("nothing is left to be found: the answer is an empty list", "trivial")
    if axis is Axis.COMPOSITIONAL:
        return None
    before = workshop.known.get(parent.digest)
    if before is None:
        found = await examine(parent, workshop.sandbox)
        if isinstance(found, Refusal):
            return Refusal(f"its parent {parent.name} fails: {found.why}", found.check)
        before = replace(measured(parent, found), known_answer=json.dumps(found.answer))
        workshop.known[parent.digest] = before
    changed = json.dumps(proved.answer) != before.known_answer
    length = before.difficulty.inferences or 0
    if axis is Axis.EXPLORATORY and proved.inferences < length:
        return Refusal("the proof is shorter than its parent's", "smaller")
    if changed or (axis is Axis.EXPLORATORY and proved.inferences > length):
        return None
    return Refusal("the answer and the length of the proof are as before", "unchanged")


def _mutated(parent: Prototype, mutations: tuple[Mutation, ...], order: Order) -> Prototype | None:
    clauses, words = read_clauses(parent.source), list[str]()
    for _ in range(order.rng.randint(1, MOST_CHANGES)):
        changed = order.rng.choice(mutations)(clauses, order.rng)
        if changed is not None and not _repeats(changed.clauses):
            clauses = changed.clauses
            words.append(changed.words)
    return child(parent, Changed(clauses, "; ".join(words)), order.name) if words else None


def _repeats(clauses: Sequence[Clause]) -> bool:
    """Whether a clause stands there twice."""
    return len({clause.text for clause in clauses}) < len(clauses)


def _composed(left: Prototype, right: Prototype, order: Order) -> Prototype | None:
    """Two originals as one, one of them with another number or other facts."""
    if left.digest == right.digest:
        return None
    varied = _mutated(right, EXPLORATORY, order) if order.rng.random() < 0.8 else None
    other = varied or right
    changed = compose(left, other)
    if changed is None:
        return None
    joined = child(left, changed, order.name)
    words = "; ".join(filter(None, (changed.words, varied.mutation if varied else "")))
    return replace(
        joined,
        answer_type=composed_type(left, other),
        parents=(left.digest, right.digest),
        mutation=words,
    )
