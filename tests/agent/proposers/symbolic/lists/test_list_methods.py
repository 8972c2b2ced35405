from collections.abc import Callable

import pytest

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic import numbers
from peirce.agent.proposers.symbolic.lists import (
    METHODS,
    conditional,
    construction,
    enumeration,
    fitted,
    placing,
    workbench,
)
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.tasks.task import Task
from peirce.tasks.values import Json, ValueType, encode, infer_type


@pytest.fixture(autouse=True)
def small_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bank large enough for the rules below, small enough for a test."""
    monkeypatch.setattr(workbench, "SHARED", 12_000)


LISTS: list[Json] = [
    [3, 1, 4, 1, 5],
    [2, 7, 1],
    [6, 6, 2, 9, 4, 8],
    [4, 1],
    [1, 5, 5, 3],
    [2, 9, 8, 7, 9, 1, 2],
    [7, 2, 2],
    [1, 8, 3, 3, 9, 6],
    [6, 3, 1],
    [2, 1, 6, 5, 4],
]
TESTS: list[Json] = [[5, 3, 8, 2, 8, 2], [2, 4, 6]]
Rule = Callable[[list[int]], object]


def make_task(rule: Callable[..., object], train: list[Json], test: list[Json]) -> Task:
    pairs: list[tuple[Json, Json]] = [(value, plain(rule(value))) for value in train]
    kinds = [ValueType.LIST if isinstance(value, list) else infer_type(value) for value in pairs[0]]
    return Task.from_pairs(pairs, test, input_type=kinds[0], output_type=kinds[1])


def plain(value: object) -> Json:
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]  # pyright: ignore[reportUnknownArgumentType]
    assert isinstance(value, int | float)
    return value


def solve(method: Method, task: Task, steps: int = 2000) -> list[Proposal]:
    clock = Clock(seconds=float(steps), step_seconds=1.0)
    found: list[Proposal] = []
    for proposal in method.propose(task, clock):
        clock.tick()
        if proposal is not None:
            found.append(proposal)
        if clock.left() <= 0 or found:
            break
    return found


def run(proposal: Proposal, value: Json) -> Json:
    names: dict[str, Callable[[Json], object]] = {}
    exec(proposal.program.source, names)  # type: ignore[arg-type]
    return plain(names["transform"](value))


def check(method: Method, rule: Callable[..., object], train: list[Json], test: list[Json]) -> None:
    task = make_task(rule, train, test)
    assert method.promise(task) > 0
    found = solve(method, task)
    assert found
    for proposal in found:
        for example in task.train:
            assert run(proposal, encode(example.input)) == encode(example.output)
    assert [run(found[0], value) for value in test] == [plain(rule(value)) for value in test]


ENUMERATED: dict[str, Rule] = {
    "sorted without the first": lambda a: sorted(a)[1:],
    "even items": lambda a: [x for x in a if x % 2 == 0],
    "as many as the first says": lambda a: a[1 : a[0] + 1],
    "the sum alone": lambda a: [sum(a)],
    "a number": lambda a: max(a) - min(a),
    "a truth value": lambda a: a[0] in a[1:],
    "pairs": lambda a: [a[n : n + 2] for n in range(0, len(a), 2)],
}


@pytest.mark.parametrize("rule", ENUMERATED.values(), ids=ENUMERATED)
def test_enumeration_finds_short_rules(rule: Rule):
    check(enumeration.METHOD, rule, LISTS, TESTS)


FITTED: dict[str, Rule] = {
    "item plus position": lambda a: [x + i for i, x in enumerate(a)],
    "between the extremes": lambda a: [x for x in a if min(a) < x < max(a)],
    "larger than its neighbour": lambda a: [x for i, x in enumerate(a) if i and x > a[i - 1]],
    "odd items doubled": lambda a: [x * 2 if x % 2 else x for x in a],
    "even items twice": lambda a: [y for x in a for y in ([x, x] if x % 2 == 0 else [x])],
    "item and its square": lambda a: [y for x in a for y in (x, x * x)],
    "how many exceed the first": lambda a: sum(x > a[0] for x in a),
    "an item above six": lambda a: any(x > 6 for x in a),
}


@pytest.mark.parametrize("rule", FITTED.values(), ids=FITTED)
def test_fitting_finds_rules_about_single_items(rule: Rule):
    check(fitted.METHOD, rule, LISTS, TESTS)


def test_construction_puts_pieces_together():
    def pieces(items: list[int]) -> list[int]:
        return [*items[-1:], 7, *items[:2], len(items)]

    check(construction.METHOD, pieces, LISTS, TESTS)


def test_construction_takes_turns():
    def in_turn(items: list[int]) -> list[int]:
        return [x for pair in zip(items, sorted(items), strict=True) for x in pair]

    check(construction.METHOD, in_turn, LISTS, TESTS)


def test_placing_works_out_where_to_cut():
    def middle(items: list[int]) -> list[int]:
        return items[items[0] % 2 : len(items) - 1]

    check(placing.METHOD, middle, LISTS, TESTS)


def test_placing_works_out_what_to_replace():
    def marked(items: list[int]) -> list[int]:
        return [items[-1] if n == items.index(min(items)) else x for n, x in enumerate(items)]

    check(placing.METHOD, marked, LISTS, TESTS)


def test_conditionals_split_the_examples_by_a_test():
    def by_length(items: list[int]) -> list[int]:
        return sorted(items) if len(items) > 4 else items[::-1]

    check(conditional.METHOD, by_length, LISTS, TESTS)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_methods_say_the_same_in_a_new_search(method: Method):
    task = make_task(ENUMERATED["sorted without the first"], LISTS, TESTS)
    other = make_task(ENUMERATED["even items"], LISTS, TESTS)
    first = solve(method, task)
    solve(enumeration.METHOD, other, 5)
    assert solve(method, task) == first


def test_methods_leave_other_domains_alone():
    task = Task.from_pairs(
        [("a", "b")], [], input_type=ValueType.STRING, output_type=ValueType.STRING
    )
    assert not any(method.promise(task) for method in (*METHODS, numbers.METHOD))


def test_methods_give_up_without_a_rule_in_reach():
    def scrambled(items: list[int]) -> list[int]:
        return [hash(tuple(items)) % 9973, 1, hash(tuple(items)) % 8887]

    task = make_task(scrambled, LISTS, TESTS)
    for method in (fitted.METHOD, construction.METHOD, placing.METHOD):
        assert solve(method, task, 60) == []


NUMBERS: dict[str, Callable[[int], object]] = {
    "quadratic": lambda n: n * n - 3 * n + 1,
    "triangular": lambda n: n * (n + 1) // 2,
    "powers": lambda n: 3 * 2**n - 1,
    "cases": lambda n: n // 2 if n % 2 == 0 else 3 * n + 1,
    "decimal": lambda n: n * 1.5 + 32,
    "recurrence": lambda n: [1, 3, 4, 7, 11, 18, 29, 47, 76, 123][n],
}


@pytest.mark.parametrize("rule", NUMBERS.values(), ids=NUMBERS)
def test_closed_forms_are_solved_for(rule: Callable[[int], object]):
    check(numbers.METHOD, rule, [0, 1, 2, 3, 4, 5, 6], [8, 9])


def test_numbers_without_a_formula_get_none():
    task = make_task((3, 1, 4, 1, 5, 9, 2).__getitem__, [0, 1, 2, 3, 4, 5, 6], [])
    assert solve(numbers.METHOD, task) == []
