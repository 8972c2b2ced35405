"""Peirce: neuro-symbolic hypothesis search. Examples in, a verified rule and an answer out.

    from peirce import Task, solve
    task = Task.from_pairs([([3, 1, 2], [1, 2, 3]), ([5, 4], [4, 5])], [[9, 7, 8]])
    print(solve(task).rule)

Names are imported when they are first used, so that `peirce.prototypes` can be loaded alone (inside
the sandbox) and the command line starts fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peirce.agent.candidate import Answer, Candidate, Prediction, Spent, Stop
    from peirce.agent.inquiry import Budget, Inquiry
    from peirce.agent.proposal import Hypothesis, Proposal
    from peirce.agent.search import Proposer
    from peirce.agent.solve import solve, solve_async
    from peirce.tasks.errors import ConfigError, ModelError, PeirceError, SandboxError, TaskError
    from peirce.tasks.formats import load_tasks
    from peirce.tasks.samples import load_samples
    from peirce.tasks.scorer import Score, Scorer
    from peirce.tasks.task import Example, Task
    from peirce.tasks.taskset import TaskSet
    from peirce.tasks.values import Value, ValueType
    from peirce.verifiers.evidence import Evidence
    from peirce.verifiers.program import Language, Program
    from peirce.verifiers.sandbox import Level, Limits, Sandbox
    from peirce.verifiers.verdict import Verdict

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Budget",
    "Candidate",
    "ConfigError",
    "Evidence",
    "Example",
    "Hypothesis",
    "Inquiry",
    "Language",
    "Level",
    "Limits",
    "ModelError",
    "PeirceError",
    "Prediction",
    "Program",
    "Proposal",
    "Proposer",
    "Sandbox",
    "SandboxError",
    "Score",
    "Scorer",
    "Spent",
    "Stop",
    "Task",
    "TaskError",
    "TaskSet",
    "Value",
    "ValueType",
    "Verdict",
    "__version__",
    "load_samples",
    "load_tasks",
    "solve",
    "solve_async",
]

_HOMES = {
    "Answer": "peirce.agent.candidate",
    "Budget": "peirce.agent.inquiry",
    "Candidate": "peirce.agent.candidate",
    "ConfigError": "peirce.tasks.errors",
    "Evidence": "peirce.verifiers.evidence",
    "Example": "peirce.tasks.task",
    "Hypothesis": "peirce.agent.proposal",
    "Inquiry": "peirce.agent.inquiry",
    "Language": "peirce.verifiers.program",
    "Level": "peirce.verifiers.sandbox",
    "Limits": "peirce.verifiers.sandbox",
    "ModelError": "peirce.tasks.errors",
    "PeirceError": "peirce.tasks.errors",
    "Prediction": "peirce.agent.candidate",
    "Program": "peirce.verifiers.program",
    "Proposal": "peirce.agent.proposal",
    "Proposer": "peirce.agent.search",
    "Sandbox": "peirce.verifiers.sandbox",
    "SandboxError": "peirce.tasks.errors",
    "Score": "peirce.tasks.scorer",
    "Scorer": "peirce.tasks.scorer",
    "Spent": "peirce.agent.candidate",
    "Stop": "peirce.agent.candidate",
    "Task": "peirce.tasks.task",
    "TaskError": "peirce.tasks.errors",
    "TaskSet": "peirce.tasks.taskset",
    "Value": "peirce.tasks.values",
    "ValueType": "peirce.tasks.values",
    "Verdict": "peirce.verifiers.verdict",
    "load_samples": "peirce.tasks.samples",
    "load_tasks": "peirce.tasks.formats",
    "solve": "peirce.agent.solve",
    "solve_async": "peirce.agent.solve",
}


def __getattr__(name: str) -> object:
    """Import a public name from its home at first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'peirce' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
