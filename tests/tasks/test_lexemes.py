"""Lexemes lose nothing of the text, and what is none is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.tasks.errors import TaskError
from peirce.tasks.lexemes import lexemes

PIECES = st.lists(
    st.sampled_from(
        ["p", "X", " ", "\n", "% a. b\n", "/* c */", "'it''s'", '"s"', "`c`", "0'a", r"0'\n"]
        + ["12", "1.5e3", "0xff", "1_000", "!", ";", ",", "|", "(", "]", ":-", ". "]
    )
)


@given(PIECES)
def test_the_lexemes_of_a_text_put_together_are_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = list(lexemes(text, where="here"))
    assert "".join(lexeme.text for lexeme in found) == text
    assert all(text.startswith(lexeme.text, lexeme.at) for lexeme in found)


def test_numbers_of_every_notation_are_one_lexeme_each() -> None:
    found = lexemes("1 1.5 1.5e3 1e5 1_000 0xff 0'a", where="here")
    sorts = [lexeme.sort for lexeme in found if lexeme.sort != "layout"]
    assert sorts == ["integer", "float", "float", "notation", "notation", "notation", "code"]


@pytest.mark.parametrize("text", ["p.\n'a\nb'.", "p.\n'a.", 'p.\n"a.', "p.\n\x00."])
def test_what_is_no_lexeme_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(TaskError, match="here, line 2: .* is no Prolog"):
        list(lexemes(text, where="here"))
