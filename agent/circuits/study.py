"""One operator of one model: effects, the smallest circuit, the top neurons, their heuristics."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from peirce.agent.circuits.arithmetic import Operator
from peirce.agent.circuits.catalogue import (
    CurvePoint,
    HeadFinding,
    NeuronFinding,
    OperatorSummary,
    Record,
)
from peirce.agent.circuits.explain import match_top_neurons
from peirce.agent.circuits.faithfulness import (
    Ablation,
    Head,
    Keep,
    find_smallest_heads,
    find_smallest_neurons,
)
from peirce.agent.circuits.matching import THRESHOLD, Match, strongest_of_each_kind
from peirce.agent.circuits.patching import Effects, Metric, patch_by_attribution, patch_exactly
from peirce.agent.circuits.quiz import Exam, Quiz
from peirce.tasks.errors import ConfigError

_SHARES: Final = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 3 / 16, 1 / 4, 3 / 8, 1 / 2)
"""Shares of a layer's neurons at which the faithfulness curve is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to search."""

    method: Literal["exact", "attribution"] = "exact"
    """Exact patching runs once for each neuron and prompt; attribution estimates it."""
    metric: Metric = "logit"
    """The paper's is of probabilities; where a model is very sure, that one explodes."""
    prompts: int = 50
    """Pairs of prompts that effects are averaged over."""
    evaluation: int = 200
    """Problems that faithfulness is measured on, apart from those pairs."""
    target: float = 0.95
    """Faithfulness the smallest circuit must reach."""
    top: int | None = None
    """Neurons per layer to explain; by default as many as reach the target, a quarter at most."""
    seed: int = 0

    def __post_init__(self) -> None:
        if self.method == "attribution" and self.metric != "logit":
            raise ConfigError(
                f"attribution estimates changes of logits, not of {self.metric!r}; use exact "
                "patching for those"
            )


