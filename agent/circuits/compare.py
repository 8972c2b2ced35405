"""Do neurons fire where the findings say they should, and does it matter for the verdict?

Precision and recall of firing by heuristic, layer and operator, with p-values against the same
firings under shuffled prompts, corrected within each table for multiple testing
(Benjamini-Hochberg). All answers to one prompt are shuffled as one, since they share activations.
`verdicts` compares by verdict.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from peirce.agent.circuits.catalogue import NeuronFinding
from peirce.agent.circuits.comparison import Agreement, Comparison, StepRow
from peirce.agent.circuits.firing import Firings
from peirce.agent.circuits.heuristics import kind_of
from peirce.agent.circuits.statistics import Values, benjamini_hochberg, permuted_sums
from peirce.agent.circuits.verdicts import compare_verdicts


def compare(
    firings: Sequence[Firings], *, circuit: str, model: str, rounds: int = 999, seed: int = 0
) -> Comparison:
    """Compare firings with findings; `rounds` shuffles for each p-value."""
    return Comparison(
        circuit=circuit,
        model=model,
        steps=_rows(firings),
        by_operator=_agree(firings, lambda f: f"operator {f.operator.value}", rounds, seed),
        by_layer=_agree(firings, lambda f: f"layer {f.layer}", rounds, seed),
        by_heuristic=_agree(firings, _kind, rounds, seed),
        by_verdict=compare_verdicts(firings, _kind, rounds=rounds, seed=seed),
    )


def _kind(finding: NeuronFinding) -> str:
    return kind_of(finding.parse())


def _rows(firings: Sequence[Firings]) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(
            recording=step.recording,
            step=str(step),
            verdict=step.verdict,
            right=step.right_answer,
            expected=int(each.expected[index].sum()),
            fired=int(each.fired[index].sum()),
            both=int((each.expected[index] & each.fired[index]).sum()),
        )
        for each in firings
        for index, step in enumerate(each.steps)
    )


def _agree(
    firings: Sequence[Firings], group_of: Callable[[NeuronFinding], str], rounds: int, seed: int
) -> tuple[Agreement, ...]:
    """One row for each group of findings, with its p-value against shuffled prompts."""
    names = sorted({group_of(finding) for each in firings for finding in each.findings})
    rows: list[Agreement] = []
    for name in names:
        parts = [_only(each, group_of, name) for each in firings]
        parts = [each for each in parts if each.findings]
        both = sum(int((each.expected & each.fired).sum()) for each in parts)
        shuffled = _shuffle(parts, rounds, seed)
        rows.append(
            Agreement(
                group=name,
                findings=sum(len(each.findings) for each in parts),
                steps=sum(len(each.steps) for each in parts),
                prompts=len({step.problem for each in parts for step in each.steps}),
                expected=sum(int(each.expected.sum()) for each in parts),
                fired=sum(int(each.fired.sum()) for each in parts),
                both=both,
                luck=float(shuffled.mean()),
                p_value=float((shuffled >= both).sum() + 1) / (rounds + 1),
                adjusted_p=1.0,
            )
        )
    adjusted = benjamini_hochberg([row.p_value for row in rows])
    return tuple(
        row.model_copy(update={"adjusted_p": p}) for row, p in zip(rows, adjusted, strict=True)
    )


def _only(each: Firings, group_of: Callable[[NeuronFinding], str], name: str) -> Firings:
    """The same steps against one group of the findings."""
    columns = np.array([group_of(finding) == name for finding in each.findings], dtype=bool)
    return replace(
        each,
        findings=tuple(finding for finding in each.findings if group_of(finding) == name),
        expected=each.expected[:, columns],
        fired=each.fired[:, columns],
    )


def _shuffle(firings: Sequence[Firings], rounds: int, seed: int) -> Values:
    """Hits when each operator's expectations are dealt to its prompts at random."""
    hits = np.zeros(rounds)
    draws = np.random.default_rng(seed)  # one stream: operators are dealt independently
    for each in firings:
        names = [step.problem for step in each.steps]
        _, firsts, blocks = np.unique(names, return_index=True, return_inverse=True)
        together = np.zeros((len(firsts), len(each.findings)), dtype=np.float32)
        np.add.at(together, blocks, each.fired.astype(np.float32))
        overlap = together @ each.expected[firsts].astype(np.float32).T
        hits += permuted_sums(overlap, rounds=rounds, draws=draws)
    return hits
