"""`Lens`: the logit lens of a catalogue's neurons at the number tokens, kept beside it.

Whether a direct heuristic's neuron fires depends on the answer token: its map is activation
times logit lens. With this table next to the catalogue a recording can be judged without the
model.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# The extra is optional, so its types are unknown where it is not installed.

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from peirce.agent.circuits.catalogue import Circuit, Neuron
from peirce.tasks.errors import ConfigError

try:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file, save_file
except ImportError as error:
    raise ImportError("a lens needs safetensors: pip install 'peirce[circuits]'") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """What each recorded neuron adds to the logit of each number, per unit of activation."""

    neurons: tuple[Neuron, ...]
    values: NDArray[np.float32]
    """[neurons, numbers]"""
    numbers: NDArray[np.int64]
    """The token of each number."""

    def save(self, catalogue: Path) -> None:
        """Write the lens next to its catalogue."""
        places = np.array([(place.layer, place.unit) for place in self.neurons], dtype=np.int64)
        tensors = {
            "neurons": places,
            "values": np.ascontiguousarray(self.values),
            "numbers": self.numbers,
        }
        save_file(tensors, lens_path(catalogue))


def lens_path(catalogue: Path) -> Path:
    """Where the lens of a catalogue lies."""
    return catalogue.with_suffix(".lens.safetensors")


def load_lens(catalogue: Path, circuit: Circuit) -> Lens:
    """Read the lens of a catalogue.

    Raises:
        ConfigError: it is not there, or belongs to another catalogue.
    """
    path = lens_path(catalogue)
    try:
        tensors = load_file(path)
        places = tuple(Neuron(*row) for row in tensors["neurons"].tolist())
        lens = Lens(neurons=places, values=tensors["values"], numbers=tensors["numbers"])
    except (OSError, SafetensorError, KeyError, TypeError) as error:
        raise ConfigError(
            f"cannot read the lens {str(path)!r}: {error}; `peirce circuits find` writes it"
        ) from error
    if places != circuit.places or lens.values.shape != (len(places), *lens.numbers.shape):
        raise ConfigError(f"{str(path)!r} is of another catalogue than {str(catalogue)!r}")
    return lens
