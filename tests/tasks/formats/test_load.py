import json
from pathlib import Path

import pytest

from peirce.tasks.errors import TaskError
from peirce.tasks.formats import Format, detect_format, load_tasks
from peirce.tasks.values import ValueType

PAIR = {"input": [[1, 2]], "output": [[2, 1]]}
ARC = {"train": [PAIR], "test": [{"input": [[3]], "output": [[4]]}]}
BLIND = {"train": [PAIR], "test": [{"input": [[3]]}]}
LINE = {"id": "a", "kind": "grid", **ARC}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def put(folder: Path, name: str, *contents: object) -> Path:
    path = folder / name
    texts = [item if isinstance(item, str) else json.dumps(item) for item in contents]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_an_arc_file_is_one_task_named_by_its_stem(folder: Path) -> None:
    tasks = load_tasks(put(folder, "0a1b2c3d.json", ARC))
    (task,) = tasks
    assert (task.name, task.input_type, task.test) == ("0a1b2c3d", ValueType.GRID, (((3,),),))
    assert tasks.scorer.reveal(task) == (((4,),),)


def test_an_arc_file_may_be_spread_over_lines_and_start_with_a_byte_order_mark(
    folder: Path,
) -> None:
    path = folder / "task.json"
    path.write_text("\n" + json.dumps(ARC, indent=2), encoding="utf-8-sig")
    assert len(load_tasks(path)) == 1


def test_a_task_without_test_outputs_is_the_same_task_and_unknown_to_the_scorer(
    folder: Path,
) -> None:
    known = load_tasks(put(folder, "known.json", ARC))
    blind = load_tasks(put(folder, "blind.json", BLIND))
    assert known.tasks[0].digest == blind.tasks[0].digest
    assert known.scorer.knows(blind.tasks[0])
    assert not blind.scorer.knows(known.tasks[0])


def test_a_folder_gives_its_task_files_in_order_of_their_names(folder: Path) -> None:
    put(folder, "b.json", ARC)
    put(folder, "a.csv", "input,output", "x,y")
    put(folder, "c.jsonl", {**LINE, "id": "line"})
    put(folder, "README.md", "no task")
    put(folder, ".hidden.json", "no task")
    assert [task.name for task in load_tasks(folder)] == ["a", "b", "line"]


def test_a_kaggle_challenges_file_takes_its_outputs_from_the_file_beside_it(folder: Path) -> None:
    path = put(folder, "arc-agi_training_challenges.json", {"a": BLIND, "b": BLIND})
    put(folder, "arc-agi_training_solutions.json", {"a": [[[4]]], "b": [[[4]]]})
    tasks = load_tasks(path)
    assert [task.name for task in tasks] == ["a", "b"]
    assert tasks.scorer.reveal(tasks.find("b")) == (((4,),),)


def test_kaggle_solutions_can_be_named_and_may_be_absent(folder: Path) -> None:
    path = put(folder, "questions.json", {"a": BLIND})
    answers = put(folder, "answers.json", {"a": [[[4]]]})
    assert load_tasks(path, solutions=answers).scorer.knows(load_tasks(path).tasks[0])
    assert not load_tasks(path).scorer.knows(load_tasks(path).tasks[0])


def test_solutions_for_a_file_that_takes_none_are_refused(folder: Path) -> None:
    path = put(folder, "a.json", ARC)
    with pytest.raises(TaskError, match=r"a\.json: is arc, which takes no solutions file"):
        load_tasks(path, solutions=path)


def test_a_kaggle_folder_skips_files_that_hold_outputs_alone(folder: Path) -> None:
    put(folder, "x_challenges.json", {"a": BLIND})
    put(folder, "x_solutions.json", {"a": [[[4]]]})
    put(folder, "sample_submission.json", {"a": [{"attempt_1": [[0]], "attempt_2": [[0]]}]})
    tasks = load_tasks(folder)
    assert [task.name for task in tasks] == ["a"]
    assert tasks.scorer.knows(tasks.tasks[0])


