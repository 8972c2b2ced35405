"""The five checks of an abstraction, each failed by something."""

import json

import pytest
from tests.verifiers.prototypes.conftest import Interpreters

from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.efa.contract import read_class
from peirce.prototypes.efa.mutations import OPERATIONS, compose, numbers, turn_round
from peirce.prototypes.prototype import Kind, Prototype
from peirce.tasks.errors import TaskError
from peirce.verifiers.prototypes.efa import Draw, Instance, draw, examine
from peirce.verifiers.prototypes.ruling import Refusal

ORIGINALS = {one.name: one for one in load_catalogue(Kind.EFA)}
GOOD = '''
from dataclasses import dataclass

@dataclass(frozen=True)
class Sum:
    """Two numbers."""
    left: int = 2
    right: int = 3
    @classmethod
    def sample(cls, rng, size):
        return cls(rng.randint(1, 9), rng.randint(1, 9))
    def render(self):
        return f"What is {self.left} and {self.right}?"
    def solve(self):
        return self.left + self.right
'''


def abstraction(source: str, answer: str = "5") -> Prototype:
    return Prototype(
        name="sum",
        kind=Kind.EFA,
        words="",
        source=source,
        goal='{"left": 2, "right": 3}',
        answer_type="int",
        known_answer=answer,
    )


@pytest.mark.parametrize("name", sorted(ORIGINALS))
def test_originals_pass_all_five_checks(name: str, interpreters: Interpreters):
    found = interpreters.run(examine(ORIGINALS[name], interpreters.sandbox, interpreters.judge))
    assert isinstance(found, tuple), found
    assert len({one.words for one in found}) > 2


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("class Sum", "def Sum", "extractable"),
        ("def solve(self)", "def answer(self)", "extractable"),
        ("def sample(cls, rng, size)", "def sample(cls)", "extractable"),
        ("self.left + self.right", "1 // 0", "executable"),
        ("self.left + self.right", "str(self.left)", "executable"),
        ("self.left + self.right", "float(self.left)", "executable"),
        ("self.left + self.right", "open('/etc/passwd').read()", "executable"),
        ("self.left + self.right", "[None for _ in iter(int, 1)]", "executable"),
        ('return f"What', 'return 3 or f"What', "executable"),
        ("rng.randint(1, 9), rng.randint(1, 9)", "2, 3", "degrees of freedom"),
        ('f"What is {self.left} and {self.right}?"', '"What?"', "degrees of freedom"),
        ("self.left + self.right", "hash(str(self.left)) % 1000", "single-valued"),
        ("self.left + self.right", "id(self) % 997 + __import__('os').getpid()", "single-valued"),
        ("self.left + self.right", "self.left * self.right", "matches"),
    ],
)
def test_each_check_refuses_what_it_is_for(
    old: str, new: str, check: str, interpreters: Interpreters
):
    assert old in GOOD
    broken = abstraction(GOOD.replace(old, new))
    found = interpreters.run(examine(broken, interpreters.sandbox, interpreters.judge))
    assert isinstance(found, Refusal)
    assert found.check == check, found


def test_a_class_without_defaults_has_no_original():
    with pytest.raises(TaskError, match="left of Sum has no literal"):
        read_class(GOOD.replace("left: int = 2", "left: int"))


def test_given_parameters_are_drawn_as_given(interpreters: Interpreters):
    wanted = Draw(parameters='{"left": 40, "right": 2}')
    found = interpreters.run(draw(abstraction(GOOD), [wanted], interpreters.sandbox))
    assert found == (
        Instance(parameters='{"left": 40, "right": 2}', words="What is 40 and 2?", answer=42),
    )


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.words)
def test_composed_abstractions_pass_the_checks_and_know_their_answer(
    operation: object, interpreters: Interpreters
):
    (chosen,) = [one for one in OPERATIONS if one is operation]
    both = compose(ORIGINALS["ladder"], ORIGINALS["divisors"], chosen)
    assert both is not None
    assert json.loads(both.known_answer) == chosen.of(12, 42)
    found = interpreters.run(examine(both, interpreters.sandbox, interpreters.judge))
    assert isinstance(found, tuple), found


def test_abstractions_without_whole_numbers_as_answers_are_not_composed():
    assert compose(ORIGINALS["clock"], ORIGINALS["ladder"], OPERATIONS[0]) is None
    assert compose(ORIGINALS["ladder"], ORIGINALS["ladder"], OPERATIONS[0]) is None


def test_a_number_is_asked_for_only_where_the_answer_settles_it(interpreters: Interpreters):
    turned = turn_round(ORIGINALS["handshakes"], "guests")
    found = interpreters.run(examine(turned, interpreters.sandbox, interpreters.judge))
    assert isinstance(found, tuple), found
    assert found[0].answer == 12
    assert "N people meet" in found[0].words and "The answer is 62." in found[0].words
    vague = turn_round(ORIGINALS["sharing"], "children")
    refusal = interpreters.run(examine(vague, interpreters.sandbox, interpreters.judge))
    assert isinstance(refusal, Refusal)
    assert "children" in numbers(ORIGINALS["sharing"])


def test_no_other_number_is_hidden_that_happens_to_be_equal(interpreters: Interpreters):
    turned = turn_round(ORIGINALS["clock"], "hour")
    seeds = [Draw(seed=seed) for seed in range(4)]
    found = interpreters.run(draw(turned, seeds, interpreters.sandbox))
    words = [one.words for one in found] if isinstance(found, tuple) else []
    assert not any("gains N" in text for text in words)
    alike = Draw(parameters='{"hour": 3, "minute": 46, "later": 67, "gain": 3}')
    drawn = interpreters.run(draw(turned, [alike], interpreters.sandbox))
    assert isinstance(drawn, tuple), drawn
    assert "N min" not in drawn[0].words
