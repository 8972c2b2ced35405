"""Pictures of a catalogue: effect by layer, faithfulness curve, heat maps of neurons.

Adapter to matplotlib; draws to PNG files and shows nothing.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# The extra is optional, so its types are unknown where it is not installed.

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from peirce.agent.circuits.catalogue import Circuit, OperatorSummary
from peirce.agent.circuits.grids import GridMap

try:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
except ImportError as error:
    raise ImportError("pictures need matplotlib: pip install 'peirce[circuits]'") from error


def draw_effects(path: Path, summary: OperatorSummary) -> None:
    """Effect of every MLP and of each layer's heads together, by position."""
    heads = np.array(summary.head_effects).sum(-1)
    mlps = np.array(summary.mlp_effects)
    figure, top = _figure(8, 1.2 + 0.5 * heads.shape[1]), float(max(heads.max(), mlps.max(), 1e-9))
    for index, (name, values) in enumerate((("attention", heads), ("MLP", mlps))):
        axes = figure.add_subplot(1, 2, index + 1)
        image = axes.imshow(values.T, origin="lower", aspect="auto", vmin=0, vmax=top, cmap="Blues")
        axes.set(title=f"{name}, “{summary.operator}”", xlabel="position", ylabel="layer")
        axes.set_xticks(range(values.shape[0]))
        axes.set_yticks(range(values.shape[1]))
        figure.colorbar(image, ax=axes, label="effect")
    _save(figure, path)


def draw_curves(path: Path, circuit: Circuit) -> None:
    """Faithfulness against the neurons kept in each layer, for every operator."""
    figure = _figure(7, 4.5)
    axes = figure.add_subplot()
    for index, summary in enumerate(circuit.operators):
        counts = [point.neurons_per_layer for point in summary.curve]
        colour = f"C{index}"
        label = f"“{summary.operator}”"
        axes.plot(counts, [p.faithfulness for p in summary.curve], colour, marker="o", label=label)
        luck = [point.random_faithfulness for point in summary.curve]
        axes.plot(counts, luck, colour, linestyle=":", label=f"{label}, random neurons")
    axes.set(
        xscale="log", xlabel="neurons kept per layer", ylabel="faithfulness", ylim=(-0.05, 1.05)
    )
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    _save(figure, path)


def draw_maps(path: Path, maps: Sequence[GridMap]) -> None:
    """Heat maps over the operand grid."""
    columns = min(4, max(1, len(maps)))
    rows = -(-len(maps) // columns)
    figure = _figure(3.2 * columns, 3.4 * max(rows, 1))
    for index, grid in enumerate(maps):
        axes = figure.add_subplot(rows, columns, index + 1)
        top = _top(grid.values)
        axes.imshow(grid.values, cmap="RdBu_r", vmin=-top, vmax=top)
        finding = grid.finding
        low = ", low values" if finding.sign < 0 else ""
        axes.set_title(
            f"{finding.layer}/{finding.neuron} “{finding.operator}”\n{finding.heuristic}{low}",
            fontsize=8,
        )
        axes.set(xlabel="op2", ylabel="op1")
    _save(figure, path)


def _top(values: NDArray[np.float32]) -> float:
    return max(float(np.nanmax(np.abs(values))), 1e-9)


def _figure(width: float, height: float) -> Figure:
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
