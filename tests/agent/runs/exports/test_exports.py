"""Runs in the forms of others, read back the way these read them."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.agent.conftest import Bench, Scripted
from tests.agent.runs.conftest import ended, result, reversing

from peirce.agent.candidate import Candidate
from peirce.agent.inquiry import Inquiry
from peirce.agent.interfaces.record import GuessRecord
from peirce.agent.proposal import Hypothesis, Proposal
from peirce.agent.replay import Recording, recordings
from peirce.agent.runs.exports.arc import attempts, submission, write_task_files
from peirce.agent.runs.exports.steps import noting, step_rows
from peirce.agent.runs.exports.training import Row, Training, training_rows
from peirce.agent.runs.plan import Job
from peirce.agent.runs.record import Configuration, DataRecord, RunRecord, TaskResult
from peirce.agent.runs.scoring import settle
from peirce.agent.solve import solve_async
from peirce.agent.traced import proposed
from peirce.tasks.errors import ConfigError
from peirce.tasks.scorer import Scorer
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, encode
from peirce.verifiers.program import Program

RIGHT: Grid = ((0, 7), (0, 0))
WRONG: Grid = ((7, 0), (0, 0))


def grid_result(name: str, *guesses: Grid) -> TaskResult:
    task = Task.from_pairs(
        [([[1, 0], [0, 0]], [[0, 1], [0, 0]]), ([[2, 0], [0, 0]], [[0, 2], [0, 0]])],
        [[[7, 0], [0, 0]]],
        name=name,
    )
    work = ended(Job(data="data", task=task), *guesses, error="" if guesses else "it broke")
    if work.answer is not None:
        column = tuple(
            GuessRecord(value=encode(guess), probability=0.5, programs=1)  # type: ignore[arg-type]
            for guess in guesses
        )
        work = replace(work, answer=work.answer.model_copy(update={"predictions": (column,)}))
    return settle(work, Scorer([(task, [RIGHT])]), price=0.0, at=100.0)


def run_of(*names: str) -> RunRecord:
    data = DataRecord(name="data", source="data", digest="", tasks=len(names), chosen=names)
    configuration = Configuration(
        peirce="0.1.0",
        data=(data,),
        proposer="symbolic",
        model="",
        base_url="",
        seconds=1,
        cpu_seconds=None,
        programs=1,
        tokens=0,
        steps=None,
        seed=0,
        isolation="medium",
    )
    return RunRecord(name="run", configuration=configuration, sessions=())


def test_a_submission_names_every_task_with_both_attempts():
    results = [grid_result("two", WRONG, RIGHT), grid_result("one", RIGHT), grid_result("none")]
    found = submission(run_of("two", "one", "none"), results)
    assert json.loads(json.dumps(found)) == {
        "two": [{"attempt_1": [[7, 0], [0, 0]], "attempt_2": [[0, 7], [0, 0]]}],
        "one": [{"attempt_1": [[0, 7], [0, 0]], "attempt_2": [[0, 7], [0, 0]]}],
        "none": [{"attempt_1": [[0]], "attempt_2": [[0]]}],
    }


def test_a_submission_with_tasks_owed_is_refused():
    with pytest.raises(ConfigError, match="1 tasks have no record yet"):
        submission(run_of("one", "two"), [grid_result("one", RIGHT)])


def test_only_grids_can_be_handed_in():
    with pytest.raises(ConfigError, match="predicts a list"):
        attempts(result(0, solved=True))


def test_a_run_that_cannot_be_handed_in_writes_no_file(tmp_path: Path):
    mixed = [grid_result("grid", RIGHT), result(0, solved=True)]
    with pytest.raises(ConfigError, match="export a run of grid tasks"):
        write_task_files(run_of("grid", "list"), mixed, tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_task_files_score_as_the_harness_scores_them(tmp_path: Path):
    results = [grid_result("two", WRONG, RIGHT), grid_result("none", WRONG)]
    assert write_task_files(run_of("two", "none"), results, tmp_path) == 2
    scores: dict[str, float] = {}
    for path in tmp_path.iterdir():
        pairs = json.loads(path.read_text())
        # A pair counts if any attempt is right; the task scores its share of pairs.
        solved = [any(pair[name]["answer"] == encode(RIGHT) for name in pair) for pair in pairs]
        scores[path.stem] = sum(solved) / len(solved)
        for pair in pairs:
            assert list(pair) == ["attempt_1", "attempt_2"]
            for attempt in pair.values():
                assert attempt["correct"] == (attempt["answer"] == encode(RIGHT))
                assert attempt["metadata"]["end_timestamp"] > attempt["metadata"]["start_timestamp"]
                assert attempt["metadata"]["usage"]["total_tokens"] == 0
    assert scores == {"two": 1.0, "none": 0.0}


@pytest.mark.parametrize("name", ["../outside", "/outside", "in/side"])
def test_a_task_named_like_a_path_writes_no_file(tmp_path: Path, name: str):
    with pytest.raises(ConfigError, match="its name is a path"):
        write_task_files(run_of(name), [grid_result(name, RIGHT)], tmp_path / "out")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_search_that_broke_is_wrong_and_not_unknown():
    broken = grid_result("broken")
    assert broken.score is not None
    assert (broken.status, broken.solved, broken.answer) == ("failed", False, None)


@pytest.fixture
def recording(tmp_path: Path, bench: Bench) -> Recording:
    proposer = Scripted(
        ["x[1:]", "sorted(x)", "x[::-1] + []", "list(reversed(x))"],
        repairs={"sorted(x)": "sorted(x)[:0] + x[::-1]"},
    )
    trace = tmp_path / "trace.jsonl"
    work = solve_async(reversing("turn"), sandbox=bench.sandbox, proposers=[proposer], trace=trace)
    bench.run(work)
    (found,) = recordings(trace)
    return found


def chat(row: Row) -> list[dict[str, str]]:
    """The messages of a row."""
    return json.loads(json.dumps(row["messages"]))


def test_supervised_rows_end_in_a_program_that_was_verified(recording: Recording):
    rows = list(training_rows(recording, Training.SFT))
    assert len(rows) == 3
    for row in rows:
        messages = chat(row)
        assert [message["role"] for message in messages] == ["system", "user", "assistant"]
        assert "x[::-1]" in messages[-1]["content"] or "reversed" in messages[-1]["content"]
        assert "[1, 6, 2]" not in json.dumps(row)


def test_preferences_set_the_verified_program_against_failed_ones(recording: Recording):
    rows = list(training_rows(recording, Training.PREFERENCES))
    assert len(rows) == 2
    for row in rows:
        assert list(row) == ["task", "prompt", "chosen", "rejected"]
        assert row["chosen"] != row["rejected"]
        assert "x[1:]" in json.dumps(row["rejected"]) or "sorted(x)" in json.dumps(row["rejected"])


def test_partly_right_programs_come_with_their_share(recording: Recording):
    (row,) = training_rows(recording, Training.PARTIAL)
    assert row["score"] == pytest.approx(1 / 3)
    assert "sorted(x)" in json.dumps(row["messages"])


def test_a_journey_goes_from_the_mistake_over_what_was_wrong_to_the_correction(
    recording: Recording,
):
    (row,) = training_rows(recording, Training.JOURNEYS)
    messages = chat(row)
    roles = [message["role"] for message in messages]
    assert roles == ["system", "user", "assistant", "user", "assistant"]
    assert "reproduces 1 of 3 examples" in messages[3]["content"]
    assert "Expected:\n[2, 1, 3]" in messages[3]["content"]
    assert "sorted(x)[:0] + x[::-1]" in messages[4]["content"]


STEPPED = """\
def transform(x):
    part = x[1:]
    total = 0
    for item in part:
        total += item
    if total > 100:
        return x
    return part[::-1] + x[:1]
