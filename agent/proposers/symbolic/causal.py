"""Which things switch a machine on, from trials with several things at once (ACRE's question).

The method reads a task whose inputs are sets of names and whose outputs are two labels, takes one
label for "on", and says what follows for certain and what stays open (Zhang et al., CVPR 2021,
ACRE; the reasoning is that of consistency-based diagnosis, Reiter 1987: causes are hitting sets).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import causal
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program

NAME = "causal"
UNSURE: Final = "undetermined"
"""The answer where trials leave it open and no example names that case."""
_ON_WORDS: Final = ("on", "yes", "true", "1", "light", "lit", "active", "activated")


def propose(task: Task, clock: Clock) -> Found:
    """The rule of the machine, for every reading of the labels that agrees with all trials."""
    del clock
    trials = _trials(task)
    labels = sorted({label for _, label in trials})
    for on, off, unsure in _readings(labels):
        yield None
        lit = [things for things, label in trials if label == on]
        dark = [things for things, label in trials if label == off]
        cleared = causal.harmless(dark)
        groups = causal.suspects(lit, cleared)
        if any(not group for group in groups):
            continue
        judged = (
            causal.judge(things, groups, cleared, on=on, off=off, unsure=unsure)
            for things, _ in trials
        )
        if all(said == label for said, (_, label) in zip(judged, trials, strict=True)):
            yield _proposal(groups, sorted(cleared), (on, off, unsure))


def _trials(task: Task) -> list[tuple[tuple[str, ...], str]]:
    return [
        (example.input, example.output)  # type: ignore[misc]
        for example in task.train
        if isinstance(example.input, tuple) and isinstance(example.output, str)
    ]


def _readings(labels: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Which label may mean on, off and undetermined; a label that says on can mean nothing else."""
    spoken = [label for label in labels if label.lower() in _ON_WORDS]
    for on in spoken or labels:
        for off in labels:
            rest = [label for label in labels if label not in (on, off)]
            if off != on and len(rest) <= 1:
                yield on, off, rest[0] if rest else UNSURE


def _proposal(
    groups: Sequence[frozenset[str]], cleared: Sequence[str], labels: tuple[str, str, str]
) -> Proposal:
    on, off, unsure = labels
    listing = "".join(f"    {_set(sorted(group))},\n" for group in groups)
    said = "" if labels == ("on", "off", UNSURE) else _labelled(labels)
    source = (
        "from peirce.prototypes import causal\n\n"
        f"CLEARED = {_set(cleared)}\n"
        f"SUSPECTS = (\n{listing})\n\n\n"
        "def transform(things):\n"
        f"    return causal.judge(things, SUSPECTS, CLEARED{said})\n"
    )
    return Proposal(
        hypothesis=Hypothesis(words=_words(groups, on, off, unsure), level=Level.RELATION),
        program=Program(source=source),
        origin=f"symbolic.{NAME}",
    )


def _labelled(labels: tuple[str, str, str]) -> str:
    on, off, unsure = labels
    return f", on={on!r}, off={off!r}, unsure={unsure!r}"


def _set(names: Sequence[str]) -> str:
    return "{" + ", ".join(f'"{name}"' if '"' not in name else repr(name) for name in names) + "}"


def _words(groups: Sequence[frozenset[str]], on: str, off: str, unsure: str) -> str:
    sure = [name for group in groups if len(group) == 1 for name in group]
    open_ = [sorted(group) for group in groups if len(group) > 1]
    parts: list[str] = []
    if sure:
        verb = "is a cause" if len(sure) == 1 else "are causes"
        parts.append(f"{' and '.join(f'the {name}' for name in sure)} {verb}")
    parts.extend(
        f"at least one of {', '.join(f'the {name}' for name in group)} is a cause"
        for group in open_
    )
    causes = "; ".join(parts) or "nothing seen is a cause"
    text = (
        f"{causes}; the answer is {on} with a sure cause or a whole such group present, "
        f"{off} if all things were seen without effect, and otherwise {unsure}."
    )
    return text[:1].upper() + text[1:]


def promise(task: Task) -> float:
    """High for sets of recurring names, of different sizes, under two or three labels."""
    if task.input_type is not ValueType.STRINGS or task.output_type is not ValueType.STRING:
        return 0.0
    trials = _trials(task)
    sizes = {len(things) for things, _ in trials}
    labels = {label for _, label in trials}
    names = [name for things, _ in trials for name in set(things)]
    recurring = len(set(names)) < len(names)
    return 0.95 if len(sizes) > 1 and 2 <= len(labels) <= 3 and recurring else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=promise)
