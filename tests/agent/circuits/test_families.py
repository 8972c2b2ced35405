"""Every family: parts are found, edits reach them, both kinds of patching agree."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# pyright: reportInvalidTypeForm=false
# torch is optional, so its types are unknown where it is not installed.

from functools import partial

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra `circuits`")
transformers = pytest.importorskip("transformers", reason="needs the extra `circuits`")

from peirce.agent.circuits.arithmetic import Arithmetic, Operator  # noqa: E402
from peirce.agent.circuits.families import dissect, find_mlp_outputs  # noqa: E402
from peirce.agent.circuits.induction import score_induction  # noqa: E402
from peirce.agent.circuits.patching import patch_by_attribution, patch_exactly  # noqa: E402
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


def test_attribution_is_the_gradient_of_exact_patching(subject: Subject):
    pairs = make_pairs(subject, 4)
    near = Pairs(clean=pairs.clean, tokens=pairs.clean.tokens, answers=pairs.answers)
    assert np.allclose(patch_by_attribution(subject, near).neurons, 0)
    exact = patch_exactly(subject, pairs)
    estimate = patch_by_attribution(subject, pairs)
    # The last layer's neurons reach the logits through the final norm only: nearly linear.
    agreement = np.corrcoef(exact.neurons[1], estimate.neurons[1])[0, 1]
    assert agreement > 0.9


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


def test_unknown_family_is_refused_with_the_known_ones():
    config = transformers.AutoConfig.for_model(
        "bloom", vocab_size=32, hidden_size=8, n_head=2, n_layer=1
    )
    model = transformers.AutoModelForCausalLM.from_config(config)
    with pytest.raises(ConfigError, match="gpt_neox"):
        dissect(model)
    with pytest.raises(ConfigError, match="gpt_neox"):
        find_mlp_outputs(model)
