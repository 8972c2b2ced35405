"""Execution traces: what each line of a verified program gives on an example, as chats.

The program is rewritten to note every assignment and the value it returns, and runs in the sandbox
like any other; a program that then does not return its example's output gives no row.
"""

import ast
from collections.abc import AsyncIterator
from typing import Final

from peirce.agent.proposers.llm.views import show
from peirce.agent.replay import Recording
from peirce.agent.runs.exports.training import Row, verified
from peirce.agent.trace import Proposed
from peirce.agent.traced import proposal_of
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.sandbox import Sandbox

MOST_EXAMPLES: Final = 2
"""Examples of one task that are executed."""
MOST_STEPS: Final = 40
"""Assignments noted in one execution."""
MOST_CHARACTERS: Final = 1_000
"""Characters of one noted value."""
_NOTES: Final = "_steps_of_the_trace"
_REQUEST: Final = "Execute this program step by step on the input, naming the value of each step."


async def step_rows(recording: Recording, sandbox: Sandbox) -> AsyncIterator[Row]:
    """Rows of one recorded search: its likeliest verified program on its first examples."""
    for proposal in verified(recording)[:1]:
        program = noting(proposal)
        if program is None:
            continue
        task = recording.task
        pairs = task.train[:MOST_EXAMPLES]
        inputs = [pair.input for pair in pairs]
        noted = await sandbox.run(program, inputs, ValueType.STRINGS)
        plain = await sandbox.run(proposal_of(proposal).program, inputs, task.output_type)
        for pair, steps, result in zip(pairs, noted.outcomes, plain.outcomes, strict=True):
            if not isinstance(steps.value, tuple) or result.value != pair.output:
                continue
            lines = [f"{place}. {step}" for place, step in enumerate(steps.value, start=1)]
            asked = f"{_REQUEST}\n\n```python\n{proposal.source.strip()}\n```\n\n"
            yield {
                "task": task.name,
                "messages": [
                    {"role": "user", "content": f"{asked}Input:\n{show(pair.input)}"},
                    {
                        "role": "assistant",
                        "content": "\n".join([*lines, "", f"Output:\n{show(pair.output)}"]),
                    },
                ],
            }


def noting(proposal: Proposed) -> Program | None:
    """The program rewritten to return what it did; None where it is not plain Python."""
    if proposal.language is not Language.PYTHON:
        return None
    try:
        tree = ast.parse(proposal.source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == proposal.entry:
            body = [found for step in node.body for found in _noted(step)]
            node.body = [*ast.parse(f"{_NOTES} = []").body, *body]
            source = ast.unparse(ast.fix_missing_locations(tree))
            return Program(source=source, language=proposal.language, entry=proposal.entry)
    return None


def _noted(step: ast.stmt) -> list[ast.stmt]:
    """A statement, followed or replaced by what notes its value."""
    match step:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AugAssign(target=ast.Name(id=name)):
            return [step, *_note(name)]
        case ast.Return(value=ast.expr() as value):
            held = ast.Assign(targets=[ast.Name(id="result", ctx=ast.Store())], value=value)
            returned = ast.parse(f"def f():\n    return {_NOTES}").body[0]
            assert isinstance(returned, ast.FunctionDef)
            return [held, *_note("result"), *returned.body]
        case _:
            for block in _blocks(step):
                block[:] = [found for inner in block for found in _noted(inner)]
            return [step]


def _blocks(step: ast.stmt) -> list[list[ast.stmt]]:
    """The lists of statements within one; a function or class in it runs by itself and has none."""
    match step:
        case ast.If() | ast.For() | ast.While():
            return [step.body, step.orelse]
        case ast.With():
            return [step.body]
        case ast.Try() | ast.TryStar():
            handled = [handler.body for handler in step.handlers]
            return [step.body, *handled, step.orelse, step.finalbody]
        case ast.Match():
            return [case.body for case in step.cases]
        case _:
            return []


def _note(name: str) -> list[ast.stmt]:
    text = f"'{name} = ' + repr({name})[:{MOST_CHARACTERS}]"
    return ast.parse(f"if len({_NOTES}) < {MOST_STEPS}: {_NOTES}.append({text})").body
