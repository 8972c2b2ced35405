"""Data sets by name: what they are, under which licence, where they come from, and how to get them.

A file is accepted when its SHA-256 is the one in the catalogue, or when git has it from the commit
in the catalogue. Where the catalogue has neither, the first download is accepted only when asked
for; its hash is kept, and later ones must equal it. What is kept of any of them is hashed, so that
damage is noticed.
"""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final, Self

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from peirce.tasks.download import Source, fetch, from_url, sha256_of
from peirce.tasks.errors import TaskError
from peirce.tasks.samples import load_samples
from peirce.tasks.sources import from_package, from_repository
from peirce.tasks.taskset import TaskSet
from peirce.tasks.unpacking import Layout, unpack

SAMPLES: Final = "samples"
"""Name of the tasks that ship."""
SAMPLES_LICENCE: Final = "Apache-2.0"
_KEPT: Final = "trusted.json"
"""The file in the folder of sets with the hashes of what was kept, by origin."""


class Entry(BaseModel):
    """One data set of the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    title: str
    licence: str
    """SPDX identifier."""
    tasks: int | None = None
    """How many tasks it must hold, where that is known."""
    bytes: int | None = None
    """Size of the download, where that is known."""
    note: str = ""
    """What whoever uses it should know."""
    package: str = ""
    """Release on the package index, as `name==version`."""
    url: str = ""
    """Address of a file that cannot be moved, for example at a commit."""
    repository: str = ""
    """Address of a git repository."""
    commit: Annotated[str, Field(pattern="^([0-9a-f]{40})?$")] = ""
    """Full name of a commit of the repository: a hash of every file in it."""
    path: str = ""
    """What is had of the repository, or kept of the package: a file or folder."""
    sha256: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""
    """Of the file that is downloaded; empty where nobody has verified one."""
    read: Layout

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if [bool(self.package), bool(self.url), bool(self.repository)].count(True) != 1:
            raise ValueError("give one of a package, a url and a repository")
        if self.package and not self.sha256:
            raise ValueError("a package needs its sha256")
        if bool(self.repository) != bool(self.commit) or (self.repository and not self.path):
            raise ValueError("a repository needs a commit and a path, and nothing else a commit")
        if self.url and self.path:
            raise ValueError("a url names one file; leave out the path")
        return self

    @property
    def source(self) -> Source:
        """How the file is had."""
        if self.package:
            return from_package(self.package, sha256=self.sha256, path=self.path)
        if self.repository:
            return from_repository(self.repository, self.commit, self.path)
        return from_url(self.url)

    @property
    def origin(self) -> str:
        """Where it comes from, for people."""
        if self.repository:
            return f"{self.repository} at {self.commit}, {self.path}"
        return f"{self.package or self.url}{self.path and f', {self.path}'}"

    @property
    def pin(self) -> str:
        """What says that the right file came; empty if nothing does."""
        return "commit" if self.commit else "sha256" if self.sha256 else ""

    @property
    def known(self) -> str:
        """SHA-256 of the file that is kept, where the catalogue says it."""
        return "" if self.path else self.sha256


_ENTRIES: Final = TypeAdapter(dict[str, Entry])


def read_catalogue(text: str | None = None) -> Mapping[str, Entry]:
    """The catalogue that ships, or one given as TOML.

    Raises:
        TaskError: it is no catalogue.
    """
    if text is None:
        text = files("peirce.tasks").joinpath("catalogue.toml").read_text(encoding="utf-8")
    try:
        return _ENTRIES.validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise TaskError(f"the catalogue of data sets is not TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise TaskError(f"the catalogue of data sets, {where}: {first['msg']}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSets:
    """Gets data sets by name, from the user's data folder or from where they are published."""

    offline: bool = False
    """Never download."""
    trust: bool = False
    """Accept the first download of a file whose hash nobody has verified."""
    say: Callable[[str], None] = field(default=lambda text: None)
    """Receives lines for people: licence, and what is downloaded."""
    folder: Path = field(default_factory=lambda: user_data_path("peirce") / "sets")
    """Where files are kept."""
    entries: Mapping[str, Entry] = field(default_factory=read_catalogue)

    def __call__(self, name: str) -> tuple[TaskSet, str]:
        """The tasks of a named set, and its licence.

        Raises:
            TaskError: there is no such set, it may not or cannot be downloaded, or it is not the
                file that the catalogue means.
        """
        if name == SAMPLES:
            return load_samples(), SAMPLES_LICENCE
        entry = self.entries.get(name)
        if entry is None:
            known = ", ".join((SAMPLES, *self.entries))
            raise TaskError(f"{name!r} is no file, no folder and no named set; there are: {known}")
        self.say(f"{name}: {entry.title}, licence {entry.licence}")
        if entry.note:
            self.say(f"{name}: {entry.note}")
        taskset = unpack(self.obtain(name, entry), entry.read)
        if entry.tasks is not None and len(taskset) != entry.tasks:
            raise TaskError(f"{name}: {len(taskset)} tasks where the catalogue says {entry.tasks}")
        return taskset, entry.licence

    def has(self, name: str) -> bool:
        """Whether the file of a set is here already."""
        return name in self.entries and self._file(self.entries[name]).is_file()

    def kept(self, name: str) -> str:
        """SHA-256 of what was kept of a set when it came; empty if it never did.

        Raises:
            TaskError: the file that holds such hashes is damaged.
        """
        return self._kept().get(self.entries[name].origin, "")

    def obtain(self, name: str, entry: Entry) -> Path:
        """The file of a set, downloaded if it is not here yet.

        Raises:
            TaskError: it may not or cannot be had, or is not the right one.
        """
        file, expected = self._file(entry), entry.known or self.kept(name)
        if file.is_file():
            if sha256_of(file) == expected:
                return file
            file.unlink()
            self.say(f"{name}: the file that was kept is damaged and will be had again")
        if self.offline:
            raise TaskError(
                f"{name}: is not here and --offline forbids to download it; "
                f"`peirce sets --get {name}` does, from {entry.origin}"
            )
        if not entry.pin and not expected and not self.trust:
            raise TaskError(
                f"{name}: nobody has verified the hash of {entry.origin}; look at the source and "
                "add --trust-on-first-use to accept it and keep its hash"
            )
        size = f" ({entry.bytes / 1e6:.0f} MB)" if entry.bytes else ""
        self.say(f"{name}: getting {entry.origin}{size}")
        # Where the source itself checks what comes, what is made of it may differ by version.
        checked = entry.pin and not entry.known
        got = fetch(entry.source, file, sha256="" if checked else expected, say=self.say)
        self._keep(entry, got)
        return file

    def _file(self, entry: Entry) -> Path:
        plain = "".join(char if char.isalnum() or char in "-.=" else "_" for char in entry.origin)
        return self.folder / plain[-120:]

    def _kept(self) -> dict[str, str]:
        try:
            text = (self.folder / _KEPT).read_text(encoding="utf-8")
            return TypeAdapter(dict[str, str]).validate_json(text)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise TaskError(
                f"{self.folder / _KEPT}: cannot be read: {error}; delete it to begin anew"
            ) from None

    def _keep(self, entry: Entry, sha256: str) -> None:
        kept = self._kept() | {entry.origin: sha256}
        part = self.folder / f".{_KEPT}.part"
        part.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        part.replace(self.folder / _KEPT)
        if not entry.pin:
            self.say(f"its SHA-256 is {sha256}; from now on only that file is accepted")
