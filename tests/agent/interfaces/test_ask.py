"""Each command runs in a process of its own: it embeds Prolog, of which a process has one."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.skipif(shutil.which("swipl") is None, reason="needs SWI-Prolog")

FAMILY: Final = """
parent(ann, bob). parent(bob, 'Dora D'). parent(bob, eli).
ancestor(X, Y) :- parent(X, Y).
ancestor(X, Z) :- parent(X, Y), ancestor(Y, Z).
"""
ENVIRONMENT: Final = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "TERM": "dumb"}


@pytest.fixture
def family(tmp_path: Path) -> Path:
    path = tmp_path / "family.pl"
    path.write_text(FAMILY, encoding="utf-8")
    return path


def ask(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "peirce", "ask", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        timeout=60,
    )


def test_answers_are_a_table_of_the_variables(family: Path):
    ran = ask("parent(X, Y)", family)
    assert ran.returncode == 0
    rows = [line.split(maxsplit=1) for line in ran.stdout.splitlines()]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["X", "Y"],
        ["ann", "bob"],
        ["bob", "'Dora D'"],
        ["bob", "eli"],
    ]


def test_a_goal_without_variables_is_answered_by_yes_or_no(family: Path):
    assert ask("ancestor(ann, eli).", family).stdout == "yes\n"
    no = ask("ancestor(eli, ann)", family)
    assert (no.returncode, no.stdout) == (0, "no\n")


def test_a_limit_that_cuts_answers_is_told(family: Path):
    ran = ask("ancestor(X, Y)", family, "--limit", "2")
    assert "stopped at 2 answers; there may be more: raise --limit" in ran.stdout
    assert "stopped" not in ask("parent(X, Y)", family, "--limit", "3").stdout


def test_json_is_one_object_a_goal(family: Path):
    ran = ask("parent(ann, X), Y is 2**70", family, "--json")
    assert json.loads(ran.stdout) == {
        "goal": "parent(ann, X), Y is 2**70",
        "holds": True,
        "answers": [{"X": "bob", "Y": str(2**70)}],
        "complete": True,
    }


def test_what_files_and_goals_print_goes_to_stderr(tmp_path: Path):
    path = tmp_path / "loud.pl"
    path.write_text(":- write(loading), format(user_output, 'aloud~n', []).\n", encoding="utf-8")
    ran = ask("write(one), print(two), writeln(user_output, three)", path)
    assert ran.stdout == "yes\n"
    assert all(word in ran.stderr for word in ("loading", "aloud", "one", "two", "three"))


def test_several_files_are_one_database(family: Path, tmp_path: Path):
    more = tmp_path / "more.pl"
    more.write_text("old(X) :- ancestor(X, eli).\n", encoding="utf-8")
    assert ask("old(ann)", family, more).stdout == "yes\n"


@pytest.mark.parametrize("dash", [True, False])
def test_without_a_goal_goals_are_read_line_by_line(family: Path, dash: bool):
    lines = "parent(X, bob).\n\n% a remark\nnosuch(1)\nparent(ann, bob)\nhalt.\nparent(a, b)\n"
    ran = ask(*(["-"] if dash else []), family, "--json", stdin=lines)
    assert [json.loads(line)["holds"] for line in ran.stdout.splitlines()] == [True, True]
    assert ran.stderr.startswith("peirce: the goal 'nosuch(1)': Unknown procedure: nosuch/1")
    assert ran.returncode == 2


def test_at_a_terminal_there_is_a_prompt_and_ctrl_c_ends_a_goal_without_end(family: Path):
    terminal, inside = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "peirce", "ask", family],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env=ENVIRONMENT,
    )

    def read_until(words: bytes) -> bytes:
        said, end = b"", time.monotonic() + 60
        while words not in said and time.monotonic() < end:
            if select.select([terminal], [], [], 1.0)[0]:
                said += os.read(terminal, 4096)
        return said

    try:
        read_until(b"?- ")
        os.write(terminal, b"parent(X, bob).\n")
        assert b"ann" in read_until(b"?- ")
        os.write(terminal, b"write(begun), nl, repeat, fail.\n")
        read_until(b"begun\r\n")
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == -signal.SIGINT
    finally:
        process.kill()
        process.wait(60)
        os.close(inside)
        os.close(terminal)


def test_a_broken_file_is_refused_with_its_line(tmp_path: Path):
    path = tmp_path / "broken.pl"
    path.write_text("p(1).\np(2) :- q(.\n", encoding="utf-8")
    ran = ask("p(X)", path)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"peirce: {path}, line 2: Syntax error: ")


def test_a_misspelled_file_is_not_taken_for_a_goal(tmp_path: Path):
    ran = ask(tmp_path / "absent.pl")
    assert ran.returncode == 2
    assert "absent.pl: there is no such file" in ran.stderr


def test_the_background_of_a_task_is_asked(tmp_path: Path):
    entry = {"kind": "relation", "train": [{"input": "grand(ann, eli)", "output": True}]}
    one = {**entry, "id": "one", "meta": {"bk": "parent(ann, bob)."}}
    two = {**entry, "id": "two", "meta": {"bk": "parent(bob, eli)."}}
    path = tmp_path / "tasks.jsonl"
    path.write_text(json.dumps(one) + "\n" + json.dumps(two) + "\n", encoding="utf-8")
    assert ask("parent(bob, eli)", path, "--trust", "--task", "two").stdout == "yes\n"
    ran = ask("parent(bob, eli)", path, "--trust")
    assert ran.returncode == 2
    assert "2 tasks have backgrounds; choose one by --task: one, two" in ran.stderr
    path.write_text(json.dumps(one), encoding="utf-8")
    assert ask("parent(ann, bob)", path, "--trust").stdout == "yes\n"


def test_the_background_of_a_folder_in_poppers_style_is_asked(tmp_path: Path):
    (tmp_path / "exs.pl").write_text("pos(grand(ann, eli)).", encoding="utf-8")
    (tmp_path / "bk.pl").write_text("parent(ann, bob). parent(bob, eli).", encoding="utf-8")
    assert ask("parent(X, eli)", tmp_path, "--trust").stdout.split() == ["X", "bob"]


def test_what_came_as_data_does_not_run_unless_the_user_says_so(tmp_path: Path):
    harm = tmp_path / "harm"
    (tmp_path / "exs.pl").write_text("pos(grand(ann, eli)).", encoding="utf-8")
    background = f":- open('{harm}', write, Stream), close(Stream).\nparent(ann, bob)."
    (tmp_path / "bk.pl").write_text(background, encoding="utf-8")
    ran = ask("parent(X, Y)", tmp_path)
    assert ran.returncode == 2
    assert "would run with all your rights; read it, then give --trust" in ran.stderr
    assert not harm.exists()
    assert ask("parent(X, Y)", tmp_path, "--trust").returncode == 0
    assert harm.exists()


def test_a_file_whose_tasks_have_no_background_is_refused(tmp_path: Path):
    path = tmp_path / "tasks.jsonl"
    entry = {"id": "a", "kind": "list", "train": [{"input": [1], "output": [2]}]}
    path.write_text(json.dumps(entry), encoding="utf-8")
    ran = ask("p(X)", path, "--trust")
    assert ran.returncode == 2
    assert "no task has a background" in ran.stderr


def test_a_task_is_looked_for_in_task_files_only(family: Path):
    ran = ask("parent(X, Y)", family, "--task", "one")
    assert ran.returncode == 2
    assert "none of the files holds tasks" in ran.stderr
