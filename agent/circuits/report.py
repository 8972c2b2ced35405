"""The comparison as one self-contained HTML page: no script, no request to anywhere.

Shows a token timeline with a firing strip, maps of neurons over the operand grid (from the
model, if it is at hand) and the tables of the comparison.
"""

import base64
import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import jinja2
import numpy as np
from numpy.typing import NDArray

from peirce.agent.circuits.catalogue import Circuit, NeuronFinding
from peirce.agent.circuits.compare import Comparison
from peirce.agent.circuits.firing import Firings
from peirce.agent.circuits.record import Recording

_TEMPLATE: Final = Path(__file__).resolve().parent / "report.html.j2"
_TIMELINES: Final = 40
"""Texts shown token by token; the tables cover all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridMap:
    """A neuron's map over (left, right), and the steps that were seen on it."""

    finding: NeuronFinding
    values: NDArray[np.float32]
    """[left, right]; nan where there is no problem."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One token of a timeline."""

    text: str
    given: bool
    missing: bool
    strength: float
    """Share of recorded neurons that are active, 0 to 1."""
    expected: int
    hits: int
    surprises: int
    step: bool


@dataclass(frozen=True, slots=True)
class _Timeline:
    identifier: str
    verdict: str
    hypothesis: str
    cells: tuple[_Cell, ...]


@dataclass(frozen=True, slots=True)
class _Picture:
    finding: NeuronFinding
    image: str
    """A data address."""
    dots: tuple[tuple[float, float, bool, bool], ...]
    """Left and top in per cent, whether it fired, whether it should have."""


def write_report(
    path: Path,
    comparison: Comparison,
    recordings: Sequence[Recording],
    firings: Sequence[Firings],
    circuit: Circuit,
    *,
    maps: Sequence[GridMap] = (),
) -> None:
    """Write the page."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
        comparison=comparison,
        circuit=circuit,
        causes=comparison.causes,
        timelines=_timelines(recordings, firings),
        texts=len(recordings),
        pictures=[_picture(each, firings) for each in maps],
        verdicts=Counter(recording.verdict for recording in recordings),
        tables={
            "by operator": comparison.by_operator,
            "by layer": comparison.by_layer,
            "by heuristic": comparison.by_heuristic,
        },
    )
    path.write_text(page, encoding="utf-8")


def _timelines(
    recordings: Sequence[Recording], firings: Sequence[Firings]
) -> tuple[_Timeline, ...]:
    """Token by token: how many neurons are active, and at steps how many as expected."""
    tallies: dict[tuple[str, int], tuple[int, int, int]] = {}
    for each in firings:
        for index, step in enumerate(each.steps):
            hits = int((each.expected[index] & each.fired[index]).sum())
            tallies[step.recording, step.position] = (
                int(each.expected[index].sum()),
                hits,
                int(each.fired[index].sum()) - hits,
            )
    shown = recordings[:_TIMELINES]
    scale = np.nanquantile(
        np.concatenate([np.abs(each.values) for each in shown]) if shown else np.ones((1, 1)),
        0.9,
        axis=0,
    )
    return tuple(
        _Timeline(
            each.identifier,
            each.verdict,
            each.hypothesis,
            tuple(
                _cell(each, position, scale, tallies.get((each.identifier, position)))
                for position in range(len(each.tokens))
            ),
        )
        for each in shown
    )


def _cell(
    recording: Recording,
    position: int,
    scale: NDArray[np.float64],
    tally: tuple[int, int, int] | None,
) -> _Cell:
    values = recording.values[position]
    missing = bool(np.isnan(values).all())
    active = 0.0 if missing else float((np.abs(values) > np.maximum(scale, 1e-6)).mean())
    expected, hits, surprises = tally or (0, 0, 0)
    return _Cell(
        recording.texts[position],
        position < recording.prompt,
        missing,
        min(1.0, active * 2),
        expected,
        hits,
        surprises,
        tally is not None,
    )


def _picture(grid: GridMap, firings: Sequence[Firings]) -> _Picture:
    """A map as an image, with a dot for every step that was seen."""
    dots: list[tuple[float, float, bool, bool]] = []
    rows, columns = grid.values.shape
    for each in firings:
        for column, finding in enumerate(each.findings):
            if finding == grid.finding:
                for index, step in enumerate(each.steps):
                    dots.append(
                        (
                            100 * (step.right + 0.5) / columns,
                            100 * (step.left + 0.5) / rows,
                            bool(each.fired[index, column]),
                            bool(each.expected[index, column]),
                        )
                    )
    return _Picture(grid.finding, encode_image(grid.values), tuple(dots))


def encode_image(values: NDArray[np.float32]) -> str:
    """A map as the address of a PNG: red is high, blue is low, grey is none."""
    known = values[~np.isnan(values)]
    top = max(float(np.abs(known).max()) if known.size else 0.0, 1e-9)
    strength = np.nan_to_num(values) / top
    fade = 1 - np.abs(strength)
    pixels = np.empty((*values.shape, 3))
    pixels[..., 0] = np.where(strength >= 0, 1, fade)
    pixels[..., 1] = fade
    pixels[..., 2] = np.where(strength <= 0, 1, fade)
    pixels[np.isnan(values)] = 0.85
    data = (pixels * 255).astype(np.uint8)
    raw = b"".join(b"\0" + row.tobytes() for row in data)
    header = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], 8, 2, 0, 0, 0)
    image = b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body)
        for name, body in ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    )
    return "data:image/png;base64," + base64.b64encode(image).decode("ascii")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
