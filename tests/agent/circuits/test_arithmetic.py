"""Problems, answers and prompts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.agent.circuits.arithmetic import ILLEGAL, Arithmetic, Operator

SMALL = Arithmetic(operands=12, largest=22, modulus=10)


@given(st.integers(0, 11), st.sampled_from(list(Operator)), st.integers(0, 11))
def test_grid_and_single_answers_agree(left: int, operator: Operator, right: int):
    answer = SMALL.answer(left, operator, right)
    assert SMALL.answers(operator)[left, right] == (ILLEGAL if answer is None else answer)


def test_negative_undefined_and_large_results_are_illegal():
    plain = Arithmetic(operands=30, largest=99)
    assert plain.answer(3, Operator.SUBTRACT, 5) is None
    assert plain.answer(3, Operator.DIVIDE, 0) is None
    assert plain.answer(20, Operator.MULTIPLY, 20) is None
    assert plain.answer(20, Operator.DIVIDE, 6) == 3
    assert plain.answer(30, Operator.ADD, 1) is None


def test_products_are_taken_modulo():
    assert SMALL.answer(11, Operator.MULTIPLY, 11) == 1


def test_problems_are_the_legal_ones():
    problems = list(SMALL.problems(Operator.SUBTRACT))
    assert len(problems) == 12 * 13 // 2
    assert all(problem.left - problem.right == problem.answer for problem in problems)


def test_prompt_ends_where_the_answer_belongs():
    assert SMALL.prompt(3, Operator.ADD, 4) == "3+4="


def test_senseless_arithmetic_is_refused():
    with pytest.raises(ValueError, match="operands"):
        Arithmetic(operands=1, largest=3)
    with pytest.raises(ValueError, match="modulus"):
        Arithmetic(operands=5, largest=3, modulus=1)
