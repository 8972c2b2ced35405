"""How the files of named data sets are laid out, and the way from them to tasks.

Archives are read member by member and never unpacked to disk, so that no path in them matters.
"""

import json
import re
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias, assert_never

from pydantic import BaseModel, ConfigDict, Field

from peirce.tasks.errors import TaskError
from peirce.tasks.formats import Format, load_tasks
from peirce.tasks.kinds import Kind
from peirce.tasks.leading import leading_items
from peirce.tasks.reading import MAX_FILE_BYTES, as_array, as_object, parse_json
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
    """A tar archive of a repository with ARC JSON files, one task each."""

    layout: Literal["tar-arc"] = "tar-arc"
    folder: str
    """Folder below the top one that holds them, at any depth."""


class _Split(_Layout):
    """Files with more examples of a rule than a task needs; the first ones make the task."""

    folder: str
    """Folder that holds the files."""
    train: Annotated[int, Field(ge=1)]
    """Examples that become train examples."""
    test: Annotated[int, Field(ge=1)]
    """Examples after these that become tests."""


class ZipPairs(_Split):
    """A zip archive with JSON files, each an array of examples of one rule about grids."""

    layout: Literal["zip-pairs"] = "zip-pairs"


class TarBigBench(_Split):
    """A tar archive with BIG-bench tasks whose inputs and targets are lists, written as texts."""

    layout: Literal["tar-bigbench"] = "tar-bigbench"
    name: str
    """Regular expression of the names of the tasks that are wanted."""


class Tasks(_Layout):
    """A task file as `peirce solve` reads it."""

    layout: Literal["tasks"] = "tasks"


Layout: TypeAlias = Annotated[
    ZipTasks | TarArc | ZipPairs | TarBigBench | Tasks, Field(discriminator="layout")
]


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
                return _load(dict(_tar_arc(file, folder)), file)
            case ZipPairs():
                return _load_split(_zip_pairs(file, layout), Kind.GRID, layout, file)
            case TarBigBench():
                return _load_split(_tar_bigbench(file, layout), Kind.LIST, layout, file)
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


class _Member(NamedTuple):
    path: PurePosixPath
    """Below the top folder."""
    content: object


def _tar_members(file: Path, folder: str) -> Iterator[_Member]:
    """The JSON files below a folder of a tar archive."""
    count = 0
    with tarfile.open(file, "r:*") as archive:
        for info in archive:
            inside = PurePosixPath(*PurePosixPath(info.name).parts[1:])
            wanted = info.isfile() and inside.suffix == ".json" and inside.is_relative_to(folder)
            stream = archive.extractfile(info) if wanted and info.size <= MAX_FILE_BYTES else None
            if stream is None:
                continue
            count += 1
            if count > MAX_MEMBERS:
                raise TaskError(f"{file}: holds over {MAX_MEMBERS} task files")
            yield _Member(inside, parse_json(stream.read().decode(), where=info.name))


def _tar_arc(file: Path, folder: str) -> Iterator[tuple[str, object]]:
    seen: dict[str, PurePosixPath] = {}
    for path, content in _tar_members(file, folder):
        if path.stem in seen:
            raise TaskError(f"{file}: {path} and {seen[path.stem]} have one name")
        seen[path.stem] = path
        yield path.stem, content


def _zip_pairs(file: Path, layout: ZipPairs) -> Iterator[tuple[str, list[object]]]:
    """Each file's first examples; the rest, often hundreds of times as much, is not read."""
    with zipfile.ZipFile(file) as archive:
        paths = sorted(PurePosixPath(name) for name in archive.namelist())
        wanted = [path for path in paths if path.suffix == ".json"]
        for path in wanted:
            if path.parent == PurePosixPath(layout.folder):
                with archive.open(str(path)) as stream:
                    count = layout.train + layout.test
                    yield path.stem, leading_items(stream, count, where=f"{file}: {path}")


def _tar_bigbench(file: Path, layout: TarBigBench) -> Iterator[tuple[str, list[object]]]:
    for path, content in _tar_members(file, layout.folder):
        name = path.parent.name
        if path.name != "task.json" or not re.fullmatch(layout.name, name):
            continue
        where = f"{file}: {path}"
        examples = as_array(as_object(content, where=where).get("examples"), where=where)
        yield name, [_from_texts(example, where) for example in examples]


def _from_texts(example: object, where: str) -> dict[str, object]:
    """An example whose sides are lists written as texts."""
    sides = as_object(example, where=where)
    return {
        "input": parse_json(str(sides.get("input")), where=where),
        "output": parse_json(str(sides.get("target")), where=where),
    }


def _load(tasks: dict[str, object], file: Path) -> TaskSet:
    """Tasks by name are Kaggle's layout: have them read as such."""
    return _load_text(json.dumps(tasks), file, Format.KAGGLE)


def _load_split(
    rules: Iterable[tuple[str, list[object]]], kind: Kind, layout: _Split, file: Path
) -> TaskSet:
    """One task of the first examples of each rule."""
    lines: list[str] = []
    for name, pairs in rules:
        train, test = pairs[: layout.train], pairs[layout.train :][: layout.test]
        if len(test) < layout.test:
            raise TaskError(
                f"{file}: {name} has {len(pairs)} examples; {layout.train + layout.test} are needed"
            )
        lines.append(json.dumps({"id": name, "kind": kind.value, "train": train, "test": test}))
    return _load_text("\n".join(lines), file, Format.JSONL)


def _load_text(text: str, file: Path, format: Format) -> TaskSet:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, file.name)
        path.write_text(text, encoding="utf-8")
        return load_tasks(path, format=format)
