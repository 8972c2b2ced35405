"""A full run on the real engine: tasks in, neurons recorded, report out.

    python scripts/circuits_engine.py --vllm ENV/bin/python [-o report.html] [--tasks 24]

Starts a vLLM server with the shipped arithmetic model and the neuron plugin, and searches for the
rules behind number tasks with that model doing the sums (four samples each, hot enough to be wrong
at times). Programs run in the sandbox, so that every answer has a verdict; neurons are fetched
over HTTP while the search goes on. Then the recorded token ids are read again in transformers, and
everything is compared with the shipped catalogue. `--vllm` is the Python of an environment that
holds vLLM and this package, which `scripts/test_vllm` makes. Five minutes on two cores.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

import argparse
import contextlib
import json
import os
import random
import socket
import subprocess
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from peirce.agent.circuits.adders import Sampling
from peirce.agent.circuits.catalogue import load_circuit
from peirce.agent.circuits.commands import open_quiz
from peirce.agent.circuits.comparison import Agreement
from peirce.agent.circuits.probe import Probe
from peirce.agent.circuits.record import beside, load_recordings
from peirce.agent.circuits.searching import search
from peirce.agent.circuits.shipped import CATALOGUE, MODEL
from peirce.agent.circuits.tables import print_comparison, print_table
from peirce.agent.circuits.traces import compare_files, reread
from peirce.tasks.task import Task

RULES: Final[Sequence[tuple[str, Callable[[int, int], int], range]]] = (
    ("add", lambda value, k: value + k, range(2, 60)),
    ("subtract", lambda value, k: value - k, range(2, 40)),
    ("take from", lambda value, k: k - value, range(60, 120)),
    ("multiply by", lambda value, k: value * k, range(2, 5)),
    ("divide by", lambda value, k: value // k, range(2, 12)),
    ("remainder by", lambda value, k: value % k, range(11, 40)),
    ("last digit of product with", lambda value, k: value * k % 10, range(2, 10)),
)


def make_tasks(count: int, seed: int) -> list[Task]:
    """Number tasks, rules in turn; all numbers are such as the model knows."""
    draws = random.Random(seed)
    tasks: list[Task] = []
    while len(tasks) < count:
        name, rule, constants = RULES[len(tasks) % len(RULES)]
        constant = draws.choice(constants)
        known = [value for value in range(100) if 0 <= rule(value, constant) < 100]
        chosen = draws.sample(known, 5)
        pairs = [(value, rule(value, constant)) for value in chosen[:4]]
        tasks.append(Task.from_pairs(pairs, chosen[4:], name=f"{name} {constant}"))
    return tasks


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
    with log.open("w", encoding="utf-8") as stream:
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


def print_recordings(place: Path) -> None:
    """What was recorded, and how far transformers reads the same tokens as something else."""
    recordings = load_recordings(place)
    quiz, _ = open_quiz("arithmetic")
    probe = Probe(subject=quiz.subject, circuit=load_circuit(CATALOGUE))
    worst = max(
        float(np.nanmax(np.abs(served.values - here.values)))
        for served, here in zip(recordings, reread(probe, place), strict=True)
    )
    verdicts = Counter(each.verdict for each in recordings)
    print(
        f"{len(recordings)} answers with {len(recordings[0].neurons)} neurons each: "
        + ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
    )
    print(f"largest difference from transformers on the same tokens: {worst:.1e}")


def print_agreement(title: str, rows: Sequence[Agreement]) -> None:
    """Precision and recall of one grouping."""
    print_table(
        title,
        ("group", "steps", "prompts", "expected", "fired", "precision", "by luck", "recall", "p"),
        [
            (
                row.group,
                *map(str, (row.steps, row.prompts, row.expected, row.fired)),
                *(f"{share:.2f}" for share in (row.precision, row.luck_precision, row.recall)),
                f"{row.adjusted_p:.3f}",
            )
            for row in rows
        ],
    )


def main() -> None:
    """Serve, search, read again, compare."""
    parser = argparse.ArgumentParser(description="A full run on the real engine")
    parser.add_argument("--vllm", required=True, help="Python of an environment with vLLM")
    parser.add_argument("-o", "--out", type=Path, default=Path("report.html"))
    parser.add_argument("--tasks", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    trace = options.out.with_suffix(".jsonl")
    trace.unlink(missing_ok=True)
    with serving(options.vllm, options.out.with_suffix(".server.log")) as address:
        found = search(
            "arithmetic",
            CATALOGUE,
            make_tasks(options.tasks, options.seed),
            trace,
            server=address,
            sampling=Sampling(seed=options.seed),
        )
    solved = sum(bool(row.rule) for row in found.searches)
    print(f"{solved} of {len(found.searches)} tasks have a verified rule; trace: {trace}")
    print_recordings(beside(trace))
    comparison = compare_files(
        trace, CATALOGUE, options.out, recording=None, model="arithmetic", rounds=999, seed=0
    )
    print_agreement("By operator", comparison.by_operator)
    print_agreement("By layer", comparison.by_layer)
    print_comparison(comparison)
    print(f"page: {options.out}")


if __name__ == "__main__":
    main()
