"""Joins of numbered tables say what the slow database says."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from peirce.agent.proposers.symbolic.relations.database import Database, Row
from peirce.agent.proposers.symbolic.relations.tables import Tables
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Argument, Clause, Literal

KNOWN = ("a", "b", "c", "d")
ARITIES = {"p": 1, "q": 2, "r": 3}
UNKNOWN = "stranger"
"""A constant of which no fact speaks."""
ROWS = tuple((left, right) for left in KNOWN for right in KNOWN)
constants = st.sampled_from(KNOWN)
facts = st.dictionaries(
    st.sampled_from(sorted(ARITIES)), st.sets(st.tuples(constants, constants, constants))
).map(lambda found: [(name, row[: ARITIES[name]]) for name, rows in found.items() for row in rows])


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Literal, ...]:
    """Up to four literals over two variables of a head and those that earlier ones bind."""
    bound = 2
    body: list[Literal] = []
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from([*ARITIES, UNEQUAL]))
        said: list[Argument] = [*range(bound), *KNOWN, UNKNOWN]
        if name == UNEQUAL:
            arguments: list[Argument] = [draw(st.sampled_from(range(bound))), draw_one(draw, said)]
            body.append(Literal(name, tuple(arguments), draw(st.booleans())))
            continue
        negated = draw(st.booleans())
        arguments = []
        for _ in range(ARITIES[name]):
            item = draw_one(draw, [*said, None] if negated else [*said, None, -1, -1])
            bound += item == -1
            arguments.append(bound - 1 if item == -1 else item)
        body.append(Literal(name, tuple(arguments), negated))
    return tuple(body)


def draw_one(draw: st.DrawFn, items: list[Argument]) -> Argument:
    return draw(st.sampled_from(items))


@settings(max_examples=100, deadline=None)
@given(facts, bodies())
@example([("q", ("a", "d"))], (Literal("q", (0, UNKNOWN)),))
def test_a_body_is_proved_for_the_rows_for_which_it_holds(
    known: list[tuple[str, Row]], body: tuple[Literal, ...]
) -> None:
    database = Database.of(known)
    proved = Tables(database, ROWS).proved(body, ROWS)
    assert proved is not None
    clause = Clause("t", 2, body)
    assert proved.tolist() == [database.holds(clause, row) for row in ROWS]


def test_a_join_that_branches_too_much_is_given_up() -> None:
    database = Database.of([("q", row) for row in ROWS])
    tables = Tables(database, ROWS)
    rows, literal = tables.numbered(ROWS), Literal("q", (0, 2))
    joined = tables.joined(literal, rows, 2, most=64)
    assert joined is not None
    assert np.array_equal(np.unique(joined[:, 3]), np.arange(len(KNOWN)))
    assert len(joined) == 64
    assert tables.joined(literal, rows, 2, most=63) is None
