"""The model mends what search found, and search mends what the model wrote."""

from tests.agent.conftest import Bench, Scripted
from tests.agent.models.conftest import Reply, Script, completion
from tests.agent.proposers.llm.conftest import Talk, program

from peirce.agent.candidate import Answer
from peirce.agent.proposers.llm.plan import Plan
from peirce.agent.proposers.symbolic.proposer import SymbolicProposer
from peirce.agent.search import Proposer
from peirce.agent.trace import Proposed
from peirce.tasks.task import Task

REVERSE = Task.from_pairs(
    [([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5]), ([1, 2, 3, 4], [4, 3, 2, 1])], [[9, 7, 8]]
)
DOWNWARDS = Task.from_pairs(
    [([3, 1, 2], [3, 2, 1]), ([4, 5], [5, 4]), ([1, 1, 2, 4], [4, 2, 1, 1])], [[9, 7, 8]]
)


def together(
    bench: Bench, task: Task, other: Proposer, script: Script, plan: Plan
) -> tuple[Answer, Talk]:
    talk = Talk(task, script, plan, others=[other])
    return talk.solve(bench), talk


def replying(**replies: str) -> Script:
    """Replies by a word of the prompt; everything else is not known."""

    def script(body: dict[str, object]) -> Reply:
        text = str(body["messages"])
        found = next((reply for mark, reply in replies.items() if mark in text), "I do not know.")
        count = body.get("n")
        return completion(*[found] * (count if isinstance(count, int) else 1))

    return script


def only(*, refinements: int = 0, pool_every: int = 4) -> Plan:
    """A plan that asks for one direct program and what is given."""
    return Plan(
        rules_per_view=0,
        direct_programs=1,
        direct_answers=0,
        refinements=refinements,
        pool_every=pool_every,
    )


def test_a_near_miss_of_search_is_sent_to_the_model_and_comes_back_right(bench: Bench):
    near = Scripted(["sorted(x)[::-1]"], name="symbolic")
    answer, talk = together(
        bench, REVERSE, near, replying(assumption=program("value[::-1]")), only(refinements=2)
    )
    assert answer.verified
    assert answer.best is not None
    assert answer.best.proposal.origin == "llm.refine"
    missed = next(event for event in talk.events if isinstance(event, Proposed))
    assert answer.best.proposal.parent == missed.digest
    assert any("return sorted(x)[::-1]" in str(body) for body in talk.requests)


def test_partly_right_programs_of_search_are_pooled_for_the_model(bench: Bench):
    partly = Scripted(["sorted(x)", "x if len(x) < 3 else [2, 1, 3]"], name="symbolic")
    plan = only(refinements=200, pool_every=1)
    answer, talk = together(bench, REVERSE, partly, replying(Several=program("value[::-1]")), plan)
    assert answer.best is not None
    assert answer.best.proposal.origin in {"llm.pool", "llm.refine"}
    pooled = [str(body) for body in talk.requests if "Several programs" in str(body)]
    assert any("sorted(x)" in text and "[2, 1, 3]" in text for text in pooled)


def test_a_partly_right_program_of_the_model_is_mended_by_search(bench: Bench):
    answer, talk = together(
        bench, DOWNWARDS, SymbolicProposer(()), replying(repeat=program("sorted(value)")), only()
    )
    assert answer.verified
    assert answer.predictions[0][0].value == (9, 8, 7)
    proposed = [event for event in talk.events if isinstance(event, Proposed)]
    assert proposed[0].origin == "llm.direct"
    assert answer.best is not None
    assert answer.best.proposal.parent == proposed[0].digest
