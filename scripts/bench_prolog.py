"""How many Prolog candidates of 40 queries each one core runs per second, behind the full wall.

    uv run python scripts/bench_prolog.py [--candidates 100]

Prints CPU milliseconds per candidate (child process) and candidates per core-second.
"""

import argparse
import asyncio
import statistics
from collections.abc import Sequence
from typing import Final

from peirce.tasks.atoms import Atom
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.sandbox import Level, Sandbox

QUERIES: Final = 40
PEOPLE: Final = 24
BODIES: Final = (
    "t(X, Y) :- parent(X, Z), parent(Z, Y).",
    "t(X, Y) :- parent(Z, X), parent(Z, Y), X \\= Y.",
    "t(X, Y) :- parent(X, Y).\nt(X, Y) :- parent(X, Z), t(Z, Y).",
    "t(X, Y) :- \\+ parent(X, _), parent(Y, X).",
)


def programs() -> list[Program]:
    """Candidates over one family of facts."""
    facts = "".join(f"parent(p{i}, p{2 * i + j}).\n" for i in range(PEOPLE) for j in (1, 2))
    return [
        Program(source=body, language=Language.PROLOG, entry="t", background=facts)
        for body in BODIES
    ]


async def measure(count: int) -> tuple[str, Sequence[float]]:
    """CPU seconds of every run, and the wall they ran behind."""
    inputs: list[Value] = [
        Atom(text=f"t(p{i % PEOPLE}, p{(7 * i) % (2 * PEOPLE)})") for i in range(QUERIES)
    ]
    seconds: list[float] = []
    async with Sandbox.open(floor=Level.MEDIUM) as sandbox:
        for number in range(count):
            program = programs()[number % len(BODIES)]
            execution = await sandbox.run(program, inputs, ValueType.BOOLEAN)
            assert execution.ok, execution.outcomes[0]
            seconds.append(execution.cpu_seconds)
        return sandbox.isolation.summary, seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=100)
    summary, seconds = asyncio.run(measure(parser.parse_args().candidates))
    mean = statistics.fmean(seconds)
    print(summary)
    print(f"{len(seconds)} candidates of {QUERIES} queries")
    print(f"CPU per candidate: mean {1e3 * mean:.2f} ms, least {1e3 * min(seconds):.2f} ms")
    print(f"candidates per core-second: {1 / mean:.0f}")


if __name__ == "__main__":
    main()
