"""Runs programs nobody has read behind a wall that proves itself; see README.md here."""

from peirce.verifiers.sandbox.doctor import Diagnosis, LayerCheck, LevelCheck, diagnose
from peirce.verifiers.sandbox.level import Isolation, Level, Limits
from peirce.verifiers.sandbox.outcome import Cause, Execution, Outcome
from peirce.verifiers.sandbox.sandbox import Sandbox, run_program
from peirce.verifiers.sandbox.selftest import Probe

__all__ = [
    "Cause",
    "Diagnosis",
    "Execution",
    "Isolation",
    "LayerCheck",
    "Level",
    "LevelCheck",
    "Limits",
    "Outcome",
    "Probe",
    "Sandbox",
    "diagnose",
    "run_program",
]
