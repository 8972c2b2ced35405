import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final, TypedDict

import pytest

from peirce.tasks.errors import SandboxError
from peirce.verifiers.prolog import installed, trusted

needs_prolog = pytest.mark.skipif(shutil.which("swipl") is None, reason="needs SWI-Prolog")

# Prolog is one to a process, and none that also runs programs nobody has read.
SCRIPT: Final = """
import json, sys
from pathlib import Path
from peirce.tasks.errors import PrologError
from peirce.verifiers.prolog.trusted import TrustedProlog

goals, files, text, limit = json.load(sys.stdin)
said = []
prolog = TrustedProlog()
try:
    for file in files:
        prolog.consult(Path(file))
    prolog.consult_text(text, name="the text")
except PrologError as error:
    said.append({"error": str(error)})
for goal in goals:
    try:
        found = prolog.ask(goal, limit=limit)
        said.append({
            "error": "",
            "answers": [dict(one.bindings) for one in found.solutions],
            "constraints": [one.constraints for one in found.solutions],
            "complete": found.complete,
        })
    except PrologError as error:
        said.append({"error": str(error)})
print(json.dumps(said))
"""


class Said(TypedDict):
    error: str
    answers: list[dict[str, str]]
    constraints: list[str]
    complete: bool


def ask(*goals: str, text: str = "", files: tuple[Path, ...] = (), limit: int = 100) -> list[Said]:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps([goals, [str(file) for file in files], text, limit]),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def error_of(source: str, folder: Path) -> str:
    file = folder / "mine.pl"
    file.write_text(source, encoding="utf-8")
    (said,) = ask(files=(file,))
    return said["error"].replace(f"{folder}/", "")


FAMILY: Final = """
parent(ann, bob). parent(bob, 'Dora D'). parent(bob, eli).
ancestor(X, Y) :- parent(X, Y).
ancestor(X, Z) :- parent(X, Y), ancestor(Y, Z).
"""


@needs_prolog
def test_all_answers_come_in_order_as_text_that_prolog_reads():
    two, quoted, terms = ask(
        "parent(bob, X).",
        "?- ancestor(ann, Who)",
        "X = f(Y, [1, \"a b\", 'Ä' | Z]), Y = '\\n'",
        text=FAMILY,
    )
    assert two["answers"] == [{"X": "'Dora D'"}, {"X": "eli"}]
    assert [one["Who"] for one in quoted["answers"]] == ["bob", "'Dora D'", "eli"]
    assert terms["answers"][0]["X"] == "f('\\n', [1, \"a b\", 'Ä'|_1])"
    assert terms["answers"][0]["Z"] == "_1"


@needs_prolog
def test_integers_over_64_bits_come_whole():
    (said,) = ask("X is 2**100, Y is -(3**50)")
    assert said["answers"] == [{"X": str(2**100), "Y": str(-(3**50))}]


@needs_prolog
def test_a_goal_without_variables_holds_once_or_not_at_all():
    yes, no, hidden = ask("ancestor(ann, eli)", "ancestor(eli, ann)", "parent(_X, _)", text=FAMILY)
    assert (yes["answers"], yes["complete"]) == ([{}], True)
    assert (no["answers"], no["complete"]) == ([], True)
    assert hidden["answers"] == [{}]


@needs_prolog
def test_a_limit_cuts_answers_without_end_and_says_so():
    endless, all_three = ask(
        "nat(X)", "member(X, [a, b, c])", limit=3, text=("nat(0). nat(N) :- nat(M), N is M + 1.")
    )
    assert [one["X"] for one in endless["answers"]] == ["0", "1", "2"]
    assert endless["complete"] is False
    assert len(all_three["answers"]) == 3
    assert all_three["complete"] is True


@needs_prolog
def test_constraints_on_what_is_unbound_are_told():
    (said,) = ask("X #> 3", text=":- use_module(library(clpfd)).")
    assert said["answers"] == [{"X": "_1"}]
    assert said["constraints"] == ["_1 in 4..sup"]


