"""The same Prolog problem in other clothes: other names, another order of clauses.

An answer that is about the problem follows a renaming and does not care about the order. New names
keep the alphabetical order of the old ones, because sorting by name is a legitimate thing to do.
Clauses of one predicate change places only where none of them cuts.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from peirce.prototypes.answer_types import Answer
from peirce.prototypes.prolog.clauses import Clause, Sort, Token, Tokens

ENTRY: Final = "answer"
_KEPT: Final = frozenset((ENTRY, "true", "false", "fail", "is", "mod", "rem", "div", "xor", "e"))


def renaming(clauses: Sequence[Clause], rng: random.Random) -> dict[str, str]:
    """New names for the program's own predicates and for the constants of its facts.

    A name that the program uses in any other way, such as a predicate of the library or a
    function of arithmetic, keeps its meaning and so its name.
    """
    own = {clause.head[0].text for clause in clauses if clause.head and clause.head[0].is_atom}
    called = {
        left.text
        for clause in clauses
        for left, right in zip(clause.tokens, clause.tokens[1:], strict=False)
        if left.is_atom and right.text == "(" and not right.spaced
    }
    constants = {
        token.text
        for clause in clauses
        if clause.is_fact
        for token in clause.head[1:]
        if token.is_atom
    } - called
    plain = sorted(
        (name for name in (own | constants) - _KEPT - (called - own) if name[0] != "'"),
    )
    letters = rng.sample("bcdfghjklmnpqrstvwz", 2)
    # Names of any length, so that an answer about the length of a name is seen to be one.
    width = len(str(len(plain))) + rng.randint(0, 4)
    return {name: f"{letters[0]}{index:0{width}}{letters[1]}" for index, name in enumerate(plain)}


def rename(clauses: Sequence[Clause], names: Mapping[str, str]) -> tuple[Clause, ...]:
    """The clauses with other names; texts and quoted names stay as they are."""

    def renamed(tokens: Tokens) -> Tokens:
        return tuple(
            replace(token, text=names.get(token.text, token.text))
            if token.sort is Sort.NAME
            else token
            for token in tokens
        )

    return tuple(
        replace(clause, head=renamed(clause.head), goals=tuple(map(renamed, clause.goals)))
        for clause in clauses
    )


def rename_answer(answer: Answer, names: Mapping[str, str]) -> Answer:
    """What the answer must be after a renaming."""
    if isinstance(answer, list):
        return [rename_answer(item, names) for item in answer]
    return names.get(answer, answer) if isinstance(answer, str) else answer


def reorder(clauses: Sequence[Clause], rng: random.Random) -> tuple[Clause, ...]:
    """The clauses in another order; directives stay in front."""
    groups: dict[str, list[Clause]] = {}
    for clause in clauses:
        groups.setdefault(clause.functor, []).append(clause)
    directives = groups.pop("", [])
    procedures = list(groups.values())
    for procedure in procedures:
        if not any(_cuts(clause) for clause in procedure):
            rng.shuffle(procedure)
    rng.shuffle(procedures)
    return (*directives, *(clause for procedure in procedures for clause in procedure))


def rename_apart(clauses: Sequence[Clause], prefix: str) -> tuple[Clause, ...]:
    """The clauses with `prefix` before every predicate they define."""
    own = {clause.head[0].text for clause in clauses if clause.head}
    return rename(clauses, {name: f"{prefix}{name}" for name in own})


def _cuts(clause: Clause) -> bool:
    return any(token == Token("!", Sort.SYMBOL, token.spaced) for token in clause.tokens) or any(
        token.text == "->" for token in clause.tokens
    )
