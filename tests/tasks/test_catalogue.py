"""Named data sets, downloaded from a server on this machine that misbehaves on demand."""

import hashlib
import io
import json
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from peirce.tasks.catalogue import NamedSets, read_catalogue
from peirce.tasks.download import TRIES, fetch, from_url
from peirce.tasks.errors import TaskError

ARC = {
    "train": [{"input": [[1, 0]], "output": [[0, 1]]}, {"input": [[2, 0]], "output": [[0, 2]]}],
    "test": [{"input": [[3, 0]], "output": [[0, 3]]}],
}


@dataclass
class Publisher:
    """What the server has, and how it behaves."""

    data: bytes = b""
    cut_after: int | None = None
    """Connections end after so many bytes of the file."""
    ranges: bool = True
    status: int = 200
    asked: list[str] = field(default_factory=list[str])
    """The Range header of each request."""
    url: str = ""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    here = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            here.asked.append(wanted)
            if here.status != 200:
                self.send_error(here.status)
                return
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and here.ranges else 0
            if start >= len(here.data):
                self.send_error(416)
                return
            body = here.data[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: here.cut_after])

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    here.url = f"http://127.0.0.1:{server.server_port}/set"
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def tar_of(files: dict[str, object]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, content in files.items():
            data = json.dumps(content).encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def named(
    folder: Path,
    publisher: Publisher,
    *,
    known: str = "",
    offline: bool = False,
    trust: bool = False,
) -> NamedSets:
    """A catalogue of one set, `mine`, published by the server."""
    text = (
        f'[mine]\ntitle = "Mine"\nlicence = "MIT"\nurl = "{publisher.url}"\nsha256 = "{known}"\n'
        'read = { layout = "tar-arc", folder = "data" }\n'
    )
    return NamedSets(folder=folder, entries=read_catalogue(text), offline=offline, trust=trust)


def test_a_file_comes_whole_and_is_kept(tmp_path: Path, publisher: Publisher):
    publisher.data = tar_of({"repo/data/kind/shift.json": ARC, "repo/other/no.json": {}})
    sets = named(tmp_path, publisher, known=sha256(publisher.data))
    taskset, licence = sets("mine")
    assert [task.name for task in taskset] == ["shift"]
    assert taskset.scorer.knows(taskset.tasks[0])
    assert licence == "MIT"
    assert sets.has("mine")
    sets("mine")
    assert publisher.asked == [""]


def test_a_cut_download_goes_on_where_it_stopped(tmp_path: Path, publisher: Publisher):
    publisher.data, publisher.cut_after = bytes(range(256)) * 40, 4_000
    target = tmp_path / "file"
    fetch(from_url(publisher.url), target, sha256=sha256(publisher.data), say=lambda text: None)
    assert target.read_bytes() == publisher.data
    assert publisher.asked == ["", "bytes=4000-", "bytes=8000-"]


def test_what_is_there_is_kept_for_the_next_command(tmp_path: Path, publisher: Publisher):
    publisher.data, publisher.cut_after = bytes(5_000), 1_000
    target = tmp_path / "file"
    with pytest.raises(TaskError, match=f"{TRIES} times; 3000 bytes are here"):
        fetch(from_url(publisher.url), target, sha256=sha256(publisher.data), say=lambda text: None)
    assert not target.exists()
    publisher.cut_after = None
    fetch(from_url(publisher.url), target, sha256=sha256(publisher.data), say=lambda text: None)
    assert publisher.asked[-1] == "bytes=3000-"
    assert target.read_bytes() == publisher.data


def test_a_server_without_ranges_is_read_from_the_start(tmp_path: Path, publisher: Publisher):
    publisher.data, publisher.ranges = b"all of it", False
    (tmp_path / "file.part").write_bytes(b"all o")
    fetch(
        from_url(publisher.url),
        tmp_path / "file",
        sha256=sha256(b"all of it"),
        say=lambda text: None,
    )
    assert (tmp_path / "file").read_bytes() == b"all of it"


def test_a_beginning_longer_than_the_file_is_thrown_away(tmp_path: Path, publisher: Publisher):
    publisher.data = b"short"
    (tmp_path / "file.part").write_bytes(b"much longer than that")
    fetch(
        from_url(publisher.url), tmp_path / "file", sha256=sha256(b"short"), say=lambda text: None
    )
    assert (tmp_path / "file").read_bytes() == b"short"


def test_a_tampered_file_is_refused_and_thrown_away(tmp_path: Path, publisher: Publisher):
    publisher.data = tar_of({"repo/data/shift.json": ARC})
    sets = named(tmp_path, publisher, known=sha256(b"the real one"))
    with pytest.raises(TaskError, match=r"tampered with or changed"):
        sets("mine")
    assert not [path for path in tmp_path.iterdir() if path.suffix != ".lock"]


def test_a_kept_file_that_was_changed_is_had_again(tmp_path: Path, publisher: Publisher):
    publisher.data = tar_of({"repo/data/shift.json": ARC})
    sets = named(tmp_path, publisher, known=sha256(publisher.data))
    file = sets.obtain("mine", sets.entries["mine"])
    file.write_bytes(b"spoilt")
    assert len(sets("mine")[0]) == 1
    assert len(publisher.asked) == 2


def test_an_unverified_file_needs_trust_and_then_stays_the_same(
    tmp_path: Path, publisher: Publisher
):
    publisher.data = tar_of({"repo/data/shift.json": ARC})
    with pytest.raises(TaskError, match="--trust-on-first-use"):
        named(tmp_path, publisher)("mine")
    assert publisher.asked == []
    said: list[str] = []
    sets = replace(named(tmp_path, publisher, trust=True), say=said.append)
    assert sets.kept("mine") == ""
    assert len(sets("mine")[0]) == 1
    original, first = publisher.data, sha256(publisher.data)
    assert first in said[-1]
    assert sets.kept("mine") == first
    sets.obtain("mine", sets.entries["mine"]).unlink()
    publisher.data = tar_of({"repo/data/other.json": ARC})
    with pytest.raises(TaskError, match=rf"instead of {first}; it was tampered with or changed"):
        named(tmp_path, publisher, trust=True)("mine")
    publisher.data = original
    assert len(named(tmp_path, publisher)("mine")[0]) == 1


def test_offline_uses_what_is_here_and_asks_nobody(tmp_path: Path, publisher: Publisher):
    publisher.data = tar_of({"repo/data/shift.json": ARC})
    known = sha256(publisher.data)
    with pytest.raises(TaskError, match="--offline forbids"):
        named(tmp_path, publisher, known=known, offline=True)("mine")
    assert publisher.asked == []
    named(tmp_path, publisher, known=known)("mine")
    assert len(named(tmp_path, publisher, known=known, offline=True)("mine")[0]) == 1
    assert len(publisher.asked) == 1


def test_a_server_that_refuses_is_quoted(tmp_path: Path, publisher: Publisher):
    publisher.status = 404
    with pytest.raises(TaskError, match="the server says 404"):
        named(tmp_path, publisher, known="0" * 64)("mine")


@pytest.mark.parametrize("url", ["http://example.org/x", "ftp://127.0.0.1/x", "file:///etc/passwd"])
def test_only_encrypted_addresses_are_spoken_to(url: str):
    with pytest.raises(TaskError, match="only https"):
        from_url(url)


def test_two_task_files_of_one_name_are_refused(tmp_path: Path, publisher: Publisher):
    publisher.data = tar_of({"repo/data/a/x.json": ARC, "repo/data/b/x.json": ARC})
    with pytest.raises(TaskError, match="have one name"):
        named(tmp_path, publisher, known=sha256(publisher.data))("mine")


def test_an_archive_laid_out_otherwise_is_refused(tmp_path: Path, publisher: Publisher):
    publisher.data = b"no archive at all"
    with pytest.raises(TaskError, match="not laid out as the catalogue says"):
        named(tmp_path, publisher, known=sha256(publisher.data))("mine")


def test_a_part_of_a_zip_archive_is_read(tmp_path: Path, publisher: Publisher):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("pack/tasks.json", json.dumps({"train": {"a": ARC, "b": ARC}, "eval": {}}))
    publisher.data = stream.getvalue()
    text = (
        f'[mine]\ntitle = "Mine"\nlicence = "MIT"\nurl = "{publisher.url}"\ntasks = 2\n'
        f'sha256 = "{sha256(publisher.data)}"\n'
        'read = { layout = "zip-tasks", member = "pack/tasks.json", part = "train" }\n'
    )
    taskset, _ = NamedSets(folder=tmp_path, entries=read_catalogue(text))("mine")
    assert [task.name for task in taskset] == ["a", "b"]
    miscounted = read_catalogue(text.replace("tasks = 2", "tasks = 3"))
    with pytest.raises(TaskError, match="2 tasks where the catalogue says 3"):
        NamedSets(folder=tmp_path, entries=miscounted)("mine")


def test_the_shipped_catalogue_pins_every_source():
    entries = read_catalogue()
    named = {"arc-agi-1-training", "arc-agi-2-evaluation", "1d-arc", "conceptarc", "mini-arc"}
    assert named | {"list-functions", "re-arc"} <= set(entries)
    for entry in entries.values():
        assert entry.pin == ("sha256" if "==" in entry.package else "commit")
        assert entry.licence


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("", "one of a package, a url and a repository"),
        ('package = "x==1"', "needs its sha256"),
        ('repository = "https://x"\npath = "data"', "needs a commit and a path"),
        ('url = "https://x"\npath = "data"', "leave out the path"),
    ],
)
def test_a_catalogue_without_what_a_source_needs_is_refused(source: str, complaint: str):
    text = f'[mine]\ntitle = "Mine"\nlicence = "MIT"\n{source}\nread = {{ layout = "tasks" }}\n'
    with pytest.raises(TaskError, match=complaint):
        read_catalogue(text)


def test_the_samples_are_a_named_set_and_others_are_listed():
    taskset, licence = NamedSets()("samples")
    assert len(taskset) > 20
    assert licence == "Apache-2.0"
    with pytest.raises(TaskError, match="there are: samples, arc-agi-1-training"):
        NamedSets()("nonsense")
