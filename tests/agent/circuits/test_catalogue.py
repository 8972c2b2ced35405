"""Catalogue files: what makes no sense is refused in one line when it is read."""

# pyright: reportMissingImports=false
# The extra is optional, so its types are unknown where it is not installed.

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("safetensors", reason="needs the extra `circuits`")

from safetensors.numpy import load_file, save_file

from peirce.agent.circuits.catalogue import load_circuit
from peirce.agent.circuits.lens import lens_path, load_lens
from peirce.agent.circuits.shipped import CATALOGUE
from peirce.tasks.errors import ConfigError

pytestmark = pytest.mark.circuits
FINDING = {"operator": "+", "layer": 0, "neuron": 1, "heuristic": "both identical", "map": "K"}
CATALOG = {"model": {"name": "m"}, "source": {"kind": "own run", "reference": "r"}}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"version": 2}, "version: Input should be 1"),
        ({"neurons": [FINDING | {"heuristic": "is nice"}]}, "neurons.0.heuristic: not a heuristic"),
        ({"neurons": [FINDING | {"heuristic": "op1 modulo 0 is 0"}]}, "not a heuristic"),
        ({"neurons": [FINDING | {"neuron": -1}]}, "neurons.0.neuron"),
        ({"neurons": [FINDING], "check": {"tokens": [1], "values": [1, 2]}}, "2 values for 1"),
    ],
)
def test_senseless_catalogues_are_refused(tmp_path: Path, changes: dict[str, object], reason: str):
    place = tmp_path / "c.json"
    place.write_text(json.dumps(CATALOG | changes), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_circuit(place)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_catalogue_keeps_its_digest_through_a_file(tmp_path: Path):
    place = tmp_path / "c.json"
    place.write_text(json.dumps(CATALOG | {"neurons": [FINDING]}), encoding="utf-8")
    circuit = load_circuit(place)
    circuit.save(place)
    assert load_circuit(place).digest == circuit.digest


@pytest.mark.parametrize(
    "changes",
    [
        {"neurons": np.zeros((315, 3), dtype=np.int64)},
        {"neurons": np.zeros((315, 2), dtype=np.int64)},
        {"values": np.zeros((2, 2), dtype=np.float32)},
        {"numbers": np.zeros(3, dtype=np.int64)},
    ],
)
def test_a_lens_that_does_not_fit_its_catalogue_is_refused(
    tmp_path: Path, changes: dict[str, np.ndarray]
):
    place = tmp_path / "c.json"
    shutil.copy(CATALOGUE, place)
    save_file(load_file(lens_path(CATALOGUE)) | changes, lens_path(place))
    with pytest.raises(ConfigError, match="lens"):
        load_lens(place, load_circuit(place))
