"""The neurons of a language model's replies in a search, from the server that recorded them.

A vLLM server with the neuron plugin keeps what it recorded of every request until it is fetched.
The trace of a search names each reply by the server's id, and each proposal by the reply it was
read from: that joins neurons with hypothesis, program and verdict. A recording begins with the
last token of the prompt, which is read while the first token of the reply is written; the token
written last is read by nobody and has no place in it.
"""

# pyright: reportMissingImports=false
# torch is optional, so its types are unknown where it is not installed.

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from peirce.agent.circuits.catalogue import Neuron
from peirce.agent.circuits.join import Proposition, by_task, join_verdicts
from peirce.agent.circuits.probe import spell
from peirce.agent.circuits.record import Recording
from peirce.agent.circuits.rows import MOST_BYTES, Rows, fetch_rows
from peirce.agent.circuits.subject import Subject
from peirce.agent.trace import Event, Proposed, Replied, read_trace
from peirce.tasks.errors import ConfigError, ModelError


class Fetched(NamedTuple):
    """What a server had of a search's replies."""

    recordings: tuple[Recording, ...]
    missing: int
    """Replies of which it had nothing: fetched before, forgotten, or cut off before they began or
    before the server said where their prompts end."""
    why: str
    """Why some may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply of a search: where its neurons are, and what it proposed."""

    task: str
    request: str
    sample: int
    prompt_tokens: int
    """0 if the server never said, as of a call that was cut off."""
    program: str
    """Digest of the program read from it; empty if none was, or if it was known already."""


def fetch_replies(
    server: str, subject: Subject, trace: Path, neurons: tuple[Neuron, ...]
) -> Fetched:
    """Take the recordings of all replies of a search from the server that wrote them.

    Args:
        server: Address without path, such as `http://127.0.0.1:8000`.
        subject: The model that was served, to spell its tokens with.
        trace: The search.
        neurons: Those that must have been recorded.

    Raises:
        ConfigError: the trace names no reply of a server.
        ModelError: the server does not answer, or recorded nothing or something else.
    """
    events = tuple(read_trace(trace))
    replies = tuple(list_replies(events))
    if not replies:
        raise ConfigError(
            f"{str(trace)!r} names no reply of a server; searches with `peirce solve --model` do, "
            "unless all replies came from the cache"
        )
    verdicts = {(each.task, each.digest): each for each in join_verdicts(events)}
    found: list[Recording] = []
    why = (
        "it hands neurons out once, forgets the oldest when it has no room, and counts no prompts "
        "of replies that are cut off"
    )
    try:
        for request in dict.fromkeys(reply.request for reply in replies):
            rows = {each.sample: each for each in fetch_rows(server, request, neurons)}
            for reply in replies:
                if reply.request == request and reply.sample in rows and reply.prompt_tokens:
                    known = verdicts.get((reply.task, reply.program))
                    recording = record_reply(reply, rows[reply.sample], subject, known)
                    found += [recording] if recording.tokens else []
    except ModelError as error:
        # What has been handed out is gone from the server, so it is kept, whatever comes after.
        why = str(error)
    if not found:
        raise ModelError(
            f"{server!r} has no neurons of the {len(replies)} replies in {str(trace)!r}: {why}"
        )
    return Fetched(tuple(found), len(replies) - len(found), why)


def list_replies(events: Sequence[Event]) -> Iterator[Reply]:
    """The replies of a trace that a server has a name for.

    Raises:
        ConfigError: a name is none that a search writes.
    """
    prompts: dict[tuple[str, int], int] = {}
    programs: dict[tuple[str, str], str] = {}
    named: list[tuple[str, Replied]] = []
    for task, event in by_task(events):
        if isinstance(event, Proposed):
            programs[task, event.reply] = event.digest
        elif isinstance(event, Replied):
            key = (task, event.call)
            # Only one of a call's replies says how long their prompt was.
            prompts[key] = max(prompts.get(key, 0), event.prompt_tokens)
            named += [(task, event)] if event.reply else []
    for task, event in named:
        request, _, sample = event.reply.rpartition("/")
        if not (sample.isdecimal() and len(sample) < 10):
            raise ConfigError(f"{event.reply!r} is no reply's id, such as 'chatcmpl-1/0'")
        yield Reply(
            task=task,
            request=request,
            sample=int(sample),
            prompt_tokens=prompts[task, event.call],
            program=programs.get((task, event.reply), ""),
        )


def record_reply(
    reply: Reply, rows: Rows, subject: Subject, proposition: Proposition | None
) -> Recording:
    """One sample's rows from the last token of its prompt on.

    Raises:
        ModelError: its positions are further apart than any server's memory reaches.
    """
    first = reply.prompt_tokens - 1
    written = rows.positions >= first
    places = rows.positions[written] - first
    length = int(places.max(initial=-1)) + 1
    if length * len(rows.neurons) * rows.values.itemsize > MOST_BYTES:
        raise ModelError(
            f"position {first + length - 1} of {reply.request!r} was recorded, of a reply that "
            f"begins at {first}: longer than what a server keeps"
        )
    tokens = np.zeros(length, dtype=np.int32)
    tokens[places] = rows.tokens[written]
    values = np.full((length, len(rows.neurons)), np.nan, dtype=np.float32)
    values[places] = rows.values[written]
    return Recording(
        identifier=f"{reply.request}/{reply.sample}",
        tokens=tuple(tokens.tolist()),
        texts=spell(subject, tokens.tolist()),
        prompt=1,
        neurons=rows.neurons,
        values=values,
        verdict=proposition.verdict if proposition else "unknown",
        hypothesis=proposition.words if proposition else "",
        program=reply.program,
        task=reply.task,
        start=first,
    )
