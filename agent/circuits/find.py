"""Discovery from end to end: one model in, one `Circuit` catalogue out.

Operator by operator: accuracy, effects of every component, the smallest circuit at a target
faithfulness, the top neurons and the heuristics they match. A finished operator is kept in a
folder, so that a run that was interrupted goes on where it stopped.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
from pydantic import ValidationError

from peirce.agent.circuits.arithmetic import Arithmetic, Operator
from peirce.agent.circuits.catalogue import (
    ArithmeticRecord,
    Circuit,
    CurvePoint,
    HeadFinding,
    NeuronFinding,
    OperatorSummary,
    Record,
    SelfCheck,
    Source,
)
from peirce.agent.circuits.faithfulness import (
    Ablation,
    Head,
    Keep,
    find_smallest_heads,
    find_smallest_neurons,
)
from peirce.agent.circuits.heuristics import list_heuristics
from peirce.agent.circuits.induction import score_induction
from peirce.agent.circuits.matching import (
    THRESHOLD,
    Maps,
    Match,
    match_neurons,
    strongest_of_each_kind,
)
from peirce.agent.circuits.patching import Effects, Metric, patch_by_attribution, patch_exactly
from peirce.agent.circuits.probe import Probe
from peirce.agent.circuits.quiz import Exam, Quiz
from peirce.agent.circuits.subject import Part, Site, Subject
from peirce.tasks.errors import ConfigError

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done and how many there are."""
_SHARES = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 3 / 16, 1 / 4, 3 / 8, 1 / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to search."""

    method: Literal["exact", "attribution"] = "exact"
    """Exact patching runs once for each neuron and prompt; attribution estimates it."""
    metric: Metric = "logit"
    prompts: int = 50
    """Pairs of prompts that effects are averaged over."""
    evaluation: int = 200
    """Problems that faithfulness is measured on, apart from those pairs."""
    target: float = 0.95
    """Faithfulness the smallest circuit must reach."""
    top: int | None = None
    """Neurons per layer to explain; by default as many as reach the target, a quarter at most."""
    seed: int = 0


class _Finished(Record):
    """One operator's results, as kept between runs."""

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


def find_circuit(
    subject: Subject,
    arithmetic: Arithmetic,
    plan: Plan,
    *,
    operators: Sequence[Operator] = tuple(Operator),
    workspace: Path | None = None,
    progress: Progress | None = None,
    command: str = "peirce circuits find",
) -> Circuit:
    """Find the circuit and the heuristic neurons of a model.

    Args:
        subject: The model.
        arithmetic: The problems it is asked.
        plan: How to search.
        operators: Which operators to study.
        workspace: Folder for finished operators; a later run with the same plan reuses them.
        progress: Told of every step.
        command: What to name as the source.

    Raises:
        ConfigError: numbers are not single tokens, or the model solves too few problems.
    """
    quiz = Quiz.of(subject, arithmetic)
    tell = progress or _silent
    key = _key(quiz, plan)
    ablation: Ablation | None = None
    finished: list[_Finished] = []
    for count, operator in enumerate(operators):
        tell(f"operator {operator}", count, len(operators))
        kept = _kept(workspace, key, operator)
        if kept is None:
            ablation = ablation or Ablation.of(quiz, seed=plan.seed)
            kept = _study(
                quiz, ablation, operator, plan, partial(_say, tell, count, len(operators))
            )
            _keep(workspace, key, operator, kept)
        finished.append(kept)
    tell("induction heads", len(operators), len(operators))
    circuit = Circuit(
        model=subject.identity,
        source=Source(kind="own run", reference=command),
        arithmetic=ArithmeticRecord(**asdict(quiz.arithmetic)),
        effect_metric=plan.metric,
        method=plan.method,
        heads=(
            *(head for each in finished for head in each.heads),
            *_induction(subject, plan.seed),
        ),
        neurons=tuple(neuron for each in finished for neuron in each.neurons),
        operators=tuple(each.summary for each in finished),
    )
    return circuit.model_copy(update={"check": _check(quiz, circuit)})


def _check(quiz: Quiz, circuit: Circuit) -> SelfCheck:
    """What the catalogue's neurons show on one prompt."""
    prompt = quiz.arithmetic.prompt(1, circuit.operators[0].operator, 1)
    tokens = quiz.subject.encode([prompt])[0].tolist()
    values = Probe(subject=quiz.subject, circuit=circuit).read("check", tokens).values
    return SelfCheck(tokens=tuple(tokens), values=tuple(values[-1].tolist()))


