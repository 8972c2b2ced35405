"""How kernels are compiled, and where the machine code is kept.

`kernel` functions are compiled as part of the `entry` functions that call them; only entries can
be called from Python. What numba takes for an integer is wider than what the annotations say, so
compiled functions are typed by their results alone.

Machine code is kept in one folder per state of these sources, below the user's cache folder (or
below `NUMBA_CACHE_DIR`), so that an upgrade never meets stale code and an installation that
cannot be written to does not matter.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import numba
from numba import njit
from numba.core import config
from platformdirs import user_cache_path

R = TypeVar("R")
_SETTINGS = config.__dict__
"""Numba's settings as they are now; those of the environment are read into it on import."""
_compile = cast("Callable[..., Callable[[object], object]]", njit)


@cache
def cache_folder() -> Path:
    """The folder for the machine code of these sources."""
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    base = _SETTINGS["CACHE_DIR"] or user_cache_path("peirce")
    return Path(base) / f"kernels-{digest.hexdigest()[:16]}"


def kernel(function: Callable[..., R]) -> Callable[..., R]:
    """Compile a function that only compiled functions call, without counting references.

    It makes no arrays but those of `viewing`; numba refuses to compile it if it does. The option
    for this is one that numba has but does not describe: a version without it fails at once.
    """
    compile_inner = _compile(
        error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False
    )
    return cast("Callable[..., R]", compile_inner(function))


def inlined(function: Callable[..., R]) -> Callable[..., R]:
    """Write a function's code into its callers.

    For functions that only choose among kernels: every compiled function is optimised together
    with all it calls, so a tower of them would be optimised once per floor.
    """
    return cast("Callable[..., R]", _compile(inline="always")(function))


def entry(function: Callable[..., R]) -> Callable[..., R]:
    """Compile a function that Python calls, and keep the result on disk.

    Like a kernel it counts no references and makes no arrays.
    """
    return _kept(function, counted=False)


def making_entry(function: Callable[..., R]) -> Callable[..., R]:
    """Compile an entry that makes arrays itself, and so counts references."""
    return _kept(function, counted=True)


def _kept(function: Callable[..., R], *, counted: bool) -> Callable[..., R]:
    before = _SETTINGS["CACHE_DIR"]
    _SETTINGS["CACHE_DIR"] = str(cache_folder())
    try:
        compile_entry = _compile(
            cache=True, error_model="numpy", no_cfunc_wrapper=True, _nrt=counted
        )
        return cast("Callable[..., R]", compile_entry(function))
    finally:
        _SETTINGS["CACHE_DIR"] = before
