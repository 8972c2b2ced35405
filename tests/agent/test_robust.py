"""Many examples at the cost of few, and wrong ones among them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.agent.conftest import Bench, Scripted

from peirce.agent.inquiry import Budget
from peirce.agent.robust import MANY, MANY_SHOTS, Robustness
from peirce.agent.runs.data import DataSet
from peirce.agent.runs.noise import mix_wrong, with_noise
from peirce.agent.runs.record import DataRecord
from peirce.agent.solve import solve_async
from peirce.tasks.errors import ConfigError
from peirce.tasks.scorer import Scorer
from peirce.tasks.task import Task
from peirce.tasks.values import Json, ValueType

BUDGET = Budget(seconds=60, steps=60)


def many(count: int) -> Task:
    """Reverse a list; of the lists, only every tenth is longer than two."""
    lists = [
        [index, index + 1, index + 5] if index % 10 == 0 else [index, index + 3]
        for index in range(count)
    ]
    return reversing(lists, "many")


def reversing(lists: Sequence[list[int]], name: str) -> Task:
    pairs: list[tuple[Json, Json]] = [(list(items), list(items[::-1])) for items in lists]
    return Task.from_pairs(pairs, [[4, 2, 9]], name=name)


def test_hundreds_of_examples_are_judged_though_few_are_searched(bench: Bench):
    seen: list[int] = []
    proposer = Scripted(["x[::-1]"])
    task = many(300)
    answer = bench.run(
        solve_async(
            task,
            robustness=Robustness(shots=5),
            sandbox=bench.sandbox,
            budget=BUDGET,
            proposers=[proposer],
            tell=lambda event: seen.append(len(event.passed)) if event.kind == "verdict" else None,
        )
    )
    assert answer.verified
    assert seen == [5]
    assert answer.best is not None
    assert len(answer.best.verdict.passed) == 300
    assert answer.predictions[0][0].value == (9, 2, 4)


def test_of_many_examples_a_few_are_looked_at_though_nobody_asked(bench: Bench):
    seen: list[int] = []
    answer = bench.run(
        solve_async(
            many(MANY + 1),
            sandbox=bench.sandbox,
            proposers=[Scripted(["x[::-1]"])],
            tell=lambda event: seen.append(len(event.passed)) if event.kind == "verdict" else None,
        )
    )
    assert seen == [MANY_SHOTS]
    assert answer.best is not None
    assert answer.best.verdict.passed == (True,) * (MANY + 1)


def test_an_example_that_a_rule_fails_on_joins_the_next_sample(bench: Bench):
    # Right for lists of two, so that a sample without a longer one lets it through.
    proposer = Scripted(["[x[-1], x[0]]", "x[::-1]"])
    lists = [[index, index + 3] for index in range(59)] + [[1, 2, 3]]
    task = reversing(lists, "few")
    answer = bench.run(
        solve_async(
            task,
            robustness=Robustness(shots=3),
            sandbox=bench.sandbox,
            budget=BUDGET,
            proposers=[proposer],
        )
    )
    assert answer.verified
    assert answer.rule == "x[::-1]"
    assert answer.best is not None
    assert all(answer.best.verdict.passed)


def test_wrong_examples_within_the_tolerance_are_told_and_left_aside(bench: Bench):
    task = mix_wrong(many(40), 0.2, seed=3)
    wrong = sum(pair.output != tuple(reversed(pair.input)) for pair in task.train)  # type: ignore[arg-type]
    answer = bench.run(
        solve_async(
            task,
            robustness=Robustness(tolerance=0.25, shots=4),
            sandbox=bench.sandbox,
            budget=BUDGET,
            proposers=[Scripted(["x[::-1]", "x"])],
        )
    )
    assert wrong == 8
    assert answer.verified
    assert answer.best is not None
    assert sum(answer.best.verdict.passed) == 32
    assert "8 of 40 examples contradict it" in answer.why
    assert answer.predictions[0][0].value == (9, 2, 4)


def test_a_relation_with_wrong_atoms_is_judged_over_its_background(bench: Bench):
    sides = range(12)
    pairs: list[tuple[Json, Json]] = [
        (f"two_on({a}, {b})", (b - a == 2) != (a == b == 5)) for a in sides for b in sides
    ]
    task = Task.from_pairs(
        pairs,
        ["two_on(20, 22)", "two_on(20, 21)"],
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        background="".join(f"next({n}, {n + 1}).\n" for n in range(24)),
    )
    answer = bench.run(
        solve_async(
            task,
            robustness=Robustness(tolerance=0.05),
            sandbox=bench.sandbox,
            budget=Budget(seconds=60),
        )
    )
    assert answer.verified
    assert answer.best is not None
    assert sum(answer.best.verdict.passed) == len(pairs) - 1
    assert [each[0].value for each in answer.predictions] == [True, False]


def test_more_wrong_examples_than_tolerated_leave_no_rule(bench: Bench):
    task = mix_wrong(many(40), 0.3, seed=3)
    answer = bench.run(
        solve_async(
            task,
            robustness=Robustness(tolerance=0.1, shots=3),
            sandbox=bench.sandbox,
            budget=BUDGET,
            proposers=[Scripted(["x[::-1]"])],
        )
    )
    assert not answer.verified
    assert answer.probability == 0.0
    assert answer.why == "no rule explains all but 4 of the 40 examples"


def test_noise_changes_the_asked_share_and_no_test(bench: Bench):
    task = many(50)
    record = DataRecord(name="d", source="d", digest="", tasks=1, chosen=("many",))
    data = DataSet(record=record, tasks=(task,), scorer=Scorer([(task, [(9, 2, 4)])]))
    noisy = with_noise(data, 0.3, seed=1)
    changed = [
        before != after for before, after in zip(task.train, noisy.tasks[0].train, strict=True)
    ]
    assert sum(changed) == 15
    assert noisy.tasks[0].test == task.test
    assert noisy.scorer.score(noisy.tasks[0], [[(9, 2, 4)]]).solved
    assert with_noise(data, 0.3, seed=1).tasks == noisy.tasks
    assert with_noise(data, 0.3, seed=2).tasks != noisy.tasks


def test_an_ordinary_task_needs_nothing_of_this():
    assert not Robustness().applies(many(5))
    assert not Robustness(shots=8).applies(many(5))
    assert Robustness(shots=3).applies(many(5))
    assert Robustness(tolerance=0.1).applies(many(5))
    assert not Robustness().applies(many(MANY))
    atoms: list[tuple[Json, Json]] = [(f"even({index})", index % 2 == 0) for index in range(99)]
    assert not Robustness().applies(Task.from_pairs(atoms, [], input_type=ValueType.ATOM))


@pytest.mark.parametrize("wrong", [{"tolerance": 0.5}, {"tolerance": -0.1}, {"shots": 1}])
def test_what_no_rule_could_be_told_from_is_refused(wrong: dict[str, float]):
    with pytest.raises(ConfigError):
        replace(Robustness(), **wrong)
