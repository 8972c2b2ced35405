from collections.abc import Sequence
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import causal

THINGS = "abcde"
SETS = st.frozensets(st.sampled_from(THINGS), min_size=1, max_size=4)


def subsets(things: Sequence[str]) -> list[frozenset[str]]:
    sizes = range(len(things) + 1)
    return [frozenset(some) for some in chain(*(combinations(things, size) for size in sizes))]


@given(st.frozensets(st.sampled_from(THINGS)), st.lists(SETS, max_size=5), SETS)
def test_judgement_is_what_all_consistent_choices_of_causes_agree_on(
    causes: frozenset[str], trials: list[frozenset[str]], asked: frozenset[str]
):
    lit = [trial for trial in trials if trial & causes]
    dark = [trial for trial in trials if not trial & causes]
    possible = [
        choice
        for choice in subsets(THINGS)
        if all(choice & trial for trial in lit) and not any(choice & trial for trial in dark)
    ]
    answers = {"on" if choice & asked else "off" for choice in possible}
    cleared = causal.harmless(dark)
    said = causal.judge(asked, causal.suspects(lit, cleared), cleared)
    assert said == (answers.pop() if len(answers) == 1 else "undetermined")


def test_a_group_that_contains_a_smaller_one_says_nothing_new():
    groups = causal.suspects([{"a", "b", "c"}, {"a", "b"}, {"d"}], {"c"})
    assert groups == (frozenset({"d"}), frozenset({"a", "b"}))
