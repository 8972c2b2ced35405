from peirce.agent.proposers.symbolic.relations.database import Database, saturate, strata
from peirce.agent.proposers.symbolic.relations.reading import read
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Clause, Literal


def test_facts_are_read_with_comments_quotes_numbers_and_lists() -> None:
    text = "% a family\np(a, 'B c'). /* two */ q(-3). r([1, [2]]). s. p(a, \"t.u\")."
    facts = read(text).facts
    assert facts == (
        ("p", ("a", "'B c'")),
        ("q", ("-3",)),
        ("r", ("[1,[2]]",)),
        ("s", ()),
        ("p", ("a", '"t.u"')),
    )


def test_rules_are_read_with_denials_last() -> None:
    (rule,) = read("t(Y, X) :- X \\= Y, \\+ p(X, Z), q(X, Y, _), p(Y, Z).").rules
    assert rule == Clause(
        "t",
        2,
        (
            Literal("q", (1, 0, None)),
            Literal("p", (0, 2)),
            Literal(UNEQUAL, (1, 0)),
            Literal("p", (1, 2), negated=True),
        ),
    )


def test_what_is_not_plain_is_left_out_and_counted() -> None:
    background = read(":- dynamic p/1.\np([H|T]) :- q(H).\np(X) :- X is 1 + 2.\nq(f(a)).\np(a).")
    assert background.facts == (("q", ("f(a)",)), ("p", ("a",)))
    assert background.rules == ()
    assert background.left_out == 2


def test_rules_are_worked_out_to_the_fixed_point() -> None:
    background = read(
        "e(a, b). e(b, c). e(c, a). e(d, d). n(a). n(d).\n"
        "r(X, Y) :- e(X, Y). r(X, Y) :- e(X, Z), r(Z, Y). apart(X, Y) :- n(X), n(Y), \\+ r(X, Y)."
    )
    database = Database.of(background.facts)
    layers = strata(background.rules)
    assert layers is not None
    assert all(saturate(database, layer) for layer in layers)
    assert len(database.relations["r", 2].rows) == 10
    assert database.relations["apart", 2].rows == {("a", "d"), ("d", "a")}


def test_rules_that_deny_themselves_have_no_strata() -> None:
    assert strata(read("p(X) :- q(X), \\+ p(X).").rules) is None


def test_clauses_equal_up_to_names_and_order_have_one_key() -> None:
    left = Clause("t", 1, (Literal("p", (0, 1)), Literal("q", (1, 2))))
    right = Clause("t", 1, (Literal("q", (2, 1)), Literal("p", (0, 2))))
    other = Clause("t", 1, (Literal("p", (0, 1)), Literal("q", (2, 1))))
    assert left.key() == right.key() != other.key()
