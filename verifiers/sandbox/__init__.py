"""Runs programs nobody has read behind a wall that proves itself; see README.md here."""

from peirce.verifiers.sandbox.level import Isolation, Level, Limits
from peirce.verifiers.sandbox.outcome import Cause, Execution, Outcome
from peirce.verifiers.sandbox.sandbox import Sandbox, run_program

__all__ = [
    "Cause",
    "Execution",
    "Isolation",
    "Level",
    "Limits",
    "Outcome",
    "Sandbox",
    "run_program",
]
