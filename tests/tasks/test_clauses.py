"""Terms come back as they were written, and what is no Prolog is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.tasks.clauses import Compound, Term, Variable, parse_clauses, parse_term, written
from peirce.tasks.errors import TaskError

NAMES = st.sampled_from(["a", "ann", "'Ann B'", "[]", "f2"])
TERMS: st.SearchStrategy[Term] = st.recursive(
    st.integers(-99, 99) | NAMES | st.sampled_from([Variable("X"), '"a text"']),
    lambda inner: st.builds(
        Compound, st.sampled_from(["f", "g", "[|]", "-", "=", "/"]), st.tuples(inner, inner)
    ),
)


@given(TERMS)
def test_a_written_term_reads_back_as_itself(term: Term) -> None:
    assert parse_term(written(term), where="here") == term


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("a :- b, c ; d", "(a :- ((b , c) ; d))"),
        ("X is - 3 + Y mod 2", "(X is (-(3) + (Y mod 2)))"),
        ("[1, 2 | T]", "[1|[2|T]]"),
        ("\\+ p(X, 'q')", "\\+(p(X,q))"),
        ("f(-1, a/b)", "f(-1,(a / b))"),
        (r"f(0'a, 0'\n, 0'\s, 0'\\)", "f(97,10,32,92)"),
    ],
)
def test_operators_bind_as_in_prolog(text: str, meant: str) -> None:
    assert written(parse_term(text, where="here")) == meant


def test_comments_and_blank_lines_are_no_clauses() -> None:
    text = "% about\np(a). /* q(b). */\n\np('x.y'). % end"
    assert [written(term) for term in parse_clauses(text, where="here")] == ["p(a)", "p('x.y')"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("p(a).\nq(b", r"here, line 2: the clause has no full stop"),
        ("p(a).\nq(b)) .", r"here, line 2: the clause cannot be read at '\)'"),
        ("p(a). q(\nb).\n\np(c).\nr(d)) .", r"here, line 5: the clause cannot be read at '\)'"),
        ("p('a).", r"here, line 1: .* is no Prolog"),
        ("p(" + "[" * 300 + "]" * 300 + ").", r"nested deeper than 200"),
        ("p(a) q(b).", r"cannot be read at 'q'"),
        (r"p(0'\q).", r"here, line 1: .* is no known character"),
        (f"p({'9' * 4001}).", r"here, line 1: an integer of more than 4000 digits"),
    ],
)
def test_what_is_no_prolog_is_refused_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(TaskError, match=complaint):
        list(parse_clauses(text, where="here"))
