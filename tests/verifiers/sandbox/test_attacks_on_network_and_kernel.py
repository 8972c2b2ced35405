"""Programs that talk, trace, signal and escalate. N, K and S rows of the list of attacks."""

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.verifiers.sandbox.conftest import Arena

NETWORK = {
    "tcp": "socket.socket().connect(('127.0.0.1', 22))",
    "udp": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('8.8.8.8', 53))",
    "listen": "socket.create_server(('127.0.0.1', 0))",
    "unix_path": "socket.socket(socket.AF_UNIX).connect('/run/dbus/system_bus_socket')",
    "abstract_unix": "socket.socket(socket.AF_UNIX).connect('\\0x')",
    "socket_pair": "socket.socketpair()",
    "netlink": "socket.socket(16, socket.SOCK_RAW, 0)",
    "packet": "socket.socket(17, socket.SOCK_RAW, 0)",
    "crypto": "socket.socket(38, socket.SOCK_SEQPACKET, 0)",
    "virtual_machine": "socket.socket(40, socket.SOCK_STREAM, 0)",
    "bluetooth": "socket.socket(31, socket.SOCK_RAW, 0)",
    "raw_ip": "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "system_v_semaphore": "raw('semget', 0, 1, 0o1600)",
    "system_v_message": "raw('msgget', 0, 0o1600)",
    "keyring_add": "raw('add_key', 0, 0, 0, 0, -3)",
    "keyring_request": "raw('request_key', 0, 0, 0, 0)",
    "keyring_control": "raw('keyctl', 0, -3, 1)",
    "io_uring": "raw('io_uring_setup', 1, ctypes.addressof(ctypes.create_string_buffer(128)))",
    "file_lock": "call('lockf', 1, 2, 0)",
}

KERNEL = {
    "trace_parent": "raw('ptrace', 16, os.getppid(), 0, 0)",
    "read_parent": "raw('process_vm_readv', os.getppid(), 0, 0, 0, 0, 0)",
    "write_parent": "raw('process_vm_writev', os.getppid(), 0, 0, 0, 0, 0)",
    "probe_parent": "os.kill(os.getppid(), 0)",
    "kill_parent": "os.kill(os.getppid(), 9)",
    "stop_parent": "os.kill(os.getppid(), 19)",
    "kill_first": "os.kill(1, 9)",
    "kill_all": "os.kill(-1, 9)",
    "kill_group": "os.killpg(0, 9)",
    "kill_thread": "raw('tgkill', os.getppid(), os.getppid(), 9)",
    "open_parent": "raw('pidfd_open', os.getppid(), 0)",
    "signal_by_descriptor": "raw('pidfd_send_signal', 3, 9, 0, 0)",
    "steal_descriptor": "raw('pidfd_getfd', 3, 3, 0)",
    "new_namespace": "raw('unshare', 0x10000000)",
    "enter_namespace": "raw('setns', 0, 0)",
    "mount": "raw('mount', 0, 0, 0, 0, 0)",
    "unmount": "raw('umount2', ctypes.addressof(ctypes.create_string_buffer(b'/')), 2)",
    "limit_parent": "resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (3, 3))",
    "priority": "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "affinity": "os.sched_setaffinity(os.getppid(), {0})",
    "realtime": "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))",
    "personality": "raw('personality', 0x0040000)",
    "execute": "os.execv('/bin/true', ['true'])",
    "execute_shell": "os.execve('/bin/sh', ['sh'], {})",
    "make_dumpable": "call('prctl', 4, 1, 0, 0, 0)",
    "filter_again": "raw('seccomp', 0, 0, 0)",
    "survive_parent": "call('prctl', 1, 0, 0, 0, 0)",
    "bpf": "raw('bpf', 0, 0, 0)",
    "perf": "raw('perf_event_open', 0, 0, -1, -1, 0)",
    "user_faults": "raw('userfaultfd', 0)",
    "kexec": "raw('kexec_load', 0, 0, 0, 0)",
    "module": "raw('init_module', 0, 0, 0)",
    "become_root": "os.setuid(0)",
    "drop_groups": "os.setgroups([])",
    "reboot": "call('reboot', 0)",
    "set_clock": "time.clock_settime(time.CLOCK_REALTIME, 0)",
    "host_name": "socket.sethostname('x')",
    "push_keystroke": "call('ioctl', 0, 0x5412, b'x')",
    "new_session": "os.setsid()",
    "splice_pages": "raw('vmsplice', 1, 0, 0, 0)",
}

