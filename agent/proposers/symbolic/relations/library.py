"""The predicates a background may take for granted: arithmetic, sorts of terms, lists, findall."""

from collections.abc import Callable, Sequence
from typing import Final

from peirce.agent.proposers.symbolic.relations.arithmetic import ARITHMETIC
from peirce.agent.proposers.symbolic.relations.machine import (
    HOLDS,
    Applied,
    Live,
    Machine,
    Pairs,
    Predicate,
    Ref,
    Unclear,
    bare,
    frozen,
    is_ground,
    items_of,
    list_of,
)
from peirce.tasks.clauses import CONS, NIL, Compound, Term, parse_clauses

_LISTS: Final = """
append([], L, L).
append([H|T], L, [H|R]) :- append(T, L, R).
member(X, [X|_]).
member(X, [_|T]) :- member(X, T).
memberchk(X, L) :- member(X, L), !.
select(X, [X|T], T).
select(X, [H|T], [H|R]) :- select(X, T, R).
last([X], X).
last([_,Y|T], X) :- last([Y|T], X).
maplist(_, []).
maplist(G, [A|As]) :- call(G, A), maplist(G, As).
maplist(_, [], []).
maplist(G, [A|As], [B|Bs]) :- call(G, A, B), maplist(G, As, Bs).
exclude(_, [], []).
exclude(G, [A|As], Bs) :- call(G, A), !, exclude(G, As, Bs).
exclude(G, [A|As], [A|Bs]) :- exclude(G, As, Bs).
include(_, [], []).
include(G, [A|As], [A|Bs]) :- call(G, A), !, include(G, As, Bs).
include(G, [_|As], Bs) :- include(G, As, Bs).
once(G) :- G, !.
ignore(G) :- (G -> true ; true).
forall(C, A) :- \\+ (C, \\+ A).
nth0(I, L, X) :- length(L, N), M is N - 1, between(0, M, I), item_at(I, L, X).
nth1(I, L, X) :- length(L, N), between(1, N, I), J is I - 1, item_at(J, L, X).
"""


def _same(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    yield arguments[0], arguments[1]


def _different(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    if not any(True for _ in machine.prove(Applied("=", arguments))):
        yield HOLDS


def _identical(wanted: bool) -> Predicate:
    def predicate(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
        del machine
        if (frozen(arguments[0]) == frozen(arguments[1])) is wanted:
            yield HOLDS

    return predicate


def _sort_check(accepts: Callable[[Live], bool]) -> Predicate:
    def predicate(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
        del machine
        if accepts(bare(arguments[0])):
            yield HOLDS

    return predicate


def _is_list(term: Live) -> bool:
    try:
        items_of(term)
    except Unclear:
        return False
    return True


def _true(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine, arguments
    yield HOLDS


def _fail(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine, arguments
    yield from ()


def _findall(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    template, goal, answer = arguments
    found = [_live(frozen(template)) for _ in machine.prove(goal)]
    yield answer, list_of(found)


def _live(term: Term) -> Live:
    if isinstance(term, Compound):
        return Applied(term.name, tuple(map(_live, term.arguments)))
    if isinstance(term, int | float | str):
        return term
    raise Unclear("unbound")


def _length(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    if _is_list(arguments[0]):
        yield arguments[1], len(items_of(arguments[0]))
        return
    size = bare(arguments[1])
    if not (isinstance(size, int) and 0 <= size <= 100 and isinstance(bare(arguments[0]), Ref)):
        raise Unclear("length")
    yield arguments[0], list_of([Ref() for _ in range(size)])


def _item(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    number = bare(arguments[0])
    items = items_of(arguments[1])
    if isinstance(number, int) and 0 <= number < len(items):
        yield arguments[2], items[number]


def _on_lists(function: Callable[[list[Term]], Term | None]) -> Predicate:
    """A predicate whose second argument follows from the ground list in the first."""

    def predicate(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
        del machine
        found = function([frozen(item) for item in items_of(arguments[0])])
        if found is not None:
            yield arguments[1], _live(found)

    return predicate


def _joined(items: Sequence[Term]) -> Term:
    tail: Term = NIL
    for item in reversed(items):
        tail = Compound(CONS, (item, tail))
    return tail


def _rank(term: Term) -> tuple[int, float, str]:
    """Standard order of the plain terms: numbers, then atoms, then the rest by its text."""
    if isinstance(term, int | float):
        return 1, term, ""
    return (3, 0, term) if isinstance(term, str) else (5, 0, repr(term))


def _numbers(items: Sequence[Term]) -> list[int | float]:
    found = [item for item in items if isinstance(item, int | float)]
    if len(found) != len(items):
        raise Unclear("no numbers")
    return found


BUILTINS: Final[dict[tuple[str, int], Predicate]] = {
    ("true", 0): _true,
    ("otherwise", 0): _true,
    ("fail", 0): _fail,
    ("false", 0): _fail,
    ("=", 2): _same,
    ("\\=", 2): _different,
    ("==", 2): _identical(True),
    ("\\==", 2): _identical(False),
    ("length", 2): _length,
    ("findall", 3): _findall,
    ("item_at", 3): _item,
    ("var", 1): _sort_check(lambda term: isinstance(term, Ref)),
    ("nonvar", 1): _sort_check(lambda term: not isinstance(term, Ref)),
    ("integer", 1): _sort_check(lambda term: isinstance(term, int)),
    ("float", 1): _sort_check(lambda term: isinstance(term, float)),
    ("number", 1): _sort_check(lambda term: isinstance(term, int | float)),
    ("atom", 1): _sort_check(lambda term: isinstance(term, str) and term[:1] != '"'),
    ("atomic", 1): _sort_check(lambda term: isinstance(term, int | float | str)),
    ("compound", 1): _sort_check(lambda term: isinstance(term, Applied)),
    ("ground", 1): _sort_check(is_ground),
    ("is_list", 1): _sort_check(_is_list),
    ("msort", 2): _on_lists(lambda items: _joined(sorted(items, key=_rank))),
    ("sort", 2): _on_lists(
        lambda items: _joined(sorted({_rank(item): item for item in items}.values(), key=_rank))
    ),
    ("reverse", 2): _on_lists(lambda items: _joined(items[::-1])),
    ("sum_list", 2): _on_lists(lambda items: sum(_numbers(items))),
    ("sumlist", 2): _on_lists(lambda items: sum(_numbers(items))),
    ("max_list", 2): _on_lists(lambda items: max(_numbers(items), default=None)),
    ("min_list", 2): _on_lists(lambda items: min(_numbers(items), default=None)),
}
BUILTINS.update(ARITHMETIC)


def machine_for(clauses: Sequence[Term]) -> Machine:
    """A machine that knows a background and the library; the background's own words come first."""
    machine = Machine(clauses, BUILTINS)
    for key, rules in Machine(tuple(parse_clauses(_LISTS, where="library")), {}).rules.items():
        machine.rules.setdefault(key, rules)
    return machine
