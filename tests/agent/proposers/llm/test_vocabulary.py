"""What a model is told of the functions it may use."""

import pytest

from peirce.agent.proposers.llm.vocabulary import LONGEST, vocabulary
from peirce.prototypes import grids, lists, strings


@pytest.mark.parametrize(
    ("domain", "names"),
    [("grids", grids.__all__), ("lists", lists.__all__), ("strings", strings.__all__)],
)
def test_every_function_of_a_domain_is_offered_by_name(domain: str, names: list[str]):
    offered = {line.split("(")[0].removeprefix("- ") for line in vocabulary(domain).splitlines()}
    functions = {name for name in names if name[0].islower()}
    assert offered >= functions


def test_functions_are_offered_with_their_meaning_as_long_as_there_is_room():
    text = vocabulary("lists")
    assert any(": " in line for line in text.splitlines())
    assert len(vocabulary("grids")) < 2 * LONGEST
