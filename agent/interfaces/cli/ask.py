"""`peirce ask`: goals answered from Prolog that the user trusts, one or many."""

import json
import signal
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from peirce.agent.interfaces.terminal.texts import printable
from peirce.tasks.errors import ConfigError, PrologError
from peirce.tasks.formats import load_tasks
from peirce.tasks.task import Task
from peirce.verifiers.prolog.trusted import MAX_ANSWERS, Answers, TrustedProlog

_PROLOG: Final = (".pl", ".pro", ".prolog", ".plt", ".qlf")
_TASKS: Final = (".jsonl", ".json", ".csv", ".tsv")
_PROMPT: Final = "?- "


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="GOAL|FILE",
            help="A goal, or - to read goals from stdin; then Prolog files, JSONL task files or "
            "Popper's folders.",
        ),
    ] = None,
    task: Annotated[
        str | None, typer.Option(help="Of the tasks of a file: consult the background of this one.")
    ] = None,
    trust: Annotated[
        bool,
        typer.Option("--trust", help="Let backgrounds of task files run with all your rights."),
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Most answers to a goal.")] = MAX_ANSWERS,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per goal on stdout.")
    ] = False,
) -> None:
    """Answer Prolog goals from files of your own, or from the background of a task.

    Files and goals run with all your rights and without limits: give only what you trust. The
    backgrounds of task files, which are data elsewhere in Peirce, run only with --trust.

    Without a goal, goals are read from stdin, one a line.
    """
    goal, paths = _split(words or [])
    if task is not None and not any(map(_holds_tasks, paths)):
        raise ConfigError(f"--task {task!r}: none of the files holds tasks; give a task file")
    _refuse_untrusted(paths, trust=trust)
    prolog = TrustedProlog()
    with _interruptible():
        for path in paths:
            _consult(prolog, path, task)
    if goal is not None:
        _show(goal, _asked(prolog, goal, limit), limit=limit, as_json=as_json)
    elif not _converse(prolog, limit, as_json=as_json):
        raise typer.Exit(2)


def _split(words: Sequence[str]) -> tuple[str | None, list[Path]]:
    """The goal, `None` where goals come by stdin, and the files."""
    if not words:
        return None, []
    first, *rest = words
    if first == "-":
        return None, [Path(word) for word in rest]
    if _is_source(first):
        return None, [Path(word) for word in words]
    return first, [Path(word) for word in rest]


def _is_source(word: str) -> bool:
    """Whether the first word is no goal: it names a file, or what looks like one."""
    path = Path(word)
    with suppress(OSError, ValueError):  # too long for a name, as goals may be
        return path.suffix in (*_PROLOG, *_TASKS) or (bool(word) and path.exists())
    return False


def _refuse_untrusted(paths: Sequence[Path], *, trust: bool) -> None:
    """Run no background that may have come as data, unless the user says so."""
    untrusted = [path for path in paths if _holds_tasks(path)]
    if untrusted and not trust:
        raise ConfigError(
            f"{untrusted[0]}: its background would run with all your rights; read it, then give "
            "--trust"
        )


def _holds_tasks(path: Path) -> bool:
    return path.is_dir() or path.suffix in _TASKS


def _consult(prolog: TrustedProlog, path: Path, name: str | None) -> None:
    if not _holds_tasks(path):
        prolog.consult(path)
        return
    task = _chosen(path, name)
    prolog.consult_text(task.background, name=f"{path}, background of {task.name!r}")


def _chosen(path: Path, name: str | None) -> Task:
    """The task whose background is wanted: the one named, or any where there is but one."""
    tasks = load_tasks(path)
    if name is not None:
        return tasks.find(name)
    known = [task for task in tasks if task.background]
    if not known:
        raise ConfigError(f"{path}: no task has a background; give tasks about relations")
    if len({task.background for task in known}) > 1:
        names = ", ".join(task.name for task in known[:8])
        raise ConfigError(
            f"{path}: {len(known)} tasks have backgrounds; choose one by --task: {names}"
            + (" …" if len(known) > 8 else "")
        )
    return known[0]


@contextmanager
def _interruptible() -> Generator[None]:
    """Let Ctrl-C end this process while Prolog runs, as Python would only see it afterwards."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _asked(prolog: TrustedProlog, goal: str, limit: int) -> Answers:
    with _interruptible():
        return prolog.ask(goal, limit=limit)


def _converse(prolog: TrustedProlog, limit: int, *, as_json: bool) -> bool:
    """Answer goal after goal; whether each could be answered."""
    errors = Console(stderr=True, highlight=False, markup=False)
    good = True
    for line in _lines():
        goal = line.strip()
        if not goal or goal.startswith("%"):
            continue
        if goal.removesuffix(".") == "halt":
            break
        try:
            _show(goal, _asked(prolog, goal, limit), limit=limit, as_json=as_json)
        except PrologError as error:
            errors.print(f"peirce: {error}", soft_wrap=True)
            good = False
    return good


def _lines() -> Iterator[str]:
    """The lines of stdin, prompted for where a person types them."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield from sys.stdin
        return
    with suppress(ImportError):
        import_module("readline")  # gives input() its editing and history
    while True:
        try:
            line = input(_PROMPT)
        except EOFError:
            return
        yield line


def _show(goal: str, answers: Answers, *, limit: int, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_record(goal, answers)))
        return
    console = Console(highlight=False)
    console.print(_view(answers))
    if not answers.complete:
        plural = "answer" if limit == 1 else "answers"
        words = f"stopped at {limit} {plural}; there may be more: raise --limit"
        console.print(Text(words, style="yellow"))


def _record(goal: str, answers: Answers) -> dict[str, object]:
    record: dict[str, object] = {
        "goal": goal,
        "holds": answers.holds,
        "answers": [dict(solution.bindings) for solution in answers.solutions],
        "complete": answers.complete,
    }
    if any(solution.constraints for solution in answers.solutions):
        record["constraints"] = [solution.constraints for solution in answers.solutions]
    return record


def _view(answers: Answers) -> Table | Text:
    if not answers.holds:
        return Text("no", style="red")
    if not answers.variables:
        return Text("yes", style="green")
    constrained = any(solution.constraints for solution in answers.solutions)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (*answers.variables, *(["where"] if constrained else [])):
        table.add_column(Text(heading), overflow="fold")
    for solution in answers.solutions:
        more = [solution.constraints] if constrained else []
        row = [*solution.bindings.values(), *more]
        table.add_row(*(Text(printable(text)) for text in row))
    return table