@needs_prolog
def test_errors_of_goals_name_the_goal_and_the_next_step_and_others_can_be_asked():
    unknown, broken, two, sum_, thrown, deep, good = (
        said["error"]
        for said in ask(
            "parnt(X, Y)", "parent(X", "parent(X, Y). parent(Y, X)", "X is a + 1", "throw(oops)",
            "deep(X)", "parent(X, Y)", text=FAMILY + "deep(X) :- deep(Y), X is Y + 1.",
        )
    )  # fmt: skip
    assert unknown.startswith("the goal 'parnt(X, Y)': Unknown procedure: parnt/2")
    assert unknown.endswith("or give the file that defines it")
    assert "Syntax error: Operator expected; see to its brackets" in broken
    assert "more than one goal at once" in two
    assert "is not a function" in sum_
    assert "nothing catches oops" in thrown
    assert "out of stack" in deep
    assert good == ""


@needs_prolog
def test_halt_does_not_end_the_process():
    halted, next_one = ask("halt", "parent(ann, X)", text=FAMILY)
    assert "halt is called" in halted["error"]
    assert next_one["answers"] == [{"X": "bob"}]


@needs_prolog
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("p(1).\np(2) :- q(.\n", "mine.pl, line 2: Syntax error: Unexpected end of clause; see to"),
        ("p(1).\n\n:- fail.\n", "mine.pl, line 3: Goal (directive) failed: user:fail; mend it"),
        ("atom_length(a, b).\n", "mine.pl, line 1: No permission to modify static procedure"),
        (
            ":- nosuch(1).\n",
            "mine.pl, line 1: catch/3: Unknown procedure: nosuch/1; check its name",
        ),
        ("p(1).\n:- halt.\n", "mine.pl, line 2: halt is called, which would end Peirce too"),
    ],
    ids=["syntax", "failed directive", "system predicate", "unknown predicate", "halt"],
)
def test_errors_of_files_name_file_line_and_next_step(source: str, words: str, tmp_path: Path):
    assert error_of(source, tmp_path).startswith(words)


@needs_prolog
def test_a_file_that_replaces_what_another_defines_is_refused(tmp_path: Path):
    files = (tmp_path / "one.pl", tmp_path / "two.pl")
    for file in files:
        file.write_text("p(1).\n", encoding="utf-8")
    (said,) = ask(files=files)
    assert said["error"].startswith(f"{files[1]}, line 1: Redefined static procedure p/1")


@needs_prolog
def test_style_is_not_judged():
    (said,) = ask("p(X)", text="p(1).\nq(Single) :- r(Other).\nr(1).\np(2).\n")
    assert len(said["answers"]) == 2


@needs_prolog
def test_a_missing_file_is_named(tmp_path: Path):
    (said,) = ask(files=(tmp_path / "absent.pl",))
    assert "absent.pl: there is no such file" in said["error"]


def test_without_swi_prolog_the_fix_is_named(monkeypatch: pytest.MonkeyPatch):
    installed.find_prolog.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    try:
        with pytest.raises(SandboxError, match="apt-get install swi-prolog-nox"):
            trusted.TrustedProlog()
    finally:
        installed.find_prolog.cache_clear()


def test_without_the_shared_library_the_fix_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    here = installed.Installation(
        program=tmp_path, library=tmp_path / "libswipl.so", home=tmp_path, version="9.0.4"
    )
    monkeypatch.setattr(trusted, "find_prolog", lambda: here)
    with pytest.raises(SandboxError, match=r"swi-prolog-nox`, then see `peirce doctor`"):
        trusted.TrustedProlog()


def test_a_library_that_cannot_be_loaded_is_told_with_the_fix(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    library = tmp_path / "libswipl.so"
    library.touch()
    here = installed.Installation(program=tmp_path, library=library, home=tmp_path, version="9.0.4")
    monkeypatch.setattr(trusted, "find_prolog", lambda: here)
    monkeypatch.setitem(sys.modules, "pyswip", None)
    with pytest.raises(SandboxError, match="cannot be embedded"):
        trusted.TrustedProlog()


def test_nothing_that_runs_programs_imports_pyswip():
    script = (
        "import sys, peirce.verifiers.sandbox, peirce.agent.solve\n"
        "import peirce.agent.interfaces.cli.solve, peirce.agent.interfaces.cli.eval\n"
        "print([n for n in sys.modules if n.startswith('pyswip') or n.endswith('trusted')])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == "[]"
