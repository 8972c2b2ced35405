"""Terms over lists, and the bank that keeps one for each tuple of values."""

import ast
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.agent.proposers.symbolic.lists.bank import Bank
from peirce.agent.proposers.symbolic.lists.compiled import op
from peirce.agent.proposers.symbolic.lists.terms import PLUS, TIMES, Kind, Op, Term, apply
from peirce.agent.proposers.symbolic.lists.vocabulary import OPERATORS, leaves
from peirce.prototypes import lists
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

INPUTS = ((3, 1, 2), (5,), (4, 4, 0, 9))


def variable(name: str, values: tuple[int, ...]) -> Term:
    return Term(Op((), Kind.INT, 1, lambda: None, name, name), (), 1, values)


PLUS_OP = op("I I -> I", 1, "{0:10} + {1:11}", "{0} plus {1}", PLUS)
MINUS_OP = op("I I -> I", 1, "{0:10} - {1:11}", "{0} minus {1}", PLUS)
TIMES_OP = op("I I -> I", 1, "{0:11} * {1:12}", "{0} times {1}", TIMES)


def terms() -> st.SearchStrategy[Term]:
    names = st.sampled_from([variable("a", (2, 3)), variable("b", (5, 7)), variable("c", (11, 13))])

    def grow(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        ops = st.sampled_from([PLUS_OP, MINUS_OP, TIMES_OP])
        return st.tuples(ops, inner, inner).map(lambda part: applied(*part))

    return st.recursive(names, grow, max_leaves=8)


def applied(operator: Op, *args: Term) -> Term:
    out = apply(operator, *args)
    assert out is not None
    return out


def without_a_pair(code: str) -> Iterator[str]:
    """The code without one of its pairs of parentheses, for each pair."""
    opened: list[int] = []
    for place, character in enumerate(code):
        if character == "(":
            opened.append(place)
        elif character == ")":
            start = opened.pop()
            yield code[:start] + code[start + 1 : place] + code[place + 1 :]


@given(terms())
def test_code_means_what_the_term_means_with_as_few_parentheses_as_python_needs(term: Term):
    for index, (a, b, c) in enumerate(((2, 5, 11), (3, 7, 13))):
        assert eval(term.code, {"a": a, "b": b, "c": c}) == term.values[index]
    meant = ast.dump(ast.parse(term.code))
    assert all(ast.dump(ast.parse(code)) != meant for code in without_a_pair(term.code))


def test_sums_of_sums_need_no_parentheses_but_products_of_sums_do():
    a, b = variable("a", (1,)), variable("b", (2,))
    both = applied(PLUS_OP, a, b)
    assert applied(PLUS_OP, both, a).code == "a + b + a"
    assert applied(MINUS_OP, a, both).code == "a - (a + b)"
    assert applied(TIMES_OP, both, a).code == "(a + b) * a"


def test_operators_refuse_what_they_cannot_do():
    items = Term(Op((), Kind.LIST, 1, lambda: None, "items", "the list"), (), 1, ((1, 2),))
    number = variable("n", (-1,))
    take = next(found for found in OPERATORS if found.code == "{0:20}[:{1}]")
    assert apply(take, items, number) is None


def empty() -> Bank:
    task = Task.from_pairs(
        [(list(items), list(items)) for items in INPUTS],
        [],
        input_type=ValueType.LIST,
        output_type=ValueType.LIST,
    )
    return Bank(leaves(task), OPERATORS)


def grown(price: int) -> Bank:
    bank = empty()
    while bank.price < price:
        for _ in bank.grow():
            pass
    return bank


def test_a_bank_keeps_one_term_for_each_tuple_of_values():
    bank = grown(5)
    for kind in (Kind.LIST, Kind.LISTS, Kind.INT, Kind.BOOL):
        values = [term.values for term in bank.terms(kind)]
        assert len(values) == len(set(values))
        assert all(bank.find(kind, term.values) is term for term in bank.terms(kind))


def test_the_code_of_every_term_in_a_bank_gives_the_values_it_was_kept_for():
    bank = grown(6)
    names = {name: getattr(lists, name) for name in lists.__all__}
    exec("from itertools import dropwhile, takewhile", names)
    for kind in (Kind.LIST, Kind.LISTS, Kind.INT, Kind.BOOL):
        for term in bank.terms(kind):
            code = compile(term.code, "<term>", "eval")
            for items, value in zip(INPUTS, term.values, strict=True):
                assert frozen(eval(code, {**names, "items": list(items)})) == value, term.code


def test_a_bank_pauses_the_more_often_the_longer_the_lists_are(monkeypatch: pytest.MonkeyPatch):
    items, looks = sum(len(example) + 1 for example in INPUTS), [0]
    monkeypatch.setattr("peirce.agent.proposers.symbolic.lists.bank.BATCH", 10 * items)
    bank = empty()
    while bank.price < 5:
        looks += [bank.steps for term in bank.grow() if term is None]
    assert {later - before for before, later in pairwise(looks)} == {10}


def frozen(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(frozen(item) for item in value)  # pyright: ignore[reportUnknownVariableType]
    return value


def test_dearer_terms_are_longer():
    bank = grown(5)
    for term in bank.terms(Kind.LIST):
        assert term.cost >= term.op.cost + sum(arg.cost for arg in term.args) or not term.args
