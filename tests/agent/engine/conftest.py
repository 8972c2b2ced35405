"""A real vLLM server with a small random Llama, opt-in: `scripts/test_vllm` provides it.

`PEIRCE_VLLM_PYTHON` names the Python of an environment that holds vLLM; without it these tests are
skipped.
"""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

START_SECONDS = 300
"""A server on a loaded machine takes this long at most."""
LLAMA = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "head_dim": 32,
    "hidden_act": "silu",
    "rms_norm_eps": 1e-5,
    "rope_theta": 10000.0,
    "max_position_embeddings": 16384,
    "vocab_size": 258,
    "bos_token_id": 256,
    "eos_token_id": 257,
    "tie_word_embeddings": False,
    "torch_dtype": "float32",
}
LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
TEMPLATE = (
    "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


@dataclass
class Engine:
    """A running server."""

    process: subprocess.Popen[bytes]
    root: str

    @property
    def base_url(self) -> str:
        return f"{self.root}/v1"

    def kill(self) -> None:
        """End the server and its workers at once, as a crash would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)

    def metric(self, name: str) -> float:
        """The sum of a counter or gauge over its labels."""
        with urllib.request.urlopen(f"{self.root}/metrics", timeout=10) as reply:
            lines = reply.read().decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(f"{name}{{"))


def write_model(folder: Path) -> None:
    """A Llama of two layers over bytes; the engine makes up its weights."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = {char: index for index, char in enumerate(_byte_chars())}
    special = {"<s>": 256, "</s>": 257}
    tokenizer = {
        "version": "1.0",
        "added_tokens": [
            {
                "id": index,
                "content": text,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for text, index in special.items()
        ],
        "pre_tokenizer": LEVEL,
        "decoder": LEVEL,
        "model": {"type": "BPE", "vocab": vocabulary | special, "merges": []},
    }
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "chat_template": TEMPLATE,
    }
    files = {
        "config.json": LLAMA,
        "tokenizer.json": tokenizer,
        "tokenizer_config.json": settings,
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


def _byte_chars() -> list[str]:
    """The printable stand-in of each byte that byte-level tokenizers use."""
    shown = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    return [chr(byte) if byte in shown else chr(next(spare)) for byte in range(256)]


def start(python: str, folder: Path) -> Engine:
    """Start a server and wait until it is ready."""
    write_model(folder / "model")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, "-m", "vllm.entrypoints.openai.api_server"]
    command += ["--model", str(folder / "model"), "--served-model-name", "m"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--load-format", "dummy"]
    command += ["--dtype", "float32", "--enforce-eager", "--max-num-seqs", "16"]
    command += ["--max-model-len", "16384", "--max-num-batched-tokens", "16384"]
    command += ["--no-enable-chunked-prefill", "--block-size", "32", "--stream-interval", "64"]
    command += ["--structured-outputs-config"]
    command += ['{"backend": "xgrammar", "disable_any_whitespace": true}']
    settings = {
        "VLLM_CPU_KVCACHE_SPACE": "1",
        "VLLM_CPU_OMP_THREADS_BIND": "nobind",
        "VLLM_NO_USAGE_STATS": "1",
        "VLLM_CACHE_ROOT": str(folder / "cache"),
        "DO_NOT_TRACK": "1",
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",
    }
    log = folder / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            env=os.environ | settings,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    engine = Engine(process, f"http://127.0.0.1:{port}")
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{engine.root}/health", timeout=5):
                return engine
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    if process.poll() is None:
        engine.kill()
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    python = os.environ.get("PEIRCE_VLLM_PYTHON")
    if not python:
        pytest.skip("needs an environment with vLLM; run scripts/test_vllm")
    running = start(python, tmp_path_factory.mktemp("engine"))
    yield running
    if running.process.poll() is None:
        running.kill()