def _say(tell: Progress, done: int, total: int, step: str) -> None:
    tell(step, done, total)


def _silent(_step: str, _done: int, _total: int) -> None:
    return None


def _study(
    quiz: Quiz, ablation: Ablation, operator: Operator, plan: Plan, tell: Callable[[str], None]
) -> _Finished:
    """Everything about one operator."""
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
    width = effects.neurons.shape[1]
    ranked = effects.top_neurons(width)
    enough = find_smallest_neurons(ablation, judged, ranked, plan.target)
    top = {layer: units[: plan.top or min(enough, width // 4)] for layer, units in ranked.items()}
    tell(f"{operator}: heuristics")
    matches = match_top_neurons(quiz, exam, top)
    heads = find_smallest_heads(ablation, judged, effects.heads, plan.target)
    measured = _Measured(
        operator=operator,
        accuracy=float(solved.mean()),
        heads=heads,
        heads_faithfulness=ablation.score(judged, Keep(heads=frozenset(heads))).faithfulness,
        neurons_per_layer=enough,
        neurons_faithfulness=ablation.score(
            judged, Keep(neurons={layer: units[:enough] for layer, units in ranked.items()})
        ).faithfulness,
        curve=_curve(ablation, judged, effects, plan.seed),
        top=top,
    )
    return _Finished(
        summary=_summarise(measured, effects, list(matches.values())),
        heads=_head_findings(operator, heads, effects),
        neurons=tuple(
            _finding(operator, layer, unit, match, effects)
            for (layer, unit), found in matches.items()
            for match in strongest_of_each_kind(found)
        ),
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


def match_top_neurons(
    quiz: Quiz, exam: Exam, top: dict[int, tuple[int, ...]]
) -> dict[tuple[int, int], tuple[Match, ...]]:
    """Every match of the given neurons of each layer, by (layer, neuron)."""
    heuristics = list_heuristics(quiz.arithmetic, exam.operator)
    found: dict[tuple[int, int], tuple[Match, ...]] = {}
    for layer, units in top.items():
        keys, direct = map_neurons(quiz, exam, layer, units)
        matches = match_neurons(
            keys,
            direct,
            exam.problems,
            heuristics,
            gated=quiz.subject.anatomy.gated,
            multiple=exam.operator is Operator.DIVIDE,
        )
        found |= {(layer, unit): each for unit, each in zip(units, matches, strict=True)}
    return found


def map_neurons(quiz: Quiz, exam: Exam, layer: int, units: Sequence[int]) -> tuple[Maps, Maps]:
    """The K and KV maps of neurons over an exam, each [neurons, problems]."""
    site = Site(Part.MLP, layer)
    chosen = list(units)
    values = quiz.subject.capture(exam.tokens, [site], -1)[site][:, chosen].T.numpy()
    lens = quiz.subject.neuron_lens(layer, chosen, quiz.numbers).cpu().numpy()
    return values, values * lens[:, exam.problems.answer]


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


def _induction(subject: Subject, seed: int) -> tuple[HeadFinding, ...]:
    scores = score_induction(subject, seed=seed)
    return tuple(
        HeadFinding(
            layer=layer,
            head=head,
            role="induction",
            prefix_matching=float(scores.prefix_matching[layer, head]),
            copying=float(scores.copying[layer, head]),
        )
        for layer, head in np.ndindex(*scores.prefix_matching.shape)
    )


def _key(quiz: Quiz, plan: Plan) -> str:
    """Names the model, the problems and the plan; results under another name are not reused."""
    text = f"{quiz.subject.identity!r} {quiz.arithmetic!r} {plan!r}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _place(workspace: Path, key: str, operator: Operator) -> Path:
    return workspace / f"{key}-{operator.name.lower()}.json"


def _kept(workspace: Path | None, key: str, operator: Operator) -> _Finished | None:
    if workspace is None or not (place := _place(workspace, key, operator)).is_file():
        return None
    try:
        return _Finished.model_validate_json(place.read_text(encoding="utf-8"))
    except ValidationError:
        # Written by another version or torn: studied anew.
        return None


def _keep(workspace: Path | None, key: str, operator: Operator, finished: _Finished) -> None:
    if workspace is None:
        return
    workspace.mkdir(parents=True, exist_ok=True)
    place = _place(workspace, key, operator)
    draft = place.with_suffix(".part")
    draft.write_text(finished.model_dump_json(), encoding="utf-8")
    draft.replace(place)
