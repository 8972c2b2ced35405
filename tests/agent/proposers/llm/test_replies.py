"""Rules and programs taken out of what models write."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.agent.proposers.llm.answers import answer_in
from peirce.agent.proposers.llm.replies import programs_in, rule_of, rules_in
from peirce.tasks.task import Task

SOURCE = "def transform(value):\n    return value[::-1]\n"
RULES = '{"rules": [{"rule": "Reverse the list.", "level": "whole"}, {"rule": "Sort it down."}]}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RULES, ["Reverse the list.", "Sort it down."]),
        (f"Sure!\n```json\n{RULES}\n```\nHope it helps.", ["Reverse the list.", "Sort it down."]),
        (RULES[:-20], ["Reverse the list."]),
        ("Rule: The output is the third element.", ["The output is the third element."]),
        ("**Hypothesis 1:** Every cell moves down.", ["Every cell moves down."]),
        ("1. Take the largest.\n2. Take the red one.", ["Take the largest.", "Take the red one."]),
        ("The output is the input reversed.", ["The output is the input reversed."]),
        ("", []),
        ("{" * 2000, []),
    ],
)  # fmt: skip
def test_rules_are_found_however_they_are_written(text: str, expected: list[str]):
    assert [rule.words for rule in rules_in(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"rule": "reverse", "program": SOURCE}),
        json.dumps({"rule": "reverse", "program": f"```python\n{SOURCE}```"}),
        f"Here is it:\n\n```python\n{SOURCE}```\n\nThis reverses the list.",
        f"```\n{SOURCE}\n```",
        f"```python\n{SOURCE}",
        SOURCE,
        f"Of course.\n{SOURCE}\nThis function reverses its input; it's short.",
    ],
)
def test_the_program_is_found_however_it_is_wrapped(text: str):
    (program, *_) = programs_in(text)
    assert program.entry == "transform"
    assert "value[::-1]" in program.source


def test_the_entry_is_the_last_function_of_one_argument():
    text = "```python\ndef helper(a, b):\n    return a\n\ndef fn(lst):\n    return lst\n```"
    assert programs_in(text)[0].entry == "fn"


@pytest.mark.parametrize("text", ["", "no code here", "```python\ndef f(:\n```", "x = 1", "def"])
def test_what_holds_no_program_gives_none(text: str):
    assert programs_in(text) == []


def test_the_entry_is_the_function_that_no_other_calls():
    text = "```python\ndef fn(x):\n    return part(x)\n\ndef part(x):\n    return x[:1]\n```"
    (program,) = programs_in(text)
    assert program.entry == "fn"
    recursive = "```python\ndef half(x):\n    return half(x[1:]) if x else x\n```"
    assert programs_in(recursive)[0].entry == "half"


def test_modules_that_a_program_forgot_to_import_are_imported():
    text = "```python\ndef fn(x: List[int]):\n    return np.sum(x) + math.pi + len(Counter(x))\n```"
    (program,) = programs_in(text)
    assert program.source.startswith(
        "from collections import Counter\nfrom typing import List\nimport math\n"
    )
    assert "import numpy as np\n" in program.source


def test_names_that_are_bound_are_not_imported():
    text = (
        "```python\nimport re\nfrom math import pi as math\n\ndef copy(x):\n    return x\n\n"
        "def transform(string):\n    np = 1\n    return copy(string) * np + math + re.I\n```"
    )
    assert programs_in(text)[0].source.startswith("import re\nfrom math")


@given(st.text(max_size=400))
def test_whatever_is_read_out_of_a_text_is_not_blank(text: str):
    assert all(rule.words.strip() for rule in rules_in(text))
    assert all(program.source.strip() for program in programs_in(text))
    assert rule_of(text) == rule_of(text).strip()


def test_a_direct_answer_must_be_a_value_of_the_output_type():
    task = Task.from_pairs([([[1]], [[1]])], [[[2]]])
    assert answer_in('I think {"output": [[1, 2], [3, 4]]}.', task) == ((1, 2), (3, 4))
    assert answer_in('{"output": [[1, 2], [3]]}', task) is None
    assert answer_in('{"output": [[1.5]]} {"output": [[7]]}', task) == ((7,),)
    assert answer_in("{" * 500, task) is None
