"""Learned rules kept and found again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peirce.prototypes.library import Library, features
from peirce.tasks.errors import ConfigError
from peirce.tasks.task import Task
from peirce.tasks.values import Json

REVERSE = Task.from_pairs([([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5])], [[1]])
SORT = Task.from_pairs([([3, 1, 2], [1, 2, 3]), ([9, 4], [4, 9])], [[1]])
COUNT = Task.from_pairs([([3, 1, 2], [3]), ([9, 4], [2])], [[1]])
MIRROR = Task.from_pairs([([[1, 2]], [[2, 1]]), ([[3, 4], [5, 6]], [[4, 3], [6, 5]])], [[[1]]])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "deep" / "library.sqlite")
    yield opened
    opened.close()


def keep(library: Library, task: Task, words: str, probability: float = 0.9) -> None:
    library.add(task, words=words, source=f"# {words}\n", probability=probability)


def test_the_rule_of_the_task_most_alike_comes_first(library: Library):
    keep(library, COUNT, "count")
    keep(library, SORT, "sort")
    keep(library, MIRROR, "mirror")
    found = library.nearest(REVERSE, 3)
    assert found[0].words == "sort"
    assert found[0].alike == 1
    assert found[0].examples[0] == ("[3, 1, 2]", "[1, 2, 3]")
    assert "mirror" not in {one.words for one in found}


def test_a_task_never_finds_its_own_rule(library: Library):
    keep(library, REVERSE, "reverse")
    assert library.nearest(REVERSE, 3) == ()
    assert [one.words for one in library.nearest(SORT, 3)] == ["reverse"]


def test_of_two_rules_for_one_task_the_likelier_stays(library: Library):
    for words, probability in (("good", 0.9), ("worse", 0.8), ("best", 0.95)):
        keep(library, SORT, words, probability)
    assert len(library) == 1
    assert library.nearest(REVERSE, 1)[0].words == "best"


def test_rules_outlive_the_process(tmp_path: Path):
    for _ in range(2):
        library = Library(tmp_path / "library.sqlite")
        keep(library, SORT, "sort")
        assert len(library) == 1
        library.close()


def test_long_examples_are_not_kept(library: Library):
    numbers: list[Json] = list(range(900))
    long = Task.from_pairs([(numbers, numbers[::-1]), ([2, 1], [1, 2])], [[1]])
    keep(library, long, "reverse")
    assert library.nearest(REVERSE, 1)[0].examples == (("[2, 1]", "[1, 2]"),)


def test_features_are_what_all_examples_share():
    assert "rearranged" in features(SORT)
    assert "length smaller" in features(COUNT)
    assert "width same" in features(MIRROR)
    mixed = Task.from_pairs([([1, 2], [2, 1]), ([1, 2, 3], [7])], [[1]])
    assert not features(mixed) & {"rearranged", "length same", "length smaller"}


def test_a_file_that_is_no_library_is_named(tmp_path: Path):
    path = tmp_path / "library.sqlite"
    path.write_text("this is no database, whatever it is called " * 20, encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be used as library"):
        Library(path)