ESCAPES = {
    "subclasses": (
        """
def transform(g):
    for kind in ().__class__.__base__.__subclasses__():
        if kind.__name__ == "Popen":
            kind(["true"])
            return BREACH
    raise PermissionError("no Popen here")
""",
        "policy",
    ),
    "modules_table": (
        "def transform(g):\n    return [[int(sys.modules['os'].system('true') == 0)]]",
        "ok",
    ),
    "sub_module": (
        """
import queue
def transform(g):
    return [[int(queue.threading._sys.modules["posix"].system("true") == 0)]]
""",
        "ok",
    ),
    "builtin_importer": (
        """
def transform(g):
    loader = type(sys.__spec__.loader) if sys.__spec__ else object
    importer = [k for k in object.__subclasses__() if k.__name__ == "BuiltinImporter"][0]
    posix = importer.load_module("posix")
    posix.open("/etc/passwd", 0)
    return BREACH
""",
        "policy",
    ),
    "traceback_frame": (
        """
def transform(g):
    try:
        1 / 0
    except ZeroDivisionError as error:
        frame = error.__traceback__.tb_frame
        while frame.f_back:
            frame = frame.f_back
        frame.f_globals["__builtins__"]["__import__"]("os").open("/etc/passwd", 0)
    return BREACH
""",
        "policy error",
    ),
    "warnings_module": (
        """
import warnings
def transform(g):
    warnings.catch_warnings()._module.sys.modules["os"].listdir("/")
    return BREACH
""",
        "policy",
    ),
    "c_library": ("def transform(g):\n    return [[int(LIBC.system(b'true') == 0)]]", "ok"),
    "spawn_helpers": (
        "def transform(g):\n    os.spawnv(os.P_WAIT, '/bin/true', ['true'])\n    return BREACH",
        "policy",
    ),
    "code_object": (
        """
def transform(g):
    code = (lambda: 0).__code__.replace(co_code=b"\\xff" * 64, co_stacksize=0)
    eval(code)
    return BREACH
""",
        "crash error timeout memory policy",
    ),
}


@pytest.mark.parametrize("name", NETWORK)
def test_network_attack_is_denied(arena: "Arena", name: str) -> None:
    arena.withstands(f"def transform(g):\n    {NETWORK[name]}\n    return BREACH", "policy")


@pytest.mark.parametrize("name", KERNEL)
def test_kernel_attack_is_denied(arena: "Arena", name: str) -> None:
    arena.withstands(f"def transform(g):\n    {KERNEL[name]}\n    return BREACH", "policy")


@pytest.mark.parametrize("name", ESCAPES)
def test_python_escape_leads_nowhere(arena: "Arena", name: str) -> None:
    arena.withstands(*ESCAPES[name])


def test_a_live_server_sees_no_connection(arena: "Arena") -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port: int = server.getsockname()[1]
        source = f"def transform(g):\n    s = socket.create_connection(('127.0.0.1', {port}), 1)"
        arena.withstands(source + "\n    return BREACH", "policy")
        with pytest.raises(BlockingIOError):
            server.accept()


def test_names_cannot_be_resolved(arena: "Arena") -> None:
    source = "def transform(g):\n    socket.getaddrinfo('example.org', 80)\n    return BREACH"
    arena.withstands(source, "error policy")


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="machine code of x86_64")
def test_the_32_bit_door_is_closed(arena: "Arena") -> None:
    source = """
def transform(g):
    code = b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3"  # mov eax, 20; int 0x80; ret
    LIBC.mmap.restype = ctypes.c_void_p
    at = LIBC.mmap(None, ctypes.c_size_t(4096), 7, 0x22, -1, ctypes.c_long(0))
    ctypes.memmove(at, code, len(code))
    ctypes.CFUNCTYPE(ctypes.c_int)(at)()
    return BREACH
"""
    arena.withstands(source, "policy crash")


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="x32 is an ABI of x86_64")
def test_the_x32_door_is_closed(arena: "Arena") -> None:
    source = """
def transform(g):
    LIBC.syscall(ctypes.c_long(39 | 0x40000000))
    return BREACH
"""
    arena.withstands(source, "policy")


def test_capabilities_are_gone_for_good(arena: "Arena") -> None:
    source = """
def transform(g):
    header = struct.pack("Ii", 0x20080522, 0)
    data = ctypes.create_string_buffer(24)
    held = LIBC.capget(header, data) == 0 and any(data.raw)
    return [[int(held or os.geteuid() == 0)]]
"""
    arena.withstands(source, "ok")


@pytest.mark.parametrize(
    "body",
    ["ctypes.string_at(0)", "os.abort()", "os.kill(os.getpid(), 11)"],
    ids=["null_pointer", "abort", "signal_itself"],
)
def test_a_crash_is_a_crash(arena: "Arena", body: str) -> None:
    arena.withstands(f"def transform(g):\n    {body}\n    return BREACH", "crash policy")


def test_no_process_outlives_its_program(arena: "Arena") -> None:
    source = """
def transform(g):
    for _ in range(2):
        try:
            if os.fork() == 0:
                os.setsid()
                time.sleep(1000)
        except PermissionError:
            pass
    time.sleep(1000)
"""
    arena.run("def transform(g):\n    return g")
    before = _sandboxes()
    arena.withstands(source, "timeout")
    assert not [pid for pid in _descendants(os.getpid()) if _state(pid) == "Z"]
    assert 1 <= _sandboxes() <= before


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in (Path("/proc") / str(pid) / "task").iterdir():
        for child in (task / "children").read_text(encoding="utf-8").split():
            found += [int(child), *_descendants(int(child))]
    return found


def _state(pid: int) -> str:
    return (
        (Path("/proc") / str(pid) / "stat")
        .read_text(encoding="utf-8")
        .rpartition(")")[2]
        .split()[0]
    )


def _sandboxes() -> int:
    """Processes of all sandboxes that are open, those that other files opened included."""
    lines = [
        (Path("/proc") / str(pid) / "cmdline").read_bytes() for pid in _descendants(os.getpid())
    ]
    return sum(b"peirce.verifiers.sandbox" in line for line in lines)
