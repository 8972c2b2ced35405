"""`Cache`: answers of models kept in SQLite, one row per request and sample index.

The key is the digest of model, base URL, messages and sampling, with the index of the sample, so
that the third answer to a prompt is never the first one again. Delete the file to forget.
"""

import sqlite3
from enum import StrEnum
from pathlib import Path

from peirce.agent.models.request import Completion, Finish
from peirce.tasks.errors import ConfigError


class CacheMode(StrEnum):
    """What the response cache is used for."""

    OFF = "off"
    """Not at all."""
    READ = "read"
    """Known answers are read; new ones are not kept."""
    WRITE = "write"
    """Known answers are read and new ones kept."""


class Cache:
    """Completions on disk."""

    def __init__(self, path: Path, mode: CacheMode) -> None:
        """Open the file, making it where it may be written.

        Raises:
            ConfigError: the file cannot be opened or is no cache.
        """
        self.mode = mode
        self._connection: sqlite3.Connection | None = None
        if mode is CacheMode.OFF or (mode is CacheMode.READ and not path.exists()):
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=10)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS completions (digest TEXT, sample INTEGER, text TEXT, "
                "finish TEXT, prompt_tokens INTEGER, tokens INTEGER, PRIMARY KEY (digest, sample))"
            )
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(
                f"{path}: cannot be used as response cache: {error}; name another with --cache-file"
            ) from error

    def read(self, digest: str, samples: int) -> list[Completion]:
        """The first `samples` kept completions in order, up to the first gap."""
        if self._connection is None:
            return []
        rows = self._connection.execute(
            "SELECT sample, text, finish, prompt_tokens, tokens FROM completions "
            "WHERE digest = ? AND sample < ? ORDER BY sample",
            (digest, samples),
        ).fetchall()
        found: list[Completion] = []
        for index, (sample, text, finish, prompt_tokens, tokens) in enumerate(rows):
            if sample != index:
                break
            found.append(
                Completion(
                    text=text,
                    finish=Finish(finish),
                    prompt_tokens=prompt_tokens,
                    tokens=tokens,
                    cached=True,
                )
            )
        return found

    def write(self, digest: str, sample: int, completion: Completion) -> None:
        """Keep a completion under its sample index."""
        if self._connection is None or self.mode is not CacheMode.WRITE:
            return
        self._connection.execute(
            "INSERT OR REPLACE INTO completions VALUES (?, ?, ?, ?, ?, ?)",
            (
                digest,
                sample,
                completion.text,
                completion.finish,
                completion.prompt_tokens,
                completion.tokens,
            ),
        )

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
