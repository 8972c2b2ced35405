"""Verify a program against a task: run it in the sandbox, compare on the host.

Expected outputs stay on this side: the sandbox receives the program and the inputs, nothing else.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.compare import closeness, same
from peirce.verifiers.program import Language, Program
from peirce.verifiers.prolog.explain import explain
from peirce.verifiers.sandbox import Execution
from peirce.verifiers.verdict import Verdict


class Runs(Protocol):
    """What verification needs of a sandbox."""

    async def run(
        self, program: Program, inputs: Sequence[Value], output_type: ValueType
    ) -> Execution:
        """Run `program` on every input; never raises for what the program does."""
        ...

    async def confirm(
        self,
        program: Program,
        inputs: Sequence[Value],
        output_type: ValueType,
        execution: Execution,
    ) -> bool:
        """Run it again elsewhere and say whether the values are the same."""
        ...


async def verify(program: Program, task: Task, sandbox: Runs) -> Verdict:
    """Judge `program` on all train examples and collect its predictions for the test inputs.

    A program that fits every train example is run a second time in another process image, with
    other seeds and the examples in another order; if its values change, `stable` is False.
    """
    program = over_background(program, task)
    execution = await sandbox.run(program, task.inputs, task.output_type)
    verdict = judge(execution, task)
    if not verdict.fits:
        return await explain(program, task, verdict, sandbox)
    stable = await sandbox.confirm(program, task.inputs, task.output_type, execution)
    return replace(verdict, stable=stable)


def over_background(program: Program, task: Task) -> Program:
    """A program as it runs for a task: one in Prolog knows the task's background."""
    if program.language is Language.PROLOG:
        return replace(program, background=task.background)
    return program


def judge(execution: Execution, task: Task) -> Verdict:
    """Compare what a run gave with what the task expects."""
    shown = len(task.train)
    train = execution.outcomes[:shown]
    pairs = [(outcome.value, pair.output) for outcome, pair in zip(train, task.train, strict=True)]
    return Verdict(
        train=train,
        passed=tuple(same(got, expected) for got, expected in pairs),
        closeness=tuple(closeness(got, expected) for got, expected in pairs),
        test=execution.outcomes[shown:],
        cpu_seconds=execution.cpu_seconds,
        isolation=execution.isolation_level,
    )
