import pickle
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.tasks.errors import TaskError
from peirce.tasks.scorer import Scorer
from peirce.tasks.task import Task
from peirce.tasks.taskset import TaskSet
from peirce.tasks.values import Value, ValueType

ONE: Value = ((7,),)
TWO: Value = ((7, 7),)
WRONG: Value = ((3,),)


def tiles(name: str = "tiles") -> Task:
    return Task.from_pairs(
        [([[1]], [[1]])],
        [[[7]], [[7, 7]]],
        input_type=ValueType.GRID,
        output_type=ValueType.GRID,
        name=name,
    )


def test_first_answers_that_are_all_right_solve_at_one_and_at_two() -> None:
    score = Scorer([(tiles(), (ONE, TWO))]).score(tiles(), [[ONE], [TWO]])
    assert (score.solved_at_one, score.solved_at_two, score.solved) == (True, True, True)


def test_a_right_second_answer_solves_a_grid_task_at_two_only() -> None:
    score = Scorer([(tiles(), (ONE, TWO))]).score(tiles(), [[ONE], [WRONG, TWO]])
    assert score.at_one == (True, False)
    assert score.at_two == (True, True)
    assert (score.solved_at_one, score.solved) == (False, True)


def test_a_right_third_answer_or_none_at_all_is_wrong() -> None:
    score = Scorer([(tiles(), (ONE, TWO))]).score(tiles(), [[WRONG, WRONG, ONE], []])
    assert score.at_two == (False, False)


def test_outside_grids_only_the_first_answer_counts() -> None:
    task = Task.from_pairs(
        [("a", "A")], ["b"], input_type=ValueType.STRING, output_type=ValueType.STRING
    )
    score = Scorer([(task, ("B",))]).score(task, [["b", "B"]])
    assert (score.solved_at_two, score.solved) == (True, False)


def test_a_task_is_known_by_its_content_whatever_it_is_called() -> None:
    scorer = Scorer([(tiles(), (ONE, TWO))])
    assert scorer.knows(tiles("another name"))
    assert scorer.score(tiles("another name"), [[ONE], [TWO]]).solved


@given(st.from_type(Task))
@settings(max_examples=40)
def test_every_task_solves_itself_with_the_outputs_that_are_held(task: Task) -> None:
    outputs = task.outputs[:1] * len(task.test)
    scorer = Scorer([(task, outputs)])
    assert scorer.knows(task) is bool(task.test)
    if task.test:
        assert scorer.score(task, [[output] for output in outputs]).solved


def test_scoring_and_revealing_are_counted() -> None:
    scorer = Scorer([(tiles(), (ONE, TWO))])
    scorer.knows(tiles())
    assert scorer.calls == 0
    scorer.score(tiles(), [[], []])
    assert scorer.reveal(tiles()) == (ONE, TWO)
    assert scorer.calls == 2


def test_answers_show_neither_in_the_repr_nor_in_public_attributes_nor_in_a_pickle() -> None:
    tasks = TaskSet(tasks=(tiles(),), scorer=Scorer([(tiles(), (ONE, (((9,),))))]))
    assert "9" not in repr(tasks.scorer)
    assert "9" not in repr(tasks)
    public = [name for name in dir(tasks.scorer) if not name.startswith("_")]
    assert public == ["calls", "knows", "reveal", "score"]
    assert not hasattr(tasks.scorer, "__dict__")
    with pytest.raises(TypeError, match="stays in the process"):
        pickle.dumps(tasks)


def test_what_a_score_says_cannot_be_changed() -> None:
    score = Scorer([(tiles(), (ONE, TWO))]).score(tiles(), [[], []])
    with pytest.raises(FrozenInstanceError):
        score.attempts = 3  # pyright: ignore[reportAttributeAccessIssue]


def test_unknown_tasks_and_a_wrong_number_of_rankings_are_refused() -> None:
    with pytest.raises(TaskError, match="task 'tiles': no test outputs are held for it"):
        Scorer().score(tiles(), [[], []])
    with pytest.raises(TaskError, match="task 'tiles': 1 rankings for 2 test inputs"):
        Scorer([(tiles(), (ONE, TWO))]).score(tiles(), [[ONE]])


def test_outputs_that_cannot_be_right_are_refused() -> None:
    with pytest.raises(TaskError, match="task 'tiles': 1 test outputs for 2 test inputs"):
        Scorer([(tiles(), (ONE,))])
    with pytest.raises(TaskError, match=r"task 'tiles', test\[1\]\.output: expected"):
        Scorer([(tiles(), (ONE, "no grid"))])
    with pytest.raises(TaskError, match="task 'copy': an equal task comes with other test outputs"):
        Scorer([(tiles(), (ONE, TWO)), (tiles("copy"), (ONE, ONE))])


def test_a_task_set_finds_tasks_by_name_and_refuses_two_of_one_name() -> None:
    tasks = TaskSet(tasks=(tiles("first"), tiles("second")))
    assert [task.name for task in tasks] == ["first", "second"]
    assert tasks.find("second").name == "second"
    with pytest.raises(TaskError, match="no task is called 'third'; there are 2: first, second"):
        tasks.find("third")
    with pytest.raises(TaskError, match="task 'first': two tasks have this name"):
        TaskSet(tasks=(tiles("first"), tiles("first")))
