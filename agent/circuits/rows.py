"""Rows as they travel from a vLLM worker to whoever asked, as safetensors bytes.

A server may be another than it says: what arrives is refused unless it has the right shapes, for
the neurons that were asked for, with numbers only.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# The extra is optional, so its types are unknown where it is not installed.

import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peirce.agent.circuits.catalogue import Neuron
from peirce.agent.circuits.transfer import exchange
from peirce.tasks.errors import ModelError

try:
    from safetensors import SafetensorError
    from safetensors.numpy import load as unpack
    from safetensors.numpy import save as pack
except ImportError as error:
    raise ImportError("recordings need safetensors: pip install 'peirce[circuits]'") from error

TIMEOUT: Final = 30.0
"""Seconds a server may take to hand out a request's rows."""
MOST_BYTES: Final = 1 << 30
"""The most a request's rows can be: a worker keeps no more of all requests together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """One sample's recorded positions."""

    name: str
    """The engine's name of the sample."""
    neurons: tuple[Neuron, ...]
    positions: NDArray[np.int32]
    tokens: NDArray[np.int32]
    """The token read at each position."""
    values: NDArray[np.float32]
    """[positions, neurons]"""

    def __post_init__(self) -> None:
        places = len(self.positions)
        if self.positions.ndim != 1 or self.tokens.shape != (places,):
            raise ValueError(
                f"positions are {self.positions.shape} and tokens {self.tokens.shape}, "
                "expected one token for each position"
            )
        if self.values.shape != (places, len(self.neurons)):
            raise ValueError(
                f"values are {self.values.shape}, expected {(places, len(self.neurons))}"
            )

    @property
    def sample(self) -> int:
        """Which of a request's n samples this is."""
        head, _, _ = self.name.partition("_")
        return int(head) if head.isdecimal() and len(head) < 10 else 0

    def spread(self, length: int) -> NDArray[np.float32]:
        """Values by position, [length, neurons], nan where there are none.

        Raises:
            ModelError: a position lies beyond that length.
        """
        if self.positions.max(initial=-1) >= length:
            raise ModelError(
                f"position {self.positions.max()} of {self.name!r} was recorded, but it has only "
                f"{length} tokens"
            )
        spread = np.full((length, len(self.neurons)), np.nan, dtype=np.float32)
        spread[self.positions] = self.values
        return spread


def pack_rows(samples: Sequence[Rows]) -> bytes:
    """Samples of the same neurons as bytes."""
    neurons = samples[0].neurons if samples else ()
    tensors: dict[str, NDArray[np.int32] | NDArray[np.float32]] = {
        "neurons": np.array(neurons, dtype=np.int32).reshape(-1, 2)
    }
    for each in samples:
        # safetensors writes an array's memory as it lies, whatever its strides say.
        tensors[f"{each.name}.positions"] = np.ascontiguousarray(each.positions)
        tensors[f"{each.name}.tokens"] = np.ascontiguousarray(each.tokens)
        tensors[f"{each.name}.values"] = np.ascontiguousarray(each.values)
    return pack(tensors)


def unpack_rows(data: bytes) -> tuple[Rows, ...]:
    """Read bytes back, samples in order of their number.

    Raises:
        ValueError: they are no rows.
    """
    tensors = unpack(data)
    neurons = _read_neurons(tensors["neurons"].tobytes())
    samples = [
        Rows(
            name=key.removesuffix(".positions"),
            neurons=neurons,
            positions=tensors[key],
            tokens=tensors[key.removesuffix("positions") + "tokens"],
            values=tensors[key.removesuffix("positions") + "values"],
        )
        for key in tensors
        if key.endswith(".positions")
    ]
    return tuple(sorted(samples, key=lambda each: (each.sample, each.name)))


@lru_cache(maxsize=16)
def _read_neurons(data: bytes) -> tuple[Neuron, ...]:
    """The same few thousand neurons come with every request: they are built once."""
    places = np.frombuffer(data, dtype=np.int32).reshape(-1, 2)
    return tuple(Neuron(*place) for place in places.tolist())


def merge_ranks(ranks: Sequence[tuple[Rows, ...]]) -> tuple[Rows, ...]:
    """Join what tensor- or pipeline-parallel ranks saw of the same samples."""
    if len(ranks) == 1:
        return ranks[0]
    return tuple(_join(parts) for parts in zip(*ranks, strict=True))


def _join(parts: Sequence[Rows]) -> Rows:
    neurons = [place for part in parts for place in part.neurons]
    order = sorted(range(len(neurons)), key=lambda index: neurons[index])
    return Rows(
        name=parts[0].name,
        neurons=tuple(neurons[index] for index in order),
        positions=parts[0].positions,
        tokens=parts[0].tokens,
        values=np.ascontiguousarray(
            np.concatenate([part.values for part in parts], axis=1)[:, order]
        ),
    )


def fetch_rows(
    server: str, request: str, neurons: tuple[Neuron, ...], *, seconds: float = TIMEOUT
) -> tuple[Rows, ...]:
    """Take a finished request's rows from a vLLM server that runs the plugin.

    Args:
        server: Address without path, such as `http://127.0.0.1:8000`.
        request: The id of the response.
        neurons: Those that must have been recorded.
        seconds: How long to wait for the answer, and how long for all of it.

    Raises:
        ModelError: the server does not answer or does not record these neurons.
    """
    address = f"{server.rstrip('/')}/v1/neurons/{urllib.parse.quote(request, safe='')}"
    try:
        data = exchange(address, seconds=seconds, most_bytes=MOST_BYTES)
        found = unpack_rows(data)
        for rows in found:
            _check(rows, neurons)
    except (ModelError, SafetensorError, KeyError, ValueError) as error:
        raise ModelError(
            f"no neurons of {request!r}: {error}; start the server with "
            "VLLM_PLUGINS=peirce_neurons and with this catalogue"
        ) from error
    return found


def _check(rows: Rows, neurons: tuple[Neuron, ...]) -> None:
    """Refuse what no engine records.

    Raises:
        ValueError: these are other neurons, or no numbers.
    """
    if rows.neurons != neurons:
        raise ValueError(
            f"{len(rows.neurons)} neurons were recorded that are not the {len(neurons)} of the "
            "catalogue"
        )
    for name, whole in (("positions", rows.positions), ("tokens", rows.tokens)):
        if whole.dtype != np.int32 or (whole < 0).any():
            raise ValueError(f"{name} are no counts from 0 on")
    if len(np.unique(rows.positions)) != len(rows.positions):
        raise ValueError("a position was recorded twice")
    if rows.values.dtype != np.float32 or not np.isfinite(rows.values).all():
        raise ValueError("values are no finite numbers")
