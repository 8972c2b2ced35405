"""Traces read back and searches replayed."""

from pathlib import Path

import pytest
from tests.agent.conftest import Bench, Scripted

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.replay import recordings, replay
from peirce.agent.solve import solve_async
from peirce.agent.trace import Started, Trace, read_trace
from peirce.agent.traced import budget_of, started
from peirce.tasks.errors import TaskError
from peirce.tasks.task import Task

TASK = Task.from_pairs([([3, 1, 2], [1, 2, 3]), ([5, 4], [4, 5])], [[9, 7, 8], [2, 2]])
EXPRESSIONS = ["x[::-1]", "sorted(x)", "sorted(x, key=int)", "sorted(set(x))", "1/0"]


@pytest.fixture
def solved(bench: Bench, tmp_path: Path) -> tuple[Path, Answer]:
    path = tmp_path / "trace.jsonl"
    work = solve_async(TASK, sandbox=bench.sandbox, proposers=[Scripted(EXPRESSIONS)], trace=path)
    return path, bench.run(work)


def test_replay_without_any_proposer_reaches_the_same_answer(
    bench: Bench, solved: tuple[Path, Answer]
):
    path, answer = solved
    (recording,) = recordings(path)
    assert recording.task == TASK
    result = bench.run(replay(recording, bench.sandbox, tell=lambda event: None))
    assert result.agrees
    assert not result.changed
    assert result.answer.predictions == answer.predictions
    assert result.answer.why == answer.why


def test_a_trace_cut_anywhere_is_readable_up_to_the_last_whole_line(solved: tuple[Path, Answer]):
    path, _ = solved
    whole = path.read_bytes()
    complete = len(list(read_trace(path)))
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        events = list(read_trace(path))
        assert len(events) == whole[:length].count(b"\n") <= complete


def test_a_recording_that_was_cut_off_is_weighed_from_what_it_holds(
    bench: Bench, solved: tuple[Path, Answer]
):
    path, answer = solved
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    (recording,) = recordings(path)
    result = bench.run(replay(recording, bench.sandbox, tell=lambda event: None))
    assert recording.answer is None
    assert not result.agrees
    assert result.answer.rule == answer.rule


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "holds no search"),
        ('{"kind": "started"}\n', "line 1: not an event"),
        ("hello\n", "line 1: not an event"),
    ],
)
def test_what_is_no_trace_gets_one_clear_error(tmp_path: Path, text: str, complaint: str):
    path = tmp_path / "trace.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TaskError, match=complaint):
        recordings(path)


def test_events_of_an_unknown_kind_are_skipped(solved: tuple[Path, Answer]):
    path, _ = solved
    before = len(list(read_trace(path)))
    with path.open("a", encoding="utf-8") as file:
        file.write('{"kind": "from the future", "at": 1.0}\n')
    assert len(list(read_trace(path))) == before


def test_a_newer_schema_is_refused(solved: tuple[Path, Answer]):
    path, _ = solved
    text = path.read_text(encoding="utf-8").replace('"schema_version":1', '"schema_version":99')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TaskError, match="schema 99 is newer"):
        list(read_trace(path))


def test_two_searches_may_share_one_trace_file(bench: Bench, solved: tuple[Path, Answer]):
    path, _ = solved
    again = Scripted(["sorted(x)"])
    bench.run(solve_async(TASK, sandbox=bench.sandbox, proposers=[again], trace=path))
    assert [len(found.proposals) for found in recordings(path)] == [5, 1]


def test_the_whole_budget_is_read_back(tmp_path: Path):
    budget = Budget(
        seconds=3, cpu_seconds=2, programs=7, tokens=5, steps=11, settle=False, left_out=1
    )
    trace = Trace(tmp_path / "trace.jsonl")
    trace(started(Inquiry(task=TASK, budget=budget), "strong"))
    trace.close()
    (event,) = read_trace(tmp_path / "trace.jsonl")
    assert isinstance(event, Started)
    assert budget_of(event) == budget


def test_a_trace_of_before_the_whole_budget_was_written_still_reads():
    event = started(Inquiry(task=TASK, budget=Budget(seconds=3, steps=11)), "strong")
    old = event.model_dump_json(exclude={"cpu_seconds", "steps", "settle", "left_out"})
    assert budget_of(Started.model_validate_json(old)) == Budget(seconds=3)
