"""Methods sharing one core."""

import pytest

from peirce.agent.proposal import Hypothesis, Proposal
from peirce.agent.proposers.symbolic.faults import Fault
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.portfolio import interleave
from peirce.agent.trace import Event, Failed
from peirce.tasks.task import Task
from peirce.verifiers.program import Program

TASK = Task.from_pairs([([1], [1])])


def proposal(words: str) -> Proposal:
    return Proposal(hypothesis=Hypothesis(words=words), program=Program(source=words), origin=words)


def endless(task: Task, clock: Clock) -> Found:
    while True:
        yield None


def slow(task: Task, clock: Clock) -> Found:
    for _ in range(200):
        yield None
    yield proposal("slow")


def quick(task: Task, clock: Clock) -> Found:
    yield proposal("quick")


def broken(task: Task, clock: Clock) -> Found:
    yield proposal("first")
    raise ZeroDivisionError("nobody's share")


def hopeless(task: Task) -> float:
    raise KeyError("colour")


def method(name: str, propose: object, promise: float) -> Method:
    return Method(name=name, propose=propose, promise=lambda task: promise)  # type: ignore[arg-type]


def found(methods: list[Method], seconds: float) -> list[str]:
    clock = Clock(seconds=seconds, step_seconds=0.01)
    return [item.origin for item in interleave(methods, TASK, clock) if item is not None]


def test_a_quick_method_is_not_kept_waiting_by_an_endless_one():
    methods = [method("endless", endless, 1.0), method("quick", quick, 0.5)]
    assert found(methods, seconds=1.0) == ["quick"]


def test_slices_grow_until_the_slow_method_has_its_say():
    methods = [method("endless", endless, 1.0), method("slow", slow, 1.0)]
    assert found(methods, seconds=20.0) == ["slow"]


def test_a_method_without_promise_is_never_started():
    assert found([method("quick", quick, 0.0)], seconds=1.0) == []


def test_the_clock_ends_the_search():
    clock = Clock(seconds=0.5, step_seconds=0.01)
    steps = sum(1 for _ in interleave([method("endless", endless, 1.0)], TASK, clock))
    assert 49 <= steps <= 51


def test_a_method_whose_steps_are_long_gets_no_more_than_its_share():
    clock, worked = Clock(seconds=40.0, step_seconds=0.01), {"long": 0, "short": 0}

    def long(task: Task, own: Clock) -> Found:
        while True:
            worked["long"] += 100
            clock.steps += 99
            yield None

    def short(task: Task, own: Clock) -> Found:
        while True:
            worked["short"] += 1
            yield None

    for _ in interleave([method("long", long, 0.2), method("short", short, 0.8)], TASK, clock):
        pass
    assert 0.1 <= worked["long"] / sum(worked.values()) <= 0.35


def test_a_long_first_step_of_little_promise_waits_until_the_promising_have_worked():
    clock = Clock(seconds=40.0, step_seconds=0.01)

    def long(task: Task, own: Clock) -> Found:
        clock.steps += 1000
        yield proposal("long")

    def patient(task: Task, own: Clock) -> Found:
        for _ in range(20):
            yield None
        yield proposal("patient")

    methods = [method("long", long, 0.05), method("patient", patient, 0.5)]
    origins = [one.origin for one in interleave(methods, TASK, clock) if one is not None]
    assert origins == ["patient", "long"]


def test_a_method_that_breaks_ends_alone_and_is_told():
    told: list[Event] = []
    methods = [
        method("broken", broken, 1.0),
        Method(name="hopeless", propose=quick, promise=hopeless),
        method("slow", slow, 0.5),
    ]
    with pytest.warns(Fault) as warned:
        working = interleave(
            methods, TASK, Clock(seconds=20.0, step_seconds=0.01, tell=told.append)
        )
        assert [item.origin for item in working if item is not None] == ["first", "slow"]
    failures = [event for event in told if isinstance(event, Failed)]
    assert [event.origin for event in failures] == ["symbolic.hopeless", "symbolic.broken"]
    assert 'ZeroDivisionError: "nobody\'s share" (test_portfolio.py, line' in failures[1].message
    assert len(warned) == len(failures)


def test_a_method_that_breaks_is_an_error_where_warnings_are():
    with pytest.raises(Fault) as caught:
        found([method("broken", broken, 1.0), method("quick", quick, 0.5)], seconds=1.0)
    assert isinstance(caught.value.__context__, ZeroDivisionError)
