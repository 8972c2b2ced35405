"""Items from Prolog prototypes: mutated by program, kept if the answer or the proof changed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from peirce.verifiers.prototypes.prolog import Proved, examine, measured, prove
from peirce.verifiers.prototypes.ruling import Refusal

MOST_CHANGES: Final = 3
"""Mutations applied to one parent."""
VARIED: Final = 0.8
"""Share of composed items whose second half has other numbers or other facts."""
QUESTION: Final = """\
Here is a program in Prolog.

{source}
For exactly one X the goal answer(X) can be proved. What is X?
Answer with JSON of the type {type}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A prototype and what it became, change after change."""

    origin: Prototype
    steps: tuple[Prototype, ...]

    @property
    def last(self) -> Prototype:
        """What it came to."""
        return self.steps[-1] if self.steps else self.origin

    @property
    def words(self) -> str:
        """All changes in words."""
        return self.last.mutation if self.steps else ""


async def make_prolog(order: Order, workshop: Workshop) -> Item | Refusal:
    """One attempt at an item."""
    rng = order.rng
    parent = rng.choice(workshop.originals)
    match order.axis:
        case Axis.COMPOSITIONAL:
            found = first_fitting(workshop, rng, lambda other: _composed(parent, other, order))
            if found is None:
                return NOTHING
            line, made = found
        case Axis.EXPLORATORY:
            line = _mutated(parent, EXPLORATORY, order)
            made = line.last
        case Axis.TRANSFORMATIVE:
            line = _mutated(parent, TRANSFORMATIVE, order)
            made = line.last
    if made is parent:
        return NOTHING
    # Most attempts fail here already, and the other checks are long.
    first = await prove(made.source, made.answer_type, workshop.sandbox)
    if isinstance(first, Refusal):
        return first
    refusal = await _idle(line, order.axis, workshop)
    if refusal:
        return refusal
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


async def _idle(line: _Line, axis: Axis, workshop: Workshop) -> Refusal | None:
    """Why a line is not worth following: a change of it alters nothing."""
    sandbox = workshop.sandbox
    before = await prove(line.origin.source, line.origin.answer_type, sandbox)
    for step in line.steps:
        after = await prove(step.source, step.answer_type, sandbox)
        longer = axis is not Axis.TRANSFORMATIVE and _length(after) > _length(before)
        if _outcome(after) == _outcome(before) and not longer:
            return Refusal(f"a change alters nothing: {step.mutation}", "idle")
        before = after
    return None


def _outcome(proved: Proved | Refusal) -> str:
    return proved.why if isinstance(proved, Refusal) else json.dumps(proved.answer)


def _length(proved: Proved | Refusal) -> int:
    return 0 if isinstance(proved, Refusal) else proved.inferences


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


def _mutated(parent: Prototype, mutations: tuple[Mutation, ...], order: Order) -> _Line:
    clauses, words = read_clauses(parent.source), list[str]()
    steps: list[Prototype] = []
    for _ in range(order.rng.randint(1, MOST_CHANGES)):
        changed = order.rng.choice(mutations)(clauses, order.rng)
        if changed is not None and not _repeats(changed.clauses):
            clauses = changed.clauses
            words.append(changed.words)
            steps.append(child(parent, Changed(clauses, "; ".join(words)), order.name))
    return _Line(origin=parent, steps=tuple(steps))


def _repeats(clauses: Sequence[Clause]) -> bool:
    """Whether a clause stands there twice."""
    return len({clause.text for clause in clauses}) < len(clauses)


def _composed(left: Prototype, right: Prototype, order: Order) -> tuple[_Line, Prototype] | None:
    """What becomes of the second of two originals, and the first joined with that."""
    if left.digest == right.digest:
        return None
    varied = _Line(origin=right, steps=())
    if order.rng.random() < VARIED:
        varied = _mutated(right, EXPLORATORY, order)
    changed = compose(left, varied.last)
    if changed is None:
        return None
    words = "; ".join(filter(None, (changed.words, varied.words)))
    joined = replace(
        child(left, changed, order.name),
        answer_type=composed_type(left, varied.last),
        parents=(left.digest, right.digest),
        mutation=words,
    )
    return varied, joined
