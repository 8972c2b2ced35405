"""Imports that every program finds ready, because a program itself can open no file.

Importable are the standard library, numpy and `peirce.prototypes`; any other name is refused
with a sentence that says so, at every level alike. numba is refused by the same rule.
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Final

STANDARD: Final = (
    *("__future__", "_strptime", "abc", "array", "ast", "base64", "binascii"),
    *("bisect", "builtins", "calendar", "cmath", "codecs", "collections", "collections.abc"),
    *("colorsys", "contextlib", "contextvars", "copy", "copyreg", "csv", "ctypes", "dataclasses"),
    *("datetime", "decimal", "difflib", "dis", "enum", "errno", "fnmatch", "fractions"),
    *("functools", "gc", "graphlib", "hashlib", "heapq", "hmac", "html", "importlib"),
    *("inspect", "io", "itertools", "json", "keyword", "linecache", "locale", "logging"),
    *("marshal", "math", "numbers", "opcode", "operator", "os", "os.path", "pathlib", "pickle"),
    *("posixpath", "pprint", "queue", "random", "re", "reprlib", "secrets"),
    *("signal", "stat", "statistics", "string", "struct"),
    *("sys", "textwrap", "threading", "time", "timeit", "token", "tokenize"),
    *("traceback", "types", "typing", "unicodedata", "urllib.parse", "uuid"),
    *("warnings", "weakref", "zlib"),
    *("encodings.ascii", "encodings.base64_codec", "encodings.cp1252"),
    *("encodings.hex_codec", "encodings.idna", "encodings.latin_1", "encodings.punycode"),
    *("encodings.raw_unicode_escape", "encodings.rot_13", "encodings.unicode_escape"),
    *("encodings.utf_16", "encodings.utf_16_be", "encodings.utf_16_le", "encodings.utf_32"),
    *("encodings.utf_8", "encodings.utf_8_sig"),
)
NUMPY: Final = (
    *("numpy", "numpy.char", "numpy.dtypes", "numpy.exceptions", "numpy.fft", "numpy.lib"),
    *("numpy.lib.array_utils", "numpy.lib.recfunctions", "numpy.lib.scimath"),
    *("numpy.lib.stride_tricks", "numpy.linalg", "numpy.ma", "numpy.polynomial", "numpy.random"),
    *("numpy.rec", "numpy.strings", "numpy.typing"),
)
VOCABULARY: Final = "peirce.prototypes"
_ROOTS: Final = frozenset({*sys.stdlib_module_names, "numpy", "peirce"})
_SIDE_EFFECTS: Final = frozenset({"antigravity", "idlelib", "this", "tkinter", "turtle"})


class Gate(MetaPathFinder):
    """Refuses to look for modules outside the vocabulary programs may use."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Let the next finder look, or refuse.

        Raises:
            ModuleNotFoundError: programs may not import this.
        """
        root = fullname.partition(".")[0]
        if root not in _ROOTS or root in _SIDE_EFFECTS:
            raise ModuleNotFoundError(
                f"No module named {fullname!r}: programs may import the pure modules of the "
                "standard library, numpy and peirce.prototypes",
                name=fullname,
            )


def preload() -> tuple[str, ...]:
    """Import everything; returns one sentence per module that could not be imported."""
    sys.meta_path.insert(0, Gate())
    failures = [*_import((*STANDARD, *NUMPY)), *_import(_walk(VOCABULARY))]
    if any(name.partition(".")[0] in ("numba", "llvmlite") for name in sys.modules):
        failures.append("numba is loaded: it compiles and writes files and has no place here")
    return tuple(failures)


def _import(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        try:
            importlib.import_module(name)
        # A module that exits or dies on import must not take the zygote along.
        except BaseException as error:
            yield f"{name}: {type(error).__name__}: {error}"


def _walk(package: str) -> Iterator[str]:
    yield package
    module = sys.modules.get(package)
    for info in pkgutil.iter_modules(getattr(module, "__path__", ())):
        name = f"{package}.{info.name}"
        if info.ispkg:
            yield from _walk(name)
        else:
            yield name
