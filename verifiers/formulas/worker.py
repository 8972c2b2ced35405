"""The process that compares formulas, one pair of JSON texts a line; killed when it takes too long.

`python -m peirce.verifiers.formulas.worker SECONDS`; limits its own memory before it reads anything
and its CPU time anew before each comparison: the system ends it when that is used up.
"""

import json
import math
import resource
import sys
from collections.abc import Callable
from functools import partial
from typing import Final, TextIO

from peirce.verifiers.formulas.equality import same_formula
from peirce.verifiers.formulas.reading import FormulaRefused

MEMORY_BYTES: Final = 1 << 30


def serve(questions: TextIO, replies: TextIO, allow: Callable[[], None]) -> None:
    """Answer every line with `true`, `false` or a text that says why it cannot be known.

    `allow` is called before each comparison.
    """
    for line in questions:
        allow()
        expected, answer = json.loads(line)
        try:
            reply: bool | str = same_formula(expected, answer)
        except FormulaRefused as refused:
            reply = str(refused)
        # SymPy and math-verify raise all manner of things on strange input.
        except Exception as error:
            reply = f"it cannot be compared ({type(error).__name__})"
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def allow_cpu(seconds: int) -> None:
    """Let this process use so many more seconds of CPU time."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = math.ceil(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    serve(sys.stdin, sys.stdout, partial(allow_cpu, int(sys.argv[1])))
