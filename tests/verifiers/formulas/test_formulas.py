"""Formulas are read, not executed, and compared in a process that can be killed."""

import importlib.util
import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Symbol

from peirce.verifiers.formulas.equality import same_formula
from peirce.verifiers.formulas.judge import FormulaJudge
from peirce.verifiers.formulas.reading import FormulaRefused, read_formula
from peirce.verifiers.formulas.worker import serve

with_math_verify = pytest.mark.skipif(
    importlib.util.find_spec("math_verify") is None, reason="needs the extra `math`"
)
POLYNOMIALS = st.recursive(
    st.integers(-9, 9).map(str) | st.just("x") | st.just("y"),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*"]), inner),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def judge() -> Iterator[FormulaJudge]:
    with FormulaJudge(seconds=1) as opened:
        yield opened


@pytest.mark.parametrize(
    "text",
    [
        *("__import__('os').system('true')", "x.y", "x[0]", "lambda: 1", "[1, 2]", "1 if x else 2"),
        *(
            "9**9**9",
            "2**65",
            "((10**9)**50)**2",
            "factorial(501)",
            "factorial(x)",
            "1 << 9",
            "x = 1",
        ),
        *("eval('1')", "sin(x, y)", "f(x)", "'a'", "True", "x" * 3000, "1" * 61),
        *(
            "+".join(["x"] * 500),
            "binomial(10**9, 10**8)",
            "((10**9/7)**50)**2",
            "",
            "x;y",
            "sqrt(x, evaluate=False)",
        ),
    ],
)
def test_anything_but_a_small_formula_is_refused(text: str):
    with pytest.raises(FormulaRefused):
        read_formula(text)


@given(POLYNOMIALS, st.integers(-9, 9), st.integers(-9, 9))
@settings(max_examples=40, deadline=None)
def test_a_formula_has_the_value_that_arithmetic_gives_it(text: str, x: int, y: int):
    found = read_formula(text).subs([(Symbol("x"), x), (Symbol("y"), y)])
    assert int(found) == eval(text, {"x": x, "y": y})


@pytest.mark.parametrize(
    ("expected", "answer", "same"),
    [
        ("2*x + 1", "1 + x + x", True),
        ("(x + 1)^2", "x**2 + 2*x + 1", True),
        ("sin(x)**2 + cos(x)**2", "1", True),
        ("sqrt(8)", "2*sqrt(2)", True),
        ("1/3", "0.333", False),
        ("1/2", "0.5", True),
        ("x", "x + 1/10**9", False),
        ("x", "y", False),
        ("log(x**2)", "2*log(x)", False),
        ("pi", "22/7", False),
        ("1/0", "1", False),
    ],
)
def test_formulas_are_the_same_where_mathematics_says_so(expected: str, answer: str, same: bool):
    assert same_formula(expected, answer) is same
    assert same_formula(answer, expected) is same


@with_math_verify
def test_latex_is_left_to_math_verify():
    assert same_formula(r"\frac{1}{2}", "1/2")
    assert not same_formula(r"\frac{1}{2}", "1/3")


def test_answers_that_are_no_formulas_must_be_equal_as_json(judge: FormulaJudge):
    assert judge.same([1, 2], [1, 2], "list[int]")
    assert not judge.same(1, True, "int")
    assert not judge.same("x + x", "2*x", "str")


def test_a_comparison_that_takes_too_long_is_killed_and_the_next_one_is_right(judge: FormulaJudge):
    assert judge.same("2*x", "x + x", "formula")
    # The sine of a number of a hundred million bits.
    assert not judge.same("sin(exp(exp(18)))", "1/2", "formula")
    assert "took more than 1 s" in judge.why
    assert judge.same("2*x", "x + x", "formula")
    assert judge.why == ""


def test_why_answers_could_not_be_compared_is_said(judge: FormulaJudge):
    assert not judge.same("x", "", "formula")
    assert "math" in judge.why


def test_the_process_answers_every_line_whatever_it_holds():
    questions = [["x", "x"], ["1", "2"], ["x", "f(("], ["1/0", "0"]]
    lines = io.StringIO("".join(f"{json.dumps(one)}\n" for one in questions))
    replies = io.StringIO()
    allowed: list[bool] = []
    serve(lines, replies, lambda: allowed.append(True))
    found = [json.loads(line) for line in replies.getvalue().splitlines()]
    assert found[:2] == [True, False]
    assert len(found) == 4 == len(allowed)
