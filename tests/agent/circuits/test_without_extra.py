"""On a machine without the optional packages the commands are there and say what to install."""

import subprocess
import sys

import pytest

OPTIONAL = (
    "torch",
    "transformers",
    "safetensors",
    "matplotlib",
    "vllm",
    "ray",
    "mcp",
    "inspect_ai",
)
PROGRAM = f"""
import sys
sys.modules |= dict.fromkeys({OPTIONAL!r})
from peirce.agent.interfaces.cli import main
main()
"""


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["circuits", "--help"], 0, "knockout"),
        (["circuits", "show", "paper"], 0, "not re-verified"),
        (["circuits", "find", "arithmetic"], 2, "pip install 'peirce[circuits]'"),
        (["circuits", "compare", "t.jsonl", "arithmetic"], 2, "pip install 'peirce[circuits]'"),
    ],
)
def test_commands_need_the_extra_only_to_run_a_model(arguments: list[str], status: int, said: str):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert said in (done.stderr if status else done.stdout)
    assert "Traceback" not in done.stderr