"""


class Stepping:
    """Proposes the program above."""

    name = "stepping"

    async def propose(self, inquiry: Inquiry) -> AsyncIterator[Proposal]:
        program = Program(source=STEPPED)
        yield Proposal(hypothesis=Hypothesis(words="turn"), program=program, origin="scripted")

    def refine(self, inquiry: Inquiry, candidate: Candidate) -> Iterator[Proposal]:
        return iter(())


def test_an_execution_is_told_step_by_step(tmp_path: Path, bench: Bench):
    task = Task.from_pairs([([1, 2, 3], [3, 2, 1]), ([5, 4], [4, 5])], [[2, 6, 1]], name="turn")
    trace = tmp_path / "trace.jsonl"
    bench.run(solve_async(task, sandbox=bench.sandbox, proposers=[Stepping()], trace=trace))

    async def rows() -> list[Row]:
        return [
            row
            for recording in recordings(trace)
            async for row in step_rows(recording, bench.sandbox)
        ]

    first, second = bench.run(rows())
    assert chat(first)[1]["content"].splitlines() == [
        "1. part = [2, 3]",
        "2. total = 0",
        "3. total = 2",
        "4. total = 5",
        "5. result = [3, 2, 1]",
        "",
        "Output:",
        "[3, 2, 1]",
    ]
    assert "Input:\n[5, 4]" in chat(second)[0]["content"]


NESTED = """\
def transform(x):
    def half(y):
        return y // 2
    with memoryview(b""):
        first = half(x)
    try:
        while first > 2:
            match first % 2:
                case 0:
                    first = first + 3
                    return first
                case _:
                    first = first - 1
        return 1 // (first - 2)
    except ZeroDivisionError:
        second = first * 5
        return second
    finally:
        last = 0
