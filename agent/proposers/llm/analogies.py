"""Analogies: rules that solved other tasks, kept for later and shown as worked examples."""

from typing import Final

from peirce.agent.candidate import Answer
from peirce.prototypes.library import Library
from peirce.tasks.task import Task
from peirce.verifiers.program import Language

SURE: Final = 0.8
"""Belief in an answer from which its rule is worth keeping."""
LONGEST_SOURCE: Final = 3_000
"""Characters of a program that is worth showing."""
SHOWN: Final = 2
"""Rules shown for one task."""


def learn(library: Library, task: Task, answer: Answer) -> bool:
    """Keep the rule of an answer if it is verified, likely and no mere table of answers."""
    best = answer.best
    if best is None or not answer.verified or answer.probability < SURE:
        return False
    program = best.proposal.program
    plain = program.language is Language.PYTHON and program.entry == "transform"
    if not plain or best.evidence.copies or len(program.source) > LONGEST_SOURCE:
        return False
    library.add(task, words=answer.rule, source=program.source, probability=answer.probability)
    return True


def analogies(library: Library | None, task: Task) -> str:
    """The nearest learned rules as text for a prompt; empty where there are none."""
    parts: list[str] = []
    for learned in library.nearest(task, SHOWN) if library else ():
        pairs = "\n".join(f"Input: {left}\nOutput: {right}" for left, right in learned.examples)
        parts.append(f"{pairs}\nRule: {learned.words}\n```python\n{learned.source.strip()}\n```")
    return "\n\n".join(parts)
