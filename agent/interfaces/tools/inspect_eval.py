"""Peirce's tasks under Inspect: the task `rules`, the solver `peirce` and the scorer `outputs`.

Whoever solves, a model or Peirce, ends with the JSON list of the outputs for the test inputs.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# Inspect is optional, so its types are unknown where it is not installed.

import json

from peirce.agent.inquiry import Budget
from peirce.agent.interfaces.tools.inspect_texts import load, prompt, read_guesses
from peirce.agent.solve import solve_async
from peirce.tasks.values import encode
from peirce.verifiers.sandbox import Sandbox

try:
    import inspect_ai
    from inspect_ai.dataset import Sample
    from inspect_ai.scorer import Score, Scorer, Target, accuracy, scorer, stderr
    from inspect_ai.solver import Generate, Solver, TaskState, solver
except ImportError as error:
    raise ImportError("the task needs inspect-ai: pip install 'peirce[inspect]'") from error


@inspect_ai.task
def rules(data: str = "", seconds: float = 20.0) -> inspect_ai.Task:
    """The tasks of a file or folder; without one, the bundled samples."""
    asked = [Sample(id=task.name, input=prompt(task)) for task in load(data)]
    return inspect_ai.Task(dataset=asked, solver=peirce(data, seconds), scorer=outputs(data))


@solver
def peirce(data: str = "", seconds: float = 20.0) -> Solver:
    """Peirce's own search instead of a model."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        task = load(data).find(str(state.sample_id))
        async with Sandbox.open() as sandbox:
            answer = await solve_async(task, sandbox=sandbox, budget=Budget(seconds=seconds))
        guesses = [[encode(guess.value) for guess in column] for column in answer.predictions]
        first = json.dumps([column[0] if column else None for column in guesses])
        state.metadata["guesses"], state.output.completion = guesses, f"{answer.rule}\n{first}"
        return state

    return solve


@scorer(metrics=[accuracy(), stderr()])
def outputs(data: str = "") -> Scorer:
    """Right if every test output is; grids are right within two guesses, where there are two."""
    taskset = load(data)

    async def score(state: TaskState, target: Target) -> Score:
        task, text = taskset.find(str(state.sample_id)), state.output.completion
        ranked = read_guesses(task, text, state.metadata.get("guesses"))
        return Score(value="C" if taskset.scorer.score(task, ranked).solved else "I", answer=text)

    return score
