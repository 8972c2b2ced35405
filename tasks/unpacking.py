"""How the files of named data sets are laid out, and the way from them to tasks.

Archives are read member by member and never unpacked to disk, so that no path in them matters.
"""

import json
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Final, Literal, TypeAlias, assert_never

from pydantic import BaseModel, ConfigDict, Field

from peirce.tasks.errors import TaskError
from peirce.tasks.formats import Format, load_tasks
from peirce.tasks.reading import MAX_FILE_BYTES, as_object, parse_json
from peirce.tasks.taskset import TaskSet

MAX_MEMBERS: Final = 20_000
"""Most task files that are read from one archive."""


class _Layout(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class ZipTasks(_Layout):
    """A zip archive with one JSON file: parts by name, in each ARC tasks by name."""

    layout: Literal["zip-tasks"] = "zip-tasks"
    member: str
    """Path of the JSON file in the archive."""
    part: str
    """Which part to take."""


class TarArc(_Layout):
    """A compressed tar archive of a repository with ARC JSON files, one task each."""

    layout: Literal["tar-arc"] = "tar-arc"
    folder: str
    """Folder below the top one that holds them, at any depth."""


class Tasks(_Layout):
    """A task file as `peirce solve` reads it."""

    layout: Literal["tasks"] = "tasks"


Layout: TypeAlias = Annotated[ZipTasks | TarArc | Tasks, Field(discriminator="layout")]


def unpack(file: Path, layout: Layout) -> TaskSet:
    """Read the tasks of a downloaded file.

    Raises:
        TaskError: it is not laid out like that, or a task in it is not valid.
    """
    try:
        match layout:
            case ZipTasks(member=member, part=part):
                return _load(_part(_zip_member(file, member), file, part), file)
            case TarArc(folder=folder):
                return _load(dict(_tar_members(file, folder)), file)
            case Tasks():
                return load_tasks(file)
            case _:
                assert_never(layout)
    except (zipfile.BadZipFile, tarfile.TarError, KeyError, EOFError, OSError) as error:
        raise TaskError(f"{file}: is not laid out as the catalogue says: {error}") from None


def _zip_member(file: Path, member: str) -> bytes:
    with zipfile.ZipFile(file) as archive, archive.open(member) as stream:
        return stream.read(MAX_FILE_BYTES)


def _part(data: bytes, file: Path, part: str) -> dict[str, object]:
    where = f"{file}, part {part!r}"
    parts = as_object(parse_json(data.decode(), where=where), where=where)
    return as_object(parts.get(part), where=where)


def _tar_members(file: Path, folder: str) -> Iterator[tuple[str, object]]:
    seen: dict[str, str] = {}
    with tarfile.open(file, "r:*") as archive:
        for info in archive:
            path = PurePosixPath(info.name)
            inside = PurePosixPath(*path.parts[1:])
            wanted = info.isfile() and path.suffix == ".json" and inside.is_relative_to(folder)
            stream = archive.extractfile(info) if wanted and info.size <= MAX_FILE_BYTES else None
            if stream is None:
                continue
            if path.stem in seen:
                raise TaskError(f"{file}: {info.name} and {seen[path.stem]} have one name")
            if len(seen) == MAX_MEMBERS:
                raise TaskError(f"{file}: holds over {MAX_MEMBERS} task files")
            seen[path.stem] = info.name
            yield path.stem, parse_json(stream.read().decode(), where=info.name)


def _load(tasks: dict[str, object], file: Path) -> TaskSet:
    """Tasks by name are Kaggle's layout: have them read as such."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{file.name}.json")
        path.write_text(json.dumps(tasks), encoding="utf-8")
        return load_tasks(path, format=Format.KAGGLE)
