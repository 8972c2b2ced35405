"""What ran a run: versions, sources and machine, without names of people or hosts."""

import hashlib
import os
import platform
import time
from importlib import metadata
from pathlib import Path
from typing import Final

import peirce
from peirce.agent.runs.record import Session

PACKAGES: Final = ("numba", "numpy", "openai", "pydantic", "sympy")
"""Packages whose versions can change what comes out."""


def describe(*, executor: str, workers: int, isolation: str) -> Session:
    """The session that begins now on this machine."""
    return Session(
        started=time.time(),
        executor=executor,
        workers=workers,
        isolation=isolation,
        code=code_digest(),
        versions={"python": platform.python_version()} | _versions(),
        machine={
            "system": f"{platform.system()} {platform.release()}",
            "processor": _processor(),
            "cores": str(os.cpu_count() or 0),
            "memory_bytes": str(_memory()),
        },
    )


def code_digest() -> str:
    """SHA-256 over the sources of Peirce, by path."""
    root = Path(peirce.__file__).parent
    files = sorted(
        Path(folder, name)
        for folder, _, names in os.walk(root, followlinks=True)
        for name in names
        if name.endswith(".py")
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "absent"
    return found


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0
