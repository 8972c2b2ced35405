"""Cost of recording 3,200 neurons in vLLM: tokens per second with and without the probe.

    ENV/bin/python scripts/bench_probe.py [--layers 8] [--width 512]

Needs an environment with vLLM (`scripts/test_vllm` makes one). Builds a random Llama, generates
64 times 128 tokens in one engine, turn about with the probe off and on, and prints the medians
over the rounds. The aim is at most 10 % less.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ |= {"VLLM_ENABLE_V1_MULTIPROCESSING": "0", "VLLM_CPU_OMP_THREADS_BIND": "nobind"}
os.environ.setdefault("VLLM_CPU_KVCACHE_SPACE", "1")
os.environ.setdefault("VLLM_NO_USAGE_STATS", "1")

import vllm
from transformers import LlamaConfig, LlamaForCausalLM

from peirce.agent.circuits.shipped import MODEL

NEURONS = 3200


def main() -> None:
    """Measure turn about, so that a loaded machine slows both alike."""
    parser = argparse.ArgumentParser(description="Cost of the probe")
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--width", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=64)
    options = parser.parse_args()
    config = LlamaConfig.from_pretrained(MODEL)
    config.update(
        {
            "hidden_size": options.width,
            "intermediate_size": 4 * options.width,
            "num_hidden_layers": options.layers,
            "max_position_embeddings": 256,
            "head_dim": options.width // 4,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        LlamaForCausalLM(config).save_pretrained(folder)
        for name in ("tokenizer.json", "tokenizer_config.json"):
            (Path(folder) / name).write_bytes((MODEL / name).read_bytes())
        engine = vllm.LLM(
            folder,
            dtype="float32",
            enforce_eager=True,
            block_size=32,
            max_model_len=256,
            worker_extension_cls="peirce.agent.circuits.vllm_worker.NeuronWorker",
        )
    share = NEURONS // options.layers
    neurons = [[layer, unit] for layer in range(options.layers) for unit in range(share)]
    prompts = [{"prompt_token_ids": [row % 100, 199, 7, 203]} for row in range(options.requests)]
    sampling = vllm.SamplingParams(max_tokens=128, ignore_eos=True, temperature=1.0)

    def run() -> float:
        """CPU seconds of one batch."""
        begin = time.process_time()
        engine.generate(prompts, sampling, use_tqdm=False)
        return time.process_time() - begin

    run()
    times: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(options.rounds):
        times[False].append(run())
        engine.collective_rpc("neurons_install", args=(json.dumps(neurons),))
        times[True].append(run())
        engine.collective_rpc("neurons_remove")
    tokens = options.requests * 128
    off, on = statistics.median(times[False]), statistics.median(times[True])
    print(f"parameters {config.num_hidden_layers} layers of {config.hidden_size}")
    print(f"off: {tokens / off:.0f} tokens per CPU second")
    print(f"on:  {tokens / on:.0f} tokens per CPU second, {len(neurons)} neurons")
    print(f"cost: {1 - off / on:.1%} of the speed (aim: at most 10 %)")


if __name__ == "__main__":
    main()
