"""Says of a failing Prolog rule which examples it misses or wrongly covers, and why the first do.

The reasons are the branch of a proof that went wrong: for an atom that should hold, the clause that
came furthest and the goal that failed in it; for one that should not, the proof that was found;
for one whose proof broke off, the calls that took it there.
(Shapiro, Algorithmic Program Debugging, 1983: missing and wrong answers.)
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from peirce.tasks.atoms import Atom
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.prolog.goals import EXPLANATION
from peirce.verifiers.sandbox import Cause, Execution, Outcome
from peirce.verifiers.verdict import Verdict

MAX_LISTED: Final = 3
"""Most examples named in a message."""
MAX_REASON: Final = 300
"""Longest trace, in characters."""
BROKEN_OFF: Final = (Cause.ERROR, Cause.TIMEOUT, Cause.MEMORY)
"""What happens to a proof that does not end."""


class Explains(Protocol):
    """What the explanation needs of a sandbox."""

    async def run(
        self, program: Program, inputs: Sequence[Value], output_type: ValueType
    ) -> Execution:
        """Run `program` on every input."""
        ...


async def explain(program: Program, task: Task, verdict: Verdict, sandbox: Explains) -> Verdict:
    """Put reasons into the first missed, wrongly covered and broken off example of `verdict`.

    Does nothing for programs that fit, that did not load, or that are not about atoms.
    """
    missed = _failing(task, verdict, holds=True)
    covered = _failing(task, verdict, holds=False)
    broken = _broken(task, verdict)
    # Last, as the CPU time of the others may go on what breaks off.
    firsts = [*missed[:1], *covered[:1], *broken[:1]]
    if program.language is not Language.PROLOG or not firsts:
        return verdict
    inputs = tuple(task.train[index].input for index in firsts)
    reasons = (await sandbox.run(program, inputs, EXPLANATION)).values
    train = list(verdict.train)
    for index, reason in zip(firsts, reasons, strict=True):
        if index in broken:
            words = _joined(train[index].message, str(reason or ""))
        else:
            group = missed if index in missed else covered
            words = _words(task, group, holds=index in missed, reason=str(reason or ""))
        train[index] = replace(train[index], message=words)
    return replace(verdict, train=tuple(train))


def _failing(task: Task, verdict: Verdict, *, holds: bool) -> list[int]:
    """Examples that got the other truth value although the rule ran."""
    return [
        index
        for index, (pair, outcome, passed) in enumerate(
            zip(task.train, verdict.train, verdict.passed, strict=True)
        )
        if _is_judged(pair.input, outcome) and not passed and pair.output is holds
    ]


def _broken(task: Task, verdict: Verdict) -> list[int]:
    """Examples whose proof ran into an error or a limit."""
    return [
        index
        for index, (pair, outcome) in enumerate(zip(task.train, verdict.train, strict=True))
        if isinstance(pair.input, Atom) and outcome.cause in BROKEN_OFF
    ]


def _is_judged(value: Value, outcome: Outcome) -> bool:
    return isinstance(value, Atom) and outcome.ok


def _words(task: Task, group: list[int], *, holds: bool, reason: str) -> str:
    every = sum(pair.output is holds for pair in task.train)
    names = [pair.text for i in group[:MAX_LISTED] if isinstance(pair := task.train[i].input, Atom)]
    listed = ", ".join(names) + (", ..." if len(group) > MAX_LISTED else "")
    if holds:
        words = f"the rule misses {len(group)} of {every} atoms that hold ({listed})"
    else:
        words = f"the rule covers {len(group)} of {every} atoms that do not hold ({listed})"
    return _joined(words, reason)


def _joined(words: str, reason: str) -> str:
    return f"{words}: {reason[:MAX_REASON]}" if reason else words
