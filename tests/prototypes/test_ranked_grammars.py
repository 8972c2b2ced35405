"""Grammars with priorities."""

from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes.ranked_grammars import LONGEST, translate

WORDS = (("dax", "RED", 10), ("lug", "BLUE", 10))
TWICE = ("##A wif", "##A ##A", 5)
AFTER = ("##A zup ##B", "##B ##A", 3)


def test_words_stand_for_themselves_and_phrases_are_filled_in():
    assert translate("dax", WORDS) == "RED"
    assert translate("dax wif", (*WORDS, TWICE)) == "RED RED"
    assert translate("dax zup lug", (*WORDS, AFTER)) == "BLUE RED"


def test_the_rule_of_higher_priority_stands_inside_the_other():
    rules = (*WORDS, TWICE, AFTER)
    assert translate("dax zup lug wif", rules) == "BLUE BLUE RED"
    loose = (*WORDS, ("##A wif", "##A ##A", 1), AFTER)
    assert translate("dax zup lug wif", loose) == "BLUE RED BLUE RED"


def test_readings_of_one_rank_are_settled_by_majority_then_length():
    nested = (*WORDS, ("##A or ##B", "##A", 0), ("dax or lug", "RED BLUE", 0))
    assert translate("dax or lug", nested) == "RED"


def test_what_no_reading_covers_has_no_meaning():
    assert translate("dax blick", WORDS) == ""
    assert translate("", WORDS) == ""
    assert translate("dax " * (LONGEST + 1), (*WORDS, ("##A ##B", "##A ##B", 0))) == ""


def test_rules_that_could_run_for_ever_are_left_out():
    assert translate("dax", (*WORDS, ("##A", "##A ##A", 99))) == "RED"
    assert translate("dax dax", (*WORDS, ("##A ##A", "##A", 1))) == ""


def test_ambiguous_texts_are_read_in_bounded_time():
    many = (*WORDS, ("##A zup ##B", "##A ##B", 1), ("##A zup ##B", "##B ##A", 1))
    assert translate(" zup ".join(["dax", "lug"] * 5), many).split().count("RED") == 5


@given(st.lists(st.sampled_from(["dax", "lug"]), min_size=1, max_size=6))
def test_a_text_of_joined_words_means_its_words_in_order(words: list[str]):
    rules = (*WORDS, ("##A zup ##B", "##A ##B", 1))
    meanings = {"dax": "RED", "lug": "BLUE"}
    assert translate(" zup ".join(words), rules) == " ".join(meanings[word] for word in words)
