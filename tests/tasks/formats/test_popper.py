"""Popper's folders become relational tasks; what is wrong in them is one clear error."""

from pathlib import Path

import pytest

from peirce.tasks import load_tasks
from peirce.tasks.atoms import Atom
from peirce.tasks.errors import TaskError
from peirce.tasks.values import ValueType


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.pl").write_text(text, encoding="utf-8")
    return folder


GOOD = {
    "exs": "pos(f([1,2],2)). % last\nneg(f([3],4)).",
    "bk": "tail([_|T],T).",
    "bias": "head_pred(f,2).",
}


def test_a_folder_becomes_a_task_called_like_it(tmp_path: Path) -> None:
    (task,) = load_tasks(write(tmp_path / "last", **GOOD))
    assert task.name == "last"
    assert (task.input_type, task.output_type) == (ValueType.ATOM, ValueType.BOOLEAN)
    assert task.inputs == (Atom("f([1,2],2)"), Atom("f([3],4)"))
    assert task.outputs == (True, False)
    assert task.background.strip() == GOOD["bk"]
    assert task.bias.strip() == GOOD["bias"]


def test_a_folder_of_such_folders_becomes_a_set(tmp_path: Path) -> None:
    write(tmp_path / "one", **GOOD)
    write(tmp_path / "two", exs="pos(p(a)).")
    assert [task.name for task in load_tasks(tmp_path)] == ["one", "two"]


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        ({"exs": "pos(f(a)).\nmaybe(f(b))."}, r"exs.pl, line 2: 'maybe\(f\(b\)\)' is no example"),
        ({"exs": "pos(f(a)"}, "exs.pl, line 1: the clause has no full stop"),
        ({"exs": "pos(f(X))."}, "holds the variable X; examples must be ground"),
        ({"exs": "% nothing"}, "train is empty"),
        ({**GOOD, "bk": "tail([_|T,T)."}, "bk.pl, line 1: the clause cannot be read"),
        ({**GOOD, "bias": "head_pred(f)."}, r"bias.pl, line 1: \(f\) is no predicate"),
    ],
)
def test_broken_files_are_refused_with_file_and_line(
    tmp_path: Path, texts: dict[str, str], complaint: str
) -> None:
    with pytest.raises(TaskError, match=complaint):
        load_tasks(write(tmp_path / "task", **texts))
