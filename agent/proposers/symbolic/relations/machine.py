"""A small Prolog that answers what a background says about given terms, and always ends.

It exists so that learning needs no other process: each question about the background is asked once,
in Python, within a number of steps, and cannot touch anything. What is learned is still judged by
SWI-Prolog behind the wall. Control, arithmetic and the common list predicates are there; whatever
else a background calls makes the question `Unclear`. (Depth first with a stack of choices and a
trail, as in Warren's machine, 1983.)
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from peirce.tasks.clauses import CONS, NIL, Compound, Term, Variable

MAX_STEPS: Final = 20_000
"""Goals that are tried for one question."""


class Unclear(Exception):
    """The background has no definite answer here: an error, an unknown predicate, no end."""


class Endless(Unclear):
    """The proof took too many steps."""


class Ref:
    """A variable at run time."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value: Live | None = None


class Applied:
    """A compound term at run time; its arguments may hold variables."""

    __slots__ = ("arguments", "name")

    def __init__(self, name: str, arguments: "tuple[Live, ...]") -> None:
        self.name = name
        self.arguments = arguments


Live: TypeAlias = int | float | str | Ref | Applied
Goals: TypeAlias = "tuple[Live, int, Goals] | None"
"""What is still to be proved: a goal, the height of the stack its cut goes back to, the rest."""
Pairs: TypeAlias = Iterator[tuple[Live, Live]]
"""Ways a goal can hold: in each the two terms are equal."""
Predicate: TypeAlias = Callable[["Machine", tuple[Live, ...]], Pairs]
HOLDS: Final[tuple[Live, Live]] = ("true", "true")
"""The way in which a goal holds that binds nothing."""
_CUT_TO: Final = "$cut"
_CALL: Final = "call"


class Rule:
    """A clause ready to be renamed."""

    __slots__ = ("body", "head", "size")

    def __init__(self, head: Term, body: Term) -> None:
        numbers: dict[str, int] = {}
        self.head = _numbered(head, numbers)
        self.body = _numbered(body, numbers)
        self.size = len(numbers)