@pytest.mark.parametrize(
    ("kind", "input", "output", "types"),
    [
        ("grid", [[1]], [[1]], "grid grid"),
        ("grid", [[1]], 3, "grid number"),
        ("grid", [[1]], True, "grid boolean"),
        ("list", [[1, 2], [3, 4]], [1], "list list"),
        ("list", [1], 2.5, "list number"),
        ("list", ["a"], [], "strings list"),
        ("string", "a", ["b"], "string strings"),
        ("string", [], "b", "strings string"),
        ("string", "a", [1], "string list"),
        ("relation", "p(a)", True, "atom boolean"),
        ("relation", "p(a)", "q(b)", "atom atom"),
        ("other", [[1, 2], [3, 4]], [[1], [2, 3]], "grid list"),
        ("other", ["on"], "off", "strings string"),
        ("other", 1, False, "number boolean"),
    ],
)
def test_the_type_of_a_side_follows_from_the_kind_and_the_values(
    folder: Path, kind: str, input: object, output: object, types: str
) -> None:
    train = [{"input": input, "output": output}]
    (task,) = load_tasks(put(folder, "t.jsonl", {"id": "a", "kind": kind, "train": train}))
    assert f"{task.input_type} {task.output_type}" == types


def test_the_type_of_a_side_is_settled_over_all_examples(folder: Path) -> None:
    train = [{"input": [], "output": [[1]]}, {"input": ["x"], "output": [[1], [2, 3]]}]
    (task,) = load_tasks(put(folder, "t.jsonl", {"id": "a", "kind": "other", "train": train}))
    assert (task.input_type, task.output_type) == (ValueType.STRINGS, ValueType.LIST)


def test_a_line_may_name_the_types_of_its_sides(folder: Path) -> None:
    train = [{"input": [[1]], "output": [[1]]}]
    line = {"id": "a", "kind": "grid", "train": train, "output_type": "list"}
    (task,) = load_tasks(put(folder, "t.jsonl", line))
    assert (task.input_type, task.output_type) == (ValueType.GRID, ValueType.LIST)


def test_background_and_notes_come_from_meta(folder: Path) -> None:
    train = [{"input": "q(a)", "output": True}]
    meta = {"bk": "p(a).", "rule": "all p", "tags": ["x", 1], "n": 2}
    line = {"id": "a", "kind": "relation", "train": train, "meta": meta}
    (task,) = load_tasks(put(folder, "t.jsonl", line))
    assert task.background == "p(a)."
    assert task.notes == {"rule": "all p", "tags": '["x", 1]', "n": "2"}


def test_unknown_keys_are_ignored_where_they_resemble_none_of_ours(folder: Path) -> None:
    line = {**LINE, "author": "me", "train": [{**PAIR, "type": "direct"}]}
    assert len(load_tasks(put(folder, "t.jsonl", line, "", line | {"id": "b"}, ""))) == 2


def test_a_table_with_one_input_column_maps_texts(folder: Path) -> None:
    text = 'id,Input,Output\n1,a,"A, b"\n2,"say ""hi""",B\n3,c,\n'
    (task,) = load_tasks(put(folder, "names.csv", text))
    assert (task.name, task.input_type, task.test) == ("names", ValueType.STRING, ("c",))
    assert [(pair.input, pair.output) for pair in task.train] == [("a", "A, b"), ('say "hi"', "B")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_with_several_input_columns_maps_tuples_of_texts(
    folder: Path, separator: str
) -> None:
    rows = [["first", "last", "output"], ["Ada", "Lovelace", "AL"], ["Max", "Born", ""]]
    (task,) = load_tasks(put(folder, "t.csv", *(separator.join(row) for row in rows)))
    assert task.input_type is ValueType.STRINGS
    assert task.inputs == (("Ada", "Lovelace"), ("Max", "Born"))


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (json.dumps(ARC), Format.ARC),
        (json.dumps(ARC, indent=1), Format.ARC),
        (json.dumps({"a": ARC}), Format.KAGGLE),
        (json.dumps(LINE), Format.JSONL),
        (json.dumps(LINE) + "\n" + json.dumps(LINE), Format.JSONL),
        ("input\toutput\na\tb", Format.CSV),
        (json.dumps({"a": [[[1]]]}), None),
    ],
)
def test_the_format_is_found_by_content(text: str, format: Format | None) -> None:
    assert detect_format(text, where="file").format is format


def test_a_given_format_overrides_the_content(folder: Path) -> None:
    path = put(folder, "t.csv", '{"input",output', "a,b")
    with pytest.raises(TaskError, match="is not JSON"):
        load_tasks(path)
    (task,) = load_tasks(path, format=Format.CSV)
    assert task.train[0].output == "b"
