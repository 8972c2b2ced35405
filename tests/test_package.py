"""What the package promises as a whole."""

import subprocess
import sys

import peirce

PUBLIC = [
    "Answer", "Budget", "Candidate", "ConfigError", "Evidence", "Example", "Hypothesis", "Inquiry",
    "Language", "Level", "Limits", "ModelError", "PeirceError", "Prediction", "Program",
    "Proposal", "Proposer", "Sandbox", "SandboxError", "Score", "Scorer", "Spent", "Stop", "Task",
    "TaskError", "TaskSet", "Value", "ValueType", "Verdict", "__version__", "load_samples",
    "load_tasks", "solve", "solve_async",
]  # fmt: skip


def test_the_public_names_are_these_and_each_can_be_had():
    assert peirce.__all__ == PUBLIC
    assert all(getattr(peirce, name) is not None for name in PUBLIC)


def test_the_vocabulary_loads_without_the_compiler_and_without_the_agent():
    code = (
        "import sys, peirce.prototypes.grids, peirce.prototypes.lists, peirce.prototypes.strings\n"
        "print([name for name in sys.modules if name.startswith(('numba', 'peirce.agent'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"


def test_three_lines_solve_a_task():
    task = peirce.Task.from_pairs(
        [([3, 1, 2], [1, 2, 3]), ([5, 4], [4, 5]), ([9, 9, 1], [1, 9, 9])], [[9, 7, 8]]
    )
    answer = peirce.solve(task, budget=peirce.Budget(seconds=10))
    assert answer.predictions[0][0].value == (7, 8, 9)
    assert answer.verified
