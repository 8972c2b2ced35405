"""Settle between rules that explain the same examples by asking for one output more.

`next_question` finds the smallest input on which the rules behind an answer disagree; `settle` puts
one such question after the other to somebody who knows, adds what they say to the examples, and has
the task solved again, until the rules agree or there is no more to be had from asking.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeAlias, assert_never

from peirce.agent.candidate import Answer, Candidate
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Value, same_value
from peirce.verifiers.distinguish import Difference, distinguish
from peirce.verifiers.verify import Runs

RIVALS: Final = 8
"""Rules that are compared; beyond the likeliest ones there is little to tell apart."""
PATIENCE: Final = 8
"""Questions in a row that may go unanswered before no more are asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One output that rules give for the input in question."""

    output: Value
    rules: tuple[str, ...]
    """The rules that give it, in words, likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is the output for this input?"""

    input: Value
    options: tuple[Option, ...]
    """What the rules say, two outputs or more, that of the likeliest rule first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the search for a question came to."""

    question: Question | None
    """None if the rules agree on every input tried."""
    rules: int
    """Rules compared."""
    tried: int
    """Inputs they were run on."""


@dataclass(frozen=True, slots=True)
class Given:
    """The reply: this is the output."""

    output: Value


@dataclass(frozen=True, slots=True)
class Unknown:
    """The reply: I do not know."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """The reply: that is not a valid input."""


@dataclass(frozen=True, slots=True)
class Enough:
    """The reply: ask no more."""


Reply: TypeAlias = Given | Unknown | Invalid | Enough


class Partner(Protocol):
    """Somebody who knows the rule's outputs, and who is told how it goes."""

    async def ask(self, task: Task, question: Question) -> Reply:
        """Put the question and bring back the reply."""
        ...

    def tell(self, looked: Looked) -> None:
        """Say that there is no question left."""
        ...


Solve: TypeAlias = Callable[[Task, Sequence[Candidate]], Awaitable[Answer]]
"""Solves a task, given the rules that were found before."""


def rivals(answer: Answer) -> tuple[Candidate, ...]:
    """The rules of an answer worth telling apart: the likeliest, every prediction represented."""
    fits = [found for found in answer.candidates if found.fits]
    leading: dict[str, Candidate] = {}
    for found in fits:
        leading.setdefault(repr(found.verdict.predictions), found)
    first = list(leading.values())[:RIVALS]
    chosen = {id(found) for found in (*first, *fits[: RIVALS - len(first)])}
    rest = [found for found in fits if id(found) not in chosen]
    chosen |= {id(found) for found in rest[: RIVALS - len(chosen)]}
    return tuple(found for found in fits if id(found) in chosen)


async def next_question(
    task: Task, answer: Answer, sandbox: Runs, *, excluded: Iterable[Value] = (), seed: int = 0
) -> Looked:
    """Find the smallest input on which the rules behind `answer` disagree.

    Args:
        task: what the answer is about.
        answer: its rules that explain every example are compared.
        sandbox: where programs run.
        excluded: inputs that were asked about in vain.
        seed: same seed, same question.
    """
    rules = rivals(answer)
    if len(rules) < 2:
        return Looked(question=None, rules=len(rules), tried=0)
    programs = [found.proposal.program for found in rules]
    found = await distinguish(programs, task, sandbox, excluded=excluded, seed=seed)
    question = _question(found.difference, rules) if found.difference else None
    return Looked(question=question, rules=len(rules), tried=found.tried)


async def settle(
    task: Task, answer: Answer, *, partner: Partner, solve: Solve, sandbox: Runs, seed: int = 0
) -> tuple[Task, Answer]:
    """Ask, learn, solve again, until the rules agree; the task with all it was told, its answer."""
    unanswered: list[Value] = []
    while len(unanswered) < PATIENCE:
        looked = await next_question(task, answer, sandbox, excluded=unanswered, seed=seed)
        if looked.question is None:
            partner.tell(looked)
            break
        reply = await partner.ask(task, looked.question)
        match reply:
            case Given(output):
                shown = Example(input=looked.question.input, output=output)
                task = replace(task, train=(*task.train, shown))
                answer = await solve(task, answer.candidates)
                unanswered.clear()
            case Unknown() | Invalid():
                unanswered.append(looked.question.input)
            case Enough():
                break
            case _:
                assert_never(reply)
    return task, answer


def _question(difference: Difference, rules: Sequence[Candidate]) -> Question:
    options: list[Option] = []
    for output, found in zip(difference.outputs, rules, strict=True):
        if output is None:
            continue
        words = found.proposal.hypothesis.words
        for index, option in enumerate(options):
            if same_value(option.output, output):
                options[index] = replace(option, rules=(*option.rules, words))
                break
        else:
            options.append(Option(output=output, rules=(words,)))
    return Question(input=difference.input, options=tuple(options))
