"""Training sets from the traces of a run, as JSONL in the chat format that trainers read.

What counts as right is decided by the train examples alone: no test output is in a trace, so none
gets into a training set. Data sets come as `messages` (supervised) or as `prompt`, `chosen` and
`rejected` (preferences), the forms of TRL and the libraries that follow it.
"""

import itertools
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, assert_never

from pydantic import JsonValue

from peirce.agent.prompts import Prompts
from peirce.agent.proposers.llm.views import View, describe, show
from peirce.agent.replay import Recording
from peirce.agent.trace import Judged, Proposed, Result
from peirce.tasks.task import Task
from peirce.tasks.values import decode

MOST_VERIFIED: Final = 4
"""Programs taken from one task as answers, the likeliest first."""
MOST_FAILED: Final = 4
"""Failed programs of one task set against its best one, the nearest first."""
REQUEST: Final = (
    "Find the rule behind the examples. State it in one or two sentences, then write it as a "
    "program that computes the output from the input."
)


class Training(StrEnum):
    """Which training set to make."""

    SFT = "sft"
    """Tasks with programs that reproduce every example."""
    PREFERENCES = "preferences"
    """A verified program against one that fails."""
    PARTIAL = "partial"
    """Programs that reproduce some examples, with how many."""
    JOURNEYS = "journeys"
    """From a mistake through what went wrong to the correction, as one conversation."""


Row = dict[str, JsonValue]


def training_rows(recording: Recording, wanted: Training) -> Iterator[Row]:
    """The rows that one recorded search gives."""
    match wanted:
        case Training.SFT:
            yield from _answers(recording)
        case Training.PREFERENCES:
            yield from _preferences(recording)
        case Training.PARTIAL:
            yield from _partial(recording)
        case Training.JOURNEYS:
            yield from _journeys(recording)
        case _:
            assert_never(wanted)


def question(task: Task) -> list[JsonValue]:
    """The messages that put a task."""
    return [
        _message("system", Prompts().render("system")),
        _message("user", f"{describe(task, View.RAW)}\n\n{REQUEST}"),
    ]


def reply(proposal: Proposed) -> JsonValue:
    """The message that answers with a rule and its program."""
    text = f"{proposal.words}\n\n```{proposal.language}\n{proposal.source.strip()}\n```"
    return _message("assistant", text)


def verified(recording: Recording) -> list[Proposed]:
    """Rules that reproduce every example, likeliest first where the search could rank them."""
    found = {event.digest: event for event in _rules(recording) if _fits(recording, event)}
    ranked = recording.answer.candidates if recording.answer else ()
    return [found.pop(digest) for digest in ranked if digest in found] + list(found.values())


def _answers(recording: Recording) -> Iterator[Row]:
    asked = question(recording.task)
    for proposal in verified(recording)[:MOST_VERIFIED]:
        yield _row(recording, messages=[*asked, reply(proposal)])


def _preferences(recording: Recording) -> Iterator[Row]:
    right = verified(recording)
    if not right:
        return
    asked = question(recording.task)
    for wrong in _failed(recording)[:MOST_FAILED]:
        yield _row(recording, prompt=asked, chosen=[reply(right[0])], rejected=[reply(wrong)])


def _partial(recording: Recording) -> Iterator[Row]:
    asked = question(recording.task)
    for proposal in _failed(recording)[:MOST_FAILED]:
        passed = recording.verdicts[proposal.digest].passed
        if any(passed):
            share = sum(passed) / len(passed)
            yield _row(recording, messages=[*asked, reply(proposal)], score=share)


def _journeys(recording: Recording) -> Iterator[Row]:
    known = {event.digest: event for event in recording.proposals}
    for proposal in verified(recording):
        steps = [proposal]
        while (parent := known.get(steps[0].parent or "")) and parent not in steps:
            steps.insert(0, parent)
        if len(steps) < 2 or any(step.digest not in recording.verdicts for step in steps):
            continue
        messages = [*question(recording.task), reply(steps[0])]
        for before, after in itertools.pairwise(steps):
            said = complaint(recording.task, recording.verdicts[before.digest])
            messages += [_message("user", said), reply(after)]
        yield _row(recording, messages=messages)


def complaint(task: Task, verdict: Judged) -> str:
    """What went wrong, as one who checks the program would say it."""
    right = sum(verdict.passed)
    parts = [f"This reproduces {right} of {len(verdict.passed)} examples."]
    for index, (passed, got) in enumerate(zip(verdict.passed, verdict.train, strict=True)):
        if not passed:
            parts.append(f"Example {index + 1}: {_gave(task, got)}")
            parts.append(f"Expected:\n{show(task.train[index].output)}")
            break
    return "\n".join([*parts, "State what was wrong, and give a better rule and program."])


def _gave(task: Task, got: Result) -> str:
    if got.value is None:
        return f"the program failed: {got.message or got.cause}"
    return f"it gave\n{show(decode(got.value, task.output_type))}"


def _rules(recording: Recording) -> Sequence[Proposed]:
    return [
        event
        for event in recording.proposals
        if event.digest in recording.verdicts and not event.transductive
    ]


def _failed(recording: Recording) -> list[Proposed]:
    """Rules that fail some example, those that come nearest first."""
    wrong = [event for event in _rules(recording) if not _fits(recording, event)]

    def distance(event: Proposed) -> tuple[float, float]:
        verdict = recording.verdicts[event.digest]
        return -sum(verdict.passed), -sum(verdict.closeness)

    return sorted(wrong, key=distance)


def _fits(recording: Recording, event: Proposed) -> bool:
    return recording.verdicts[event.digest].fits


def _row(recording: Recording, **fields: JsonValue) -> Row:
    return {"task": recording.started.task.name, **fields}


def _message(role: str, content: str) -> JsonValue:
    return {"role": role, "content": content}
