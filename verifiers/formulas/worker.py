"""The process that compares formulas, one pair of JSON texts a line; killed when it takes too long.

`python -m peirce.verifiers.formulas.worker`; limits its own memory before it reads anything.
"""

import json
import resource
import sys
from typing import Final, TextIO

from peirce.verifiers.formulas.equality import same_formula
from peirce.verifiers.formulas.reading import FormulaRefused

MEMORY_BYTES: Final = 1 << 30


def serve(questions: TextIO, replies: TextIO) -> None:
    """Answer every line with `true`, `false` or a text that says why it cannot be known."""
    for line in questions:
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


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    serve(sys.stdin, sys.stdout)