class Studied(Record):
    """One operator's results."""

    summary: OperatorSummary
    heads: tuple[HeadFinding, ...]
    neurons: tuple[NeuronFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """What one operator's circuit measured, before it becomes a record."""

    operator: Operator
    accuracy: float
    heads: tuple[Head, ...]
    heads_faithfulness: float
    neurons_per_layer: int
    neurons_faithfulness: float
    curve: tuple[CurvePoint, ...]
    top: dict[int, tuple[int, ...]]


def study(
    quiz: Quiz, ablation: Ablation, operator: Operator, plan: Plan, tell: Callable[[str], None]
) -> Studied:
    """Everything about one operator.

    Raises:
        ConfigError: the model solves too few problems.
    """
    exam = quiz.exam(operator)
    solved = quiz.solved(exam)
    draws = np.random.default_rng(plan.seed)
    order = draws.permutation(np.flatnonzero(solved)).tolist()
    if len(order) < 2 * plan.prompts:
        raise ConfigError(
            f"the model solves only {len(order)} of {len(exam)} problems of {operator.value!r}; "
            f"discovery needs {2 * plan.prompts}: lower the number of prompts or leave it out"
        )
    pairs = quiz.pairs(exam.take(order[: plan.prompts]), plan.seed)
    judged = exam.take(order[plan.prompts : plan.prompts + plan.evaluation])
    tell(f"{operator}: effects")
    effects = (
        patch_exactly(quiz.subject, pairs, metric=plan.metric)
        if plan.method == "exact"
        else patch_by_attribution(quiz.subject, pairs)
    )
    tell(f"{operator}: faithfulness")
    measured = _measure(ablation, judged, effects, plan, accuracy=float(solved.mean()))
    tell(f"{operator}: heuristics")
    matches = match_top_neurons(quiz, exam, measured.top)
    return Studied(
        summary=_summarise(measured, effects, list(matches.values())),
        heads=_head_findings(operator, measured.heads, effects),
        neurons=tuple(
            _finding(operator, layer, unit, match, effects)
            for (layer, unit), found in matches.items()
            for match in strongest_of_each_kind(found)
        ),
    )


def _measure(
    ablation: Ablation, judged: Exam, effects: Effects, plan: Plan, *, accuracy: float
) -> _Measured:
    """The smallest circuits that reach the target, of heads and of neurons."""
    width = effects.neurons.shape[1]
    ranked = effects.top_neurons(width)
    enough = find_smallest_neurons(ablation, judged, ranked, plan.target)
    heads = find_smallest_heads(ablation, judged, effects.heads, plan.target)
    smallest = Keep(neurons={layer: units[:enough] for layer, units in ranked.items()})
    count = plan.top or min(enough, width // 4)
    return _Measured(
        operator=judged.operator,
        accuracy=accuracy,
        heads=heads,
        heads_faithfulness=ablation.score(judged, Keep(heads=frozenset(heads))).faithfulness,
        neurons_per_layer=enough,
        neurons_faithfulness=ablation.score(judged, smallest).faithfulness,
        curve=_curve(ablation, judged, effects, plan.seed),
        top={layer: units[:count] for layer, units in ranked.items()},
    )


def _summarise(
    measured: _Measured, effects: Effects, matches: Sequence[Sequence[Match]]
) -> OperatorSummary:
    """The record of one operator."""
    surely = [any(match.corrected >= THRESHOLD for match in found) for found in matches]
    return OperatorSummary(
        operator=measured.operator,
        accuracy=measured.accuracy,
        heads_kept=tuple((head.layer, head.unit) for head in measured.heads),
        heads_faithfulness=measured.heads_faithfulness,
        neurons_per_layer=measured.neurons_per_layer,
        neurons_faithfulness=measured.neurons_faithfulness,
        width=effects.neurons.shape[1],
        curve=measured.curve,
        top_neurons=measured.top,
        matched=sum(map(bool, matches)) / max(len(matches), 1),
        matched_corrected=sum(surely) / max(len(matches), 1),
        head_effects=tuple(tuple(map(tuple, layer)) for layer in effects.heads.tolist()),
        mlp_effects=tuple(map(tuple, effects.mlps.tolist())),
    )


def _curve(ablation: Ablation, judged: Exam, effects: Effects, seed: int) -> tuple[CurvePoint, ...]:
    """Faithfulness against how many neurons of each layer are kept."""
    layers, width = effects.neurons.shape
    ranked = effects.top_neurons(width)
    draws = np.random.default_rng(seed)
    shuffled = {layer: tuple(draws.permutation(width).tolist()) for layer in range(layers)}
    points: list[CurvePoint] = []
    for count in sorted({max(1, round(share * width)) for share in _SHARES}):
        best = ablation.score(judged, Keep(neurons={k: v[:count] for k, v in ranked.items()}))
        luck = ablation.score(judged, Keep(neurons={k: v[:count] for k, v in shuffled.items()}))
        points.append(
            CurvePoint(
                neurons_per_layer=count,
                faithfulness=best.faithfulness,
                accuracy=best.accuracy,
                random_faithfulness=luck.faithfulness,
            )
        )
    return tuple(points)


def _head_findings(
    operator: Operator, heads: Sequence[Head], effects: Effects
) -> tuple[HeadFinding, ...]:
    strongest = effects.heads.max(axis=0)
    return tuple(
        HeadFinding(
            operator=operator,
            layer=head.layer,
            head=head.unit,
            role="circuit",
            effect=float(strongest[head.layer, head.unit]),
        )
        for head in heads
    )


def _finding(
    operator: Operator, layer: int, unit: int, match: Match, effects: Effects
) -> NeuronFinding:
    return NeuronFinding(
        operator=operator,
        layer=layer,
        neuron=unit,
        heuristic=str(match.heuristic),
        map="KV" if match.direct else "K",
        sign=1 if match.sign > 0 else -1,
        threshold=match.threshold,
        score=match.score,
        base_rate=match.base_rate,
        effect=float(effects.neurons[layer, unit]),
    )
