"""Decides whether an answer solves a program puzzle, and finds answers by trying the simplest.

An answer counts if it is exactly of the stated type, survives a round trip through JSON, and
`sat(answer)` gives True itself, not something that counts as true. The function runs in the
sandbox; finding and checking are separate runs, so that nothing carries over.
"""

import json
from dataclasses import dataclass
from typing import Final, cast

from peirce.prototypes.answer_types import Answer, conforms, parse_answer_type
from peirce.prototypes.prototype import Kind, Prototype
from peirce.prototypes.puzzles.reading import constants
from peirce.tasks.errors import TaskError
from peirce.tasks.values import MAX_TEXT, ValueType, show
from peirce.verifiers.program import Program
from peirce.verifiers.prototypes.ruling import Refusal
from peirce.verifiers.verify import Runs

MOST_CANDIDATES: Final = 60_000
"""Answers tried by default; the CPU limit of the sandbox may stop the search before."""
_TYPING: Final = "from typing import Dict, List, Optional, Set, Tuple\n"
_CHECK: Final = """

def peirce_check(text):
    import json
    return sat(json.loads(text)) is True
"""
_SOLVE: Final = """

def peirce_solve(request):
    import json
    from peirce.prototypes.answer_types import parse_answer_type
    from peirce.prototypes.puzzles.values import candidates
    kind, hints, most = json.loads(request)
    for count, value in enumerate(candidates(parse_answer_type(kind), hints), 1):
        text = json.dumps(value)
        try:
            if sat(json.loads(text)) is True:
                return json.dumps([value, count])
        except Exception:
            pass
        if count >= most:
            break
    return json.dumps([None, most])
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """An answer that has been checked."""

    answer: Answer
    candidates: int
    """How many were tried until it was found; 0 if it was given."""


async def check_answer(puzzle: Prototype, answer: object, sandbox: Runs) -> Refusal | None:
    """Why an answer does not solve a puzzle; None if it does."""
    if puzzle.kind is not Kind.PUZZLE:
        raise TaskError(f"prototype {puzzle.name!r} is of kind {puzzle.kind}, not a puzzle")
    if not conforms(answer, parse_answer_type(puzzle.answer_type)):
        return Refusal(f"{show(answer)} is not exactly of type {puzzle.answer_type}", "type")
    text = json.dumps(answer)
    if len(text) > MAX_TEXT or json.loads(text) != answer:
        return Refusal(f"{show(answer)} is no JSON of at most {MAX_TEXT} characters", "json")
    program = Program(source=f"{_TYPING}{puzzle.source}{_CHECK}", entry="peirce_check")
    outcome = (await sandbox.run(program, [text], ValueType.BOOLEAN)).outcomes[0]
    if outcome.value is True:
        return None
    found = "sat(answer) is not True" if outcome.ok else outcome.message
    return Refusal(f"{show(answer)} does not solve it: {found}", "sat")


async def solve_puzzle(
    puzzle: Prototype, sandbox: Runs, *, most: int = MOST_CANDIDATES
) -> Solved | Refusal:
    """Try answers, the simplest first, and check the one that fits."""
    request = json.dumps([puzzle.answer_type, constants(puzzle.source), most])
    program = Program(source=f"{_TYPING}{puzzle.source}{_SOLVE}", entry="peirce_solve")
    outcome = (await sandbox.run(program, [request], ValueType.STRING)).outcomes[0]
    if not isinstance(outcome.value, str):
        return Refusal(f"no answer was found: {outcome.message}", "solved")
    # The function under test shares the process with the search and may have answered for it.
    try:
        answer, count = cast("tuple[Answer | None, int]", json.loads(outcome.value))
    except (ValueError, TypeError, RecursionError):
        return Refusal("the search did not say what it found", "solved")
    if answer is None or type(count) is not int:
        return Refusal(f"none of the {most} simplest answers solves it", "solved")
    wrong = await check_answer(puzzle, answer, sandbox)
    return wrong or Solved(answer=answer, candidates=count)
