"""How strongly programs are confined, what they may use up, and the words that say so."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FILTER_NAME: Final = "pure-1"
"""Changes whenever the meaning of the seccomp filter changes."""


class Level(StrEnum):
    """How strong the wall is; ordered, so `Level.MEDIUM < Level.STRONG`."""

    WEAK = "weak"
    """Resource limits and a kill switch. Programs can read and write files. Only when asked for."""
    MEDIUM = "medium"
    """seccomp `pure`, Landlock where the kernel has it, resource limits."""
    STRONG = "strong"
    """Everything in medium, inside namespaces of its own (bubblewrap)."""

    @property
    def rank(self) -> int:
        """0 for the weakest."""
        return tuple(Level).index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank < Level(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Level(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Level(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Level(other).rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one run of a program, on all its inputs together, may use."""

    cpu_seconds: float = 2.0
    """CPU time; the limit that decides."""
    wall_factor: float = 5.0
    """A program that idles is stopped after this many times `cpu_seconds`; one that waits for a
    core, after six times as long again. Only a backstop."""
    memory_bytes: int = 768 << 20
    """Address space, interpreter and numpy included (about 150 MB of it)."""
    reply_bytes: int = 4 << 20
    """Longest reply that is read."""
    source_bytes: int = 1 << 20
    """Longest program that is run."""

    def __post_init__(self) -> None:
        """Refuse limits nothing could run under."""
        if not 0 < self.cpu_seconds <= 3600:
            raise ValueError(f"cpu_seconds is {self.cpu_seconds!r}; it must be in (0, 3600]")
        if self.wall_factor < 1:
            raise ValueError(f"wall_factor is {self.wall_factor!r}; it must be at least 1")
        if self.memory_bytes < 256 << 20:
            raise ValueError(f"memory_bytes is {self.memory_bytes!r}; it must be at least 256 MiB")
        if self.reply_bytes < 1 or self.source_bytes < 1:
            raise ValueError("reply_bytes and source_bytes must be positive")

    @property
    def wall_seconds(self) -> float:
        """Wall-clock backstop for a program that idles."""
        return self.cpu_seconds * self.wall_factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """The wall a result was obtained behind. Stored with every result."""

    level: Level
    layers: tuple[str, ...]
    """What holds, for example `("bwrap 0.8.0", "landlock ABI 7", "seccomp pure-1", "rlimits")`."""
    missing: tuple[str, ...]
    """What does not, each with the reason."""
    filter_sha256: str
    """Digest of the seccomp programs; empty at level weak."""
    kernel: str
    """Kernel release and machine."""
    selftest: str
    """Probes withstood of probes made, for example `18/18`."""

    @property
    def summary(self) -> str:
        """One line for people."""
        layers = ", ".join((*self.layers, f"self-test {self.selftest}"))
        return f"sandbox: {self.level} ({'; '.join((layers, *self.missing))})"
