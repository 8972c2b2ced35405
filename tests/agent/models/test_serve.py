"""The command line of a model server."""

import shutil

import pytest

from peirce.agent.models import serve
from peirce.tasks.errors import ModelError


def test_the_server_gets_the_settings_that_suit_many_samples_of_one_prompt():
    line = serve.serve_command("m", host="127.0.0.1", port=8001, max_length=16_384)
    assert line[:3] == ["vllm", "serve", "m"]
    assert "--enable-prefix-caching" in line
    assert int(line[line.index("--stream-interval") + 1]) > 1
    assert '"disable_any_whitespace": true' in line[line.index("--structured-outputs-config") + 1]
    assert line[line.index("--max-num-batched-tokens") + 1] == "16384"


def test_whole_prompts_fit_into_one_batch_and_own_arguments_win():
    line = serve.serve_command("m", host="h", port=1, max_length=100, extra=["--dtype", "half"])
    assert int(line[line.index("--max-num-batched-tokens") + 1]) >= 100
    assert line[-2:] == ["--dtype", "half"]


def test_a_machine_without_engine_or_gpu_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ModelError, match="vLLM is not installed here"):
        serve.check_engine()


def test_a_machine_with_engine_but_without_gpu_is_told_so(monkeypatch: pytest.MonkeyPatch):
    def which(name: str) -> str | None:
        return name if name == "vllm" else None

    def find_spec(name: str) -> str:
        return name

    monkeypatch.setattr(serve, "find_spec", find_spec)
    monkeypatch.setattr(shutil, "which", which)
    with pytest.raises(ModelError, match="no GPU driver"):
        serve.check_engine()
