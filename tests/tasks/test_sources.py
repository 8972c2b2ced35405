"""Sets from a git repository and from a package index, both served on this machine."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import threading
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest

from peirce.tasks.catalogue import Entry, NamedSets, read_catalogue
from peirce.tasks.errors import TaskError

ARC: Final = {
    "train": [{"input": [[1, 0]], "output": [[0, 1]]}, {"input": [[2, 0]], "output": [[0, 2]]}],
    "test": [{"input": [[3, 0]], "output": [[0, 3]]}],
}
AUTHOR: Final = ("-c", "user.name=a", "-c", "user.email=a@example.org")

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_pip = pytest.mark.skipif(shutil.which("pip") is None, reason="pip is not installed")


class SmartGit(BaseHTTPRequestHandler):
    """Hands requests to git's own server program, as web servers do."""

    root: Path
    asked: list[str]

    def do_GET(self) -> None:
        self._hand_over(b"")

    def do_POST(self) -> None:
        self._hand_over(self.rfile.read(int(self.headers["Content-Length"])))

    def _hand_over(self, body: bytes) -> None:
        self.asked.append(self.path)
        path, _, query = self.path.partition("?")
        variables = {
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "PATH_INFO": path,
            "QUERY_STRING": query,
        }
        command = ["git", "http-backend"]
        done = subprocess.run(
            command, input=body, capture_output=True, env=os.environ | variables, check=False
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        lines = dict(line.split(": ", 1) for line in head.decode().splitlines())
        self.send_response(int(lines.pop("Status", "200").split()[0]))
        for name, value in lines.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


class QuietFiles(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(handler: type[BaseHTTPRequestHandler] | partial[QuietFiles]) -> Generator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *AUTHOR, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def published(root: Path) -> tuple[Path, str]:
    """A repository with a folder of tasks, an archive of examples and a file nobody asks for."""
    repository = root / "sets"
    (repository / "data" / "kind").mkdir(parents=True)
    (repository / "data" / "kind" / "shift.json").write_text(json.dumps(ARC))
    (repository / "huge.bin").write_bytes(os.urandom(300_000))
    (repository / "pairs.zip").write_bytes(zip_of_pairs())
    git(root, "init", "--quiet", "sets")
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "Publish")
    return repository, git(repository, "rev-parse", "HEAD")


def zip_of_pairs() -> bytes:
    pairs = [{"input": [[n, 0]], "output": [[0, n]]} for n in range(1, 9)]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("made/tasks/a1.json", json.dumps(pairs * 2_000))
        archive.writestr("made/tasks/b2.json", json.dumps(pairs[::-1]))
        archive.writestr("made/metadata.json", "{}")
        archive.writestr("__MACOSX/made/tasks/._a1.json", "not JSON")
    return stream.getvalue()


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[tuple[Entry, list[str]]]:
    """The entry of a set in a repository on this machine, and the requests that its server got."""
    _, commit = published(tmp_path)
    asked: list[str] = []
    handler = type("Handler", (SmartGit,), {"root": tmp_path, "asked": asked})
    with served(handler) as address:
        text = (
            f'[mine]\ntitle = "Mine"\nlicence = "MIT"\nrepository = "{address}/sets"\n'
            f'commit = "{commit}"\npath = "data"\n'
            'read = { layout = "tar-arc", folder = "data" }\n'
        )
        yield read_catalogue(text)["mine"], asked


def sets_of(entry: Entry, folder: Path, *, offline: bool = False) -> NamedSets:
    return NamedSets(folder=folder / "kept", entries={"mine": entry}, offline=offline)


@needs_git
def test_a_folder_of_a_commit_is_had_without_trust_and_kept(
    tmp_path: Path, repository: tuple[Entry, list[str]]
):
    entry, asked = repository
    sets = sets_of(entry, tmp_path)
    taskset, _ = sets("mine")
    assert [task.name for task in taskset] == ["shift"]
    assert sets.obtain("mine", entry).stat().st_size < 100_000
    count = len(asked)
    assert len(replace(sets, offline=True)("mine")[0]) == 1
    assert len(asked) == count
    assert sets.kept("mine") == hashlib.sha256(sets.obtain("mine", entry).read_bytes()).hexdigest()


@needs_git
def test_a_kept_folder_that_was_changed_is_had_again(
    tmp_path: Path, repository: tuple[Entry, list[str]]
):
    entry, asked = repository
    sets = sets_of(entry, tmp_path)
    sets.obtain("mine", entry).write_bytes(b"spoilt")
    count = len(asked)
    assert len(sets("mine")[0]) == 1
    assert len(asked) > count


@needs_git
def test_the_first_examples_of_files_in_an_archive_of_a_commit_become_tasks(
    tmp_path: Path, repository: tuple[Entry, list[str]]
):
    entry, _ = repository
    layout = {"layout": "zip-pairs", "folder": "made/tasks", "train": 5, "test": 2}
    fields = entry.model_dump() | {"path": "pairs.zip", "read": layout}
    taskset, _ = sets_of(Entry.model_validate(fields), tmp_path)("mine")
    first, second = taskset
    assert (first.name, second.name) == ("a1", "b2")
    assert len(first.train) == 5
    assert [pair.output for pair in first.train][:2] == [((0, 1),), ((0, 2),)]
    assert taskset.scorer.reveal(first) == (((0, 6),), ((0, 7),))
    more = Entry.model_validate(fields | {"read": layout | {"test": 4}})
    with pytest.raises(TaskError, match=r"b2 has 8 examples; 9 are needed"):
        sets_of(more, tmp_path)("mine")


@needs_git
def test_a_commit_that_the_repository_does_not_have_is_refused(
    tmp_path: Path, repository: tuple[Entry, list[str]]
):
    entry, _ = repository
    with pytest.raises(TaskError, match=r"git fetch: fatal: .*not our ref"):
        sets_of(entry.model_copy(update={"commit": "1" * 40}), tmp_path)("mine")
    with pytest.raises(TaskError, match="holds no 'nowhere'"):
        sets_of(entry.model_copy(update={"path": "nowhere"}), tmp_path)("mine")


@needs_git
def test_a_file_that_was_changed_in_the_repository_is_refused(
    tmp_path: Path, repository: tuple[Entry, list[str]]
):
    entry, _ = repository
    blob = git(tmp_path / "sets", "rev-parse", f"{entry.commit}:data/kind/shift.json")
    stored = tmp_path / "sets" / ".git" / "objects" / blob[:2] / blob[2:]
    other = git(tmp_path / "sets", "rev-parse", f"{entry.commit}:huge.bin")
    stored.chmod(0o644)
    stored.write_bytes((stored.parent.parent / other[:2] / other[2:]).read_bytes())
    with pytest.raises(TaskError, match="git fetch"):
        sets_of(entry, tmp_path)("mine")
    assert not list((tmp_path / "kept").glob("*data"))


BACKEND: Final = """
def prepare_metadata_for_build_wheel(folder, config_settings=None):
    from pathlib import Path
    home = Path(folder, "listset-1.0.dist-info")
    home.mkdir()
    home.joinpath("METADATA").write_text("Metadata-Version: 2.1\\nName: listset\\nVersion: 1.0\\n")
    return home.name
def build_wheel(folder, config_settings=None, metadata_directory=None):
    raise NotImplementedError
"""


def source_archive() -> bytes:
    """A release as source, that needs nothing to be built, with two BIG-bench tasks and others."""
    examples = [{"input": f"[{n}, 0]", "target": f"[{n}]"} for n in range(6)]
    task = json.dumps({"canary": "keep out", "examples": examples})
    build = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    files = {
        "PKG-INFO": "Metadata-Version: 2.1\nName: listset\nVersion: 1.0\n",
        "pyproject.toml": build,
        "backend.py": BACKEND,
        "pack/lists/c001/task.json": task,
        "pack/lists/00_shot/task.json": task,
        "pack/lists/task.json": "{}",
        "pack/other/c001/task.json": task,
    }
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(f"listset-1.0/{name}")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return stream.getvalue()


@needs_pip
def test_one_folder_of_a_source_release_is_kept_and_read_as_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    data = source_archive()
    home = tmp_path / "index" / "listset"
    home.mkdir(parents=True)
    (home / "listset-1.0.tar.gz").write_bytes(data)
    (home / "index.html").write_text('<a href="listset-1.0.tar.gz">listset-1.0.tar.gz</a>')
    entry = Entry.model_validate(
        {
            "title": "Mine",
            "licence": "MIT",
            "package": "listset==1.0",
            "sha256": hashlib.sha256(data).hexdigest(),
            "path": "pack/lists",
            "read": {
                "layout": "tar-bigbench",
                "folder": "pack/lists",
                "name": "c[0-9]{3}",
                "train": 4,
                "test": 2,
            },
        }
    )
    with served(partial(QuietFiles, directory=str(tmp_path / "index"))) as address:
        for name in [name for name in os.environ if name.startswith("PIP_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", address)
        sets = sets_of(entry, tmp_path)
        (task,), _ = sets("mine")
        assert task.name == "c001"
        assert [pair.output for pair in task.train] == [(0,), (1,), (2,), (3,)]
        with tarfile.open(sets.obtain("mine", entry)) as kept:
            assert all("pack/lists" in name for name in kept.getnames())
        other = entry.model_copy(update={"sha256": "0" * 64, "path": "pack"})
        with pytest.raises(TaskError, match="pip could not get it: ERROR: THESE PACKAGES DO NOT"):
            sets_of(other, tmp_path)("mine")