class _Slot:
    """A variable of a clause, by number."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number


class _Frame:
    """A compound term of a clause."""

    __slots__ = ("arguments", "name")

    def __init__(self, name: str, arguments: "tuple[_Pattern, ...]") -> None:
        self.name = name
        self.arguments = arguments


_Pattern: TypeAlias = int | float | str | _Slot | _Frame


def _numbered(term: Term, numbers: dict[str, int]) -> _Pattern:
    match term:
        case Variable(name=name):
            return _Slot(numbers.setdefault(name, len(numbers)))
        case Compound(name=name, arguments=arguments):
            return _Frame(name, tuple(_numbered(item, numbers) for item in arguments))
        case _:
            return term


def _fresh(pattern: _Pattern, refs: list[Ref]) -> Live:
    if isinstance(pattern, _Slot):
        return refs[pattern.number]
    if isinstance(pattern, _Frame):
        return Applied(pattern.name, tuple(_fresh(item, refs) for item in pattern.arguments))
    return pattern


def bare(term: Live) -> Live:
    """What a term stands for, its outermost variable followed."""
    while isinstance(term, Ref) and term.value is not None:
        term = term.value
    return term


def frozen(term: Live) -> Term:
    """A term without variables.

    Raises:
        Unclear: it holds one.
    """
    term = bare(term)
    if isinstance(term, Ref):
        raise Unclear("unbound")
    if isinstance(term, Applied):
        return Compound(term.name, tuple(map(frozen, term.arguments)))
    return term


def is_ground(term: Live) -> bool:
    """Whether a term holds no variable."""
    try:
        frozen(term)
    except Unclear:
        return False
    return True


def live(term: Term, refs: dict[str, Ref]) -> Live:
    """A term for the machine; variables of one name become one."""
    match term:
        case Variable(name=name):
            return refs.setdefault(name, Ref())
        case Compound(name=name, arguments=arguments):
            return Applied(name, tuple(live(item, refs) for item in arguments))
        case _:
            return term


def items_of(term: Live) -> list[Live]:
    """The items of a proper list.

    Raises:
        Unclear: it is none.
    """
    found: list[Live] = []
    term = bare(term)
    while isinstance(term, Applied) and term.name == CONS:
        found.append(term.arguments[0])
        term = bare(term.arguments[1])
    if term != NIL:
        raise Unclear("no list")
    return found


def list_of(items: Sequence[Live]) -> Live:
    """A list term."""
    found: Live = NIL
    for item in reversed(items):
        found = Applied(CONS, (item, found))
    return found


def _applied(goal: Live, more: Sequence[Live]) -> Live:
    """A goal with further arguments."""
    if not more or isinstance(goal, Ref):
        return goal
    known = goal.arguments if isinstance(goal, Applied) else ()
    name = goal.name if isinstance(goal, Applied) else str(goal)
    return Applied(name, (*known, *more))


class Machine:
    """Clauses, and the state of the proof that runs."""

    def __init__(self, clauses: Sequence[Term], builtins: dict[tuple[str, int], Predicate]) -> None:
        """Take the clauses of a background; directives are passed over."""
        self.rules: dict[tuple[str, int], list[Rule]] = {}
        self._builtins = builtins
        self._trail: list[Ref] = []
        self._steps = 0
        self.work = 0
        """Goals tried for all questions so far."""
        for clause in clauses:
            self._add(clause)

    def _add(self, clause: Term) -> None:
        head, body = clause, "true"
        if isinstance(clause, Compound) and clause.name == ":-":
            if len(clause.arguments) == 1:
                return
            head, body = clause.arguments
        match head:
            case Compound(name=name, arguments=arguments):
                self.rules.setdefault((name, len(arguments)), []).append(Rule(head, body))
            case str():
                self.rules.setdefault((head, 0), []).append(Rule(head, body))
            case _:
                pass

    def knows(self, name: str, arity: int) -> bool:
        """Whether it can be asked for a predicate."""
        own = (name, arity) in self.rules or (name, arity) in self._builtins
        return own or (name == _CALL and arity > 0)

    def ask(self, name: str, arguments: Sequence[Term], most: int) -> list[tuple[Term, ...]]:
        """All ways a goal holds, as the values of its arguments.

        Raises:
            Unclear: there are more than `most`, one is not ground, or the proof does not end.
        """
        refs: dict[str, Ref] = {}
        asked = tuple(live(item, refs) for item in arguments)
        self._steps = 0
        self._trail = []
        found: dict[tuple[Term, ...], None] = {}
        try:
            for _ in self.prove(Applied(name, asked) if asked else name):
                found[tuple(map(frozen, asked))] = None
                if len(found) > most:
                    raise Unclear("too many answers")
        except RecursionError:
            raise Unclear("nested too deeply") from None
        finally:
            self.work += self._steps
        return list(found)

    def unify(self, left: Live, right: Live) -> bool:
        """Make two terms equal if they can be."""
        left, right = bare(left), bare(right)
        if left is right:
            return True
        if isinstance(left, Ref):
            left.value = right
            self._trail.append(left)
            return True
        if isinstance(right, Ref):
            right.value = left
            self._trail.append(right)
            return True
        if isinstance(left, Applied):
            return (
                isinstance(right, Applied)
                and left.name == right.name
                and len(left.arguments) == len(right.arguments)
                and all(map(self.unify, left.arguments, right.arguments))
            )
        return type(left) is type(right) and left == right

    @property
    def height(self) -> int:
        """How many variables are bound; what is bound later can be undone."""
        return len(self._trail)

    def undo(self, height: int) -> None:
        """Unbind what was bound since."""
        while len(self._trail) > height:
            self._trail.pop().value = None

    def solutions(self, goal: Live) -> Iterator[None]:
        """Once per way a goal is clearly seen to hold, with its bindings, until the next."""
        base = self.height
        found = self.prove(goal)
        while True:
            self._steps = 0
            try:
                next(found)
            except (StopIteration, Unclear, RecursionError):
                self.undo(base)
                return
            yield

    def prove(self, goal: Live) -> Iterator[None]:
        """Once per way it holds; bindings last until the next one is asked for."""
        base = len(self._trail)
        goals: Goals = (goal, 0, None)
        choices: list[tuple[int, Iterator[Goals]]] = []
        while True:
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise Endless("no end")
            if goals is None:
                yield
            else:
                first, height, rest = goals
                choices.append((len(self._trail), self._ways(bare(first), height, rest, choices)))
            while choices:
                mark, ways = choices[-1]
                self.undo(mark)
                try:
                    goals = next(ways)
                    break
                except StopIteration:
                    if choices and choices[-1][1] is ways:
                        choices.pop()
            else:
                self.undo(base)
                return

    def _ways(
        self,
        goal: Live,
        height: int,
        rest: Goals,
        choices: "list[tuple[int, Iterator[Goals]]]",
    ) -> "Iterator[Goals]":
        """What remains to be proved, for each way to begin with `goal`."""
        own = len(choices) - 1
        match goal:
            case Ref():
                raise Unclear("unbound goal")
            case "!":
                del choices[height:]
                yield rest
            case Applied(name="$cut", arguments=(int() as to,)):
                del choices[to:]
                yield rest
            case Applied(name=",", arguments=(left, right)):
                yield (left, height, (right, height, rest))
            case Applied(name=";", arguments=(left, right)):
                left = bare(left)
                if isinstance(left, Applied) and left.name == "->":
                    test, then = left.arguments
                    yield (test, own + 1, (Applied(_CUT_TO, (own,)), 0, (then, height, rest)))
                else:
                    yield (left, height, rest)
                yield (right, height, rest)
            case Applied(name="->", arguments=(test, then)):
                yield (test, own + 1, (Applied(_CUT_TO, (own,)), 0, (then, height, rest)))
            case Applied(name="\\+", arguments=(inner,)):
                yield (inner, own + 1, (Applied(_CUT_TO, (own,)), 0, ("fail", 0, None)))
                yield rest
            case Applied(name="call", arguments=(called, *more)):
                yield (_applied(bare(called), more), own + 1, rest)
            case _:
                yield from self._called(goal, rest, own)

    def _called(self, goal: Live, rest: Goals, own: int) -> "Iterator[Goals]":
        name = goal.name if isinstance(goal, Applied) else str(goal)
        arguments = goal.arguments if isinstance(goal, Applied) else ()
        rules = self.rules.get((name, len(arguments)))
        if rules is not None:
            for rule in rules:
                refs = [Ref() for _ in range(rule.size)]
                mark = len(self._trail)
                if self._matches(rule.head, arguments, refs):
                    yield (_fresh(rule.body, refs), own, rest)
                self.undo(mark)
            return
        predicate = self._builtins.get((name, len(arguments)))
        if predicate is None:
            raise Unclear(f"{name}/{len(arguments)} is not known")
        for left, right in predicate(self, arguments):
            mark = len(self._trail)
            if self.unify(left, right):
                yield rest
            self.undo(mark)

    def _matches(self, head: _Pattern, arguments: tuple[Live, ...], refs: list[Ref]) -> bool:
        if not isinstance(head, _Frame):
            return True
        return all(
            self.unify(_fresh(pattern, refs), argument)
            for pattern, argument in zip(head.arguments, arguments, strict=True)
        )
