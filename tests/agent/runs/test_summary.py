from dataclasses import replace

import pytest
from tests.agent.runs.conftest import ended, result, taskset

from peirce.agent.runs.comparison import compare
from peirce.agent.runs.plan import Agreement, Job
from peirce.agent.runs.scoring import settle
from peirce.agent.runs.summary import summarise
from peirce.tasks.errors import ConfigError
from peirce.tasks.scorer import Scorer

RIGHT = (1, 6, 2)


def test_a_summary_counts_by_kind_and_difficulty_and_prices_what_is_solved():
    results = [
        result(0, solved=True, probability=0.9, cpu=2.0, bits=10.0),
        result(1, solved=False, probability=0.6, cpu=4.0, bits=50.0),
        result(2, solved=True, probability=0.8, cpu=6.0, bits=500.0),
        result(3, solved=False, probability=0.0, cpu=8.0),
    ]
    summary = summarise(results, owed=2)
    assert (summary.tasks, summary.owed, summary.failed) == (4, 2, 0)
    assert summary.overall.solved is not None
    assert summary.overall.solved.value == 0.5
    assert [(group.name, group.tasks) for group in summary.by_kind] == [("list", 4)]
    assert [group.name for group in summary.by_difficulty] == [
        "0 to 20 bits",
        "40 to 80 bits",
        "over 160 bits",
        "no rule found",
    ]
    assert summary.per_solved is not None
    assert summary.per_solved.cpu_seconds == 10.0
    assert summary.coverage.share == 0.5
    assert summary.coverage.threshold == 0.8
    assert summary.calibration is not None
    assert summary.calibration.brier == pytest.approx((0.01 + 0.36 + 0.04 + 0.0) / 4)


def test_tasks_without_known_outputs_are_counted_but_not_scored():
    task = taskset(1).tasks[0]
    found = settle(ended(Job(data="d", task=task), RIGHT), Scorer(), price=0.0, at=0.0)
    summary = summarise([found], owed=0)
    assert found.score is None
    assert found.expected is None
    assert (summary.tasks, summary.overall.tasks) == (1, 0)
    assert summary.overall.solved is None


def test_the_rashomon_ratio_is_the_share_of_fitting_rules_that_predict_the_test():
    found = taskset(1)
    groups = (
        Agreement(predictions=(RIGHT,), rules=3),
        Agreement(predictions=((0,),), rules=4),
        Agreement(predictions=(None,), rules=1),
    )
    work = ended(Job(data="d", task=found.tasks[0]), RIGHT, agreements=groups, bits=9.0)
    difficulty = settle(work, found.scorer, price=0.0, at=0.0).difficulty
    assert (difficulty.fitting, difficulty.right, difficulty.rashomon) == (8, 3, 0.375)
    assert difficulty.bits == 9.0


def test_a_task_that_broke_has_no_answer_and_its_error():
    found = taskset(1)
    work = ended(Job(data="d", task=found.tasks[0]), error="it broke")
    record = settle(work, found.scorer, price=0.0, at=0.0)
    assert (record.status, record.error, record.solved) == ("failed", "it broke", False)
    assert summarise([record], owed=0).failed == 1


def test_tokens_are_priced_by_the_million():
    found = taskset(1)
    work = ended(Job(data="d", task=found.tasks[0]), RIGHT)
    assert work.answer is not None
    work = replace(work, answer=work.answer.model_copy(update={"tokens": 250_000}))
    assert settle(work, found.scorer, price=2.0, at=0.0).spent.cost == 0.5


def test_two_runs_are_compared_on_the_tasks_both_have():
    first = [result(0, solved=True), result(1, solved=False), result(2, solved=False)]
    second = [result(1, solved=True, cpu=3.0), result(2, solved=False), result(3, solved=True)]
    found = compare(first, second)
    assert (found.tasks, found.only_first, found.only_second) == (2, 1, 1)
    assert (found.gained, found.lost) == (("task-1",), ())
    assert (found.solved.only_second, found.solved.neither) == (1, 1)
    assert found.solved.p_value == 1.0
    assert found.cpu_ratio == 2.0


def test_runs_without_a_common_task_cannot_be_compared():
    with pytest.raises(ConfigError, match="share no task"):
        compare([result(0, solved=True)], [result(1, solved=True)])
