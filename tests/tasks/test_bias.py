"""Declarations mean what their authors meant by them."""

import pytest

from peirce.tasks.bias import Bias, parse_bias, split_background
from peirce.tasks.clauses import Variable, written
from peirce.tasks.errors import TaskError


def test_popper_declarations_are_read() -> None:
    bias = parse_bias(
        "max_vars(5). max_body(4). max_clauses(2). enable_recursion.\n"
        "head_pred(f,2). body_pred(tail,2). body_pred(empty,1).\n"
        "type(f,(list,list)). type(empty,(list,)). direction(f,(in,out)). direction(empty,(in,)).\n"
        ":- clause(C), #count{V : var_type(C,V,list)} != 1.\n",
        where="here",
    )
    assert bias == Bias(
        head=("f", 2),
        body=(("tail", 2), ("empty", 1)),
        types={("f", 2): ("list", "list"), ("empty", 1): ("list",)},
        directions={("f", 2): ("in", "out"), ("empty", 1): ("in",)},
        max_vars=5,
        max_body=4,
        max_clauses=2,
        recursion=True,
        invention=False,
        negation=False,
        counting=False,
        single=frozenset({"list"}),
    )


def test_no_declarations_forbid_nothing() -> None:
    assert parse_bias("% nothing\n", where="here") == Bias()


def test_metagol_allows_recursion_and_invention() -> None:
    text = (
        "metagol:functional. metagol:max_clauses(6). body_pred(p/2). metarule([P,Q],[P,A],[[Q,A]])."
    )
    bias = parse_bias(text, where="here")
    assert bias.body == (("p", 2),)
    assert (bias.functional, bias.max_clauses) == (True, 6)
    assert (bias.recursion, bias.invention, bias.negation) == (True, True, False)


def test_metarules_are_forms_of_clauses() -> None:
    text = "metarule([P,Q,R],[P,A,B],[[Q,A,C],[R,C,B]]). metarule(base,[P,N],[P,N],[]). "
    bias = parse_bias(text, where="here")
    chain, base = bias.metarules
    assert (chain.chosen, len(chain.body)) == ({"P", "Q", "R"}, 2)
    assert (base.chosen, base.head, base.body) == ({"P", "N"}, (Variable("P"), Variable("N")), ())
    assert bias.left_out == 0


@pytest.mark.parametrize(
    "unknown",
    ["metarule([P,Q],[P,A,B],[[Q,A,B],@above(A,B)]).", "metarule(P,[P,A],[])."],
)
def test_forms_that_are_not_all_understood_bind_nobody(unknown: str) -> None:
    bias = parse_bias("metarule([P,Q],[P,A],[[Q,A]]). " + unknown, where="here")
    assert (bias.metarules, bias.left_out) == ((), 1)


def test_constraints_that_are_not_understood_are_counted() -> None:
    assert parse_bias(":- body_literal(0,_,2,_). head_pred(f,1).", where="here").left_out == 1


def test_a_constant_is_a_body_predicate_of_its_type() -> None:
    bias = parse_bias("constant(c5,int). body_pred(P,1):- constant(P,_).", where="here")
    assert bias.body == (("c5", 1),)
    assert bias.types == {("c5", 1): ("int",)}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "head_pred(f,2).\ntype(f,(a,)).",
            "the type of f has 1 arguments, but it is declared with 2",
        ),
        ("head_pred(f,x).", "line 1: .* is no predicate; give a name and an arity"),
        (
            "head_pred(f,1). direction(f,(up,)).",
            "line 1: direction of f: 'up' is none; an",
        ),
        ("\ndirection(g,(in,up)).", "line 2: direction of g: 'up' is none"),
        ("max_vars(0).", r"max_vars\(0\): the limit is 1 to 1000"),
        ("max_vars(many).", r"max_vars\(many\) takes one integer"),
        ("\nhead_pred(f,2", "line 2: the clause has no full stop"),
        ("body_pred(f,999).", "an arity up to 20"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(TaskError, match=complaint):
        parse_bias(text, where="here")


def test_metagol_declarations_are_taken_out_of_a_background() -> None:
    text = (
        ":- ['../metagol'].\nbody_pred(edge/2).\nedge(a, 'b.').\nmetarule([P],[P,A],[]).\nred(a)."
    )
    background, declared = split_background(text, where="here")
    assert background == "edge(a, 'b.').\nred(a)."
    assert declared == "body_pred(edge/2).\nmetarule([P],[P,A],[])."
    assert split_background(background, where="here") == (background, "")


def test_interpreted_definitions_are_clauses_that_call_an_argument() -> None:
    bias = parse_bias(
        "body_pred(double/2). ibk([map,[],[],_],[]). "
        "ibk([map,[A|As],[B|Bs],F],[[F,A,B],[map,As,Bs,F]]). ibk(map,[]).",
        where="here",
    )
    first, second = bias.interpreted
    assert written(first.arguments[1]) == "true"
    head, body = map(written, second.arguments)
    assert head == "map([A|As],[B|Bs],F)"
    assert body == "(call(F,A,B) , map(As,Bs,F))"
    assert bias.left_out == 1
