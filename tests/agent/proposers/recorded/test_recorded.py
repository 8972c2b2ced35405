"""Packs of recorded calls, written here, read and judged."""

import gzip
import json
from pathlib import Path

import pytest
from tests.agent.conftest import Bench

from peirce.agent.interfaces.cli import replay as replay_command
from peirce.agent.proposers.recorded.grammar import grammar_in, grammar_program, is_grammar
from peirce.agent.proposers.recorded.judged import Cause, JudgedPool, judge_pool
from peirce.agent.proposers.recorded.pack import Call, is_pack, read_pack
from peirce.agent.proposers.recorded.proposals import proposals_in
from peirce.tasks.errors import TaskError

REVERSE = {
    "id": "reverse",
    "kind": "list",
    "train": [{"input": [3, 1, 2], "output": [2, 1, 3]}, {"input": [5, 4], "output": [4, 5]}],
    "test": [{"input": [9, 7, 8], "output": [8, 7, 9]}],
}


def code(body: str) -> str:
    return f"Here it is:\n\n```python\ndef fn(items):\n    return {body}\n```\n\nIt works."


def call(prompt: str, *responses: str) -> dict[str, object]:
    return {"prompt": prompt, "responses": responses, "temperature": 0}


def pack(path: Path, *calls: dict[str, object], right: bool, task: object = REVERSE) -> Path:
    line = {"task": task, "model": "m", "calls": calls, "recorded_test": [[float(right)]]}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return path


def judge(bench: Bench, path: Path) -> JudgedPool:
    (recorded,) = read_pack(path)
    return bench.run(judge_pool(recorded, bench.sandbox, tell=lambda event: None))


SORTED = [
    call("Find it.", "Rule: Sort the list."),
    call("Rule: Sort the list.", code("sorted(items)")),
]
TURNED = [
    call("Your rule: Sort the list. It does not work.", "Rule: Turn the list around."),
    call("Write a program. Rule: Turn the list around.", code("items[::-1]")),
]


def test_a_refinement_is_recorded_with_the_rule_it_was_written_for_and_its_parent(
    bench: Bench, tmp_path: Path
):
    pool = judge(bench, pack(tmp_path / "pack.jsonl", *SORTED, *TURNED, right=True))
    first, second = pool.candidates
    assert first.proposal.hypothesis.words == "Sort the list."
    assert second.proposal.hypothesis.words == "Turn the list around."
    assert second.proposal.parent == first.digest
    assert pool.solved
    assert pool.reproduced
    assert pool.right == {second.digest}


def test_a_verdict_other_than_the_recorded_one_is_noticed(bench: Bench, tmp_path: Path):
    assert not judge(bench, pack(tmp_path / "pack.jsonl", *SORTED, right=True)).reproduced
    assert judge(bench, pack(tmp_path / "pack.jsonl", *SORTED, right=False)).reproduced


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("items[::-1][:2]", Cause.HYPOTHESIS),
        ("items[5]", Cause.SANDBOX),
        ("items", Cause.PROGRAM),
        ("items[::-1] if items[0] != 9 else items", Cause.HYPOTHESIS),
    ],
)
def test_failures_are_put_down_to_their_cause(
    bench: Bench, tmp_path: Path, body: str, cause: Cause
):
    path = pack(
        tmp_path / "pack.jsonl",
        call("Find it.", "Rule: Something else."),
        call("Rule: Something else.", code(body)),
        right=False,
    )
    assert judge(bench, path).cause is cause


def test_a_right_program_that_was_not_preferred_counts_as_selection(bench: Bench, tmp_path: Path):
    fitting = code("[2, 1, 3] if len(items) == 3 and items[0] == 3 else items[::-1][:2]")
    path = pack(
        tmp_path / "pack.jsonl",
        call("a", code("[8, 7, 9]")),
        call("b", fitting),
        right=False,
    )
    pool = judge(bench, path)
    assert pool.answer.verified
    assert pool.cause is Cause.SELECTION


def test_grammar_rules_are_run_as_a_program(bench: Bench, tmp_path: Path):
    task = {
        "id": "grammar",
        "kind": "string",
        "train": [
            {"input": "dax", "output": "RED"},
            {"input": "lug", "output": "BLUE"},
            {"input": "dax wif", "output": "RED RED"},
        ],
        "test": [{"input": "lug wif", "output": "BLUE BLUE"}],
    }
    reply = (
        'Rule 1: "dax" -> "RED"\nPriority 1: 10\nRule 2: "lug" -> "BLUE"\nPriority 2: 10\n'
        'Rule 3: "##A wif" -> "##A ##A" (twice)\nPriority 3: 1'
    )
    pool = judge(
        bench, pack(tmp_path / "pack.jsonl", call("Find it.", reply), right=True, task=task)
    )
    assert pool.solved
    assert pool.reproduced


def test_grammar_rules_are_read_with_or_without_priorities():
    rules = grammar_in("Rule 1: ##A twice -> ##A ##A\nRule 2: dax -> RED\nPriority 2: 7")
    assert rules == (("##A twice", "##A ##A", 0), ("dax", "RED", 7))
    assert is_grammar(rules)
    assert not is_grammar(grammar_in("1. blue -> red\n2. red -> blue"))
    assert "##A twice" in grammar_program(rules).source


def test_a_reply_without_rule_or_program_gives_no_proposal():
    assert (
        list(proposals_in([Call(prompt="Find it.", responses=("", "```python\nnope(\n```"))])) == []
    )


def test_packs_may_be_packed_with_gzip_and_are_told_from_other_files(tmp_path: Path):
    plain = pack(tmp_path / "pack.jsonl", *SORTED, right=False)
    packed = tmp_path / "pack.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert next(read_pack(packed)).loaded.task == next(read_pack(plain)).loaded.task
    assert is_pack(packed)
    other = tmp_path / "other.jsonl"
    other.write_text('{"kind": "started"}\n', encoding="utf-8")
    assert not is_pack(other)
    assert not is_pack(tmp_path / "absent")


@pytest.mark.parametrize("text", ["{}", "[1", '{"task": {"id": "x"}, "calls": []}'])
def test_a_line_that_is_no_recorded_task_is_named(tmp_path: Path, text: str):
    path = tmp_path / "pack.jsonl"
    path.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(TaskError, match=r"pack\.jsonl"):
        list(read_pack(path))


def test_a_torn_gzip_file_is_named(tmp_path: Path):
    path = tmp_path / "pack.jsonl.gz"
    path.write_bytes(gzip.compress(b"x" * 10_000)[:20])
    with pytest.raises(TaskError, match="cannot be read"):
        list(read_pack(path))


def test_the_command_says_what_came_of_each_task(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    replay_command.command(pack(tmp_path / "pack.jsonl", *SORTED, *TURNED, right=True))
    assert "reverse: 2 programs, the best fits, right. Turn the list around." in (
        capsys.readouterr().out
    )
