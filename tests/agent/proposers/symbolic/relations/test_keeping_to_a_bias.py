"""Rules are sought in the language the bias names, and in no other."""

import pytest

from peirce.agent.proposers.symbolic.relations.programs import keeps_to
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Clause, Literal
from peirce.tasks.bias import Bias, parse_bias

CHAIN = Clause("t", 2, (Literal("p", (0, 2)), Literal("p", (2, 1))))
AGAIN = Clause("t", 2, (Literal("p", (0, 2)), Literal("t", (2, 1))))
INVENTED = Clause("p_or_q", 2, (Literal("p", (0, 1)),))
APART = Clause("t", 2, (Literal("p", (0, 1)), Literal(UNEQUAL, (0, 1))))
SAME = Clause("t", 2, (Literal(UNEQUAL, (0, 1), negated=True),))
COUNTED = Clause("t", 1, (Literal("#0p", (0, "2")),))
DECLARED = "head_pred(t,2). body_pred(p,2). "


@pytest.mark.parametrize(
    ("declared", "program", "allowed"),
    [
        ("max_clauses(1).", (CHAIN, SAME), False),
        ("max_clauses(2).", (CHAIN, SAME), True),
        ("max_body(1).", (CHAIN,), False),
        ("max_vars(2).", (CHAIN,), False),
        ("max_vars(3).", (CHAIN,), True),
        ("", (CHAIN, AGAIN), False),
        ("enable_recursion.", (CHAIN, AGAIN), True),
        ("", (CHAIN, INVENTED), False),
        ("enable_pi.", (CHAIN, INVENTED), True),
        ("", (APART,), False),
        ("enable_negation.", (APART,), True),
        ("", (SAME,), True),
        ("", (COUNTED,), False),
        ("enable_counting.", (COUNTED,), True),
    ],
)
def test_a_program_keeps_to_its_bias(
    declared: str, program: tuple[Clause, ...], allowed: bool
) -> None:
    assert keeps_to(parse_bias(DECLARED + declared, where="here"), "t", program) is allowed


def test_without_a_bias_everything_is_allowed() -> None:
    assert keeps_to(Bias(), "t", (CHAIN, AGAIN, INVENTED, APART, COUNTED))
