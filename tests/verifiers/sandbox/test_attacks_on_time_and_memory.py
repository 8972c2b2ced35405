"""Programs that loop, sleep, swell and flood. T and M rows of the list of attacks."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.verifiers.sandbox.conftest import Arena

TIME = {
    "infinite_loop": ("def transform(g):\n    while True: pass", "timeout"),
    "loop_on_import": ("while True: pass", "timeout"),
    "sleep": ("def transform(g):\n    time.sleep(1e6)", "timeout"),
    "swallow_every_exception": (
        """
def transform(g):
    while True:
        try:
            while True: pass
        except BaseException:
            pass
""",
        "timeout",
    ),
    "ignore_every_signal": (
        """
def transform(g):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True: pass
""",
        "timeout",
    ),
    "regex_backtracking": (
        "def transform(g):\n    return re.match('(a+)+$', 'a' * 64 + 'b')",
        "timeout",
    ),
    "huge_power": ("def transform(g):\n    return 9 ** 9 ** 8", "timeout memory"),
    "huge_decimal": (
        "def transform(g):\n    sys.set_int_max_str_digits(0)\n    return str(7 ** 9_000_000)",
        "timeout memory",
    ),
    "iterator_in_c": ("def transform(g):\n    return sum(itertools.repeat(1))", "timeout"),
    "stop_own_thread": (
        "def transform(g):\n    signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)",
        "policy",
    ),
    "stop_itself": ("def transform(g):\n    os.kill(os.getpid(), signal.SIGSTOP)", "policy"),
    "pause": ("def transform(g):\n    while True: signal.pause()", "timeout"),
    "select_forever": (
        "import select\ndef transform(g):\n    select.select([], [], [])",
        "timeout",
    ),
    "destructor_loops": (
        """
class D:
    def __del__(self):
        while True: pass
def transform(g):
    d = D()
    del d
    return g
""",
        "timeout",
    ),
    "exception_text_loops": (
        """
class E(Exception):
    def __str__(self):
        while True: pass
def transform(g):
    raise E()
""",
        "timeout",
    ),
    "timers_and_handlers": (
        """
def transform(g):
    signal.signal(signal.SIGALRM, lambda *a: None)
    signal.signal(signal.SIGXCPU, lambda *a: None)
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    while True: pass
""",
        "timeout",
    ),
    "hash_collisions": (
        "def transform(g):\n    return {i * (2 ** 61 - 1): i for i in range(10 ** 6)}",
        "timeout memory",
    ),
}

MEMORY = {
    "list_bomb": ("def transform(g):\n    return [0] * 10 ** 10", "memory"),
    "static_bomb": ("BLOCK = bytes(1 << 40)\ndef transform(g):\n    return g", "memory"),
    "gradual_and_swallow": (
        """
def transform(g):
    kept = []
    while True:
        try:
            kept.append(bytearray(16 << 20))
        except MemoryError:
            pass
""",
        "timeout memory",
    ),
    "numpy_bomb": (
        "import numpy as np\ndef transform(g):\n    return np.ones((100_000, 100_000))",
        "memory",
    ),
    "strided_view": (
        """
import numpy as np
def transform(g):
    return np.lib.stride_tricks.as_strided(np.zeros(1, dtype=int), (1000, 10 ** 6), (0, 0))
""",
        "memory timeout",
    ),
    "raw_mmap": (
        """
def transform(g):
    LIBC.mmap.restype = ctypes.c_void_p
    while True:
        at = LIBC.mmap(None, ctypes.c_size_t(64 << 20), 3, 0x22, -1, ctypes.c_long(0))
        if at in (None, 2 ** 64 - 1):
            raise MemoryError
        ctypes.memset(at, 1, 64 << 20)
""",
        "memory timeout",
    ),
    "recursion": ("def transform(g):\n    return transform(g)", "error"),
    "recursion_without_limit": (
        "def transform(g):\n    sys.setrecursionlimit(10 ** 9)\n    return transform(g)",
        "crash memory timeout",
    ),
    "recursion_in_c": (
        """
class A:
    def __add__(self, other):
        return self + other
def transform(g):
    sys.setrecursionlimit(10 ** 9)
    return A() + A()
""",
        "crash memory timeout",
    ),
    "nested_list_text": (
        """
def transform(g):
    sys.setrecursionlimit(10 ** 9)
    x = []
    for _ in range(10 ** 6):
        x = [x]
    return repr(x)
