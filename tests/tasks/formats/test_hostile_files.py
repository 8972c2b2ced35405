"""Every way a file can be wrong becomes one `TaskError` that names file, task and field."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from peirce.tasks.errors import TaskError
from peirce.tasks.formats import Format, load_tasks
from peirce.tasks.reading import MAX_FILE_BYTES

GOOD = {"id": "a", "kind": "grid", "train": [{"input": [[1]], "output": [[1]]}]}


def line(**changes: object) -> str:
    return json.dumps({**GOOD, **changes})


def pair(input: object, output: object, kind: str = "grid") -> str:
    return line(kind=kind, train=[{"input": input, "output": output}])


def instead(raw: str, kind: str = "other") -> str:
    return pair("HERE", 1, kind).replace('"HERE"', raw)


LINES = {
    pair([[1, 2], [1]], [[1]]): "task 'a', train[0].input: row 1 has 1 cells, row 0 has 2",
    pair([[1]], [[1.0]]): "task 'a', train[0].output: row 0, column 0: 1.0 is not a colour",
    pair([[1]], [[float("nan")]]): "task 'a', train[0].output: row 0, column 0: nan is not",
    pair([[10]], [[1]]): "task 'a', train[0].input: row 0, column 0: 10 is not a colour",
    pair([1.5], [1], "list"): "task 'a', train[0].input: expected an integer, got 1.5",
    pair(None, 1, "other"): "task 'a', train[0].input: None is no value; give a list, text",
    pair("p(X)", True, "relation"): "task 'a', train[0].input: 'p(X)' holds the variable X",
    pair("\ud800", "a", "string"): "task 'a', train[0].input: the text holds half of a surrogate",
    line(id=5): "id: expected a text, got 5",
    line(id="a\x1b[31m"): r"task 'a\x1b[31m': a name is 1 to 200 printable characters",
    line(kind="grids"): "task 'a', kind: 'grids' is unknown; use one of grid, list, string",
    line(input_type="int"): "task 'a', input_type: 'int' is unknown; use one of grid, list",
    line(train=[]): "task 'a': train is empty; give at least one example",
    line(train={}): "task 'a', train: expected an array […], got {}",
    line(train=[0] * 10_001): "task 'a', train: 10001 examples are over the limit of 10000",
    line(train=[[1]]): "task 'a', train[0]: expected an object {…}, got [1]",
    line(train=[{"input": 1}]): "task 'a', train[0]: the key 'output' is missing",
    line(train=[{"input": 1, "ouput": 2}]): "train[0]: unknown key 'ouput'; did you mean 'output'?",
    line(Test=[]): "task 'a': unknown key 'Test'; did you mean 'test'?",
    line(test=[{}]): "task 'a', test[0]: the key 'input' is missing",
    line(test=[{"input": [[1]], "output": [[1]]}, {"input": [[2]]}]): "task 'a', test[1]: give",
    line(test=[{"input": [[1]], "output": [[12]]}]): "task 'a', test[0].output: row 0, column 0",
    line(test=[{"input": [[12]]}]): "task 'a', test[0].input: row 0, column 0: 12 is not a colour",
    line(test=[{"input": 3}]): "task 'a', test[0].input: holds a number, but train[0].input a list",
    line(meta=[]): "task 'a', meta: expected an object {…}, got []",
    line(meta={"bk": 5}): "task 'a', meta.bk: expected a text, got 5",
    line(background="q(a)."): "unknown key 'background'; the background, as bk, stands in meta",
    line(meta={"n": 0}).replace("0}", "9" * 5000 + "}"): "task 'a', meta.'n': an integer of",
    line(meta={"\ud800": "x"}): "task 'a', meta: the text holds half of a surrogate pair",
    '{"id": "a", "kind": "grid"}': "task 'a': the key 'train' is missing; found ['id', 'kind']",
    line()[:-1] + ', "id": "b"}': "the key 'id' occurs twice in one object; keep one",
    line()[:-9]: "is not JSON",
    instead("[" * 900 + "]" * 900): "task 'a', train[0].input: lists are nested deeper than 16",
    instead("[" * 100_000): "brackets are nested too deeply to be a task",
    instead("9" * 1_000_000): "task 'a', train[0].input: an integer of more than 4000 digits",
    instead("[[" + "9" * 5000 + "]]", "grid"): "row 0, column 0: an integer of 16001 bits is not",
    instead("1e999"): "task 'a', train[0].input: inf is not a finite number",
    "[]": "expected an object {…}, got []",
}


@pytest.mark.parametrize(("text", "reason"), LINES.items(), ids=range(len(LINES)))
def test_a_bad_line_is_refused_with_file_line_task_and_field(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_text(f"{line(id='good')}\n\n{text}\n", encoding="utf-8")
    with pytest.raises(TaskError) as caught:
        load_tasks(path, format=Format.JSONL)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert reason in str(caught.value)
    assert str(caught.value).count(str(path)) == 1


def test_two_tasks_of_one_id_are_refused_with_both_places(tmp_path: Path) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_text(f"{line()}\n{line()}\n", encoding="utf-8")
    with pytest.raises(TaskError) as caught:
        load_tasks(path)
    assert str(caught.value).startswith(f"{path}:2: the id 'a' is already taken by {path}:1")


def test_equal_tasks_with_different_test_outputs_are_refused(tmp_path: Path) -> None:
    tests = [[{"input": [[1]], "output": [[colour]]}] for colour in (1, 2)]
    path = tmp_path / "tasks.jsonl"
    path.write_text(f"{line(test=tests[0])}\n{line(id='b', test=tests[1])}\n", encoding="utf-8")
    with pytest.raises(TaskError, match=r"tasks\.jsonl: task 'b': an equal task comes with other"):
        load_tasks(path)


FILES = {
    b"": "is empty",
    b" \n\n": "is empty",
    b"hello": "is of no known format; give ARC JSON",
    b"7": "is of no known format",
    b"{}": "is of no known format",
    b'{"a": 1}': "is of no known format",
    b"[1, 2]": "is a JSON array; write one task a line",
    b'{"a": [[[1]]]}': "holds outputs without tasks; give the challenges file",
    b'{"test": []}': "the key 'train' is missing",
    b'{"tain": [], "test": []}': "unknown key 'tain'; did you mean 'train'?",
    b'{"train": [],\n "test"': "line 2, column 8 is not JSON",
    b'{"train": "\xe9"}': "byte 0xe9 at offset 11 is not UTF-8; save the file as UTF-8",
    '{"train": []}'.encode("utf-16"): "UTF-16 at offset 0 is not UTF-8",
    b'{"x": {"train": [], "test": []}}': "task 'x': train is empty",
    b'{"x": {"train": []}}': "task 'x': the key 'test' is missing",
    b"[" * 100_000: "brackets are nested too deeply",
    b'{"a":' * 100_000: "brackets are nested too deeply",
    b"input,result\na,b": "is of no known format",
    b"input,output\na,b,c\n": "line 2: 3 cells, the header has 2; put texts that hold a separator",
    b"input,output\na,\n": "task 'file': train is empty",
    b'input,output\n"a,b\n': "line 2 is not CSV",
    b"input,input,output\na,b,c": "line 1: two columns are called 'input'; rename one",
    b"input,output\n" + b"a" * 200_000 + b",b": "line 2 is not CSV: field larger than field limit",
    b"input,output\n" + b"a,b\n" * 10_001: "line 10002: over 10000 examples or test inputs; split",
    b'"a,output,"b\n1,2': "line 1 is not CSV",
}


@pytest.mark.parametrize(("data", "reason"), FILES.items(), ids=range(len(FILES)))
def test_a_bad_file_is_refused_with_its_path_and_the_next_step(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    with pytest.raises(TaskError) as caught:
        load_tasks(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert reason in str(caught.value)


def test_a_csv_header_without_the_columns_is_refused_when_the_format_is_given(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("question,answer\na,b\n", encoding="utf-8")
    with pytest.raises(TaskError, match=r"line 1: an input and an output column are wanted, found"):
        load_tasks(path, format=Format.CSV)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(TaskError) as caught:
        load_tasks(path)
    limit = f"209715200 bytes is over the limit of {MAX_FILE_BYTES} bytes (64 MiB)"
    assert str(caught.value) == f"{path}: {limit}; split the file"


def test_what_is_no_regular_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for path in (tmp_path / "pipe.json", Path("/dev/zero")):
        with pytest.raises(TaskError, match="is no regular file; give a task file or a folder"):
            load_tasks(path)


def test_paths_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TaskError, match=r"absent\.json: cannot be read: No such file"):
        load_tasks(tmp_path / "absent.json")
    with pytest.raises(TaskError, match="cannot hold a null character"):
        load_tasks("a\0b")
    with pytest.raises(TaskError, match="cannot be read: File name too long"):
        load_tasks("x" * 5000)
    with pytest.raises(TaskError, match="holds no tasks"):
        load_tasks(tmp_path)


def test_kaggle_files_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    entry = {"train": GOOD["train"], "test": [{"input": [[1]]}]}
    path = tmp_path / "challenges.json"
    answers = tmp_path / "solutions.json"
    path.write_text(json.dumps({"a": entry}), encoding="utf-8")
    for outputs, reason in [
        ({}, "task 'a': is missing"),
        ({"a": 5}, "task 'a': expected an array"),
        ({"a": []}, "task 'a': 0 outputs for the 1 test inputs"),
    ]:
        answers.write_text(json.dumps(outputs), encoding="utf-8")
        with pytest.raises(TaskError, match=f"solutions.json: {reason}"):
            load_tasks(path)
    entry["test"] = [{"input": [[1]], "output": [[2]]}]
    path.write_text(json.dumps({"a": entry}), encoding="utf-8")
    answers.write_text(json.dumps({"a": [[[3]]]}), encoding="utf-8")
    with pytest.raises(TaskError, match="task 'a': its outputs differ from those in"):
        load_tasks(path)


@given(st.binary(max_size=80) | st.text(alphabet='{}[]",:01ae\n', max_size=80).map(str.encode))
@example(line().encode())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_tasks_or_a_task_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    for format in (None, *Format):
        try:
            assert len(load_tasks(path, format=format)) > 0
        except TaskError as error:
            assert str(error).startswith(str(path))
