from collections.abc import Sequence

import pytest

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.agent.proposers.symbolic.strings import (
    METHODS,
    chains,
    conditional,
    grammars,
    loops,
    substrings,
)
from peirce.tasks.task import Task
from peirce.tasks.values import Json, ValueType

Pairs = Sequence[tuple[Json, Json]]


@pytest.fixture(autouse=True)
def short_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough for the rules below, and soon at an end where there is no rule."""
    monkeypatch.setattr(chains, "MAX_TEXTS", 800)


def make_task(pairs: Pairs, tests: Sequence[Json]) -> Task:
    several = isinstance(pairs[0][0], list)
    kind = ValueType.STRINGS if several else ValueType.STRING
    return Task.from_pairs(list(pairs), list(tests), input_type=kind, output_type=ValueType.STRING)


def proposals(method: Method, task: Task) -> list[Proposal]:
    return [found for found in method.propose(task, Clock()) if found is not None]


def run(proposal: Proposal, value: Json) -> object:
    scope: dict[str, object] = {}
    exec(proposal.program.source, scope)
    transform = scope["transform"]
    assert callable(transform)
    return transform(value)


def answers(method: Method, pairs: Pairs, tests: Sequence[Json]) -> list[object]:
    """What the first proposal says about the tests, all proposals being right on the pairs."""
    found = proposals(method, make_task(pairs, tests))
    assert found
    for proposal in found:
        assert [run(proposal, value) for value, _ in pairs] == [output for _, output in pairs]
    return [run(found[0], value) for value in tests]


SUBSTRINGS: dict[str, tuple[Pairs, Sequence[Json], list[object]]] = {
    "the domain of an address": (
        [("ann@mail.org", "mail"), ("bob.lee@acme.com", "acme"), ("c@x.net", "x")],
        ["dora.may@uni.edu"],
        ["uni"],
    ),
    "pieces, constants and letter case together": (
        [("ada lovelace", "Lovelace, A."), ("grace hopper", "Hopper, G.")],
        ["alan turing"],
        ["Turing, A."],
    ),
    "several arguments": (
        [(["Ann", "Lee"], "a.lee@x.org"), (["Bob", "Roe"], "b.roe@x.org")],
        [["Cid", "Poe"]],
        ["c.poe@x.org"],
    ),
    "text between marks": (
        [("see (page 3) there", "page 3"), ("a (b) c", "b"), ("(note)", "note")],
        ["one (two three)"],
        ["two three"],
    ),
    "punctuation removed": (
        [("555-12 34", "5551234"), ("(12) 99", "1299"), ("7.8.9", "789")],
        ["+1-2/3"],
        ["123"],
    ),
    "numbers counted up": (
        [("page 3", "page 4"), ("page 10", "page 11")],
        ["page 99"],
        ["page 100"],
    ),
    "amounts in a format": (
        [("1234.5", "$1,234.50"), ("7", "$7.00"), ("1000000", "$1,000,000.00")],
        ["98765.432"],
        ["$98,765.43"],
    ),
    "dates written out": (
        [("2019-03-05", "March 5, 2019"), ("2020-12-24", "December 24, 2020")],
        ["2021-01-01"],
        ["January 1, 2021"],
    ),
    "hours and minutes": ([("2:05", "125"), ("1:30", "90"), ("0:45", "45")], ["10:10"], ["610"]),
    "characters exchanged": ([("1,5;2", "1;5,2"), ("a,b", "a;b")], ["x;y,z"], ["x,y;z"]),
    "letters moved along": ([("abc", "def"), ("xyz", "abc")], ["hello"], ["khoor"]),
    "one argument fills a gap in another": (
        [(["Dear <NAME>!", "Ann"], "Dear Ann!"), (["Hi, <NAME>.", "Bob"], "Hi, Bob.")],
        [["<NAME> is here", "Cid"]],
        ["Cid is here"],
    ),
    "width from another argument": (
        [(["7", "3"], "007"), (["42", "4"], "0042")],
        [["5", "2"]],
        ["05"],
    ),
}


@pytest.mark.parametrize("name", sorted(SUBSTRINGS))
def test_substrings_generalise_from_few_examples(name: str):
    pairs, tests, expected = SUBSTRINGS[name]
    assert answers(substrings.METHOD, pairs, tests) == expected


def test_a_rule_reads_like_a_sentence_and_its_program_like_a_persons():
    task = make_task([("ada lovelace", "Lovelace, A."), ("grace hopper", "Hopper, G.")], [])
    first = proposals(substrings.METHOD, task)[0]
    assert first.hypothesis.words == (
        "The last word in title case, then a comma and a space, then the first character in "
        "upper case, then a full stop."
    )
    assert first.origin == "symbolic.strings.substrings"
    assert len(first.program.source.splitlines()) <= 12


def test_predictions_of_an_unheard_of_kind_count_against_a_rule():
    pairs = [("box(1)", "1"), ("box(2)", "2"), ("box(3)", "3")]
    assert answers(substrings.METHOD, pairs, ["box(10)", "box(25)"]) == ["10", "25"]


def test_cases_are_told_apart_by_a_condition():
    pairs = [("12", "+12"), ("-34", "-34"), ("567", "+567"), ("-8", "-8")]
    assert answers(conditional.METHOD, pairs, ["-1", "99"]) == ["-1", "+99"]


def test_cases_may_compare_arguments():
    pairs: Pairs = [
        (["text", "text"], "yes"),
        (["StRiNg", "sTrInG"], "yes"),
        (["match this", "match that"], "no"),
        (["sub", "sub."], "no"),
        (["Same", "same"], "yes"),
    ]
    assert answers(conditional.METHOD, pairs, [["AB", "ab"], ["AB", "ac"]]) == ["yes", "no"]


def test_cases_are_not_used_to_learn_outputs_by_heart():
    task = make_task([("q7", "xylophone"), ("zz", "marmalade")], [])
    assert proposals(conditional.METHOD, task) == []


LOOPS: dict[str, tuple[Pairs, Sequence[Json], list[object]]] = {
    "initials with full stops": (
        [("John Fitzgerald Kennedy", "J.F.K."), ("Ada Lovelace", "A.L.")],
        ["Grace Brewster Murray Hopper"],
        ["G.B.M.H."],
    ),
    "every part changed in a way of its own": (
        [("ann lee;bob roe", "Lee A.;Roe B."), ("cid poe;dan fox;eva may", "Poe C.;Fox D.;May E.")],
        ["flo kay"],
        ["Kay F."],
    ),
    "parts that a condition picks": (
        [("a1 bb c2", "a1 c2"), ("x y7 z", "y7"), ("p q9 r8", "q9 r8")],
        ["k k0 k k1"],
        ["k0 k1"],
    ),
    "stretches of equal length": (
        [("abcdefg", "AbcDefG"), ("uvwxyz", "UvwXyz")],
        ["mnopqrstu"],
        ["MnoPqrStu"],
    ),
}


@pytest.mark.parametrize("name", sorted(LOOPS))
def test_loops_do_the_same_to_every_part(name: str):
    pairs, tests, expected = LOOPS[name]
    assert answers(loops.METHOD, pairs, tests) == expected


def test_chains_combine_changes_that_no_piece_shows():
    pairs = [("Hello Big World!", "hello-big-world"), ("A New, Small Day", "a-new-small-day")]
    assert answers(chains.METHOD, pairs, ["The Red, Red Fox!"]) == ["the-red-red-fox"]


LESSONS: Pairs = [
    ("dax", "RED"),
    ("lug", "BLUE"),
    ("wif", "GREEN"),
    ("zup", "YELLOW"),
    ("lug fep", "BLUE BLUE BLUE"),
    ("dax fep", "RED RED RED"),
    ("lug blicket wif", "BLUE GREEN BLUE"),
    ("wif blicket dax", "GREEN RED GREEN"),
    ("lug kiki wif", "GREEN BLUE"),
    ("lug fep kiki wif", "GREEN BLUE BLUE BLUE"),
    ("wif kiki dax blicket lug", "RED BLUE RED GREEN"),
    ("wif blicket dax kiki lug", "BLUE GREEN RED GREEN"),
]


def test_grammars_find_the_rules_and_the_order_in_which_they_bind():
    tests: list[Json] = ["zup blicket lug kiki dax fep", "zup fep kiki lug"]
    assert answers(grammars.METHOD, LESSONS, tests) == [
        "RED RED RED YELLOW BLUE YELLOW",
        "BLUE YELLOW YELLOW YELLOW",
    ]


def test_grammars_keep_away_from_ordinary_texts():
    task = make_task([("ada lovelace", "Lovelace"), ("alan turing", "Turing")], [])
    assert grammars.METHOD.promise(task) == 0


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_methods_say_nothing_about_tasks_that_are_not_from_texts_to_text(method: Method):
    task = Task.from_pairs(
        [([1, 2], [2, 1])], [], input_type=ValueType.LIST, output_type=ValueType.LIST
    )
    assert method.promise(task) == 0
    assert proposals(method, task) == []


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_methods_stay_silent_where_no_rule_can_be_found(method: Method):
    task = make_task([("same", "one thing"), ("same", "another")], ["same"])
    assert proposals(method, task) == []


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_methods_say_the_same_again_for_the_same_task(method: Method):
    task = make_task([("a-b-c", "A.B"), ("xx-y-z", "XX.Y"), ("p-q-r", "P.Q")], ["m-n-o"])
    first = [found.program.source for found in proposals(method, task)]
    assert [found.program.source for found in proposals(method, task)] == first


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
@pytest.mark.parametrize("text", ["", "ﬀ İ", '"a" \\ \U0001f600'])
def test_methods_take_any_text(method: Method, text: str):
    task = make_task([(text, text + "!"), (text + text, text + text + "!"), ("a", "a!")], [text])
    for proposal in proposals(method, task):
        assert run(proposal, "a") == "a!"
        assert run(proposal, text) == text + "!"


def typed(pairs: Sequence[tuple[Json, Json]], kind: ValueType) -> Task:
    return Task.from_pairs(list(pairs), [], input_type=ValueType.STRING, output_type=kind)


def test_numbers_come_out_as_numbers():
    task = typed([("3 + 4", 7), ("10 + 1", 11), ("2 + 2", 4)], ValueType.NUMBER)
    first = proposals(substrings.METHOD, task)[0]
    assert run(first, "20 + 5") == 25
    prices = typed([("2.50 EUR", 2.5), ("10.25 EUR", 10.25)], ValueType.NUMBER)
    assert run(proposals(substrings.METHOD, prices)[0], "0.75 EUR") == 0.75


def test_truth_values_come_out_as_truth_values():
    pairs: Pairs = [("abc", True), ("Abc", False), ("xyz", True), ("Q", False)]
    first = proposals(conditional.METHOD, typed(pairs, ValueType.BOOLEAN))[0]
    assert [run(first, text) for text in ("q", "Zz")] == [True, False]


def test_texts_too_long_to_search_are_left_to_others():
    task = make_task([("a" * 5000, "b"), ("c" * 5000, "d")], [])
    assert [method.promise(task) for method in METHODS if method is not grammars.METHOD] == [0] * 4


def test_many_examples_are_no_harder_than_few():
    pairs: Pairs = [(f"item {number}", f"{number} items") for number in range(3000)]
    assert answers(substrings.METHOD, pairs, ["item 77777"]) == ["77777 items"]
