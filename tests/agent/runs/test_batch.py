"""The batch over real searching processes, and over scripted ones where timing decides."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.agent.runs.conftest import data_file, data_sets, ended, stepwise

from peirce.agent.runs.batch import GIVE_UP_AFTER, Finish, Halt, halting
from peirce.agent.runs.data import Selection
from peirce.agent.runs.evaluate import Evaluation, evaluate
from peirce.agent.runs.folder import last_results, read_results, read_run
from peirce.agent.runs.local import TRIES, LocalExecutor
from peirce.agent.runs.plan import Ended, Job, Plan
from peirce.agent.runs.record import TaskResult
from peirce.agent.trace import Answered, Started, read_trace
from peirce.tasks.errors import ConfigError, TaskError

pytestmark = pytest.mark.timeout(480)
"""Searching processes start slowly on a machine that has much else to do."""


@dataclass
class Watch:
    """Notes what it is told; `then` is called after every record."""

    results: list[TaskResult] = field(default_factory=list[TaskResult])
    done: int = 0
    owed: int = 0

    def begins(self, done: Sequence[TaskResult], owed: int) -> None:
        self.done, self.owed = len(done), owed

    def ended(self, result: TaskResult) -> None:
        self.results.append(result)

    def tick(self) -> None:
        pass


@dataclass
class Scripted:
    """An executor that gives a wrong answer to every job, or says that it failed."""

    failing: frozenset[str] = frozenset()
    halt: Halt = field(default_factory=Halt)
    halt_at: str = ""
    asked: int = 1
    name: str = "scripted"
    workers: int = 2
    isolation: str = "none"
    started: list[str] = field(default_factory=list[str])
    traces: list[Path | None] = field(default_factory=list[Path | None])

    def run(self, jobs: Iterator[Job]) -> Iterator[Ended | None]:
        flying = [job for job in (next(jobs, None), next(jobs, None)) if job]
        while flying:
            job = flying.pop(0)
            self.started.append(job.task.name)
            self.traces.append(job.trace)
            if job.task.name == self.halt_at:
                self.halt.asked = self.asked
            broken = job.task.name in self.failing
            yield None
            yield ended(job, error="gone") if broken else ended(job, (0,))
            flying += [job for job in (next(jobs, None),) if job]


def asked(
    tmp_path: Path, count: int, *, resume: bool = False, plan: Plan | None = None
) -> Evaluation:
    tmp_path.mkdir(exist_ok=True)
    file = tmp_path / "data.jsonl"
    sets = data_sets(file if file.exists() else data_file(file, count))
    return Evaluation(
        path=tmp_path / "run", sets=sets, plan=plan or stepwise(), resume=resume, traced=True
    )


def go(batch: Evaluation, executor: Scripted, watch: Watch | None = None) -> Finish:
    def start(plan: Plan, jobs: int) -> AbstractContextManager[Scripted]:
        return nullcontext(executor)

    return evaluate(
        batch, start, halt=executor.halt, watcher=watch or Watch(), say=lambda text: None
    )


def local(batch: Evaluation, watch: Watch, workers: int = 1) -> Finish:
    return evaluate(
        batch,
        lambda plan, jobs: LocalExecutor(plan, min(workers, jobs)),
        halt=Halt(),
        watcher=watch,
        say=lambda text: None,
    )


def test_a_run_writes_records_traces_and_where_it_ran(tmp_path: Path):
    watch = Watch()
    assert local(asked(tmp_path, 3), watch, workers=2) is Finish.COMPLETE
    results = last_results(tmp_path / "run")
    assert [found.task.name for found in results] == ["task-0", "task-1", "task-2"]
    for found in results:
        assert found.solved
        assert found.expected == ([1 + int(found.task.name[-1]), 6, 2],)
        assert found.difficulty.rashomon is not None
        assert found.answer is not None
        assert found.answer.rules[0].passed == (True, True, True)
        events = list(read_trace(tmp_path / "run" / found.trace))
        assert isinstance(events[0], Started)
        assert isinstance(events[-1], Answered)
    (session,) = read_run(tmp_path / "run").sessions
    assert session.isolation.startswith("sandbox: ")
    assert {found.task.name for found in watch.results} == {"task-0", "task-1", "task-2"}


def test_no_trace_is_asked_for_where_none_is_wanted(tmp_path: Path):
    batch, executor = asked(tmp_path, 2), Scripted()
    assert go(replace(batch, traced=False), executor) is Finish.COMPLETE
    assert executor.traces == [None, None]
    assert {found.trace for found in last_results(tmp_path / "run")} == {""}


@pytest.mark.parametrize("deaths", [1, TRIES])
def test_searching_processes_that_die_are_replaced(tmp_path: Path, deaths: int):
    batch = asked(tmp_path, 2)
    jobs = [Job(data="data", task=task) for task in batch.sets[0].tasks]
    killed: list[int] = []
    found: dict[str, Ended] = {}
    with LocalExecutor(batch.plan, 1) as executor:
        # Stopped, it cannot end the task before it is killed.
        os.kill(executor.processes[0], signal.SIGSTOP)
        for work in executor.run(iter(jobs)):
            if work is not None:
                found[work.job.task.name] = work
            elif len(killed) < deaths and executor.processes[0] not in killed:
                killed += executor.processes
                os.kill(killed[-1], signal.SIGKILL)
    lost = f"died {TRIES} times" in found["task-0"].error
    assert lost == (deaths == TRIES)
    assert (found["task-0"].answer is None) == lost
    assert found["task-1"].answer is not None


def test_resume_does_only_what_is_owed_and_tries_failures_again(tmp_path: Path):
    first = Scripted(failing=frozenset({"task-1"}), halt_at="task-2")
    assert go(asked(tmp_path, 6), first) is Finish.INTERRUPTED
    written = (tmp_path / "run" / "records.jsonl").read_bytes()
    watch, second = Watch(), Scripted()
    assert go(asked(tmp_path, 6, resume=True), second, watch) is Finish.COMPLETE
    assert set(second.started) == {"task-1", "task-4", "task-5"}
    assert (watch.done, watch.owed) == (3, 3)
    assert (tmp_path / "run" / "records.jsonl").read_bytes().startswith(written)
    assert len(last_results(tmp_path / "run")) == 6
    assert not any(found.error for found in last_results(tmp_path / "run"))


def test_the_first_request_to_stop_lets_tasks_in_flight_end(tmp_path: Path):
    executor = Scripted(halt_at="task-1")
    assert go(asked(tmp_path, 6), executor) is Finish.INTERRUPTED
    done = [found.task.name for found in read_results(tmp_path / "run")]
    assert done == ["task-0", "task-1", "task-2"]


def test_the_second_request_to_stop_gives_them_up(tmp_path: Path):
    executor = Scripted(halt_at="task-1", asked=2)
    assert go(asked(tmp_path, 6), executor) is Finish.INTERRUPTED
    assert [found.task.name for found in read_results(tmp_path / "run")] == ["task-0"]


def test_stopping_after_the_last_task_is_no_interruption(tmp_path: Path):
    assert go(asked(tmp_path, 3), Scripted(halt_at="task-2")) is Finish.COMPLETE


def test_a_run_gives_up_when_everything_fails_and_can_be_resumed(tmp_path: Path):
    count = GIVE_UP_AFTER + 5
    names = frozenset(f"task-{index}" for index in range(count))
    assert go(asked(tmp_path, count), Scripted(failing=names)) is Finish.GIVEN_UP
    tried = list(read_results(tmp_path / "run"))
    assert GIVE_UP_AFTER <= len(tried) < count
    assert all(found.status == "failed" for found in tried)
    assert go(asked(tmp_path, count, resume=True), Scripted()) is Finish.COMPLETE
    assert len(last_results(tmp_path / "run")) == count


def test_a_complete_run_starts_no_executor(tmp_path: Path):
    assert go(asked(tmp_path, 2), Scripted()) is Finish.COMPLETE
    executor = Scripted()
    assert go(asked(tmp_path, 2, resume=True), executor) is Finish.COMPLETE
    assert executor.started == []
    assert len(read_run(tmp_path / "run").sessions) == 1


def test_an_unknown_method_to_leave_out_is_refused_before_any_task(tmp_path: Path):
    plan = Plan.of(stepwise().settings, without=("nonsense",))
    with pytest.raises(ConfigError, match="no symbolic method is called 'nonsense'"):
        local(asked(tmp_path, 1, plan=plan), Watch())


def test_no_process_at_all_is_refused():
    with pytest.raises(ConfigError, match="0 workers cannot search; give at least 1"):
        LocalExecutor(stepwise(), 0)


def test_ctrl_c_is_counted_while_halting_and_ordinary_after():
    before = signal.getsignal(signal.SIGINT)
    with halting() as halt:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        assert halt.asked == 2
    assert signal.getsignal(signal.SIGINT) is before


def test_a_larger_sample_holds_the_smaller_one(tmp_path: Path):
    file = data_file(tmp_path / "data.jsonl", 12)
    small, large, other = (
        {task.name for task in data_sets(file, Selection(sample=size, seed=seed))[0].tasks}
        for size, seed in ((4, 0), (8, 0), (4, 1))
    )
    assert len(small) == 4
    assert small < large
    assert small != other


def test_a_task_that_is_not_there_is_named(tmp_path: Path):
    file = data_file(tmp_path / "data.jsonl", 2)
    with pytest.raises(TaskError, match="no task is called 'task-9'"):
        data_sets(file, Selection(ids=("task-1", "task-9")))


@pytest.mark.parametrize("option", ["every", "sample", "limit"])
def test_a_selection_of_nothing_is_refused(option: str):
    with pytest.raises(ConfigError, match=f"--{option} is 0"):
        replace(Selection(), **{option: 0})
