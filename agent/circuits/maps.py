"""Maps of a catalogue's findings over the operand grid, computed with the model at hand."""

# pyright: reportMissingImports=false
# torch is optional, so its types are unknown where it is not installed.

from collections.abc import Sequence

import numpy as np

from peirce.agent.circuits.catalogue import Circuit, NeuronFinding
from peirce.agent.circuits.find import map_neurons
from peirce.agent.circuits.heuristics import kind_of
from peirce.agent.circuits.matching import correct
from peirce.agent.circuits.quiz import Quiz
from peirce.agent.circuits.report import GridMap


def choose_findings(circuit: Circuit, count: int) -> tuple[NeuronFinding, ...]:
    """The clearest finding of each operator and type in turn, no neuron twice."""
    ranked = sorted(circuit.neurons, key=_clarity, reverse=True)
    chosen: list[NeuronFinding] = []
    for only_new_kinds in (True, False):
        for finding in ranked:
            taken = finding.place in {each.place for each in chosen}
            known = _kind(finding) in {_kind(each) for each in chosen}
            if len(chosen) < count and not taken and not (known and only_new_kinds):
                chosen.append(finding)
    return tuple(chosen)


def _kind(finding: NeuronFinding) -> tuple[str, str]:
    return finding.operator, kind_of(finding.parse())


def _clarity(finding: NeuronFinding) -> float:
    return correct(finding.score or 0.0, finding.base_rate or 0.0)


def draw_grids(quiz: Quiz, findings: Sequence[NeuronFinding]) -> tuple[GridMap, ...]:
    """Each finding's map, signed as its threshold is."""
    grids: list[GridMap] = []
    for finding in findings:
        exam = quiz.exam(finding.operator)
        keys, direct = map_neurons(quiz, exam, finding.layer, [finding.neuron])
        size = quiz.arithmetic.operands
        values = np.full((size, size), np.nan, dtype=np.float32)
        line = (direct if finding.map == "KV" else keys)[0]
        values[exam.problems.left, exam.problems.right] = line
        grids.append(GridMap(finding=finding, values=values))
    return tuple(grids)
