"""`RunFolder`: the files of a run, kept so that no kill at any moment spoils them.

A record is one line, written at once and forced to disk. A line without its end was torn by a kill:
it is cut off when the run is resumed, and its task is owed again. One process at a time has the
folder, by a lock that the system lifts when that process is gone, however it went.
"""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pydantic import ValidationError

from peirce.agent.runs.record import RUN_SCHEMA, Configuration, RunRecord, Session, TaskResult
from peirce.tasks.errors import ConfigError, TaskError

RUN_FILE: Final = "run.json"
RECORDS_FILE: Final = "records.jsonl"
TRACES_FOLDER: Final = "traces"


class RunFolder:
    """A run that is being written. Use it as a context manager; readers use `read_run`."""

    def __init__(self, path: Path, run: RunRecord, records: int) -> None:
        self.path = path
        self.run = run
        self.results: dict[tuple[str, str], TaskResult] = {}
        """The last record of each task so far."""
        self._records = records

    @classmethod
    def open(cls, path: Path, configuration: Configuration, *, resume: bool) -> Self:
        """Start a run, or go on with it.

        Raises:
            ConfigError: another process is at it; it was begun and `resume` is false; or it was
                begun with another configuration.
            TaskError: the folder cannot be used, or a file in it is damaged.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
            records = os.open(path / RECORDS_FILE, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        except OSError as error:
            raise TaskError(
                f"{path}: cannot hold a run: {error.strerror or error}; name another folder with -o"
            ) from None
        try:
            _lock(records, path)
            begun = _read_begun(path)
            if begun is None and os.fstat(records).st_size:
                raise TaskError(
                    f"{path}: holds records but no {RUN_FILE} that says of what; "
                    "name another folder with -o"
                )
            if begun is not None:
                _check_same(path, begun.configuration, configuration, resume=resume)
            run = begun or RunRecord(
                name=path.resolve().name, configuration=configuration, sessions=()
            )
            folder = cls(path, run, records)
            folder._describe()
            os.ftruncate(records, _whole_length(path / RECORDS_FILE))
            folder.results = {result.key: result for result in read_results(path)}
        except BaseException:
            os.close(records)
            raise
        return folder

    def begin(self, session: Session) -> None:
        """Note that tasks are run from now on, by what and where."""
        self.run = self.run.model_copy(update={"sessions": (*self.run.sessions, session)})
        self._describe()

    def append(self, result: TaskResult) -> None:
        """Write one record, whole and on disk before this returns.

        Raises:
            TaskError: it cannot be written; nothing of it is left in the file.
        """
        line = (result.model_dump_json() + "\n").encode()
        before = os.fstat(self._records).st_size
        try:
            written = os.write(self._records, line)
            if written < len(line):
                raise OSError(0, f"only {written} of {len(line)} bytes fit on the disk")
            os.fsync(self._records)
        except OSError as error:
            os.ftruncate(self._records, before)
            where = self.path / RECORDS_FILE
            raise TaskError(f"{where}: cannot be written: {error.strerror or error}") from None
        self.results[result.key] = result

    def trace_path(self, data: str, task: str, digest: str) -> Path:
        """Where the trace of a task goes."""
        name = f"{_plain(data)}.{_plain(task)}-{digest[:8]}.jsonl"
        return self.path / TRACES_FOLDER / name

    def _describe(self) -> None:
        _replace(self.path / RUN_FILE, self.run.model_dump_json(indent=2) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files and lift the lock."""
        os.close(self._records)


def read_run(path: Path) -> RunRecord:
    """Read what a run was asked to do and what ran it.

    Raises:
        TaskError: there is no run there, or a newer Peirce has written it.
    """
    run = _read_begun(path)
    if run is None:
        raise TaskError(f"{path}: holds no run; `peirce eval DATA -o {path}` makes one")
    return run


def read_results(path: Path) -> Iterator[TaskResult]:
    """Yield the records in order; a task that was tried again comes again, the last one counts.

    Raises:
        TaskError: the file is absent, or a line other than a torn last one is no record.
    """
    file = path / RECORDS_FILE
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.endswith(b"\n"):
                    yield _parse(line, file, number)
    except OSError as error:
        raise TaskError(f"{file}: cannot be read: {error.strerror or error}") from None


def last_results(path: Path) -> tuple[TaskResult, ...]:
    """The record that counts for each task of a run, in the order of its data.

    Raises:
        TaskError: there is no run there, or it is damaged.
    """
    run = read_run(path)
    found = {result.key: result for result in read_results(path)}
    keys = [(data.name, name) for data in run.configuration.data for name in data.chosen]
    return tuple(found[key] for key in keys if key in found)


def trace_of(path: Path, result: TaskResult) -> Path | None:
    """The trace that a record of the run at `path` names; None unless it lies in that folder."""
    found = (path / result.trace).resolve()
    return found if result.trace and found.is_relative_to(path.resolve()) else None


def _parse(line: bytes, file: Path, number: int) -> TaskResult:
    try:
        result = TaskResult.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the line"
        raise TaskError(
            f"{file}, line {number}: not a record of a run: {field}: {first['msg']}; "
            "remove the line and the task is done again by --resume"
        ) from None
    _check_schema(result.schema_version, file)
    return result


def _read_begun(path: Path) -> RunRecord | None:
    file = path / RUN_FILE
    try:
        text = file.read_text(encoding="utf-8")
        run = RunRecord.model_validate_json(text)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise TaskError(f"{file}: cannot be read: {error}") from None
    except ValidationError as error:
        raise TaskError(
            f"{file}: does not describe a run ({error.errors()[0]['msg']}); "
            "name another folder with -o"
        ) from None
    _check_schema(run.schema_version, file)
    return run


def _check_schema(version: int, file: Path) -> None:
    if version > RUN_SCHEMA:
        raise TaskError(
            f"{file}: schema {version} is newer than this version of Peirce reads "
            f"({RUN_SCHEMA}); upgrade Peirce"
        )


def _lock(records: int, path: Path) -> None:
    try:
        fcntl.flock(records, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise ConfigError(
            f"{path}: another process is writing this run; wait for it or name another folder"
        ) from None


def _check_same(path: Path, begun: Configuration, asked: Configuration, *, resume: bool) -> None:
    if not resume:
        raise ConfigError(
            f"{path}: holds a run already; add --resume to go on with it, or name another folder"
        )
    # The same tasks are the same data, wherever the file lies now.
    aside = {"data": {"__all__": {"source", "licence"}}}
    before, after = begun.model_dump(exclude=aside), asked.model_dump(exclude=aside)
    for name in before:
        if before[name] != after[name]:
            raise ConfigError(
                f"{path}: was begun with {_difference(name, before[name], after[name])}; "
                "--resume goes on with the same configuration only, so name another folder"
            )


def _difference(name: str, before: object, after: object) -> str:
    if name == "data":
        return "other data, or another choice of its tasks"
    return f"{name} {before!r}, not {after!r}"


def _whole_length(file: Path) -> int:
    """Length of the file up to the end of its last whole line, in bytes."""
    data = file.read_bytes()
    return data.rfind(b"\n") + 1


def _replace(file: Path, text: str) -> None:
    part = file.with_name(f".{file.name}.part")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)


def _plain(name: str) -> str:
    """A name that every file system takes."""
    plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in name)
    return plain[:60]