"""


def executed(program: Program, value: int) -> object:
    names: dict[str, Callable[[int], object]] = {}
    exec(program.source, names)
    return names[program.entry](value)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (8, ["first = 4", "first = 7", "result = 7"]),
        (2, ["first = 1", "result = -1"]),
        (4, ["first = 2", "second = 10", "result = 10"]),
        (6, ["first = 3", "first = 2", "second = 10", "result = 10"]),
    ],
)
def test_steps_are_noted_in_every_nested_block(value: int, told: list[str]):
    plain = Program(source=NESTED)
    hypothesis = Hypothesis(words="nested")
    program = noting(proposed(Proposal(hypothesis=hypothesis, program=plain, origin="scripted")))
    assert program is not None
    noted = executed(program, value)
    assert noted == [*told, "last = 0"]
    assert told[-1] == f"result = {executed(plain, value)}"


@pytest.mark.parametrize("wanted", list(Training))
def test_trainers_read_the_rows_with_the_datasets_library(
    tmp_path: Path, recording: Recording, wanted: Training
):
    datasets = pytest.importorskip("datasets", reason="needs the package `datasets`")
    path = tmp_path / "rows.jsonl"
    rows = list(training_rows(recording, wanted))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    loaded = datasets.load_dataset(
        "json", data_files=str(path), split="train", cache_dir=str(tmp_path / "cache")
    )
    assert loaded.to_list() == rows


@pytest.mark.parametrize("suffix", ["eval", "json"])
def test_inspect_reads_its_log(tmp_path: Path, suffix: str):
    log = pytest.importorskip("inspect_ai.log", reason="needs the extra `inspect`")
    from peirce.agent.runs.exports.inspect_log import write_inspect_log

    results = (grid_result("two", WRONG, RIGHT), grid_result("none", WRONG), grid_result("broken"))
    path = tmp_path / f"run.{suffix}"
    write_inspect_log(run_of("two", "none", "broken"), results, path)
    read = log.read_eval_log(str(path))
    assert read.status == "success"
    values = {sample.id: sample.scores["peirce/solved"].value for sample in read.samples}
    assert values == {"data/two": "C", "data/none": "I", "data/broken": "I"}
    assert read.results.scores[0].metrics["accuracy"].value == pytest.approx(1 / 3)
