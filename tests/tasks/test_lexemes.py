"""Lexemes lose nothing of the text, and what is none is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.tasks.errors import TaskError
from peirce.tasks.lexemes import lexemes

COMMENTS = ("%c", "/*c*/")
QUOTED = ("'it''s'", '"s"', "`c`")
NUMBERS = ("12", "1.5e3", "0xff", "0'a", r"0'\n")
MARKS = ("!", ",", "|", "(", "]", ":-", ".")
PIECES = st.lists(st.sampled_from(["p", "X", *COMMENTS, *QUOTED, *NUMBERS, *MARKS]))


@given(PIECES)
def test_the_lexemes_of_a_text_put_together_are_the_text(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    found = list(lexemes(text, where="here"))
    assert "".join(lexeme.text for lexeme in found) == text
    assert [lexeme.text for lexeme in found if lexeme.sort != "layout"] == [
        piece for piece in pieces if piece not in COMMENTS
    ]
    assert all(text.startswith(lexeme.text, lexeme.at) for lexeme in found)


def test_numbers_of_every_notation_are_one_lexeme_each() -> None:
    found = lexemes("1 1.5 1.5e3 1e5 1_000 0xff 0'a", where="here")
    sorts = [lexeme.sort for lexeme in found if lexeme.sort != "layout"]
    assert sorts == ["integer", "float", "float", "notation", "notation", "notation", "code"]


@pytest.mark.parametrize("text", ["p.\n'a\nb'.", "p.\n'a.", 'p.\n"a.', "p.\n\x00."])
def test_what_is_no_lexeme_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(TaskError, match=r"here, line 2: .* is no Prolog"):
        list(lexemes(text, where="here"))
