"""`induce`: answers a request of another agent, and says which further example would settle it."""

import asyncio
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, JsonValue

from peirce.agent.dialogue import Looked, next_question
from peirce.agent.inquiry import Budget
from peirce.agent.interfaces.record import AnswerRecord, record
from peirce.agent.interfaces.tools.request import DEFAULT_SECONDS, InduceRule
from peirce.agent.proposers.symbolic.warm import warm_up
from peirce.agent.search import Proposer
from peirce.agent.solve import solve_async
from peirce.agent.trace import Sink
from peirce.tasks.values import encode
from peirce.verifiers.sandbox import Level, Sandbox


class Choice(BaseModel):
    """One output that rules give for the input in question."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    output: JsonValue
    """The output."""
    rules: tuple[str, ...]
    """The rules that give it, in words, likeliest first."""


class Settling(BaseModel):
    """What would settle which of the rules is right."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    summary: str
    """The state of things in one sentence."""
    input: JsonValue = None
    """The smallest input on which the rules disagree; null if none was found."""
    choices: tuple[Choice, ...] = ()
    """What the rules give for it."""


class InducedRule(AnswerRecord):
    """The answer to a request: rules, predictions, how sure, and what would settle it."""

    settling: Settling
    """A further example to ask for, if the rules that explain these disagree anywhere."""


async def induce(
    request: InduceRule,
    *,
    sandbox: Sandbox,
    proposers: Sequence[Proposer] | None = None,
    tell: Sink | None = None,
    seed: int = 0,
) -> InducedRule:
    """Solve what `request` states, in a sandbox that is already open.

    Raises:
        TaskError: the values of one side are of different types.
    """
    task = request.task
    await asyncio.to_thread(warm_up, [task], lambda text: None)
    answer = await solve_async(
        task,
        sandbox=sandbox,
        budget=Budget(seconds=request.seconds or DEFAULT_SECONDS),
        proposers=proposers,
        tell=tell,
        seed=seed,
    )
    looked = await next_question(task, answer, sandbox, seed=seed)
    found = record(task, answer, isolation=sandbox.isolation.summary, score=None)
    return InducedRule(**found.model_dump(), settling=_settling(looked))


async def induce_alone(request: InduceRule, *, floor: Level = Level.MEDIUM) -> InducedRule:
    """The same for a single call: opens a sandbox, uses it once, closes it.

    Raises:
        TaskError: the values of one side are of different types.
        SandboxError: no sandbox of level `floor` can be had on this machine.
    """
    async with Sandbox.open(floor=floor) as sandbox:
        return await induce(request, sandbox=sandbox)


def _settling(looked: Looked) -> Settling:
    if looked.rules < 2:
        return Settling(summary="no second rule explains every example")
    if looked.question is None:
        return Settling(
            summary=f"{looked.rules} rules compared, no difference found in {looked.tried} inputs"
        )
    return Settling(
        summary="rules that explain every example disagree: ask for the output of `input`",
        input=encode(looked.question.input),
        choices=tuple(
            Choice(output=encode(option.output), rules=option.rules)
            for option in looked.question.options
        ),
    )
