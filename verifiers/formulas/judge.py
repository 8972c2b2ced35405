"""`FormulaJudge`: compares answers; mathematics in a process of its own that can be killed.

The process is started at the first formula, kept for the next, and replaced when a comparison
takes longer than allowed, which makes the answers not the same.
"""

import json
import selectors
import subprocess
import sys
from types import TracebackType
from typing import Final, Self

from peirce.prototypes.answer_types import Answer

SECONDS: Final = 10
"""CPU time for one comparison."""
WALL_FACTOR: Final = 6
"""The wall clock ends a comparison after this many times its CPU time; only a backstop."""
START_SECONDS: Final = 60
"""Wall-clock time more for the first comparison, which has to wait for the process."""
_COMMAND: Final = (sys.executable, "-m", "peirce.verifiers.formulas.worker")


class FormulaJudge:
    """Decides whether an answer is the expected one. Use it as a context manager."""

    def __init__(self, *, seconds: int = SECONDS) -> None:
        """Prepare; nothing is started yet.

        Args:
            seconds: CPU time for one comparison.
        """
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self.why = ""
        """Why the last two answers could not be compared; empty if they could."""

    def __enter__(self) -> Self:
        """Nothing is started yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self.close()

    def same(self, expected: Answer, answer: Answer, answer_type: str) -> bool:
        """Whether two answers are the same: exactly, or as formulas where the type is `formula`."""
        self.why = ""
        if answer_type == "formula" and isinstance(expected, str) and isinstance(answer, str):
            return self._compare(expected, answer)
        return json.dumps(expected) == json.dumps(answer)

    def close(self) -> None:
        """End the process; may be called again."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _compare(self, expected: str, answer: str) -> bool:
        process, allowed = self._process, self._seconds * WALL_FACTOR
        if process is None or process.poll() is not None:
            self.close()
            process, allowed = self._started(), allowed + START_SECONDS
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps([expected, answer]) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            self.close()
            self.why = "the process that compares formulas has died"
            return False
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            line = process.stdout.readline() if selector.select(allowed) else ""
        if not line:
            self.close()
            self.why = f"the comparison took more than {self._seconds} s or all memory"
            return False
        reply: object = json.loads(line)
        self.why = reply if isinstance(reply, str) else ""
        return reply is True

    def _started(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            (*_COMMAND, str(self._seconds)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
        )
        return self._process
