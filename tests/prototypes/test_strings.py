import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import strings

TEXT = st.text(alphabet="aAbZ z09.,-(/", max_size=20)
ANY_TEXT = st.text(max_size=20)
NTH = st.integers(-4, 4)

PATTERNS = {name: getattr(strings, name) for name in strings.__all__ if name.isupper()}

EXAMPLES: dict[str, tuple[tuple[object, ...], object]] = {
    "after": (("a=b=c", "="), "b=c"),
    "as_text": ((2.50,), "2.5"),
    "before": (("a=b=c", "=", -1), "a=b"),
    "between": (("f(x) = g(y)", "(", ")", 1), "y"),
    "capital_first": (("iPhone",), "IPhone"),
    "count": (("a1b22", r"\d+"), 2),
    "end": (("a1b22", r"\d+"), 2),
    "grouped": ((1234567.505, 2), "1,234,567.51"),
    "initials": (("ada king lovelace",), "akl"),
    "keep": (("a1b22", r"\d"), "122"),
    "match": (("a1b22", r"\d+", -1), "22"),
    "month_name": ((3,), "March"),
    "month_number": (("3 Sept 1999",), 9),
    "number": (("room 12, floor 3", 1), "3"),
    "ordinal": ((112,), "112th"),
    "part": (("a,b,c", ",", 1), "b"),
    "remove": (("a1b22", r"\d"), "ab"),
    "rounded": ((2.675, 2), "2.68"),
    "shifted": (("Xyz", 3), "Abc"),
    "single_spaced": (("  two   words ",), "two words"),
    "small_first": (("SnakeCase",), "snakeCase"),
    "squeeze": (("aaabba",), "aba"),
    "start": (("a1b22", r"\d+", 1), 3),
    "to_number": (("costs -1,234.50 now",), -1234.5),
    "until": (("key: value; more", 5, ";"), "value"),
    "whole": (("in 12.7 days",), 12),
    "word": (("one two three", -1), "three"),
}

FITTING = {
    "ALPHANUMERIC": "Ab3",
    "CAPITAL": "Q",
    "CAPITALISED": "Word",
    "CAPITALS": "ABC",
    "DECIMAL": "-3.25",
    "DIGIT": "7",
    "DIGITS": "2024",
    "FIGURES": "1,234.5",
    "IDENTIFIER": "snake_case2",
    "LETTER": "x",
    "LETTERS": "Abc",
    "MARK": "%",
    "PUNCTUATION": "?!",
    "SMALL_LETTER": "x",
    "SMALL_LETTERS": "abc",
    "SPACE": " \t",
    "WORD": "it's",
}


def test_every_word_has_an_example():
    assert set(EXAMPLES) | set(FITTING) == set(strings.__all__)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_words_mean_what_their_examples_show(name: str):
    arguments, expected = EXAMPLES[name]
    assert getattr(strings, name)(*arguments) == expected


@pytest.mark.parametrize("name", sorted(FITTING))
def test_patterns_fit_all_of_their_example(name: str):
    assert re.fullmatch(PATTERNS[name], FITTING[name])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (strings.before("abc", ","), "abc"),
        (strings.after("abc", ","), "abc"),
        (strings.between("abc", "(", ")"), "abc"),
        (strings.match("abc", r"\d"), ""),
        (strings.word("one", 1), ""),
        (strings.part("a,b", ",", 2), ""),
        (strings.part("a,b", "", 0), "a,b"),
        (strings.to_number("none"), 0),
        (strings.whole("none"), 0),
        (strings.month_name(13), ""),
        (strings.month_number("none"), 0),
        (strings.rounded(float("inf")), "inf"),
        (strings.as_text(float("nan")), "nan"),
    ],
)
def test_what_is_missing_is_the_whole_text_the_empty_text_or_zero(said: object, expected: object):
    assert said == expected


@given(ANY_TEXT, ANY_TEXT, NTH)
def test_cutting_never_raises_and_gives_a_piece_of_the_text(text: str, mark: str, nth: int):
    cuts = [
        strings.word(text, nth),
        strings.number(text, nth),
        strings.part(text, mark, nth),
        strings.before(text, mark, nth),
        strings.after(text, mark, nth),
        strings.between(text, mark, ",", nth),
        strings.match(text, strings.PUNCTUATION, nth),
        strings.until(text, nth, strings.SPACE),
    ]
    assert all(cut in text for cut in cuts)


@given(ANY_TEXT)
def test_reading_numbers_never_raises(text: str):
    value = strings.to_number(text)
    for written in (strings.as_text(value), strings.rounded(value, 3), strings.grouped(value)):
        assert strings.to_number(written.replace(",", "")) == pytest.approx(value, abs=1e-3)
    assert 0 <= strings.month_number(text) <= 12


@given(TEXT, st.sampled_from(sorted(PATTERNS.values())))
def test_keeping_and_removing_share_out_the_characters(text: str, pattern: str):
    assert sorted(strings.keep(text, pattern) + strings.remove(text, pattern)) == sorted(text)


@given(TEXT, st.sampled_from(sorted(PATTERNS.values())), NTH)
def test_a_match_stands_between_its_start_and_its_end(text: str, pattern: str, nth: int):
    found = strings.match(text, pattern, nth)
    if found:
        first, last = strings.start(text, pattern, nth), strings.end(text, pattern, nth)
        assert text[first:last] == found


@given(ANY_TEXT)
def test_tidying_twice_changes_nothing_more(text: str):
    for tidy in (strings.single_spaced, strings.squeeze, strings.capital_first):
        assert tidy(tidy(text)) == tidy(text)


@given(TEXT, st.integers(-60, 60))
def test_shifting_back_undoes_shifting(text: str, places: int):
    assert strings.shifted(strings.shifted(text, places), -places) == text


@given(st.integers(1, 12))
def test_month_names_and_numbers_are_inverse(month: int):
    assert strings.month_number(strings.month_name(month)) == month


@given(st.integers(-(10**6), 10**6))
def test_numbers_survive_being_grouped(value: int):
    assert strings.to_number(strings.grouped(value)) == value
    assert strings.ordinal(value).startswith(str(value))
