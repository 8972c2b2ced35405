"""Every family: parts are found, patched, ablated, recorded and knocked out as by hand."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# pyright: reportInvalidTypeForm=false, reportUnknownLambdaType=false
# torch is optional, so its types are unknown where it is not installed.

from functools import partial

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra `circuits`")
transformers = pytest.importorskip("transformers", reason="needs the extra `circuits`")

from peirce.agent.circuits.arithmetic import Arithmetic, Operator  # noqa: E402
from peirce.agent.circuits.catalogue import (  # noqa: E402
    Circuit,
    Neuron,
    NeuronFinding,
    Source,
)
from peirce.agent.circuits.faithfulness import Ablation, Head, Keep  # noqa: E402
from peirce.agent.circuits.families import (  # noqa: E402
    dissect,
    find_mlp_outputs,
    read_columns,
)
from peirce.agent.circuits.induction import score_induction  # noqa: E402
from peirce.agent.circuits.knockout import knock_out  # noqa: E402
from peirce.agent.circuits.patching import (  # noqa: E402
    Metric,
    measure_shift,
    patch_by_attribution,
    patch_exactly,
)
from peirce.agent.circuits.probe import Probe  # noqa: E402
from peirce.agent.circuits.quiz import Pairs, Quiz  # noqa: E402
from peirce.agent.circuits.shipped import MODEL  # noqa: E402
from peirce.agent.circuits.subject import Part, Site, Subject  # noqa: E402
from peirce.tasks.errors import ConfigError  # noqa: E402

pytestmark = pytest.mark.circuits
SMALL = {"vocab_size": 207, "bos_token_id": None, "eos_token_id": 205, "pad_token_id": 204}
LLAMA = {
    "hidden_size": 16,
    "intermediate_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 64,
}
GPT = {"n_embd": 16, "n_layer": 2, "n_head": 4, "n_positions": 64, "n_inner": 24}
CONFIGS = {
    "llama": LLAMA,
    "mistral": LLAMA,
    "qwen2": LLAMA,
    "qwen3": {**LLAMA, "head_dim": 4},
    "gpt2": GPT,
    "gptj": {**GPT, "rotary_dim": 4},
    "gpt_neox": {k: v for k, v in LLAMA.items() if k != "num_key_value_heads"},
}


def build(family: str) -> Subject:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    config = transformers.AutoConfig.for_model(family, **SMALL, **CONFIGS[family])
    config._attn_implementation = "eager"
    model = transformers.AutoModelForCausalLM.from_config(config).eval()
    for weight in model.parameters():
        if weight.ndim > 1:
            torch.nn.init.normal_(weight, std=0.2)
    return Subject.of(model, transformers.AutoTokenizer.from_pretrained(MODEL))


@pytest.fixture(scope="module", params=sorted(CONFIGS))
def subject(request: pytest.FixtureRequest) -> Subject:
    return build(request.param)


def put(donor: torch.Tensor, _values: torch.Tensor) -> torch.Tensor:
    return donor


def make_pairs(subject: Subject, count: int = 6) -> Pairs:
    quiz = Quiz.of(subject, Arithmetic(operands=12, largest=22))
    clean = quiz.exam(Operator.ADD).take(list(range(100, 100 + count)))
    other = quiz.exam(Operator.SUBTRACT).take(list(range(50, 50 + count)))
    return Pairs(clean=clean, tokens=other.tokens, answers=other.answers)


def every_neuron(subject: Subject) -> Circuit:
    return Circuit(
        model=subject.identity,
        source=Source(kind="own run", reference="a test"),
        neurons=tuple(
            NeuronFinding(
                operator=Operator.ADD, layer=layer, neuron=unit, heuristic="both identical", map="K"
            )
            for layer in range(2)
            for unit in range(24)
        ),
    )


def test_writing_back_what_was_read_changes_nothing(subject: Subject):
    pairs = make_pairs(subject)
    sites = list(subject.sites())
    donors = subject.capture(pairs.tokens, sites)
    same = subject.last_logits(pairs.tokens, {s: partial(put, donors[s]) for s in sites})
    assert torch.allclose(same, subject.last_logits(pairs.tokens), atol=1e-5)


def test_zeroing_the_mlp_input_removes_the_mlp(subject: Subject):
    pairs = make_pairs(subject)
    whole = subject.last_logits(pairs.tokens)
    without = subject.last_logits(pairs.tokens, {Site(Part.MLP, 1): torch.zeros_like})
    assert not torch.allclose(whole, without, atol=1e-4)
    assert subject.width(Part.MLP) == 24
    assert subject.head_width == 4


def test_head_effects_at_all_positions_and_neurons_have_the_right_shapes(subject: Subject):
    effects = patch_exactly(subject, make_pairs(subject, 2))
    assert effects.heads.shape == (4, 2, 4)
    assert effects.mlps.shape == (4, 2)
    assert effects.neurons.shape == (2, 24)
    assert effects.mlps[:3, 1] == pytest.approx(0, abs=1e-5), "a last MLP feeds no later position"


@pytest.mark.parametrize("metric", ["logit", "probability"])
def test_exact_effects_are_those_of_writing_one_component_by_hand(subject: Subject, metric: Metric):
    pairs = make_pairs(subject, 1)
    effects = patch_exactly(subject, pairs, metric=metric)
    before = subject.last_logits(pairs.clean.tokens)
    for part, place, columns, effect in (
        (Part.ATTENTION, 1, slice(8, 12), effects.heads[1, 0, 2]),
        (Part.MLP, 3, slice(5, 6), effects.neurons[0, 5]),
    ):
        site = Site(part, 0)
        patched = subject.capture(pairs.clean.tokens, [site])[site]
        patched[:, place, columns] = subject.capture(pairs.tokens, [site])[site][:, place, columns]
        after = subject.last_logits(pairs.clean.tokens, {site: partial(put, patched)})
        shift = measure_shift(before, after, pairs.clean.answers, pairs.answers, metric)
        assert effect == pytest.approx(float(shift.mean()), abs=1e-4)


def test_attribution_is_the_gradient_of_exact_patching(subject: Subject):
    pairs = make_pairs(subject, 4)
    near = Pairs(clean=pairs.clean, tokens=pairs.clean.tokens, answers=pairs.answers)
    assert np.allclose(patch_by_attribution(subject, near).neurons, 0)
    exact = patch_exactly(subject, pairs)
    estimate = patch_by_attribution(subject, pairs)
    # The last layer's neurons reach the logits through the final norm only: nearly linear.
    agreement = np.corrcoef(exact.neurons[1], estimate.neurons[1])[0, 1]
    assert agreement > 0.9


def test_mean_ablation_keeps_a_circuit_and_replaces_the_rest_by_its_mean(subject: Subject):
    quiz = Quiz.of(subject, Arithmetic(operands=12, largest=22))
    ablation = Ablation.of(quiz)
    exam = quiz.exam(Operator.ADD).take(list(range(6)))
    assert ablation.score(exam, Keep()).faithfulness == pytest.approx(1)
    nothing = Keep(heads=frozenset(), mlps=frozenset())
    assert ablation.score(exam, nothing).faithfulness == pytest.approx(0)
    part = Keep(heads=frozenset({Head(0, 1)}), neurons={0: (3,), 1: tuple(range(24))})
    for site, kept in ((Site(Part.ATTENTION, 0), slice(4, 8)), (Site(Part.MLP, 0), slice(3, 4))):
        values = subject.capture(exam.tokens, [site])[site]
        left = ablation.edits(part)[site](values)
        last, mean = left[:, -1], ablation.means[site][-1].expand(6, -1)
        assert torch.equal(last[:, kept], values[:, -1, kept])
        others = torch.ones(last.shape[1], dtype=torch.bool)
        others[kept] = False
        assert torch.equal(last[:, others], mean[:, others])
    assert Site(Part.MLP, 1) not in ablation.edits(part), "all its neurons stay"


def test_recorded_neurons_times_their_vectors_are_what_the_mlp_writes(subject: Subject):
    tokens = make_pairs(subject, 1).tokens
    found = Probe(subject=subject, circuit=every_neuron(subject)).read("x", tokens[0].tolist())
    written: list[torch.Tensor] = []
    handles = [
        module.register_forward_hook(lambda _m, _i, out: written.append(out[0]))
        for module in subject.anatomy.mlp_out
    ]
    subject.last_logits(tokens)
    for handle in handles:
        handle.remove()
    for layer, module in enumerate(subject.anatomy.mlp_out):
        values = torch.from_numpy(found.values[:, layer * 24 : (layer + 1) * 24])
        bias = 0 if getattr(module, "bias", None) is None else module.bias
        assert torch.allclose(values @ read_columns(module) + bias, written[layer], atol=1e-5)


def test_neurons_of_a_running_generation_are_those_read_afterwards(subject: Subject):
    probe = Probe(subject=subject, circuit=every_neuron(subject))
    tokens = make_pairs(subject, 2).tokens
    with probe.watching() as watch:
        written = subject.model.generate(
            tokens, attention_mask=torch.ones_like(tokens), max_new_tokens=3, do_sample=False
        )
    for row, live in zip(written.tolist(), watch.values(), strict=True):
        later = probe.read("later", row).values
        assert np.allclose(live, later[: len(live)], atol=1e-4)


def test_a_neuron_knocked_out_adds_nothing(subject: Subject):
    pairs = make_pairs(subject, 2)
    site = Site(Part.MLP, 1)
    without = subject.capture(pairs.tokens, [site])[site].clone()
    without[..., 7] = 0
    by_hand = subject.last_logits(pairs.tokens, {site: partial(put, without)})
    knocked = subject.last_logits(pairs.tokens, knock_out(subject, [Neuron(1, 7)]))
    assert torch.allclose(knocked, by_hand, atol=1e-5)
    assert not torch.allclose(knocked, subject.last_logits(pairs.tokens), atol=1e-5)


def test_induction_scores_cover_every_head(subject: Subject):
    scores = score_induction(subject, period=8, sequences=2)
    assert scores.prefix_matching.shape == scores.copying.shape == (2, 4)
    assert (scores.prefix_matching >= 0).all()
    assert (scores.prefix_matching <= 1).all()


def test_mlp_outputs_are_found_by_name(subject: Subject):
    assert tuple(find_mlp_outputs(subject.model).values()) == subject.anatomy.mlp_out


def test_value_lens_is_what_a_neuron_adds_to_the_logits(subject: Subject):
    lens = subject.neuron_lens(1, [3], torch.arange(207))
    assert lens.shape == (1, 207)
    assert torch.isfinite(lens).all()


def test_effects_of_a_very_confident_model_are_finite():
    sure = torch.tensor([[200.0, -200.0, 0.0]])
    first, second = torch.tensor([0]), torch.tensor([1])
    for metric in ("logit", "probability"):
        assert float(measure_shift(sure, sure, first, second, metric)) == 0
        shift = measure_shift(sure, sure.flip(1), first, second, metric)
        assert torch.isfinite(shift).all()


def test_unknown_family_is_refused_with_the_known_ones():
    config = transformers.AutoConfig.for_model(
        "bloom", vocab_size=32, hidden_size=8, n_head=2, n_layer=1
    )
    model = transformers.AutoModelForCausalLM.from_config(config)
    with pytest.raises(ConfigError, match="gpt_neox"):
        dissect(model)
    with pytest.raises(ConfigError, match="gpt_neox"):
        find_mlp_outputs(model)
