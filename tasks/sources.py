"""Files that pip and git get for us: a release on the package index, a commit of a repository.

Both check what came before anything of it is used: pip the SHA-256 that it is given, git the name
of the commit, which is a hash of every file in it. Their own settings hold: index, proxy, tokens.
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from peirce.tasks.download import Source, check_address
from peirce.tasks.errors import TaskError

_STALLED: Final = ("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=30")
"""Has git give up after 30 seconds without a byte."""


def from_package(requirement: str, *, sha256: str, path: str = "") -> Source:
    """A release on the package index, had through pip; of a source archive one folder, as tar.

    Of several files of a release pip takes the one with the hash. To learn the name and version in
    a source archive, pip runs its build script; it does so only after the hash was right.

    Args:
        requirement: as `name==version`.
        sha256: of the file.
        path: the folder of a source archive that is kept; empty to keep the file as it is.
    """

    def write(part: Path) -> None:
        with tempfile.TemporaryDirectory(dir=part.parent) as name:
            folder = Path(name)
            wanted = folder / "wanted.txt"
            wanted.write_text(f"{requirement} --hash=sha256:{sha256}\n", encoding="utf-8")
            asked = ["--no-deps", "--require-hashes", "--requirement", str(wanted)]
            command = [*_pip(), "--disable-pip-version-check", "--quiet", "download", *asked]
            done = subprocess.run(
                [*command, "--dest", str(folder / "got")],
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            files = list(folder.glob("got/*"))
            if done.returncode or len(files) != 1:
                raise TaskError(f"{requirement}: pip could not get it: {_why(done.stderr)}")
            if path:
                _keep(files[0], path, part)
            else:
                shutil.move(files[0], part)

    return write


def from_repository(url: str, commit: str, path: str) -> Source:
    """A file of a commit, or a folder of it as tar archive; nothing else is downloaded.

    Args:
        url: of the repository.
        commit: its full name; git refuses files that are not what the name says.
        path: which file or folder.

    Raises:
        TaskError: the address is neither https nor on this machine.
    """
    check_address(url)

    def write(part: Path) -> None:
        with tempfile.TemporaryDirectory(dir=part.parent) as folder:
            repository = _Repository(Path(folder))
            repository.run("init", "--quiet", "--bare")
            repository.run("remote", "add", "origin", url)
            # Names of files first, then those below the path in one go.
            few = ("fetch", "--quiet", "--no-tags", "--filter=blob:none")
            repository.run(*few, "--depth=1", "origin", commit)
            listed = repository.run("ls-tree", "-r", "-z", commit, "--", path)
            blobs = [line.split()[2] for line in listed.split(b"\0") if line]
            if not blobs:
                raise TaskError(f"{url}: the commit {commit} holds no {path!r}")
            repository.run(*few, "--stdin", "origin", given=b"\n".join(blobs))
            what = f"{commit}:{path}"
            if repository.run("cat-file", "-t", what).strip() == b"blob":
                part.write_bytes(repository.run("cat-file", "blob", what))
            else:
                top = ("--prefix=repository/", commit, path)
                part.write_bytes(repository.run("archive", "--format=tar", *top))

    return write


class _Repository:
    """An empty repository of our own that fetches parts of another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """What a git command prints."""
        command = ["git", "-C", str(self._folder), *_STALLED, *arguments]
        # Never ask for a password: a repository that wants one is not the public one meant.
        settings = os.environ | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        try:
            done = subprocess.run(
                command, input=given, capture_output=True, env=settings, check=False
            )
        except FileNotFoundError:
            raise TaskError(
                "this data set comes from a git repository, and git is not installed; install git"
            ) from None
        if done.returncode:
            raise TaskError(f"git {arguments[0]}: {_why(done.stderr.decode(errors='replace'))}")
        return done.stdout


def _why(text: str) -> str:
    """The line of a program's complaints that says what is wrong."""
    lines = text.strip().splitlines() or ["it does not say why"]
    marked = [line for line in lines if line.startswith(("ERROR:", "fatal:"))]
    return (marked or lines)[-1]


def _keep(archive: Path, folder: str, part: Path) -> None:
    """Copy the files below one folder of a tar archive to a new one, uncompressed."""
    found = 0
    with tarfile.open(archive, "r:*") as old, tarfile.open(part, "w") as new:
        for info in old:
            inside = PurePosixPath(*PurePosixPath(info.name).parts[1:])
            stream = old.extractfile(info) if inside.is_relative_to(folder) else None
            if stream is None:
                continue
            plain = tarfile.TarInfo(info.name)
            plain.size = info.size
            new.addfile(plain, io.BytesIO(stream.read()))
            found += 1
    if not found:
        raise TaskError(f"{archive.name}: holds no folder {folder!r}")


def _pip() -> Sequence[str]:
    probe = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
    )
    if probe.returncode == 0:
        return [sys.executable, "-m", "pip"]
    found = shutil.which("pip") or shutil.which("pip3")
    if found is None:
        raise TaskError(
            "this data set comes from the package index, and pip is not installed; install pip"
        )
    return [found]
