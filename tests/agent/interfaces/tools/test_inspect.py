"""Task, solver, tool and scorer, found and run by Inspect itself."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false

import json
from pathlib import Path

import pytest

pytest.importorskip("inspect_ai", reason="needs `pip install 'peirce[inspect]'`")

from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.model import Model, ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import includes
from inspect_ai.solver import generate, use_tools

from peirce.agent.interfaces.tools.inspect_registry import induce_rule

# What Inspect's own dependencies warn of is theirs to mend.
pytestmark = pytest.mark.filterwarnings("default")

SORTING = {
    "id": "sorting",
    "kind": "list",
    "train": [
        {"input": [3, 1, 2], "output": [1, 2, 3]},
        {"input": [5, 4, 4], "output": [4, 4, 5]},
    ],
    "test": [{"input": [9, 7, 8], "output": [7, 8, 9]}],
}


def scripted(*outputs: ModelOutput) -> Model:
    """A model that gives these outputs in turn; with a usage, so that no tokenizer is fetched."""
    for output in outputs:
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
    return get_model("mockllm/model", custom_outputs=outputs, memoize=False)


@pytest.fixture
def data(tmp_path: Path) -> str:
    path = tmp_path / "sorting.jsonl"
    path.write_text(json.dumps(SORTING), encoding="utf-8")
    return str(path)


def test_the_task_is_found_by_its_entry_point_and_solved_by_peirce(data: str, tmp_path: Path):
    (log,) = eval(
        "peirce/rules",
        model="mockllm/model",
        task_args={"data": data, "seconds": 20},
        log_dir=str(tmp_path),
        display="none",
    )
    assert log.status == "success", log.error
    assert log.results is not None
    assert log.results.scores[0].metrics["accuracy"].value == 1.0


@pytest.mark.parametrize(("reply", "accuracy"), [("so\n[[7, 8, 9]]", 1.0), ("[[9]]", 0.0)])
def test_a_models_answer_is_scored_by_the_same_scorer(
    data: str, tmp_path: Path, reply: str, accuracy: float
):
    model = scripted(ModelOutput.from_content("mockllm", reply))
    (log,) = eval(
        "peirce/rules",
        task_args={"data": data},
        model=model,
        solver=generate(),
        log_dir=str(tmp_path),
        display="none",
    )
    assert log.status == "success", log.error
    assert log.results is not None
    assert log.results.scores[0].metrics["accuracy"].value == accuracy


def test_a_model_under_evaluation_calls_the_tool(tmp_path: Path):
    arguments = {"examples": SORTING["train"], "tests": [[9, 7, 8]]}
    model = scripted(
        ModelOutput.for_tool_call("mockllm", "induce_rule", {"examples": []}),
        ModelOutput.for_tool_call("mockllm", "induce_rule", arguments),
        ModelOutput.from_content("mockllm", "done"),
    )
    (log,) = eval(
        Task(
            dataset=[Sample(input="sort", target="done")],
            solver=[use_tools(induce_rule(seconds=20)), generate()],
            scorer=includes(),
        ),
        model=model,
        log_dir=str(tmp_path),
        display="none",
    )
    assert log.status == "success", log.error
    assert log.samples is not None
    refused, found = [message for message in log.samples[0].messages if message.role == "tool"]
    assert refused.error is not None
    assert "at least 1 item" in refused.error.message
    assert json.loads(found.text)["predictions"][0][0]["value"] == [7, 8, 9]
