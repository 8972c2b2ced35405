"""Programs that read, write, list and poison files. F rows of the list of attacks."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from tests.verifiers.sandbox.conftest import Arena

CALLS = {
    "read_passwd": "open('/etc/passwd').read()",
    "read_shadow": "open('/etc/shadow').read()",
    "read_home": "open(os.path.expanduser('~/.bashrc')).read()",
    "read_own_environment": "open('/proc/self/environ').read()",
    "read_first_environment": "open('/proc/1/environ').read()",
    "read_parent_memory": "open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
    "read_memory_map": "open('/proc/self/maps').read()",
    "write_own_memory": "open('/proc/self/mem', 'r+b').write(b'x')",
    "write_tmp": "open('/tmp/peirce-left-over', 'w').write('x')",
    "write_shared_memory": "open('/dev/shm/peirce-left-over', 'w').write('x')",
    "write_lock": "open('/run/lock/peirce-left-over', 'w').write('x')",
    "write_var_tmp": "open('/var/tmp/peirce-left-over', 'w').write('x')",
    "write_standard_library": "open(os.__file__, 'a').write('x')",
    "write_site_package": "open(__import__('numpy').__file__, 'a').write('x')",
    "write_path_file": "open(os.path.dirname(os.__file__) + '/evil.pth', 'w').write('x')",
    "symlink": "os.symlink('/etc', '/tmp/peirce-left-over')",
    "hardlink": "os.link(os.__file__, '/tmp/peirce-left-over')",
    "rename": "os.rename(os.__file__, '/tmp/peirce-left-over')",
    "make_folder": "os.mkdir('/tmp/peirce-left-over')",
    "make_fifo": "os.mkfifo('/tmp/peirce-left-over')",
    "make_node": "os.mknod('/tmp/peirce-left-over')",
    "remove": "os.unlink(os.__file__)",
    "change_mode": "os.chmod(os.__file__, 0o777)",
    "change_owner": "os.chown(os.__file__, 1, 1)",
    "truncate": "os.truncate(os.__file__, 0)",
    "change_time": "os.utime(os.__file__, (0, 0))",
    "set_attribute": "os.setxattr(os.__file__, 'user.x', b'x')",
    "change_folder": "os.chdir('..')",
    "change_root": "os.chroot('/')",
    "pivot_root": "raw('pivot_root', 0, 0)",
    "list_home": "os.listdir('/home')",
    "list_root": "os.listdir('/')",
    "list_keys": "os.listdir('/root/.ssh')",
    "list_processes": "os.listdir('/proc')",
    "stat_host": "os.stat('/etc/passwd')",
    "open_by_handle": "raw('open_by_handle_at', 0, 0, 0)",
    "openat2": "raw('openat2', -100, 0, 0, 0)",
    "raw_open": "raw('openat', -100, ctypes.addressof(ctypes.create_string_buffer(b'/')), 0)",
    "library_open": "call('open', b'/etc/passwd', 0)",
    "lock_inode": "call('flock', 1, 2)",
    "read_terminal": "open('/dev/tty').read()",
    "disk_quota": "os.sync() or call('swapon', b'/dev/sda', 0)",
}


@pytest.mark.parametrize("name", CALLS)
def test_file_attack_is_denied(arena: "Arena", name: str) -> None:
    arena.withstands(f"def transform(g):\n    {CALLS[name]}\n    return BREACH", "policy")


def test_nothing_is_left_over_and_nothing_is_changed(arena: "Arena") -> None:
    library = Path(str(np.__file__))
    before = (library.read_bytes(), library.stat())
    attempts = "".join(
        f"    try:\n        {call}\n    except OSError:\n        pass\n" for call in CALLS.values()
    )
    arena.withstands(f"def transform(g):\n{attempts}    return [[0]]", "ok")
    folders = ("/tmp", "/dev/shm", "/run/lock", "/var/tmp")
    assert not [path for path in folders if (Path(path) / "peirce-left-over").exists()]
    after = (library.read_bytes(), library.stat())
    assert after[0] == before[0]
    assert (after[1].st_mode, after[1].st_mtime) == (before[1].st_mode, before[1].st_mtime)


def test_a_file_of_expected_outputs_cannot_be_read(arena: "Arena", tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text("[[1]]", encoding="utf-8")
    tmp_path.chmod(0o755)
    answers.chmod(0o644)
    source = f"def transform(g):\n    return json.loads(open({str(answers)!r}).read())"
    arena.withstands(source, "policy")


def test_the_environment_holds_nothing_of_the_host(
    arena: "Arena", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEIRCE_SECRET", "hunter2")
    source = """
def transform(g):
    found = "hunter2" in str(os.environ) or "HOME" in os.environ or "PATH" in os.environ
    LIBC.getenv.restype = ctypes.c_char_p
    return [[int(found or LIBC.getenv(b"PEIRCE_SECRET") is not None)]]
"""
    arena.withstands(source, "ok")


def test_only_the_reply_pipe_is_open(arena: "Arena") -> None:
    source = """
import stat
def transform(g):
    kinds = []
    for number in range(3, 256):
        try:
            mode = os.fstat(number).st_mode
        except OSError as error:
            if error.errno != errno.EBADF and error.errno != errno.EPERM:
                raise
            continue
        kinds.append(stat.S_IFMT(mode))
    found = []
    for number in range(0, 64):
        try:
            os.lseek(number, 0, os.SEEK_CUR)
            found.append(number)
        except OSError as error:
            if error.errno == errno.ESPIPE:
                found.append(100 + number)
    pipes = [n for n in found if n >= 100]
    files = [n for n in found if 3 <= n < 100]
    return [[int(len(pipes) != 1 or bool(files))]]
"""
    arena.withstands(source, "ok")


def test_input_bytes_cannot_be_rewritten(arena: "Arena") -> None:
    source = """
def transform(g):
    for number in range(3, 256):
        try:
            os.write(number, b"")
            os.ftruncate(number, 0)
        except OSError:
            pass
    return g
"""
    assert arena.run("import os\n" + source).ok
    arena.still_honest()
