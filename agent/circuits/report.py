"""The comparison as one self-contained HTML page: no script, no request to anywhere.

Shows the tables of the comparison, texts token by token with a firing strip, and maps of neurons
over the operand grid (from the model, if it is at hand).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from peirce.agent.circuits.catalogue import Circuit, NeuronFinding
from peirce.agent.circuits.comparison import NO_STEPS, Comparison
from peirce.agent.circuits.firing import Firings
from peirce.agent.circuits.grids import GridMap, encode_image
from peirce.agent.circuits.record import Recording
from peirce.agent.circuits.strip import Tally, style, timelines

_TEMPLATE: Final = Path(__file__).resolve().parent / "report.html.j2"
_TIMELINES: Final = 24
"""Texts shown token by token; the tables cover all of them."""


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
        timelines=timelines(choose_texts(recordings, _TIMELINES), _tallies(firings)),
        style=Markup(style()),
        texts=len(recordings),
        pictures=[_picture(each, firings) for each in maps],
        verdicts=Counter(recording.verdict for recording in recordings),
        no_steps=NO_STEPS,
    )
    path.write_text(page, encoding="utf-8")


def choose_texts(recordings: Sequence[Recording], count: int) -> tuple[Recording, ...]:
    """Some texts of every verdict in turn, from all over the search, none twice."""
    new: dict[tuple[str, tuple[int, ...]], Recording] = {}
    for each in recordings:
        new.setdefault((each.verdict, each.tokens), each)
    by_verdict: dict[str, list[Recording]] = {}
    for each in new.values():
        by_verdict.setdefault(each.verdict, []).append(each)
    spread = [found[:: max(1, len(found) // count)] for found in by_verdict.values()]
    turns = zip_longest(*spread)
    return tuple(each for turn in turns for each in turn if each is not None)[:count]


def _tallies(firings: Sequence[Firings]) -> dict[tuple[str, int], Tally]:
    """At each step, how many findings fired as expected."""
    found: dict[tuple[str, int], Tally] = {}
    for each in firings:
        for index, step in enumerate(each.steps):
            hits = int((each.expected[index] & each.fired[index]).sum())
            found[step.recording, step.position] = Tally(
                expected=int(each.expected[index].sum()),
                hits=hits,
                surprises=int(each.fired[index].sum()) - hits,
            )
    return found


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
