import json
from pathlib import Path

import pytest
from tests.agent.runs.conftest import data_file, data_sets, result, stepwise

from peirce.agent.runs.evaluate import Evaluation
from peirce.agent.runs.folder import RunFolder, last_results, read_results, read_run
from peirce.agent.runs.provenance import describe
from peirce.agent.runs.record import Configuration
from peirce.tasks.errors import ConfigError, TaskError


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    sets = data_sets(data_file(tmp_path / "data.jsonl", 3))
    return Evaluation(path=tmp_path, sets=sets, plan=stepwise()).configuration


def test_records_come_back_as_they_were_written(tmp_path: Path, configuration: Configuration):
    written = [result(index, solved=index == 1, bits=12.5) for index in range(3)]
    with RunFolder.open(tmp_path / "run", configuration, resume=False) as folder:
        for found in written:
            folder.append(found)
    assert list(read_results(tmp_path / "run")) == written
    assert list(last_results(tmp_path / "run")) == written


@pytest.mark.parametrize("kept", [1, 20, -1])
def test_a_torn_last_line_is_cut_off_and_owed_again(
    tmp_path: Path, configuration: Configuration, kept: int
):
    run = tmp_path / "run"
    with RunFolder.open(run, configuration, resume=False) as folder:
        folder.append(result(0, solved=True))
        folder.append(result(1, solved=True))
    records = run / "records.jsonl"
    first, second = records.read_bytes().splitlines(keepends=True)
    records.write_bytes(first + second[:kept])
    assert [found.task.name for found in read_results(run)] == ["task-0"]
    with RunFolder.open(run, configuration, resume=True) as folder:
        assert set(folder.results) == {("data", "task-0")}
        folder.append(result(1, solved=False))
    assert records.read_bytes().startswith(first)
    assert [found.solved for found in last_results(run)] == [True, False]


def test_a_later_record_of_a_task_counts(tmp_path: Path, configuration: Configuration):
    with RunFolder.open(tmp_path / "run", configuration, resume=False) as folder:
        folder.append(result(0, solved=False))
        folder.append(result(0, solved=True))
    assert [found.solved for found in last_results(tmp_path / "run")] == [True]


def test_two_at_once_are_refused(tmp_path: Path, configuration: Configuration):
    with (
        RunFolder.open(tmp_path / "run", configuration, resume=False),
        pytest.raises(ConfigError, match="another process is writing this run"),
    ):
        RunFolder.open(tmp_path / "run", configuration, resume=True)
    with RunFolder.open(tmp_path / "run", configuration, resume=True) as folder:
        assert folder.results == {}


def test_a_run_that_was_begun_needs_resume(tmp_path: Path, configuration: Configuration):
    with RunFolder.open(tmp_path / "run", configuration, resume=False):
        pass
    with pytest.raises(ConfigError, match="add --resume"):
        RunFolder.open(tmp_path / "run", configuration, resume=False)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seconds": 61.0}, "seconds 60.0, not 61.0"),
        ({"seed": 1}, "seed 0, not 1"),
        ({"peirce": "9.9"}, "peirce '0.1.0', not '9.9'"),
        ({"data": ()}, "other data"),
    ],
)
def test_another_configuration_is_refused_by_name(
    tmp_path: Path, configuration: Configuration, change: dict[str, object], said: str
):
    with RunFolder.open(tmp_path / "run", configuration, resume=False):
        pass
    other = configuration.model_copy(update=change)
    with pytest.raises(ConfigError, match=said):
        RunFolder.open(tmp_path / "run", other, resume=True)
    assert read_run(tmp_path / "run").configuration == configuration


def test_the_same_tasks_may_lie_elsewhere_on_resume(tmp_path: Path, configuration: Configuration):
    with RunFolder.open(tmp_path / "run", configuration, resume=False):
        pass
    (data,) = configuration.data
    moved = data.model_copy(update={"source": "elsewhere/data.jsonl"})
    other = configuration.model_copy(update={"data": (moved,)})
    with RunFolder.open(tmp_path / "run", other, resume=True) as folder:
        assert folder.results == {}


def test_every_start_is_noted(tmp_path: Path, configuration: Configuration):
    session = describe(executor="local", workers=2, isolation="sandbox: strong")
    for resume in (False, True):
        with RunFolder.open(tmp_path / "run", configuration, resume=resume) as folder:
            folder.begin(session)
    assert read_run(tmp_path / "run").sessions == (session, session)
    assert session.versions["python"].startswith("3.")
    assert len(session.code) == 64


def test_a_damaged_line_in_the_middle_is_named(tmp_path: Path, configuration: Configuration):
    with RunFolder.open(tmp_path / "run", configuration, resume=False) as folder:
        folder.append(result(0, solved=True))
    with (tmp_path / "run" / "records.jsonl").open("a") as file:
        file.write('{"schema_version": 1}\n')
    with pytest.raises(TaskError, match=r"records.jsonl, line 2: not a record"):
        RunFolder.open(tmp_path / "run", configuration, resume=True)


def test_records_without_a_description_are_not_taken_over(
    tmp_path: Path, configuration: Configuration
):
    with RunFolder.open(tmp_path / "run", configuration, resume=False) as folder:
        folder.append(result(0, solved=True))
    (tmp_path / "run" / "run.json").unlink()
    with pytest.raises(TaskError, match=r"no run\.json"):
        RunFolder.open(tmp_path / "run", configuration, resume=True)


def test_a_newer_schema_is_refused(tmp_path: Path, configuration: Configuration):
    with RunFolder.open(tmp_path / "run", configuration, resume=False):
        pass
    file = tmp_path / "run" / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"schema_version": 99}))
    with pytest.raises(TaskError, match="schema 99 is newer"):
        read_run(tmp_path / "run")


def test_equal_work_is_equal_without_the_clock():
    early, late = result(0, solved=True, cpu=1.0), result(0, solved=True, cpu=2.0)
    assert early != late
    assert early.without_clock() == late.without_clock()
    assert early.without_clock() != result(0, solved=False).without_clock()
