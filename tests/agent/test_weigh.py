"""Weighing, on made-up candidates."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agent.candidates import candidate, inquiry

from peirce.agent.calibration import (
    METHOD_BITS,
    PLAIN_BITS,
    Signs,
    believe,
    believe_despite_exceptions,
    believe_near_miss,
    unpaid,
)
from peirce.agent.candidate import Candidate, Stop
from peirce.agent.proposers.symbolic.methods import METHODS
from peirce.agent.weigh import weigh
from peirce.verifiers.sandbox import Cause, Outcome


def broken(number: int, message: str) -> Candidate:
    """A program that fails on every example."""
    found = candidate(number, (None, None), fits=False)
    outcome = Outcome(cause=Cause.LOAD, message=message)
    verdict = replace(
        found.verdict, train=(outcome, outcome), passed=(False, False), closeness=(0.0, 0.0)
    )
    return replace(found, verdict=verdict)


def test_what_all_programs_failed_of_is_the_reason_that_none_was_found():
    unknown = "p/1 is not known"
    alike = weigh(inquiry(broken(1, unknown), broken(2, unknown)), Stop.BUDGET)
    assert alike.why == (
        "no rule was found that explains any of the 2 examples; "
        "all 2 programs failed alike: p/1 is not known"
    )
    mixed = weigh(inquiry(broken(1, unknown), broken(2, "too slow")), Stop.BUDGET)
    assert mixed.why == "no rule was found that explains any of the 2 examples"


def test_the_shorter_of_two_disagreeing_rules_leads_and_the_other_is_second():
    answer = weigh(
        inquiry(candidate(1, ((9,), (9,)), bits=80), candidate(2, ((3,), (4,)), bits=40)),
        Stop.EXHAUSTED,
    )
    assert answer.rule == "rule 2"
    assert [guess.value for guess in answer.predictions[0]] == [(3,), (9,)]
    assert answer.predictions[0][0].probability > answer.predictions[0][1].probability
    assert "1 other program that fits would answer differently" in answer.why


def test_many_agreeing_rules_outweigh_one_that_is_a_little_shorter():
    agreeing = [candidate(number, ((3,), (4,)), bits=52) for number in range(4)]
    answer = weigh(inquiry(candidate(9, ((9,), (9,)), bits=50), *agreeing), Stop.EXHAUSTED)
    assert answer.predictions[0][0].value == (3,)
    assert answer.why.startswith("4 programs explain all 2 examples and agree")


def test_a_program_that_copies_outputs_does_not_lead():
    copy = candidate(1, ((9,), (9,)), bits=30, copies=2)
    answer = weigh(inquiry(copy, candidate(2, ((3,), (4,)), bits=60)), Stop.EXHAUSTED)
    assert answer.rule == "rule 2"


def test_a_program_that_fails_on_a_test_input_gives_way_and_that_is_said():
    broken = candidate(1, ((3,), None), bits=50)
    answer = weigh(inquiry(broken), Stop.EXHAUSTED)
    assert answer.predictions[1] == ()
    assert "fails on a test input" in answer.why
    better = weigh(inquiry(broken, candidate(2, ((8,), (8,)), bits=60)), Stop.EXHAUSTED)
    assert better.rule == "rule 2"


def test_two_methods_that_agree_are_more_believable_than_one():
    alone = weigh(inquiry(candidate(1, ((3,), (4,))), candidate(2, ((3,), (4,)))), Stop.EXHAUSTED)
    other = candidate(2, ((3,), (4,)), origin="b")
    both = weigh(inquiry(candidate(1, ((3,), (4,))), other), Stop.EXHAUSTED)
    assert both.probability > alone.probability
    assert "found in 2 different ways" in both.why


predictions = st.tuples(
    st.tuples(st.integers(0, 3)) | st.none(), st.tuples(st.integers(0, 3)) | st.none()
)
candidates = st.lists(
    st.builds(
        candidate,
        st.integers(0, 10**6),
        predictions,
        bits=st.floats(1, 400),
        fits=st.booleans(),
        copies=st.integers(0, 2),
        origin=st.sampled_from("abc"),
    ),
    max_size=8,
)


@given(candidates)
def test_probabilities_are_ranked_bounded_and_do_not_depend_on_the_order(pool: list[Candidate]):
    answer = weigh(inquiry(*pool), Stop.EXHAUSTED)
    again = weigh(inquiry(*dict.fromkeys(reversed(pool))), Stop.EXHAUSTED)
    if len({found.digest for found in pool}) == len(pool):
        assert answer.predictions == again.predictions
    for column in answer.predictions:
        chances = [guess.probability for guess in column]
        assert chances == sorted(chances, reverse=True)
        assert all(0.0 <= chance <= 1.0 for chance in chances)
        assert sum(chances) <= 1.0 + 1e-9


@given(
    st.floats(0, 1), st.floats(1, 2000), st.integers(1, 100), st.integers(1, 9), st.integers(1, 99)
)
def test_belief_is_a_probability_that_grows_with_share(
    share: float, bits: float, examples: int, origins: int, programs: int
):
    def belief(part: float) -> float:
        return believe(
            Signs(
                share=part,
                bits=bits,
                examples=examples,
                origins=origins,
                programs=programs,
                failures=0,
                copies=0,
            )
        )

    assert 0.0 <= belief(share) <= belief(1.0) <= 1.0


@given(st.floats(0, 400), st.lists(st.booleans(), max_size=300))
def test_what_says_of_things_whether_they_hold_is_to_be_shorter_than_a_list_of_them(
    bits: float, outputs: list[bool]
):
    owed = unpaid(bits, outputs)
    assert 0.0 <= owed <= bits
    assert owed >= bits - PLAIN_BITS - len(outputs) - 10
    assert unpaid(PLAIN_BITS, outputs) == 0.0
    assert unpaid(bits, [*outputs, 1]) == 0.0


def test_near_misses_are_believed_less_the_more_they_miss():
    assert believe_near_miss((True, True, False), 0.9) > believe_near_miss((False, False), 0.9)


ATOMS: Final = 200
HOLDING: Final = [number % 3 == 0 for number in range(ATOMS)]


def with_exceptions(said: Sequence[bool], outputs: Sequence[bool], answers: int = 1) -> float:
    """Belief in a rule of 40 bits that says of each atom whether it holds."""
    passed = [left is right for left, right in zip(said, outputs, strict=True)]
    return believe_despite_exceptions(passed, outputs, 40.0, answers)


@given(st.sets(st.integers(0, ATOMS - 1), max_size=20))
def test_a_rule_with_noise_is_believed_no_more_than_it_was_right(noisy: set[int]):
    outputs = [holds is not (number in noisy) for number, holds in enumerate(HOLDING)]
    belief = with_exceptions(HOLDING, outputs)
    assert 0.0 <= belief <= (ATOMS - len(noisy) + 1) / (ATOMS + 2)
    assert with_exceptions(HOLDING, outputs, 10) <= belief


def test_a_rule_whose_exceptions_fall_on_both_sides_is_believed_about_as_often_as_it_was_right():
    outputs = [holds is (number % 17 > 0) for number, holds in enumerate(HOLDING)]
    right = sum(left is right for left, right in zip(HOLDING, outputs, strict=True)) / ATOMS
    assert right - 0.1 < with_exceptions(HOLDING, outputs) < right


@pytest.mark.parametrize(
    "said",
    [
        [holds and number % 2 == 0 for number, holds in enumerate(HOLDING)],
        [number % 2 == 0 for number in range(ATOMS)],
        [False] * ATOMS,
    ],
    ids=["half of what holds", "chance", "nothing"],
)
def test_a_rule_that_is_half_right_is_not_believed(said: list[bool]):
    assert with_exceptions(said, HOLDING) < 0.1


def test_only_a_rule_about_truth_values_is_believed_despite_exceptions():
    assert believe_despite_exceptions([True] * 199 + [False], [1] * 200, 40.0, 1) == 0.0


def test_a_rule_whose_answer_is_unlike_every_example_gives_way_to_one_of_equal_length():
    odd = candidate(1, ((3, 3), (4, 4)), surprises=("all outputs have the same length",))
    usual = candidate(2, ((3,), (4,)))
    answer = weigh(inquiry(odd, usual), Stop.EXHAUSTED)
    assert answer.predictions[0][0].value == (3,)
    alone = weigh(inquiry(odd), Stop.EXHAUSTED)
    assert "all outputs have the same length, and the answer breaks that" in alone.why
    assert alone.probability < weigh(inquiry(usual), Stop.EXHAUSTED).probability


def test_bits_are_charged_to_methods_that_there_are():
    assert set(METHOD_BITS) <= {f"symbolic.{method.name}" for method in METHODS}


def test_who_waits_for_a_judgement_goes_on_with_it_or_when_the_time_is_up():
    async def wait() -> tuple[bool, bool]:
        state, coming = inquiry(), candidate(1, ((7,), (8,)))
        await state.judged(coming.proposal.program, 0.01)
        before = coming.digest in state.candidates
        waiting = asyncio.create_task(state.judged(coming.proposal.program, 60.0))
        await asyncio.sleep(0)
        state.add(coming)
        await waiting
        return before, coming.digest in state.candidates

    assert asyncio.run(wait()) == (False, True)
