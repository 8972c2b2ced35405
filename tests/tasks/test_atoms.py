import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.tasks.atoms import Atom, parse_atom
from peirce.tasks.errors import TaskError


@given(st.from_type(Atom))
def test_parsing_an_atom_gives_its_text_back(atom: Atom) -> None:
    assert parse_atom(f"  {atom.text}. ") == atom
    assert atom.text.startswith(atom.functor)


@given(st.text(max_size=30))
def test_any_text_is_an_atom_or_a_task_error(text: str) -> None:
    try:
        atom = parse_atom(text)
    except TaskError:
        return
    assert parse_atom(atom.text) == atom


@pytest.mark.parametrize(
    "text", ["p", "p(a)", "p('A b', \"c\")", "p([a, b(1)])", "p(_)", "p({x}, [])", "p(3 mod 2, -1)"]
)
def test_ground_atoms_are_accepted(text: str) -> None:
    assert parse_atom(text).text == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "does not start with a predicate name"),
        ("X", "does not start with a predicate name"),
        ("p(X)", "holds the variable X"),
        ("p(_A)", "holds the variable _A"),
        ("p(a", "a '(' is never closed"),
        ("p(a]", "']' closes nothing"),
        ("p(a). q(b)", "more than one term"),
        ("p(a b)", "a comma is missing before 'b'"),
        ("p(a (b))", "a comma is missing before '('"),
        ("p (a)", "does not start with a predicate name"),
        ("p()", "an argument is missing before ')'"),
        ("p(a,,b)", "an argument is missing before ','"),
        ("p([a|])", "an argument is missing before ']'"),
        ("p('a)", "is not Prolog syntax"),
    ],
)
def test_what_is_no_single_ground_atom_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(TaskError) as caught:
        parse_atom(text)
    assert reason in str(caught.value)
