"""Atoms of known predicates, with arguments that are known at the same place."""

import re
from collections.abc import Sequence
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from peirce.tasks.atoms import Atom

_PIECE: Final = re.compile(
    r"""'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|[(\[{]|[)\]}]|,|[^'"()\[\]{},]+"""
)


def atoms_like(known: Sequence[Atom]) -> SearchStrategy[Atom]:
    """Atoms with the predicates of the known ones, each argument one that was seen at its place."""
    pools: dict[tuple[str, int], list[set[str]]] = {}
    for atom in known:
        arguments = arguments_of(atom)
        pool = pools.setdefault((atom.functor, len(arguments)), [set() for _ in arguments])
        for names, argument in zip(pool, arguments, strict=True):
            names.add(argument)
    return st.one_of([_like(functor, pools[functor, arity]) for functor, arity in sorted(pools)])


def arguments_of(atom: Atom) -> tuple[str, ...]:
    """The texts of an atom's arguments."""
    inside = atom.text[len(atom.functor) :].strip()[1:-1]
    arguments, depth = [""], 0
    for piece in _PIECE.findall(inside):
        depth += (piece in ("(", "[", "{")) - (piece in (")", "]", "}"))
        if piece == "," and depth == 0:
            arguments.append("")
        else:
            arguments[-1] += piece
    return tuple(argument.strip() for argument in arguments) if inside else ()


def _like(functor: str, pool: Sequence[set[str]]) -> SearchStrategy[Atom]:
    arguments = st.tuples(*(st.sampled_from(sorted(names)) for names in pool))
    return arguments.map(lambda found: Atom(f"{functor}({', '.join(found)})" if found else functor))
