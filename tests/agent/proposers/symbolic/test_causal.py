from collections.abc import Sequence

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic import causal
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.task import Task
from peirce.tasks.values import Json, ValueType

TRIALS: list[tuple[Json, Json]] = [
    (["red cube"], "on"),
    (["red cube", "blue ball"], "on"),
    (["green cone"], "off"),
    (["green cone", "grey disc", "white ring"], "on"),
]


def make_task(trials: Sequence[tuple[Json, Json]]) -> Task:
    return Task.from_pairs(
        list(trials), [], input_type=ValueType.STRINGS, output_type=ValueType.STRING
    )


def proposals(trials: Sequence[tuple[Json, Json]]) -> list[Proposal]:
    found = causal.METHOD.propose(make_task(trials), Clock())
    return [proposal for proposal in found if proposal is not None]


def judged(proposal: Proposal, things: list[str]) -> object:
    scope: dict[str, object] = {}
    exec(proposal.program.source, scope)
    transform = scope["transform"]
    assert callable(transform)
    return transform(things)


def test_trials_decide_what_they_decide_and_leave_the_rest_open():
    first = proposals(TRIALS)[0]
    assert judged(first, ["green cone"]) == "off"
    assert judged(first, ["red cube", "green cone"]) == "on"
    assert judged(first, ["blue ball"]) == "undetermined"
    assert judged(first, ["grey disc"]) == "undetermined"
    assert judged(first, ["white ring", "grey disc"]) == "on"
    assert judged(first, ["never seen"]) == "undetermined"


def test_the_rule_is_said_in_words():
    words = proposals(TRIALS)[0].hypothesis.words
    assert words.startswith(
        "The red cube is a cause; at least one of the grey disc, the white ring"
    )


def test_labels_are_taken_from_the_examples():
    renamed = [(things, {"on": "glows", "off": "dark"}[str(label)]) for things, label in TRIALS]
    first = next(p for p in proposals(renamed) if judged(p, ["red cube"]) == "glows")
    assert judged(first, ["green cone"]) == "dark"


def test_contradicting_trials_give_no_rule():
    assert proposals([(["a"], "on"), (["a", "b"], "off"), (["b"], "off")]) == []


def test_only_sets_of_recurring_names_are_promising():
    assert causal.METHOD.promise(make_task(TRIALS)) > 0.9
    assert causal.METHOD.promise(make_task([(["a", "b"], "x"), (["c", "d"], "y")])) == 0
