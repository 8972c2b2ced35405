"""A full run on the real engine: prompts in, neurons recorded, report out.

    python scripts/circuits_engine.py --vllm ENV/bin/python -o report.html

Starts a vLLM server with the shipped arithmetic model and the neuron plugin, asks it sums (four
samples for each, hot enough to be wrong at times), fetches the neurons of every answer over
HTTP, and compares them with the shipped catalogue. `--vllm` is the Python of an environment
that holds vLLM and this package; `scripts/test_vllm` makes one. Prints precision and recall.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

import argparse
import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Generator
from pathlib import Path

import numpy as np

from peirce.agent.circuits.arithmetic import Operator
from peirce.agent.circuits.catalogue import load_circuit
from peirce.agent.circuits.commands import compare_files
from peirce.agent.circuits.probe import spell
from peirce.agent.circuits.record import Recording, save_recordings
from peirce.agent.circuits.rows import fetch_rows
from peirce.agent.circuits.shipped import CATALOGUE, MODEL, load_arithmetic
from peirce.agent.circuits.subject import Subject


@contextlib.contextmanager
def serving(python: str, log: Path) -> Generator[str]:
    """A running server's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    settings = {
        "VLLM_PLUGINS": "peirce_neurons",
        "VLLM_CPU_KVCACHE_SPACE": "1",
        "VLLM_CPU_OMP_THREADS_BIND": "nobind",
        "VLLM_NO_USAGE_STATS": "1",
        "OMP_NUM_THREADS": "1",
        "HF_HUB_OFFLINE": "1",
    }
    command = [python, "-m", "vllm.entrypoints.openai.api_server", "--model", str(MODEL)]
    command += ["--served-model-name", "arithmetic", "--host", "127.0.0.1", "--port", port]
    command += ["--dtype", "float32", "--max-model-len", "64", "--enforce-eager"]
    command += ["--block-size", "32", "--no-enable-prefix-caching"]
    command += ["--worker-extension-cls", "peirce.agent.circuits.vllm_worker.NeuronWorker"]
    command += ["--additional-config", json.dumps({"peirce_circuit": str(CATALOGUE)})]
    with log.open("w") as stream:
        server = subprocess.Popen(
            command, env=os.environ | settings, stdout=stream, stderr=subprocess.STDOUT
        )
    try:
        wait(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers; at most ten minutes."""
    for _ in range(1200):
        if server.poll() is not None:
            raise SystemExit(f"the server ended; its log is {log}")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/health"):
            return
        time.sleep(0.5)
    raise SystemExit(f"no server after ten minutes; its log is {log}")


def ask(address: str, prompt: str, seed: int) -> dict[str, object]:
    """One completion request, four samples."""
    body = {
        "model": "arithmetic",
        "prompt": prompt,
        "max_tokens": 1,
        "temperature": 2.0,
        "n": 4,
        "seed": seed,
        "return_token_ids": True,
    }
    request = urllib.request.Request(
        f"{address}/v1/completions",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "X-Request-Id": f"sum{seed}"},
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


def record(address: str, subject: Subject, prompt: str, answer: int, seed: int) -> list[Recording]:
    """Ask one sum and fetch the neurons of its answers."""
    reply = ask(address, prompt, seed)
    choices = {choice["index"]: choice for choice in reply["choices"]}  # type: ignore[index]
    found: list[Recording] = []
    for rows in fetch_rows(address, str(reply["id"])):
        choice = choices[rows.sample]
        tokens = (*choice["prompt_token_ids"], *choice["token_ids"])
        found.append(
            Recording(
                identifier=f"{reply['id']}/{rows.sample}",
                tokens=tokens,
                texts=spell(subject, tokens),
                prompt=len(choice["prompt_token_ids"]),
                neurons=rows.neurons,
                values=rows.spread(len(tokens)),
                verdict="verified" if choice["text"].strip() == str(answer) else "failed",
                hypothesis=f"{prompt}{choice['text'].strip()}",
            )
        )
    return found


def main() -> None:
    """Serve, ask, fetch, compare."""
    parser = argparse.ArgumentParser(description="A full run on the real engine")
    parser.add_argument("--vllm", required=True)
    parser.add_argument("-o", "--out", type=Path, default=Path("report.html"))
    parser.add_argument("--sums", type=int, default=30, help="sums per operator")
    options = parser.parse_args()
    arithmetic, circuit, subject = load_arithmetic(), load_circuit(CATALOGUE), Subject.load(MODEL)
    assert arithmetic is not None
    draws = np.random.default_rng(0)
    recordings: list[Recording] = []
    with serving(options.vllm, options.out.with_suffix(".server.log")) as address:
        for operator in Operator:
            problems = list(arithmetic.problems(operator))
            for index in draws.permutation(len(problems))[: options.sums].tolist():
                problem = problems[index]
                prompt = arithmetic.prompt(problem.left, operator, problem.right)
                seed = len(recordings)
                recordings += record(address, subject, prompt, problem.answer, seed)
    place = options.out.with_suffix(".neurons.safetensors")
    save_recordings(place, recordings, circuit=circuit.digest)
    comparison = compare_files(
        place, CATALOGUE, options.out, recording=None, model="arithmetic", rounds=999, seed=0
    )
    print(f"{len(recordings)} answers; report: {options.out}")
    print(f"{'group':28} expected  fired  precision  recall  adjusted p")
    for row in (*comparison.by_operator, *comparison.by_layer, *comparison.by_heuristic):
        print(
            f"{row.group:28} {row.expected:8} {row.fired:6} {row.precision:10.2f} {row.recall:7.2f}"
            f" {row.adjusted_p:11.3f}"
        )
    for row in comparison.by_verdict:
        print(f"{row.group:20} {row.first}/{row.second} delta {row.effect:+.2f}: {row.conclusion}")
    print(comparison.causes)


if __name__ == "__main__":
    main()
