"""The few kernel calls Python has no function for, made through ctypes once and kept warm.

Nothing here decides a policy: the filters come from the host as finished bytes.
"""

import ctypes
import os
import struct
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_GET_SECCOMP: Final = 21
PR_SET_SECCOMP: Final = 22
PR_SET_NO_NEW_PRIVS: Final = 38
PR_GET_NO_NEW_PRIVS: Final = 39
SECCOMP_MODE_FILTER: Final = 2
CAPABILITY_VERSION_3: Final = 0x20080522
BPF_INSTRUCTION_BYTES: Final = 8

_LANDLOCK_CREATE_RULESET: Final = 444
_LANDLOCK_RESTRICT_SELF: Final = 446
_LANDLOCK_CREATE_RULESET_VERSION: Final = 1
_FILE_RIGHTS_BY_ABI: Final = {1: 13, 2: 14, 3: 15, 5: 16}
"""Number of file-system rights, counted from bit 0, since each ABI that added one."""
_NETWORK_ABI: Final = 4
_SCOPE_ABI: Final = 6

_libc = ctypes.CDLL(None, use_errno=True)
_prctl = _libc.prctl
_prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
_prctl.restype = ctypes.c_int
_syscall = _libc.syscall
_syscall.argtypes = [ctypes.c_long, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_ulong]
_syscall.restype = ctypes.c_long


def _fail(what: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{what}: {os.strerror(number)}")


def prctl(option: int, value: int = 0, extra: int = 0) -> int:
    """Make the system call of that name.

    Raises:
        OSError: the kernel refused.
    """
    result: int = _prctl(option, value, extra, 0, 0)
    if result < 0:
        raise _fail(f"prctl({option})")
    return result


class Filter:
    """A seccomp program in memory at a fixed address, ready to be installed with one call."""

    __slots__ = ("_code", "_header", "address")

    def __init__(self, code: bytes) -> None:
        self._code = ctypes.create_string_buffer(code, len(code))
        # struct sock_fprog: a 16-bit instruction count, padding, a pointer.
        header = struct.pack("HxxxxxxP", len(code) // BPF_INSTRUCTION_BYTES, self._address())
        self._header = ctypes.create_string_buffer(header, len(header))
        self.address = ctypes.addressof(self._header)
        """Where struct sock_fprog lies."""

    def _address(self) -> int:
        return ctypes.addressof(self._code)

    def install(self) -> None:
        """Bind this process and its children to the filter for good.

        Raises:
            OSError: the kernel refused.
        """
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, self.address)


def landlock_abi() -> int:
    """Version of Landlock this kernel offers; 0 when there is none."""
    version: int = _syscall(_LANDLOCK_CREATE_RULESET, None, 0, _LANDLOCK_CREATE_RULESET_VERSION)
    return max(0, version)


def forbid_by_landlock(abi: int) -> None:
    """Take every right Landlock handles from this process: no rule grants anything back.

    Raises:
        OSError: the kernel refused.
    """
    bits = max(count for since, count in _FILE_RIGHTS_BY_ABI.items() if since <= abi)
    fields = [(1 << bits) - 1]
    if abi >= _NETWORK_ABI:
        fields.append(0b11)
    if abi >= _SCOPE_ABI:
        fields.append(0b11)
    rules = struct.pack(f"{len(fields)}Q", *fields)
    ruleset: int = _syscall(_LANDLOCK_CREATE_RULESET, rules, len(rules), 0)
    if ruleset < 0:
        raise _fail("landlock_create_ruleset")
    try:
        if _syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0, 0) < 0:
            raise _fail("landlock_restrict_self")
    finally:
        os.close(ruleset)


def give_back_memory() -> None:
    """Return freed heap to the kernel, so that a fork need not copy its page tables."""
    trim = getattr(_libc, "malloc_trim", None)  # glibc only
    if trim is not None:
        trim(0)


def drop_capabilities() -> int:
    """Give up every capability; returns the effective set left (0 when all are gone)."""
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    _libc.capset(header, bytes(24))
    left = ctypes.create_string_buffer(24)
    _libc.capget(header, left)
    low, _, _, high, _, _ = struct.unpack("6I", left.raw)
    return low | high << 32
