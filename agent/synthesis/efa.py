"""Items from executable functional abstractions: the abstraction is checked, then drawn from."""

import json
from dataclasses import replace
from typing import Final

from peirce.agent.synthesis.item import Axis, Item, as_json
from peirce.agent.synthesis.workshop import NOTHING, Order, Workshop, first_fitting
from peirce.prototypes.efa.mutations import OPERATIONS, compose, numbers, turn_round
from peirce.prototypes.prototype import Prototype
from peirce.verifiers.prototypes.efa import Draw, draw, examine
from peirce.verifiers.prototypes.ruling import Refusal

LARGEST_SIZE: Final = 4
QUESTION: Final = "{words} Answer with JSON of the type {type}."


async def make_efa(order: Order, workshop: Workshop) -> Item | Refusal:
    """One attempt at an item."""
    rng = order.rng
    made = _made(order, workshop)
    if made is None:
        return NOTHING
    if made.digest not in workshop.known:
        found = await examine(made, workshop.sandbox, workshop.judge)
        if isinstance(found, Refusal):
            return found
        workshop.known[made.digest] = made
    size = rng.randint(2, LARGEST_SIZE) if order.axis is Axis.EXPLORATORY else rng.randint(1, 2)
    wanted = Draw(seed=rng.getrandbits(32), size=size)
    drawn = await draw(made, [wanted], workshop.sandbox)
    if isinstance(drawn, Refusal):
        return drawn
    (instance,) = drawn
    words = f"parameters were drawn at size {size}"
    return Item(
        name=order.name,
        axis=order.axis,
        question=QUESTION.format(words=instance.words, type=_answer_form(made)),
        answer=as_json(instance.answer),
        prototype=replace(
            made,
            name=order.name,
            goal=instance.parameters,
            known_answer=json.dumps(instance.answer),
            provenance="mutation",
            parents=made.parents or (made.digest,),
            mutation="; ".join(filter(None, (made.mutation, words))),
        ),
    )


def _made(order: Order, workshop: Workshop) -> Prototype | None:
    rng = order.rng
    parent = rng.choice(workshop.originals)
    match order.axis:
        case Axis.EXPLORATORY:
            return parent
        case Axis.COMPOSITIONAL:
            operation = rng.choice(OPERATIONS)
            return first_fitting(workshop, rng, lambda other: compose(parent, other, operation))
        case Axis.TRANSFORMATIVE:
            return turn_round(parent, rng.choice(numbers(parent)))


def _answer_form(made: Prototype) -> str:
    return "str, a formula" if made.answer_type == "formula" else made.answer_type
