"""`peirce serve-model`: a vLLM server with the settings that suit this agent's traffic.

Prefix caching on (many samples share a prompt); streams in long pieces (a finished sample is sent
at once all the same, and an event for every token costs the server more than the token);
structured outputs by a named backend without free white space (a weak model fills its tokens with
blanks otherwise); prefill not chunked and whole
prompts in one batch, since a seeded request whose prefill is split kills CPU engines.
"""

import os
import shutil
from collections.abc import Sequence
from importlib.util import find_spec

from peirce.tasks.errors import ModelError

STREAM_INTERVAL = 64
"""Tokens of a sample that are sent as one event."""
STRUCTURED = '{"backend": "xgrammar", "disable_any_whitespace": true}'
MISSING = (
    "vLLM is not installed here; `pip install 'peirce[vllm]'` on the machine with the GPU, "
    "or point --base-url at any other OpenAI-compatible server"
)


def serve_command(
    model: str, *, host: str, port: int, max_length: int, extra: Sequence[str] = ()
) -> list[str]:
    """The command line that starts the server.

    Args:
        model: name or folder of a Hugging Face model.
        host: address to listen at.
        port: port to listen at.
        max_length: longest prompt and answer together, in tokens.
        extra: further arguments for vLLM, last so that they win.
    """
    return [
        "vllm",
        "serve",
        model,
        "--host",
        host,
        "--port",
        str(port),
        "--max-model-len",
        str(max_length),
        "--max-num-batched-tokens",
        str(max(8192, max_length)),
        "--no-enable-chunked-prefill",
        "--enable-prefix-caching",
        "--stream-interval",
        str(STREAM_INTERVAL),
        "--structured-outputs-config",
        STRUCTURED,
        *extra,
    ]


def check_engine() -> None:
    """Make sure that vLLM and a GPU are there.

    Raises:
        ModelError: something is missing; the message says what and what to do.
    """
    if shutil.which("vllm") is None or find_spec("vllm") is None:
        raise ModelError(MISSING)
    if shutil.which("nvidia-smi") is None and shutil.which("rocm-smi") is None:
        raise ModelError(
            "no GPU driver is found here (neither nvidia-smi nor rocm-smi); run this on the "
            "machine with the GPU, or start a CPU build of vLLM by hand"
        )


def serve(command: Sequence[str]) -> None:
    """Become the server: this process is replaced and never returns."""
    environment = {"VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1", **os.environ}
    os.execvpe(command[0], list(command), environment)
