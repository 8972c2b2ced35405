"""The smallest input that tells two rules apart, found with programs in a real sandbox."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from peirce.tasks.atoms import Atom
from peirce.tasks.errors import ConfigError
from peirce.tasks.task import Task
from peirce.tasks.values import Json, Value, ValueType
from peirce.verifiers.distinguish import Distinction, distinguish
from peirce.verifiers.program import Language, Program
from peirce.verifiers.sandbox import Execution, Sandbox

GRIDS: list[tuple[Json, Json]] = [
    ([[0, 0, 3], [0, 0, 0], [0, 0, 0]], 1),
    ([[0, 0, 0], [0, 2, 0], [3, 0, 0]], 2),
    ([[0, 2, 0], [0, 0, 0], [0, 0, 3]], 2),
]
CORNER: Value = ((2, 0, 0), (0, 0, 0), (0, 0, 0))
SORTING: list[tuple[Json, Json]] = [
    ([3, 1, 2], [1, 2, 3]), ([5, 4], [4, 5]), ([9, 9, 1, 7], [1, 7, 9, 9]),
]  # fmt: skip


@dataclass
class Counted:
    """The sandbox, and how many programs it was given with how many inputs."""

    sandbox: Sandbox
    sizes: list[int] = field(default_factory=list[int])

    async def run(
        self, program: Program, inputs: Sequence[Value], output_type: ValueType
    ) -> Execution:
        self.sizes.append(len(inputs))
        return await self.sandbox.run(program, inputs, output_type)


@dataclass(frozen=True)
class Bench:
    runner: asyncio.Runner
    sandbox: Sandbox

    def ask(
        self,
        task: Task,
        *expressions: str,
        excluded: Sequence[Value] = (),
        limit: int = 600,
        seed: int = 0,
    ) -> tuple[Distinction, list[int]]:
        programs = [
            Program(source=f"def transform(x):\n    return {expression}\n")
            for expression in expressions
        ]
        counted = Counted(self.sandbox)
        search = distinguish(programs, task, counted, excluded=excluded, limit=limit, seed=seed)
        return self.runner.run(search), counted.sizes


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with asyncio.Runner() as runner:
        opening = Sandbox.open()
        yield Bench(runner, runner.run(opening.__aenter__()))
        runner.run(opening.__aexit__(None, None, None))


@pytest.mark.parametrize(
    ("pairs", "first", "second", "smallest"),
    [
        (SORTING, "sorted(x)", "sorted(set(x)) + [v for v in set(x) if x.count(v) > 1]", (1, 1, 1)),
        ([(1, 2), (2, 4), (3, 6)], "x * 2", "x + x if x < 12 else 0", 12),
        (
            [(["ab", "cd"], "abcd"), (["xx", "yz"], "xxyz")],
            "x[0] + x[1]",
            "x[0] + x[1].replace('dd', 'd')",
            ("aa", "dd"),
        ),
        ([("Jo Smith", "J S")], "x[0] + ' S'", "' '.join(w[0] for w in x.split())", "Jh Jh"),
        ([(True, 1)], "1 if x else 0", "1", False),
        (GRIDS, "sum(map(sum, x))", "sum(map(sum, x)) if x[0][0] != 2 else 0", CORNER),
    ],
)  # fmt: skip
def test_the_smallest_input_of_each_type_is_found(
    bench: Bench, pairs: list[tuple[Json, Json]], first: str, second: str, smallest: Value
):
    found, sizes = bench.ask(Task.from_pairs(pairs), first, second)
    assert found.difference is not None
    assert found.difference.input == smallest
    assert found.difference.outputs[0] != found.difference.outputs[1]
    assert found.tried * 2 == sum(sizes)


def test_rules_that_agree_everywhere_are_said_to_agree_on_the_inputs_tried(bench: Bench):
    task = Task.from_pairs(SORTING, [[8, 8]])
    found, sizes = bench.ask(task, "sorted(x)", "sorted(x, reverse=True)[::-1]", limit=150)
    assert found.difference is None
    assert found.tried <= 150
    assert sum(sizes) == 2 * found.tried
    assert len(sizes) <= 6


def test_the_same_seed_gives_the_same_question(bench: Bench):
    task = Task.from_pairs(SORTING)
    rules = ("sorted(x)", "sorted(x) if sum(x) % 7 else x")
    assert bench.ask(task, *rules, seed=5) == bench.ask(task, *rules, seed=5)


def test_an_excluded_input_does_not_come_back(bench: Bench):
    task = Task.from_pairs([(1, 2), (2, 4), (3, 6)])
    found, _ = bench.ask(task, "x * 2", "x + x if x < 12 else 0", excluded=[12])
    assert found.difference is not None
    assert found.difference.input == 13


def test_a_program_that_fails_on_an_input_says_nothing_about_it(bench: Bench):
    task = Task.from_pairs([(1, 2), (2, 4), (3, 6)])
    found, _ = bench.ask(task, "x * 2", "2 * x if x < 5 else 1 // 0")
    assert found.difference is None


def test_a_test_input_tells_rules_apart_where_nothing_smaller_does(bench: Bench):
    task = Task.from_pairs(SORTING, [[500, 4]])
    found, _ = bench.ask(task, "sorted(x)", "sorted(x) if max(x) < 500 else []", excluded=[(500,)])
    assert found.difference is not None
    assert max(found.difference.input) >= 500  # type: ignore[arg-type, type-var]


def test_rules_in_prolog_are_told_apart_with_the_tasks_background(bench: Bench):
    task = Task(
        name="kin",
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        train=Task.from_pairs(
            [("up(ann, dora)", True), ("up(bob, eli)", True), ("up(eli, ann)", False)],
            input_type=ValueType.ATOM,
        ).train,
        background="parent(ann, bob). parent(bob, dora). parent(bob, eli).",
    )
    rules = ("up(X, Y) :- parent(X, Y).", "up(X, Y) :- parent(X, Z), parent(Z, Y).")
    programs = [Program(source=rule, language=Language.PROLOG, entry="up") for rule in rules]
    found = bench.runner.run(distinguish(programs, task, bench.sandbox))
    assert found.difference is not None
    assert found.difference.input == Atom("up(ann, dora)")
    assert sorted(map(str, found.difference.outputs)) == ["False", "True"]


def test_one_program_alone_is_refused(bench: Bench):
    with pytest.raises(ConfigError, match="two programs"):
        bench.ask(Task.from_pairs(SORTING), "sorted(x)")


def test_the_working_folder_is_left_as_it_was(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    bench.ask(Task.from_pairs(SORTING), "sorted(x)", "list(x)")
    assert list(tmp_path.iterdir()) == []
