"""The loop, with scripted proposers and a real sandbox."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from tests.agent.conftest import Bench, Scripted

from peirce.agent.candidate import Answer, Candidate, Stop
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.proposal import Proposal
from peirce.agent.search import Proposer, search
from peirce.agent.solve import solve_async
from peirce.agent.trace import Event, Failed, Judged, Proposed, read_trace
from peirce.tasks.errors import ModelError
from peirce.tasks.task import Task

REVERSE = Task.from_pairs(
    [([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5]), ([1, 2, 3, 4], [4, 3, 2, 1])], [[9, 7, 8]]
)


def find(
    bench: Bench,
    *proposers: Proposer,
    budget: Budget | None = None,
    stop: asyncio.Event | None = None,
    events: list[Event] | None = None,
) -> Answer:
    heard = events if events is not None else []
    inquiry = Inquiry(task=REVERSE, budget=budget or Budget(seconds=30))
    return bench.run(
        search(inquiry, proposers, bench.sandbox, tell=heard.append, stop=stop or asyncio.Event())
    )


def test_the_rule_that_reproduces_every_example_leads(bench: Bench):
    answer = find(bench, Scripted(["sorted(x)", "x[::-1]"]))
    assert answer.verified
    assert answer.rule == "x[::-1]"
    assert answer.predictions[0][0].value == (8, 7, 9)
    assert answer.why == (
        "one rule explains all 3 examples; inputs that are mirrored give outputs changed alike"
    )


def test_programs_that_crash_loop_or_attack_are_verdicts_and_the_search_goes_on(bench: Bench):
    bad = ["1/0", "[i for i in iter(int, 1)]", "open('/etc/passwd').read()", "x[::", "None"]
    events: list[Event] = []
    answer = find(bench, Scripted([*bad, "x[::-1]"]), events=events)
    verdicts = [event for event in events if isinstance(event, Judged)]
    assert len(verdicts) == 6
    assert all(event.complaint for event in verdicts[:5])
    assert answer.verified


def test_a_refinement_of_a_failed_candidate_is_verified_and_names_its_parent(bench: Bench):
    events: list[Event] = []
    answer = find(bench, Scripted(["sorted(x)"], repairs={"sorted(x)": "x[::-1]"}), events=events)
    refined = [event for event in events if isinstance(event, Proposed) and event.parent]
    assert [event.kind for event in refined] == ["refinement"]
    assert answer.verified


def test_the_same_program_is_verified_once(bench: Bench):
    answer = find(bench, Scripted(["x[::-1]", "x[::-1]"]), Scripted(["x[::-1]"]))
    assert answer.spent.programs == 1


def test_asking_to_stop_gives_the_best_answer_so_far(bench: Bench):
    stop = asyncio.Event()

    def tell(event: Event) -> None:
        if isinstance(event, Judged):
            stop.set()

    inquiry = Inquiry(task=REVERSE, budget=Budget(seconds=30))
    proposer = Scripted(["x[::-1]"], endless=True)
    answer = bench.run(search(inquiry, [proposer], bench.sandbox, tell=tell, stop=stop))
    assert answer.stop is Stop.INTERRUPTED
    assert answer.verified


def test_the_budget_of_programs_is_kept(bench: Bench):
    expressions = [f"x[{index}:]" for index in range(1, 9)]
    answer = find(bench, Scripted(expressions), budget=Budget(seconds=30, programs=3))
    assert answer.spent.programs == 3
    assert answer.stop is Stop.BUDGET


def test_the_budget_of_seconds_ends_an_endless_search(bench: Bench):
    answer = find(bench, Scripted([], endless=True), budget=Budget(seconds=0.2))
    assert answer.stop is Stop.BUDGET
    assert answer.candidates == ()
    assert answer.why == "no rule was found that explains any of the 3 examples"


def test_a_search_settles_when_its_answer_has_stood_long_enough(bench: Bench):
    answer = find(bench, Scripted(["x[::-1]"], endless=True))
    assert answer.stop is Stop.SETTLED


class Broken:
    name = "broken"

    async def propose(self, inquiry: Inquiry) -> AsyncIterator[Proposal]:
        raise ModelError("the server has gone away")
        yield

    def refine(self, inquiry: Inquiry, candidate: Candidate) -> Iterator[Proposal]:
        return iter(())


def test_a_proposer_that_fails_is_said_and_the_others_go_on(bench: Bench):
    events: list[Event] = []
    answer = find(bench, Broken(), Scripted(["x[::-1]"]), events=events)
    failures = [event for event in events if isinstance(event, Failed)]
    assert [(event.origin, event.message) for event in failures] == [
        ("broken", "the server has gone away")
    ]
    assert answer.verified


def test_a_near_miss_lends_an_answer_of_low_probability(bench: Bench):
    answer = find(bench, Scripted(["sorted(x)[::-1]"]))
    assert not answer.verified
    assert answer.probability < 0.25
    assert "no rule explains all 3 examples" in answer.why


def test_every_event_is_in_the_trace_and_no_test_output(bench: Bench, tmp_path: Path):
    path = tmp_path / "run" / "trace.jsonl"
    work = solve_async(
        REVERSE, sandbox=bench.sandbox, proposers=[Scripted(["sorted(x)"])], trace=path
    )
    bench.run(work)
    kinds = [event.kind for event in read_trace(path)]
    assert kinds == ["started", "proposal", "verdict", "answer"]
    assert "[8,7,9]" not in path.read_text(encoding="utf-8")
