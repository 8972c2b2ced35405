"""What models are asked: to write a problem in words as Prolog, and to solve a program puzzle.

A model's word is never taken: a translation counts if SWI-Prolog proves one answer of it that
survives disguises, and if most translations agree on it; an answer counts if the puzzle accepts it.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from peirce.agent.models.client import ModelClient
from peirce.agent.models.request import Finish, Message, Request
from peirce.agent.prompts import Prompts
from peirce.agent.proposers.llm.replies import json_texts
from peirce.agent.synthesis.puzzles import QUESTION
from peirce.prototypes.answer_types import parse_answer_type
from peirce.prototypes.prototype import LONGEST_SOURCE, Kind, Prototype
from peirce.tasks.errors import TaskError
from peirce.verifiers.prototypes.prolog import Proved, examine, measured
from peirce.verifiers.prototypes.puzzles import Solved, check_answer
from peirce.verifiers.prototypes.ruling import Refusal
from peirce.verifiers.verify import Runs

SAMPLES: Final = 5
"""Translations or answers asked for."""
AGREEMENT: Final = 0.5
"""More than this share of the translations that run must give the same answer."""
LEAST_AGREEING: Final = 2
"""Fewest of them, where more than one was asked for."""
LONGEST_REPLY: Final = 4_096
"""Tokens."""
Reply = TypeVar("Reply", bound=BaseModel)


class TranslationReply(BaseModel):
    """A problem as Prolog."""

    model_config = ConfigDict(extra="ignore")

    program: str = Field(min_length=1, max_length=LONGEST_SOURCE)
    answer_type: str = Field(max_length=100)


class PuzzleReply(BaseModel):
    """An answer to a puzzle."""

    model_config = ConfigDict(extra="ignore")

    answer: JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A model and how it is asked."""

    client: ModelClient
    prompts: Prompts
    samples: int = SAMPLES
    temperature: float = 0.8


async def translate(
    name: str, problem: str, asker: Asker, sandbox: Runs
) -> tuple[Prototype, Proved] | Refusal:
    """A problem in words as a Prolog prototype, with the answer that most translations agree on.

    Raises:
        ModelError: the model cannot be had.
    """
    found: list[tuple[Prototype, Proved]] = []
    refusals: list[Refusal] = []
    prompt = asker.prompts.render("formalise", problem=problem)
    async for reply in _replies(asker, prompt, TranslationReply):
        made = _prototype(name, problem, reply, asker.client.model)
        if isinstance(made, Refusal):
            refusals.append(made)
            continue
        proved = await examine(made, sandbox)
        if isinstance(proved, Refusal):
            refusals.append(proved)
        else:
            found.append((measured(made, proved), proved))
    if not found:
        return refusals[0] if refusals else Refusal("the model wrote no translation", "reply")
    votes = Counter(json.dumps(proved.answer) for _, proved in found)
    answer, most = votes.most_common(1)[0]
    if most < min(LEAST_AGREEING, asker.samples) or most <= AGREEMENT * len(found):
        given = ", ".join(f"{text} ({count})" for text, count in votes.most_common(3))
        return Refusal(f"the translations do not agree: {given}", "agreement")
    agreed = [one for one in found if json.dumps(one[1].answer) == answer]
    return min(agreed, key=lambda one: (len(one[0].source), one[0].source))


async def answer_puzzle(puzzle: Prototype, asker: Asker, sandbox: Runs) -> Solved | Refusal:
    """The first answer of a model that a puzzle accepts.

    Raises:
        ModelError: the model cannot be had.
    """
    question = QUESTION.format(source=puzzle.source, type=puzzle.answer_type)
    prompt = asker.prompts.render("puzzle", question=question)
    refusal = Refusal("the model gave no answer", "reply")
    async for reply in _replies(asker, prompt, PuzzleReply):
        found = await check_answer(puzzle, reply.answer, sandbox)
        if found is None:
            return Solved(answer=json.loads(json.dumps(reply.answer)), candidates=0)
        refusal = found
    return refusal


async def _replies(asker: Asker, prompt: str, schema: type[Reply]) -> AsyncIterator[Reply]:
    """What can be read of what a model writes."""
    request = Request(
        messages=(Message(role="user", content=prompt),),
        samples=asker.samples,
        temperature=asker.temperature,
        max_tokens=LONGEST_REPLY,
        schema=schema,
        label=schema.__name__,
    )
    async for completion in asker.client.sample(request):
        if completion.finish is Finish.REFUSED:
            continue
        for text in json_texts(completion.text):
            try:
                yield schema.model_validate_json(text)
            except ValidationError:
                continue
            break


def _prototype(name: str, problem: str, reply: TranslationReply, model: str) -> Prototype | Refusal:
    try:
        answer_type = str(parse_answer_type(reply.answer_type))
        return Prototype(
            name=name,
            kind=Kind.PROLOG,
            words=problem,
            source=reply.program,
            goal="answer(X)",
            answer_type=answer_type,
            provenance=model,
        )
    except TaskError as error:
        return Refusal(str(error), "reply")