""",
        "crash memory timeout error",
    ),
    "nested_answer": (
        "def transform(g):\n    for _ in range(10 ** 5):\n        g = [g]\n    return g",
        "type",
    ),
    "parser_bomb": ("def transform(g):\n    return eval('(' * 50_000)", "error memory crash"),
    "syntax_tree_bomb": (
        "def transform(g):\n    return eval('-' * 200_000 + '1')",
        "error memory crash",
    ),
    "huge_answer": ("def transform(g):\n    return 'a' * (5 << 20)", "output_limit"),
    "huge_grid": (
        "def transform(g):\n    return [[0] * 2000] * 4000",
        "output_limit timeout memory",
    ),
    "stdout_flood": ("def transform(g):\n    while True: print('x' * 4096)", "timeout"),
    "stderr_flood": (
        "def transform(g):\n    while True: sys.stderr.write('x' * 4096)",
        "timeout",
    ),
    "descriptor_exhaustion": (
        "def transform(g):\n    return [os.dup(1) for _ in range(5000)] and BREACH",
        "policy",
    ),
    "threads": (
        """
def transform(g):
    threads = [threading.Thread(target=time.sleep, args=(9,)) for _ in range(5)]
    [t.start() for t in threads]
    return BREACH
""",
        "policy",
    ),
    "fork": ("def transform(g):\n    return BREACH if os.fork() else os._exit(0)", "policy"),
    "vfork": (
        "def transform(g):\n    return BREACH if call('vfork') else os._exit(0)",
        "policy",
    ),
    "raw_clone3": ("def transform(g):\n    raw('clone3', 0, 0)\n    return BREACH", "error"),
    "fork_bomb_that_swallows": (
        """
def transform(g):
    while True:
        try:
            os.fork()
        except OSError:
            pass
""",
        "timeout",
    ),
    "system": ("def transform(g):\n    return [[int(os.system('true') == 0)]]", "ok"),
    "posix_spawn": (
        "def transform(g):\n    os.posix_spawn('/bin/true', ['true'], {})\n    return BREACH",
        "policy",
    ),
    "subprocess": (
        "import subprocess\ndef transform(g):\n    subprocess.run(['true'])\n    return BREACH",
        "load policy",
    ),
    "memory_file": ("def transform(g):\n    return [[os.memfd_create('x')]] and BREACH", "policy"),
    "system_v_memory": (
        "def transform(g):\n    raw('shmget', 0, 4096, 0o1600)\n    return BREACH",
        "policy",
    ),
    "message_queue": (
        "def transform(g):\n    call('mq_open', b'/x', 0o102, 0o600, None)\n    return BREACH",
        "policy",
    ),
    "pipes": (
        "def transform(g):\n    return [os.pipe() for _ in range(100)] and BREACH",
        "policy",
    ),
    "kernel_objects_epoll": (
        "def transform(g):\n    raw('epoll_create1', 0)\n    return BREACH",
        "policy",
    ),
    "kernel_objects_event": (
        "def transform(g):\n    raw('eventfd2', 0, 0)\n    return BREACH",
        "policy",
    ),
    "kernel_objects_timer": (
        "def transform(g):\n    raw('timerfd_create', 0, 0)\n    return BREACH",
        "policy",
    ),
    "kernel_objects_inotify": (
        "def transform(g):\n    raw('inotify_init1', 0)\n    return BREACH",
        "policy",
    ),
    "zlib_bomb": (
        """
import zlib
def transform(g):
    packer = zlib.compressobj(1)
    packed = b''.join(packer.compress(bytes(1 << 20)) for _ in range(32)) + packer.flush()
    return [zlib.decompress(packed) for _ in range(1000)]
""",
        "memory timeout",
    ),
    "raise_own_limits": (
        """
def transform(g):
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return BREACH
""",
        "policy error",
    ),
}


@pytest.mark.parametrize("name", TIME)
def test_attack_on_time_is_withstood(arena: "Arena", name: str) -> None:
    arena.withstands(*TIME[name])


@pytest.mark.parametrize("name", MEMORY)
def test_attack_on_memory_is_withstood(arena: "Arena", name: str) -> None:
    arena.withstands(*MEMORY[name])


def test_exit_handlers_do_not_hold_up_the_answer(arena: "Arena") -> None:
    source = """
import atexit
def spin():
    while True: pass
atexit.register(spin)
def transform(g):
    return g
"""
    execution = arena.run(source)
    assert execution.ok
    assert execution.cpu_seconds < 0.2


def test_faked_clocks_do_not_change_what_the_host_counts(arena: "Arena") -> None:
    source = """
import resource, time
def transform(g):
    burnt = time.process_time
    end = burnt() + 0.1
    while burnt() < end: pass
    for name in ("time", "perf_counter", "monotonic", "process_time"):
        setattr(time, name, lambda: 0.0)
    resource.getrusage = None
    return g
"""
    execution = arena.run(source)
    assert execution.ok
    assert execution.cpu_seconds > 0.09
