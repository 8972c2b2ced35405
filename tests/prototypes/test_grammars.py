from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import grammars

MEANINGS = {"dax": "RED", "lug": "BLUE"}
RULES = (("x fep", "x x x"), ("not x", "x x"), ("x blicket y", "x y x"), ("x kiki y", "y x"))


def test_rules_bind_in_their_order():
    said = grammars.interpret("dax fep kiki lug blicket dax", MEANINGS, RULES)
    assert said == "BLUE RED BLUE RED RED RED"


def test_a_rule_may_stand_before_its_phrase():
    assert grammars.interpret("not lug kiki dax", MEANINGS, RULES) == "RED BLUE BLUE"


def test_rules_of_one_kind_bind_from_the_left():
    assert grammars.interpret("dax kiki lug kiki lug", MEANINGS, RULES) == "BLUE BLUE RED"


def test_words_without_a_meaning_are_left_out():
    assert grammars.interpret("dax wug fep", MEANINGS, RULES) == "RED"


@given(st.text(alphabet="dax lugfepkiyx", max_size=40))
def test_interpreting_never_raises_and_says_only_known_symbols(text: str):
    assert set(grammars.interpret(text, MEANINGS, RULES).split()) <= set(MEANINGS.values())


def test_a_rule_that_grows_without_end_is_stopped():
    text = " ".join(["dax", *["fep"] * 40])
    assert len(grammars.interpret(text, MEANINGS, RULES).split()) < 100_000
