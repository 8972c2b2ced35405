"""The real engine on CPU against transformers; opt-in, `scripts/test_vllm` builds its environment."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("VLLM_ENABLE_V1_MULTIPROCESSING", "0")
os.environ.setdefault("VLLM_CPU_OMP_THREADS_BIND", "nobind")
os.environ.setdefault("VLLM_CPU_KVCACHE_SPACE", "1")
os.environ.setdefault("VLLM_NO_USAGE_STATS", "1")

vllm = pytest.importorskip("vllm", reason="needs a vLLM environment: scripts/test_vllm")
torch = pytest.importorskip("torch")

from peirce.agent.circuits.arithmetic import Operator  # noqa: E402
from peirce.agent.circuits.catalogue import load_circuit  # noqa: E402
from peirce.agent.circuits.probe import Probe  # noqa: E402
from peirce.agent.circuits.quiz import Quiz  # noqa: E402
from peirce.agent.circuits.rows import Rows, merge_ranks, unpack_rows  # noqa: E402
from peirce.agent.circuits.shipped import CATALOGUE, MODEL, load_arithmetic  # noqa: E402
from peirce.agent.circuits.subject import Part, Site, Subject  # noqa: E402

pytestmark = [pytest.mark.circuits, pytest.mark.slow, pytest.mark.timeout(300)]
WORKER = "peirce.agent.circuits.vllm_worker.NeuronWorker"


def start(folder: Path, **options):
    return vllm.LLM(
        str(folder),
        dtype="float32",
        worker_extension_cls=WORKER,
        block_size=32,
        **{"enforce_eager": True, **options},
    )


def drain(engine, request: str) -> tuple[Rows, ...]:
    return merge_ranks(
        [unpack_rows(p) for p in engine.collective_rpc("neurons_drain", args=(request,))]
    )


def install(engine, places) -> None:
    engine.collective_rpc("neurons_install", args=(json.dumps([list(p) for p in places]),))


@pytest.fixture(scope="module")
def long_model(tmp_path_factory) -> Path:
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("long")
    config = LlamaConfig.from_pretrained(MODEL)
    config.max_position_embeddings = 1024
    LlamaForCausalLM(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((MODEL / name).read_bytes())
    return folder


def test_trained_model_shows_the_same_neurons_in_vllm_and_transformers():
    engine = start(MODEL, max_model_len=64)
    circuit = load_circuit(CATALOGUE)
    install(engine, circuit.places)
    arithmetic = load_arithmetic()
    assert arithmetic is not None
    subject = Subject.load(MODEL)
    quiz = Quiz.of(subject, arithmetic)
    probe = Probe(subject=subject, circuit=circuit)
    tokens = [quiz.exam(operator).take(list(range(0, 5000, 100))).tokens for operator in Operator]
    prompts = torch.cat(tokens).tolist()
    outputs = engine.generate(
        [{"prompt_token_ids": row} for row in prompts],
        vllm.SamplingParams(max_tokens=1, temperature=0),
        use_tqdm=False,
    )
    worst = 0.0
    for output in outputs:
        (rows,) = [r for r in drain_all(engine, output.request_id)]
        recorded = probe.read("x", output.prompt_token_ids)
        assert rows.positions.tolist() == [0, 1, 2, 3]
        worst = max(worst, float(np.abs(rows.values - recorded.values).max()))
    assert len(outputs) == 200
    assert worst < 1e-4
