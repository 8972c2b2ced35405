"""The second look at leading rules: changed inputs, and searches without an example."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.agent.conftest import Bench, Scripted, proposal

from peirce.agent.candidate import Answer, Candidate
from peirce.agent.corroborate import without
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.proposal import Proposal
from peirce.agent.replay import recordings, replay
from peirce.agent.search import Proposer, search
from peirce.agent.solve import solve_async
from peirce.agent.trace import Corroborated, Event
from peirce.tasks.task import Task
from peirce.verifiers.symmetries import Symmetries, Symmetry

REVERSE = Task.from_pairs(
    [([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5]), ([1, 2, 3, 4], [4, 3, 2, 1])], [[9, 7, 8]]
)


@dataclass
class Memory:
    """A proposer that knows the outputs it is shown and computes nothing."""

    name: str = "memory"

    async def propose(self, inquiry: Inquiry) -> AsyncIterator[Proposal]:
        pairs = [(list(pair.input), list(pair.output)) for pair in inquiry.task.train]  # type: ignore[arg-type]
        yield proposal(f"next((right for left, right in {pairs} if left == x), x)")

    def refine(self, inquiry: Inquiry, candidate: Candidate) -> Iterator[Proposal]:
        return iter(())


def find(bench: Bench, proposer: Proposer, left_out: int = 0) -> tuple[Answer, list[Event]]:
    events: list[Event] = []
    work = search(
        Inquiry(task=REVERSE, budget=Budget(seconds=20, left_out=left_out)),
        [proposer],
        bench.sandbox,
        tell=events.append,
        stop=asyncio.Event(),
    )
    return bench.run(work), events


def test_the_leading_rule_is_run_on_changed_inputs_and_the_answer_says_so(bench: Bench):
    answer, events = find(bench, Scripted(["x[::-1]"]))
    assert answer.best is not None
    assert answer.best.evidence.symmetries == Symmetries(kept=(Symmetry.MIRROR,))
    assert "inputs that are mirrored give outputs changed alike" in answer.why
    (event,) = [event for event in events if isinstance(event, Corroborated)]
    assert [(one.digest, one.kept) for one in event.changed] == [
        (answer.best.digest, (Symmetry.MIRROR,))
    ]
    assert events[-1].kind == "answer"


def test_a_rule_found_without_an_example_confirms_itself_on_it(bench: Bench):
    answer, events = find(bench, Scripted(["x[::-1]"]), left_out=2)
    assert "sought without one example, 2 of 2 times the rule found explains that" in answer.why
    assert answer.signs is not None
    assert answer.signs.confirmed == 1.0
    (event,) = [event for event in events if isinstance(event, Corroborated)]
    assert (event.left_out, event.confirmed) == (2, 2)


def test_what_was_learned_by_heart_is_not_confirmed_and_believed_less(bench: Bench):
    plain, _ = find(bench, Memory())
    asked, _ = find(bench, Memory(), left_out=3)
    assert "0 of 3 times" in asked.why
    assert asked.probability < plain.probability


def test_searches_without_an_example_do_not_count_where_nobody_has_anything_to_say(bench: Bench):
    class Once(Scripted):
        async def propose(self, inquiry: Inquiry) -> AsyncIterator[Proposal]:
            if len(inquiry.task.train) == len(REVERSE.train):
                yield proposal("x[::-1]")

    answer, _ = find(bench, Once([]), left_out=3)
    assert answer.verified
    assert answer.signs is not None
    assert answer.signs.confirmed is None


def test_a_single_example_is_never_left_out(bench: Bench):
    task = Task.from_pairs([([3, 1], [1, 3])], [[2, 1]])
    budget = Budget(seconds=20, left_out=3)
    work = solve_async(
        task, sandbox=bench.sandbox, budget=budget, proposers=[Scripted(["x[::-1]"])]
    )
    assert "sought without" not in bench.run(work).why


def test_a_search_that_was_stopped_is_not_looked_at_again(bench: Bench):
    async def run() -> Answer:
        stop = asyncio.Event()

        def tell(event: Event) -> None:
            if event.kind == "verdict":
                stop.set()

        inquiry = Inquiry(task=REVERSE, budget=Budget(seconds=20, left_out=3))
        proposer = Scripted(["x[::-1]"], endless=True)
        return await search(inquiry, [proposer], bench.sandbox, tell=tell, stop=stop)

    answer = bench.run(run())
    assert answer.best is not None
    assert answer.best.evidence.symmetries is None
    assert answer.signs is not None
    assert answer.signs.confirmed is None


def test_a_replayed_search_weighs_the_same_corroboration(bench: Bench, tmp_path: Path):
    path = tmp_path / "trace.jsonl"
    budget = Budget(seconds=20, left_out=2)
    proposers = [Scripted(["sorted(x)", "x[::-1]"])]
    first = bench.run(
        solve_async(REVERSE, sandbox=bench.sandbox, budget=budget, proposers=proposers, trace=path)
    )
    (recording,) = recordings(path)
    again = bench.run(replay(recording, bench.sandbox, tell=lambda event: None))
    assert again.agrees
    assert again.answer.why == first.why
    assert again.answer.probability == first.probability


def test_the_example_left_out_is_asked_for_and_its_output_is_gone():
    smaller = without(REVERSE, 1)
    assert smaller.train == (REVERSE.train[0], REVERSE.train[2])
    assert smaller.test == (REVERSE.train[1].input,)
