"""Runs a Prolog prototype to its one answer, and checks that the answer is about the problem.

The source is loaded as background, so that it cannot redefine the clauses that question it. All
solutions of `answer/1` are asked for, up to `MOST_PROOFS`; they must be equal, ground, and made of
numbers, texts and lists. The answer must survive other names and another order of clauses.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from peirce.prototypes.answer_types import Answer, conforms, parse_answer_type
from peirce.prototypes.prolog.clauses import read_clauses, write_clauses
from peirce.prototypes.prolog.disguises import rename, rename_answer, renaming, reorder
from peirce.prototypes.prototype import Difficulty, Prototype
from peirce.tasks.errors import TaskError
from peirce.tasks.values import MAX_DEPTH, ValueType, show
from peirce.verifiers.program import Language, Program
from peirce.verifiers.prototypes.ruling import Refusal
from peirce.verifiers.verify import Runs

MOST_PROOFS: Final = 5_000
"""Proofs of answers that are looked at; a prototype with more is not seen to have one answer."""
DISGUISES: Final = 3
"""Renamed and reordered copies that have to give the same answer."""
_ENTRY: Final = "peirce_examine"
_EXAMINER: Final = f"""
{_ENTRY}(Most, [Count | Marks]) :-
    statistics(inferences, Before),
    findall(X, limit(Most, answer(X)), Proofs),
    statistics(inferences, After),
    Inferences is After - Before,
    length(Proofs, Number),
    format(string(Count), "~d ~d", [Inferences, Number]),
    sort(Proofs, Answers),
    (   Answers = [_, _ | _]
    ->  length(Different, 2), append(Different, _, Answers)
    ;   Different = Answers
    ),
    foldl([A, In, Out]>>peirce_marks(A, In, Out), Different, Marks, []).

peirce_marks(Term, ["v" | Marks], Marks) :- \\+ ground(Term), !.
peirce_marks(Term, [Mark | Marks], Marks) :-
    number(Term), !, format(string(Mark), "n~w", [Term]).
peirce_marks([], ["[", "]" | Marks], Marks) :- !.
peirce_marks([First | Rest], ["[" | Inside], Marks) :-
    is_list(Rest), !,
    foldl([A, In, Out]>>peirce_marks(A, In, Out), [First | Rest], Inside, ["]" | Marks]).
peirce_marks(Term, [Mark | Marks], Marks) :-
    ( atom(Term) ; string(Term) ), !, format(string(Mark), "s~w", [Term]).
peirce_marks(Term, [Mark | Marks], Marks) :- format(string(Mark), "c~q", [Term]).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """The one answer of a prototype."""

    answer: Answer
    inferences: int
    """What it took to find all its proofs."""


class _Odd(Exception):
    """An answer that is no number, text or list."""


async def prove(source: str, answer_type: str, sandbox: Runs) -> Proved | Refusal:
    """Run the clauses of a prototype and take its one answer."""
    program = Program(source=_EXAMINER, language=Language.PROLOG, entry=_ENTRY, background=source)
    execution = await sandbox.run(program, [MOST_PROOFS], ValueType.STRINGS)
    outcome = execution.outcomes[0]
    if not isinstance(outcome.value, tuple):
        return Refusal(f"it does not run: {outcome.message}", "runs")
    counts, *marks = map(str, outcome.value)
    inferences, proofs = map(int, counts.split())
    try:
        reading = iter(marks)
        answers = [_read(mark, reading, 0) for mark in reading]
    except _Odd as odd:
        return Refusal(str(odd), "answer")
    if proofs >= MOST_PROOFS:
        return Refusal(f"answer/1 has {MOST_PROOFS} proofs or more; make it hold once", "unique")
    if len(answers) != 1:
        found = f"more than one answer ({show(answers)})" if answers else "no answer"
        return Refusal(f"there is {found}; exactly one is wanted", "unique")
    if not conforms(answers[0], parse_answer_type(answer_type)):
        return Refusal(f"the answer {show(answers[0])} is not of type {answer_type}", "answer")
    return Proved(answer=answers[0], inferences=inferences)


async def examine(prototype: Prototype, sandbox: Runs, *, seed: int = 0) -> Proved | Refusal:
    """Prove a prototype, compare with its known answer, and see that disguises change nothing."""
    try:
        clauses = read_clauses(prototype.source)
    except TaskError as error:
        return Refusal(str(error), "reads")
    proved = await prove(prototype.source, prototype.answer_type, sandbox)
    if isinstance(proved, Refusal):
        return proved
    rng = random.Random(seed)
    for _ in range(DISGUISES):
        names = renaming(clauses, rng)
        disguised = write_clauses(reorder(rename(clauses, names), rng))
        again = await prove(disguised, prototype.answer_type, sandbox)
        if isinstance(again, Refusal):
            return Refusal(f"in other names and another order {again.why}", "invariant")
        expected = rename_answer(proved.answer, names)
        if again.answer != expected:
            why = (
                f"in other names and another order the answer is {show(again.answer)}, "
                f"not {show(expected)}"
            )
            return Refusal(why, "invariant")
    return proved


def measured(prototype: Prototype, proved: Proved) -> Prototype:
    """The prototype with what its proof cost."""
    return replace(prototype, difficulty=Difficulty(inferences=proved.inferences))


def _read(mark: str, marks: Iterator[str], depth: int) -> Answer:
    """One answer from the marks the examiner writes, strictly."""
    sort, text = mark[:1], mark[1:]
    match sort:
        case "[" if depth < MAX_DEPTH:
            return [_read(inner, marks, depth + 1) for inner in iter(lambda: next(marks), "]")]
        case "n":
            return _number(text)
        case "s":
            return text
        case "v":
            raise _Odd("the answer holds an unbound variable")
        case _:
            raise _Odd(f"the answer holds {show(text)}; use numbers, texts and lists only")


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        raise _Odd(f"{show(text)} is no whole or decimal number") from None
