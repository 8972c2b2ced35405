"""Description length."""

from hypothesis import given
from hypothesis import strategies as st

from peirce.verifiers.description import description_length, number_bits
from peirce.verifiers.program import Language, Program


def bits(source: str) -> float:
    return description_length(Program(source=source))


def test_a_longer_rule_costs_more_than_a_part_of_it():
    short = "def transform(x):\n    return sorted(x)\n"
    long = "def transform(x):\n    return sorted(set(x))[:7]\n"
    assert bits(short) < bits(long)


def test_imports_comments_docstrings_and_annotations_are_free():
    plain = "def transform(x):\n    return f(x)\n"
    dressed = (
        "from m import f  # where it comes from\n\n"
        'def transform(x: list[int]) -> int:\n    """Say what it does."""\n    return f(x)\n'
    )
    assert bits(dressed) <= bits(plain)


def test_a_table_of_many_entries_costs_more_than_one_of_few():
    few = "TABLE = {1: 2}\ndef transform(x):\n    return TABLE[x]\n"
    many = "TABLE = {1: 2, 3: 4, 5: 6}\ndef transform(x):\n    return TABLE[x]\n"
    assert bits(few) + 10 < bits(many)


def test_a_word_that_is_known_costs_less_than_one_that_is_spelt():
    program = Program(source='MEANS = {"schruieff": "GREEN", "x schruieff": "odd"}\n')
    plain, told, more = (
        description_length(program, frozenset(words.split()))
        for words in ("", "schruieff GREEN", "schruieff GREEN odd")
    )
    assert more < told < plain - 40
    assert description_length(Program(source="x = 1"), frozenset({"x"})) == bits("x = 1")


def test_how_prolog_is_run_is_free():
    rule = "t(A, B) :- p(A, C), t(C, B).\n"
    plain, tabled = (
        description_length(Program(source=source, language=Language.PROLOG))
        for source in (rule, ":- table t/2.\n" + rule)
    )
    assert plain == tabled


def prolog(source: str) -> float:
    return description_length(Program(source=source, language=Language.PROLOG, entry="t"))


def test_a_literal_of_prolog_costs_the_choice_of_a_relation_and_of_its_variables():
    rule = "t(A) :- p(A, B), q(B).\n"
    assert 6 < prolog("t(A) :- p(A, B), q(B), r(B).\n") - prolog(rule) < 10
    assert prolog(rule + rule) == 2 * prolog(rule)
    assert prolog("t(A) :- p(A, 1000).\n") > prolog("t(A) :- p(A, 1).\n")
    assert prolog("t(A) :- p(A, 'some text').\n") > prolog("t(A) :- p(A, some).\n")


def test_prolog_that_cannot_be_read_costs_about_what_it_would_if_it_could():
    broken, mended = prolog("t(A) :- p(A, B, q(B).\n"), prolog("t(A) :- p(A, B), q(B).\n")
    assert 0.5 * mended < broken < 2.0 * mended


@given(st.text(max_size=200))
def test_any_text_has_a_positive_length(source: str):
    assert bits(source) >= 0
    assert description_length(Program(source=source, language=Language.PROLOG)) > 0


@given(st.integers(-(10**6), 10**6), st.integers(0, 1000))
def test_larger_numbers_never_cost_less(number: int, more: int):
    assert number_bits(abs(number)) <= number_bits(abs(number) + more)


def test_a_text_that_picks_an_option_of_a_grid_word_costs_what_a_name_costs():
    def bits(text: str, call: str) -> float:
        source = f"from peirce.prototypes import grids\n\ndef transform(x):\n    return {call}"
        return description_length(Program(source=source.format(text)))

    shoot = "grids.shoot(x, grids.Ray(1, ('{}',)))"
    assert bits("up", shoot) == bits("down_right", shoot)
    assert bits("up", "x + '{}'") < bits("down_right", "x + '{}'")
