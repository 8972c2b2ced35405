"""Recording files: what comes back, and files that do not hold what they say."""

# pyright: reportMissingImports=false
# The extra is optional, so its types are unknown where it is not installed.

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("safetensors", reason="needs the extra `circuits`")

from safetensors.numpy import save_file

from peirce.agent.circuits.catalogue import Neuron, load_circuit
from peirce.agent.circuits.record import (
    Recording,
    load_recordings,
    save_recordings,
)
from peirce.agent.circuits.shipped import CATALOGUE
from peirce.tasks.errors import ConfigError

pytestmark = pytest.mark.circuits
TEXT = {
    "identifier": "a",
    "tokens": [1, 2],
    "texts": ["x", "="],
    "prompt": 1,
    "verdict": "failed",
    "hypothesis": "",
    "program": "",
}
HEADER = {"version": 1, "circuit": "c", "sparse": False, "neurons": [[0, 1], [1, 3]]}
WHOLE = {"missing": np.zeros(2, dtype=np.int32), "values": np.ones((2, 2), dtype=np.float32)}
SPARSE = {
    "missing": np.zeros(2, dtype=np.int32),
    "rows": np.array([1], dtype=np.int32),
    "columns": np.array([1], dtype=np.int32),
    "values": np.array([5], dtype=np.float32),
}


def write(place: Path, tensors: dict[str, np.ndarray], **header: object) -> Path:
    told = HEADER | {"recordings": [TEXT]} | header
    save_file(tensors, place, metadata={"peirce": json.dumps(told)})
    return place


def test_whole_and_sparse_files_are_read(tmp_path: Path):
    (whole,) = load_recordings(write(tmp_path / "w.safetensors", WHOLE))
    (sparse,) = load_recordings(write(tmp_path / "s.safetensors", SPARSE, sparse=True))
    assert (whole.values.tolist(), whole.complete) == ([[1, 1], [1, 1]], True)
    assert (sparse.values.tolist(), sparse.complete) == ([[0, 0], [0, 5]], False)


@pytest.mark.parametrize(
    ("tensors", "header"),
    [
        ({"missing": WHOLE["missing"]}, {}),
        (WHOLE | {"values": np.ones((3, 2), dtype=np.float32)}, {}),
        (SPARSE | {"rows": np.array([7], dtype=np.int32)}, {"sparse": True}),
        (SPARSE | {"columns": np.array([2], dtype=np.int32)}, {"sparse": True}),
        (SPARSE | {"values": np.ones(3, dtype=np.float32)}, {"sparse": True}),
        (SPARSE | {"missing": np.ones(3, dtype=np.int32)}, {"sparse": True}),
        (WHOLE, {"sparse": True}),
    ],
)
def test_values_that_do_not_fit_their_texts_are_refused(
    tmp_path: Path, tensors: dict[str, np.ndarray], header: dict[str, object]
):
    place = write(tmp_path / "r.safetensors", tensors, **header)
    with pytest.raises(ConfigError, match="values of 2 tokens for 2 neurons"):
        load_recordings(place)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"version": 2}, "version 2"),
        ({"neurons": [[0, -1]]}, r"neurons\.0\.1"),
        ({"recordings": [TEXT | {"texts": ["x"]}]}, "1 texts of 2 tokens"),
        ({"recordings": [TEXT | {"tokens": [1, -5]}]}, r"tokens\.1"),
        ({"recordings": 3}, "recordings: "),
    ],
)
def test_headers_that_make_no_sense_are_refused_in_one_line(
    tmp_path: Path, header: dict[str, object], reason: str
):
    place = write(tmp_path / "r.safetensors", WHOLE, **header)
    with pytest.raises(ConfigError, match=reason) as refused:
        load_recordings(place)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff" * 64])
def test_other_files_are_refused(tmp_path: Path, content: bytes):
    place = tmp_path / "r.safetensors"
    place.write_bytes(content)
    with pytest.raises(ConfigError, match="holds no recordings"):
        load_recordings(place)
    save_file({"x": np.ones(1)}, place)
    with pytest.raises(ConfigError, match="holds no recordings"):
        load_recordings(place)


def test_recordings_of_another_catalogue_are_refused(tmp_path: Path):
    circuit = load_circuit(CATALOGUE)
    recording = Recording(
        identifier="a",
        tokens=(1,),
        texts=("x",),
        prompt=0,
        neurons=(Neuron(0, 1),),
        values=np.ones((1, 1), dtype=np.float32),
    )
    place = tmp_path / "r.safetensors"
    for digest in ("another", circuit.digest):  # the second lies: its neurons are others
        save_recordings(place, [recording], circuit=digest)
        with pytest.raises(ConfigError, match="record again"):
            load_recordings(place, circuit=circuit)
    assert len(load_recordings(place)) == 1
