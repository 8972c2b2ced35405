"""The adapter to Fast Downward, for problems too large for our own search; needs the extra `pddl`.

It runs as a process of its own, in an empty folder, within limits on time and memory, and is given
nothing but PDDL that was written anew from values our reader has checked. Its plans are judged by
the validator like anybody's; that there is no plan is its own claim, made by exhaustion.
"""

import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from peirce.prototypes.pddl.model import Domain, Problem, write_domain, write_problem
from peirce.prototypes.pddl.reading import read_plan
from peirce.tasks.errors import ConfigError
from peirce.verifiers.pddl.search import Finding, Planned
from peirce.verifiers.pddl.validate import validate

SEARCH: Final = "lama-first"
"""Finds some plan quickly; `seq-opt-lmcut` finds a shortest one."""
MEMORY: Final = "1G"
_UNSOLVABLE: Final = (10, 11)
"""Exit codes for problems that the translator or a complete search proved to have no plan."""
_MISSING: Final = "Fast Downward is not installed: pip install 'peirce[pddl]'"


def has_fast_downward() -> bool:
    """Whether the planner is installed."""
    return _driver() is not None


def plan_with_fast_downward(
    domain: Domain, problem: Problem, *, seconds: float = 20.0, search: str = SEARCH
) -> Planned:
    """A plan, the proof that there is none, or word that the limits were reached.

    Raises:
        ConfigError: Fast Downward is not installed.
    """
    driver = _driver()
    if driver is None:
        raise ConfigError(_MISSING)
    with tempfile.TemporaryDirectory(prefix="peirce-plan-") as name:
        folder = Path(name)
        (folder / "domain.pddl").write_text(write_domain(domain), encoding="utf-8")
        (folder / "problem.pddl").write_text(write_problem(problem), encoding="utf-8")
        code = _run(driver, folder, seconds, search)
        if code == 0:
            plan = read_plan((folder / "plan").read_text(encoding="utf-8"))
            verdict = validate(domain, problem, plan)
            if verdict.valid:
                return Planned(finding=Finding.PLAN, plan=plan)
            return Planned(finding=Finding.UNKNOWN, why=f"its plan is wrong: {verdict.why}")
    if code in _UNSOLVABLE:
        return Planned(finding=Finding.UNSOLVABLE, why=f"Fast Downward, exit code {code}")
    return Planned(finding=Finding.UNKNOWN, why=f"Fast Downward ended with code {code}")


def _run(driver: Path, folder: Path, seconds: float, search: str) -> int:
    command = [
        *(sys.executable, str(driver), "--alias", search, "--plan-file", "plan"),
        *("--overall-time-limit", f"{max(1, round(seconds))}s"),
        *("--overall-memory-limit", MEMORY, "domain.pddl", "problem.pddl"),
    ]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath},
        start_new_session=True,
    )
    try:
        # The driver keeps its own limit; this one is for a driver that does not.
        return process.wait(timeout=2 * seconds + 10)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _driver() -> Path | None:
    found = importlib.util.find_spec("up_fast_downward")
    if found is None or found.origin is None:
        return None
    driver = Path(found.origin).parent / "downward" / "fast-downward.py"
    return driver if driver.is_file() else None
