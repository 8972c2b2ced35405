"""How long a search goes on beside its leading answer."""

from tests.agent.candidates import candidate, inquiry

from peirce.agent.candidate import Candidate, Stop
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.settling import (
    CERTAIN,
    DOUBT,
    LIKELY,
    PATIENCE_FLOOR,
    PATIENCE_SHARE_MOST,
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


def test_cpu_seconds_where_they_are_budgeted_say_how_long_a_search_stood_still():
    waited = searched_for(1000.0, candidate(1, ((7,), (8,)), bits=20.0))
    assert settled(waited)
    waited.budget = Budget(seconds=2000.0, cpu_seconds=100.0)
    assert not settled(waited)
    waited.cpu_started -= 99.0
    assert settled(waited)
