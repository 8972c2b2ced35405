"""Atoms that cannot hold if the result of a relation follows from the rest.

Every other result is wrong then, and the likest are the most telling: those of other examples and,
where the result is part of a term, the own one with one constant exchanged. (The one result: Mooney
and Califf, Induction of first-order decision lists, 1995; near misses: Winston, Learning structural
descriptions, 1975.)
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, TypeAlias

from peirce.tasks.clauses import CONS, NIL, Compound, Term

Arguments: TypeAlias = tuple[Term, ...]
Path: TypeAlias = tuple[int, ...]
"""An argument of an atom, or a part of an argument."""
MOST: Final = 24
"""Atoms that are made."""


def exchanged(atoms: Sequence[Arguments], *, functional: bool) -> list[Arguments]:
    """Atoms with another result, spread over those given; none where nothing looks like a result.

    Args:
        atoms: the arguments of the atoms that hold.
        functional: whether the last argument is known to be the result.
    """
    if not atoms:
        return []
    path = _result(atoms) or ((len(atoms[0]) - 1,) if functional else None)
    if path is None:
        return []
    known = set(atoms)
    found: list[Arguments] = []
    for atom in atoms:
        others = [other for other in _others(atom, atoms, path) if other not in known]
        found += islice(others, max(1, MOST // len(atoms)))
    return list(dict.fromkeys(found))[:MOST]


def _others(atom: Arguments, atoms: Sequence[Arguments], path: Path) -> Iterator[Arguments]:
    own = _part(atom, path)
    results = dict.fromkeys(_part(other, path) for other in atoms)
    if len(path) == 1:
        yield from (_with(atom, path, value) for value in results if value != own)
        return
    constants = dict.fromkeys(leaf for result in results for leaf in _leaves(result))
    changed = (
        _with_leaf(own, number, constant)
        for constant in constants
        for number, leaf in reversed(list(enumerate(_leaves(own))))
        if constant != leaf
    )
    half = MOST // len(atoms) // 2
    for value in (*islice(changed, half), *results, *changed):
        if value != own:
            yield _with(atom, path, value)


def _result(atoms: Sequence[Arguments]) -> Path | None:
    """The last argument that varies, if others vary too; of one that does alone, its last part.

    None if the same rest comes with two results.
    """
    varying = [place for place in range(len(atoms[0])) if len({atom[place] for atom in atoms}) > 1]
    if not varying:
        return None
    path: Path = (varying[-1],)
    if len(varying) == 1:
        parts = [_parts(atom[varying[0]]) for atom in atoms]
        if len({len(part) for part in parts}) > 1:
            return None
        last = [n for n in range(len(parts[0])) if len({part[n] for part in parts}) > 1]
        if len(last) < 2:
            return None
        path = (varying[0], last[-1])
    rests = {_with(atom, path, 0) for atom in atoms}
    return path if len(rests) == len(set(atoms)) else None


def _parts(term: Term) -> Arguments:
    return term.arguments if isinstance(term, Compound) and term.name != CONS else ()


def _part(atom: Arguments, path: Path) -> Term:
    return atom[path[0]] if len(path) == 1 else _parts(atom[path[0]])[path[1]]


def _with(atom: Arguments, path: Path, value: Term) -> Arguments:
    """The atom with another part."""
    place = path[0]
    term = atom[place]
    if len(path) > 1 and isinstance(term, Compound):
        parts = (*term.arguments[: path[1]], value, *term.arguments[path[1] + 1 :])
        value = Compound(term.name, parts)
    return (*atom[:place], value, *atom[place + 1 :])


def _leaves(term: Term) -> list[Term]:
    """The constants of a term in order, the ends of its lists excepted."""
    if not isinstance(term, Compound):
        return [] if term == NIL else [term]
    return [leaf for part in term.arguments for leaf in _leaves(part)]


def _with_leaf(term: Term, number: int, constant: Term) -> Term:
    """The term with another constant in the place of one of its leaves."""
    if not isinstance(term, Compound):
        return constant
    arguments = list(term.arguments)
    for place, part in enumerate(arguments):
        count = len(_leaves(part))
        if 0 <= number < count:
            arguments[place] = _with_leaf(part, number, constant)
        number -= count
    return Compound(term.name, tuple(arguments))
