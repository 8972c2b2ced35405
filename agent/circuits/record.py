"""Recordings: which catalogue neurons had which value at which token, next to a trace.

A recording belongs to one text, such as a proposal, and names it by the identifier its trace
uses. Many recordings go into one safetensors file: dense values where asked for, else only the
values at or above a neuron's firing threshold. Reading back a sparse file gives 0 elsewhere,
and `complete` says so.

Position p holds the activations while the model reads token p and is about to write p + 1.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# The extra is optional, so its types are unknown where it is not installed.

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError, model_validator

from peirce.agent.circuits import RECORDED
from peirce.agent.circuits.catalogue import Circuit, Neuron
from peirce.tasks.errors import ConfigError
from peirce.tasks.validation import describe

try:
    from safetensors import SafetensorError, safe_open
    from safetensors.numpy import save_file
except ImportError as error:
    raise ImportError("recordings need safetensors: pip install 'peirce[circuits]'") from error

Values: TypeAlias = NDArray[np.float32]
Halves: TypeAlias = NDArray[np.float16]
Places: TypeAlias = NDArray[np.int32]
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The catalogue neurons over one text."""

    identifier: str
    """What the trace calls the text: a proposal's digest, a request's id."""
    tokens: tuple[int, ...]
    texts: tuple[str, ...]
    """The text of each token."""
    prompt: int
    """How many of the tokens were given, not generated."""
    neurons: tuple[Neuron, ...]
    values: Values
    """[tokens, neurons]; nan at positions that were not computed, such as cached ones."""
    verdict: str = "unknown"
    """`verified`, `failed`, `crashed` or `unknown`."""
    hypothesis: str = ""
    """The rule in words, if the text proposes one."""
    program: str = ""
    """Digest of the program, if there is one."""
    task: str = ""
    """Digest of the task it is proposed for."""
    start: int = 0
    """Where in the whole text the first of the tokens stands; what is before it is not here."""
    complete: bool = True
    """Whether all values are there, and not only those at or above a threshold."""

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.tokens), len(self.neurons)):
            raise ValueError(
                f"values are {self.values.shape}, expected {(len(self.tokens), len(self.neurons))}"
            )

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.texts)


class _Entry(BaseModel):
    """All of a recording but its neurons and values."""

    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)

    identifier: str
    tokens: tuple[NonNegativeInt, ...]
    texts: tuple[str, ...]
    prompt: NonNegativeInt
    verdict: str
    hypothesis: str
    program: str
    task: str = ""
    start: NonNegativeInt = 0

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.texts) != len(self.tokens):
            raise ValueError(f"{len(self.texts)} texts of {len(self.tokens)} tokens")
        return self


class _Header(BaseModel):
    """What a file says about itself."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: int
    circuit: str
    sparse: bool
    neurons: tuple[tuple[NonNegativeInt, NonNegativeInt], ...]
    recordings: tuple[_Entry, ...]


def beside(trace: Path) -> Path:
    """Where the recording of a trace lies."""
    return trace.with_name(trace.name + RECORDED)


def save_recordings(
    path: Path,
    recordings: Sequence[Recording],
    *,
    circuit: str,
    thresholds: Values | None = None,
    half: bool = False,
) -> None:
    """Write recordings of the same neurons.

    Args:
        path: The file to write.
        recordings: What to write.
        circuit: Digest of the catalogue that chose the neurons.
        thresholds: Per neuron the absolute activation from which a value is kept; `None` keeps
            every value.
        half: Store values in half precision.
    """
    neurons = recordings[0].neurons if recordings else ()
    header = _Header(
        version=VERSION,
        circuit=circuit,
        sparse=thresholds is not None,
        neurons=tuple((place.layer, place.unit) for place in neurons),
        recordings=tuple(_Entry.model_validate(each) for each in recordings),
    )
    draft = path.with_name(path.name + ".part")
    metadata = {"peirce": header.model_dump_json()}
    save_file(_pack(recordings, thresholds, half), draft, metadata=metadata)
    draft.replace(path)


def _pack(
    recordings: Sequence[Recording], thresholds: Values | None, half: bool
) -> dict[str, Values | Halves | Places]:
    """All values below each other: whole, or those that reach their threshold with their place."""
    stacked = np.concatenate(
        [each.values for each in recordings] or [np.zeros((0, 0), dtype=np.float32)]
    )
    missing = np.asarray(np.isnan(stacked).all(axis=1)).astype(np.int32)
    if thresholds is None:
        return {"missing": missing, "values": _narrow(stacked, half)}
    rows, columns = np.nonzero(np.abs(np.nan_to_num(stacked)) >= thresholds)
    return {
        "missing": missing,
        "rows": rows.astype(np.int32),
        "columns": columns.astype(np.int32),
        "values": _narrow(stacked[rows, columns], half),
    }


def _narrow(values: Values, half: bool) -> Values | Halves:
    # safetensors writes an array's memory as it lies, whatever its strides say.
    if half:
        return np.ascontiguousarray(values.astype(np.float16))
    return np.ascontiguousarray(values)


def load_recordings(path: Path, *, circuit: Circuit | None = None) -> tuple[Recording, ...]:
    """Read recordings back; those of another catalogue than `circuit` are refused.

    Raises:
        ConfigError: the file is not there, holds no recordings, or others.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            header = _Header.model_validate_json((file.metadata() or {}).get("peirce", ""))
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, ValidationError) as error:
        reason = describe(error) if isinstance(error, ValidationError) else str(error)
        raise ConfigError(
            f"{str(path)!r} holds no recordings: {reason}; `peirce circuits search` and "
            "`peirce circuits record` write them"
        ) from error
    if header.version != VERSION:
        raise ConfigError(f"{str(path)!r} has version {header.version}, this reads {VERSION}")
    neurons = tuple(Neuron(*place) for place in header.neurons)
    if circuit is not None and (header.circuit, neurons) != (circuit.digest, circuit.places):
        raise ConfigError(
            f"{str(path)!r} was recorded with the catalogue {header.circuit[:12]}, not with "
            f"{circuit.digest[:12]} of {circuit.model.name!r}; compare it with that one, or record "
            "again: `peirce circuits record` reads a recording's tokens, too"
        )
    lengths = [len(entry.tokens) for entry in header.recordings]
    try:
        stacked = _unpack(header, tensors, (sum(lengths), len(neurons)))
    except (KeyError, IndexError, ValueError, MemoryError) as error:
        raise ConfigError(
            f"{str(path)!r} does not hold the values of {sum(lengths)} tokens for {len(neurons)} "
            f"neurons, as it says: {error}; record again"
        ) from error
    starts = np.cumsum([0, *lengths])
    return tuple(
        Recording(
            **dict(entry),
            neurons=neurons,
            values=stacked[start : start + length],
            complete=not header.sparse,
        )
        for entry, start, length in zip(header.recordings, starts, lengths, strict=False)
    )


def _unpack(
    header: _Header, tensors: dict[str, Values | Halves | Places], shape: tuple[int, int]
) -> Values:
    if not header.sparse:
        return tensors["values"].astype(np.float32).reshape(shape)
    stacked = np.zeros(shape, dtype=np.float32)
    rows, columns = tensors["rows"].astype(np.int32), tensors["columns"].astype(np.int32)
    stacked[rows, columns] = tensors["values"].astype(np.float32)
    stacked[tensors["missing"].astype(bool)] = np.nan
    return stacked
