"""How long a search goes on beside its leading answer."""

from tests.agent.candidates import candidate, inquiry

from peirce.agent.candidate import Candidate, Stop
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.settling import (
    CERTAIN,
    DOUBT,
    LIKELY,
    PATIENCE,
    PATIENCE_FLOOR,
    PATIENCE_SHARE_MOST,
    SURE,
    settled,
)
from peirce.agent.weigh import weigh


def searched_for(seconds: float, *candidates: Candidate) -> Inquiry:
    state = inquiry(*candidates)
    state.moved = 0.0
    state.started -= seconds
    return state


def test_the_less_an_answer_is_believed_the_longer_a_search_goes_on_before_it_settles():
    certain = [candidate(n, ((7,), (8,)), bits=10.0, origin=f"{n}") for n in range(4)]
    likely = [candidate(n, ((7,), (8,)), bits=250.0, origin=f"{n}") for n in range(2)]
    unlikely = [candidate(1, ((7,), (8,))), candidate(2, ((9,), (9,)))]
    beliefs = [
        weigh(inquiry(*pool), Stop.SETTLED).probability for pool in (unlikely, likely, certain)
    ]
    assert beliefs[0] < LIKELY <= beliefs[1] < CERTAIN <= beliefs[2]
    unsure = PATIENCE_FLOOR + PATIENCE_SHARE_MOST
    for pool, floor in (
        (certain, 0.5 * PATIENCE_FLOOR),
        (likely, unsure),
        (unlikely, DOUBT * unsure),
    ):
        assert not settled(searched_for(0.8 * floor, *pool))
        assert settled(searched_for(1.2 * floor, *pool))


def test_a_surprising_answer_settles_a_search_only_if_it_is_certain_all_the_same():
    said = ("all outputs have the same length",)
    doubted = [
        candidate(n, ((7,), (8,)), bits=150.0, origin=f"{n}", surprises=said) for n in (1, 2)
    ]
    sure = [candidate(n, ((7,), (8,)), bits=5.0, origin=f"{n}", surprises=said) for n in range(8)]
    assert weigh(inquiry(*doubted), Stop.SETTLED).probability < CERTAIN
    assert weigh(inquiry(*sure), Stop.SETTLED).probability >= CERTAIN
    assert not settled(searched_for(1000.0, *doubted))
    assert settled(searched_for(1000.0, *sure))


def test_a_sure_answer_needs_half_the_patience_of_a_certain_one():
    sure = [candidate(n, ((7,), (8,)), bits=1.0, origin=f"{n}") for n in range(8)]
    assert weigh(inquiry(*sure), Stop.SETTLED).probability >= SURE
    state = searched_for(10.0 + 0.5 * PATIENCE_FLOOR, *sure)
    state.moved = 7.0 / PATIENCE
    assert settled(state)
    certain = [candidate(n, ((7,), (8,)), bits=90.0, origin=f"{n}") for n in range(2)]
    assert CERTAIN <= weigh(inquiry(*certain), Stop.SETTLED).probability < SURE
    state = searched_for(6.0, *certain)
    state.moved = 7.0 / PATIENCE
    assert not settled(state)


def test_cpu_seconds_where_they_are_budgeted_say_how_long_a_search_stood_still():
    waited = searched_for(1000.0, candidate(1, ((7,), (8,)), bits=20.0))
    assert settled(waited)
    waited.budget = Budget(seconds=2000.0, cpu_seconds=100.0)
    assert not settled(waited)
    waited.cpu_started -= 99.0
    assert settled(waited)
