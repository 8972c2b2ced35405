"""What is presumed not to hold where the examples only say what does."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.agent.proposers.symbolic.relations.posing import posed

from peirce.agent.proposers.symbolic.relations.exchanging import MOST, exchanged
from peirce.agent.proposers.symbolic.relations.presuming import presumed
from peirce.tasks.clauses import Compound, Term, parse_term, written


def arguments(text: str) -> tuple[Term, ...]:
    term = parse_term(text, where="a test")
    assert isinstance(term, Compound)
    return term.arguments


def made(*atoms: str, functional: bool = False) -> set[str]:
    given = [arguments(text) for text in atoms]
    return {written(Compound("f", found)) for found in exchanged(given, functional=functional)}


@given(
    st.dictionaries(
        st.lists(st.integers(0, 3), min_size=1, max_size=4).map(str),
        st.lists(st.integers(0, 3), max_size=4).map(str),
        min_size=2,
        max_size=6,
    )
)
def test_only_the_result_is_exchanged_and_nothing_that_holds_is_made(pairs: dict[str, str]):
    atoms = [arguments(f"f({left}, {right})") for left, right in pairs.items()]
    found = exchanged(atoms, functional=True)
    assert not set(found) & set(atoms)
    assert {atom[0] for atom in found} <= {atom[0] for atom in atoms}
    assert len(found) == len(set(found)) <= MOST


def test_results_of_other_examples_are_wrong():
    assert made("f([1,2],[2,1])", "f([3],[3])") == {"f([1,2],[3])", "f([3],[2,1])"}


def test_a_relation_with_two_results_for_one_input_has_none():
    assert made("f(2,[1,2])", "f(2,[2,5])", "f(1,[1,3])") == set()


def test_where_one_argument_varies_the_result_is_its_last_part():
    found = made("f([a]/[a,x],end)", "f([b,a]/[b,a,x],end)")
    assert {"f(([a] / [b,a,x]),end)", "f(([a] / [b,x]),end)"} <= found
    assert all(text.startswith(("f(([a] /", "f(([b,a] /")) for text in found)


def test_plain_facts_are_presumed_complete_all_over_the_world():
    people = [f"p{number}" for number in range(40)]
    facts = " ".join(f"likes({left}, {right})." for left, right in pairwise(people))
    problem = presumed(posed({"knows(p1, p2)": True, "knows(p5, p6)": True}, facts))
    assert not set(problem.negatives) & set(problem.positives)
    for place in (0, 1):
        assert {row[place] for row in problem.negatives} == set(people)


def test_without_a_bias_rules_speak_of_what_the_background_defines_only():
    facts = "tail([_|T], T). last([X], X). last([_|T], X) :- last(T, X)."
    problem = posed({"f([a,b,c],c)": True, "f([b],b)": True, "f([b,a],b)": False}, facts)
    assert set(problem.database.relations) == {("tail", 2), ("last", 2)}
