"""Findings in the files that the code of "Arithmetic Without Algorithms" writes.

Its authors (arXiv 2410.21272) publish no data. Their code (heuristics_classification.py) writes
`{addition,…}_heuristic_matches_dict_{K,KV}_maps.pt`: a dictionary from a heuristic's name to
(layer, neuron, score) triples of every neuron it was tried on. `read_matches` reads those safely
and keeps what counts as a match in the paper: scores from its threshold on, heuristics on results
from KV maps, all others from K maps. What the paper itself prints about Llama3-8B is the shipped
catalogue `paper`, marked as not verified here.
"""

# pyright: reportMissingImports=false
# torch is optional, so its types are unknown where it is not installed.

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from pydantic import NonNegativeInt, TypeAdapter, ValidationError

from peirce.agent.circuits.arithmetic import Operator
from peirce.agent.circuits.catalogue import (
    Circuit,
    ModelIdentity,
    NeuronFinding,
    Source,
)
from peirce.agent.circuits.heuristics import (
    Heuristic,
    Identical,
    Modulo,
    MultiResult,
    On,
    Pattern,
    Range,
    is_direct,
)
from peirce.agent.circuits.matching import THRESHOLD
from peirce.tasks.errors import ConfigError
from peirce.tasks.validation import describe

_Matches: TypeAlias = dict[str, list[tuple[NonNegativeInt, NonNegativeInt, float]]]
_MATCHES: Final[TypeAdapter[_Matches]] = TypeAdapter(_Matches)
_FILE: Final = re.compile(r"([a-z]+)_heuristic_matches_dict.*_(KV|K)_maps\.pt")
_OPERATORS: Final = {operator.name[:3]: operator for operator in Operator}
"""By the first letters of the words in the files' names: addition, subtraction …"""
_ON: Final = {"op1": On.LEFT, "op2": On.RIGHT, "both_operands": On.BOTH, "result": On.RESULT}
_PLACES: Final = "|".join(_ON)
_RANGE: Final = re.compile(rf"({_PLACES})_(?:range|region)_(\d+)_(\d+)")
_MODULO: Final = re.compile(rf"({_PLACES})_(\d+)mod(\d+)")
_VALUE: Final = re.compile(rf"({_PLACES})_value_(\d+)")
_PATTERN: Final = re.compile(rf"({_PLACES})_pattern_([\d.]+)")
_MULTIPLE: Final = re.compile(r"result_multi_value_\d+=\[(\d+(?:, \d+)*)\]")


class About(NamedTuple):
    """What files of matches are about; `None` where each file's name says it."""

    operator: Operator | None = None
    map: Literal["K", "KV"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was read."""

    circuit: Circuit
    unknown: tuple[str, ...]
    """Names of heuristics that were not understood."""


def read_matches(
    files: Sequence[Path], *, model: str, about: About | None = None, threshold: float = THRESHOLD
) -> Imported:
    """Read files of matches written by the authors' code, without running anything in them.

    Args:
        files: The `.pt` files.
        model: Which model they are about; the files do not say.
        about: Which operator and which maps they are about; by default as their names say.
        threshold: The score from which a neuron counts as matching.

    Raises:
        ConfigError: a file cannot be read or holds something else, or its name says nothing.
        ImportError: torch is not installed.
    """
    neurons: list[NeuronFinding] = []
    unknown: dict[str, None] = {}
    for path in files:
        operator, kind = _tell(about or About(), path)
        for name, places in _load(path).items():
            heuristic = parse_authors_name(name)
            if heuristic is None:
                unknown[name] = None
            elif is_direct(heuristic) is (kind == "KV"):
                neurons.extend(
                    NeuronFinding(
                        operator=operator,
                        layer=layer,
                        neuron=neuron,
                        heuristic=str(heuristic),
                        map=kind,
                        score=score,
                    )
                    for layer, neuron, score in places
                    if score >= threshold
                )
    circuit = Circuit(
        model=ModelIdentity(name=model),
        source=Source(kind="authors' files", reference=", ".join(path.name for path in files)),
        neurons=tuple(neurons),
    )
    return Imported(circuit=circuit, unknown=tuple(unknown))


def parse_authors_name(name: str) -> Heuristic | None:
    """A heuristic by the name the authors' code gives it; `None` if it is not understood.

    Both spellings of ranges occur there: the classification writes `range`, the analysis
    reads `region`.
    """
    if name == "same_operand":
        return Identical()
    if found := _RANGE.fullmatch(name):
        return Range(_ON[found[1]], int(found[2]), int(found[3]))
    if (found := _MODULO.fullmatch(name)) and int(found[3]) > 0:
        return Modulo(_ON[found[1]], int(found[3]), int(found[2]))
    if found := _VALUE.fullmatch(name):
        return Range(_ON[found[1]], int(found[2]), int(found[2]) + 1)
    if found := _PATTERN.fullmatch(name):
        return Pattern(_ON[found[1]], found[2])
    if found := _MULTIPLE.fullmatch(name):
        return MultiResult(tuple(int(value) for value in found[1].split(", ")))
    return None


def _tell(about: About, path: Path) -> tuple[Operator, Literal["K", "KV"]]:
    """Operator and map of a file, by default as the authors' code puts them into its name."""
    found = _FILE.fullmatch(path.name)
    operator = about.operator or (_OPERATORS.get(found[1][:3].upper()) if found else None)
    kind = about.map or (None if found is None else "KV" if found[2] == "KV" else "K")
    if operator is None or kind is None:
        raise ConfigError(
            f"the name {path.name!r} does not say which operator and maps it is about, as "
            "'addition_heuristic_matches_dict_KV_maps.pt' does; give --operator and --map"
        )
    return operator, kind


def _load(path: Path) -> _Matches:
    try:
        import torch
    except ImportError as error:
        raise ImportError(
            "reading .pt files needs torch: pip install 'peirce[circuits]'"
        ) from error
    try:
        with warnings.catch_warnings(action="ignore"):  # torch remarks on pickles it did not write
            return _MATCHES.validate_python(torch.load(path, weights_only=True, map_location="cpu"))
    except OSError as error:
        raise ConfigError(f"cannot read {str(path)!r}: {error.strerror}") from error
    except ValidationError as error:
        raise ConfigError(
            f"{str(path)!r} holds no matches, which are lists of (layer, neuron, score) by "
            f"heuristic: {describe(error)}"
        ) from error
    except Exception as error:
        # pickle.UnpicklingError, zip errors and whatever a hostile file may raise; torch names no
        # common base. What it says is not passed on: it advises to run what is in the file.
        raise ConfigError(
            f"{str(path)!r} was refused: it is broken, or holds more than the lists and numbers "
            "that torch saves of a plain dictionary"
        ) from error
