"""Expressions of the algebra as clauses of Prolog; unions and repetitions get their own names."""

from collections.abc import Iterator, Sequence
from itertools import count, pairwise, product
from typing import TypeAlias, assert_never

from peirce.agent.proposers.symbolic.relations.expressions import Expression, Op
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.terms import (
    COUNT,
    UNEQUAL,
    Argument,
    Clause,
    Literal,
)

Bodies: TypeAlias = list[tuple[Literal, ...]]
"""Ways in which something holds: each a conjunction."""


def clauses_of(problem: Problem, expressions: Sequence[Expression]) -> tuple[Clause, ...]:
    """A program for the head of the problem, which holds if one of the expressions does."""
    translator = _Translator(problem)
    for expression in expressions:
        translator.define(problem.name, expression)
    return tuple(translator.clauses)


class _Translator:
    """Writes clauses, inventing predicates where one is needed."""

    def __init__(self, problem: Problem) -> None:
        self._bias = problem.bias
        self._taken = {name for name, _ in problem.database.relations} | {problem.name}
        self._invented: dict[tuple[int, int], str] = {}
        self.clauses: list[Clause] = []

    def define(self, name: str, expression: Expression) -> None:
        """Add clauses that make `name` hold where the expression does."""
        arity = expression.arity
        head = tuple(range(arity))
        if expression.op is Op.ONWARD:
            self._onward(name, expression.parts[0])
        elif expression.op is Op.EITHER:
            for part in expression.parts:
                self.define(name, part)
        else:
            self._add(name, arity, self._bodies(expression, head, count(arity)))

    def _onward(self, name: str, part: Expression) -> None:
        """Recursion on the name itself: once, or once and then onward."""
        inline = part.op is Op.EITHER and not self._bias.invention
        parts = part.parts if inline else (part,)
        for one in parts:
            self._add(name, 2, self._bodies(one, (0, 1), count(2)))
        if 2 * len(parts) > (self._bias.max_clauses or 2 * len(parts)):
            twice = (Literal(name, (0, 2)), Literal(name, (2, 1)))
            self._add(name, 2, [twice])
            return
        for one in parts:
            further = self._bodies(one, (0, 2), count(3))
            self._add(name, 2, [(*body, Literal(name, (2, 1))) for body in further])

    def _add(self, name: str, arity: int, bodies: Bodies) -> None:
        own = [clause for clause in self.clauses if clause.name == name]
        place = self.clauses.index(own[-1]) + 1 if own else len(self.clauses)
        fresh = [Clause(name, arity, _tidy(body, arity)) for body in bodies]
        self.clauses[place:place] = [clause for clause in fresh if clause not in own]

    def _bodies(
        self, expression: Expression, at: tuple[Argument, ...], fresh: Iterator[int]
    ) -> Bodies:
        """Ways in which an expression holds of some arguments."""
        parts = expression.parts
        match expression.op:
            case Op.BASE | Op.VALUE | Op.OTHER | Op.NOT | Op.EXACTLY:
                return self._tested(expression, at, fresh)
            case Op.INVERSE:
                return self._bodies(parts[0], (at[1], at[0]), fresh)
            case Op.SOME:
                return self._bodies(parts[0], (at[0], next(fresh)), fresh)
            case Op.SELF:
                return self._bodies(parts[0], (at[0], at[0]), fresh)
            case Op.THEN | Op.WITHIN | Op.TIMES:
                return self._walked(expression, at, fresh)
            case Op.BOTH:
                return _joined(*(self._bodies(part, at, fresh) for part in parts))
            case Op.ON:
                return self._on(expression, at, fresh)
            case Op.OFF:
                denied = self._denied(parts[1], (at[1],))
                return _joined(self._bodies(parts[0], at, fresh), [(denied,)])
            case Op.EITHER | Op.ONWARD:
                return [(Literal(self._name(expression), at),)]
            case _:
                assert_never(expression.op)

    def _tested(
        self, expression: Expression, at: tuple[Argument, ...], fresh: Iterator[int]
    ) -> Bodies:
        """Expressions that add one literal to those of their first part, if they have one."""
        if expression.op is Op.BASE:
            return [(Literal(expression.name, at),)]
        if expression.op is Op.VALUE:
            return [(Literal(UNEQUAL, (at[0], expression.name), negated=True),)]
        if expression.op is Op.EXACTLY:
            return [(_counted(expression, at[0]),)]
        own = (
            Literal(UNEQUAL, at)
            if expression.op is Op.OTHER
            else self._denied(expression.parts[1], at)
        )
        return _joined(self._bodies(expression.parts[0], at, fresh), [(own,)])

    def _on(self, expression: Expression, at: tuple[Argument, ...], fresh: Iterator[int]) -> Bodies:
        relation, among = expression.parts
        if among.op is Op.VALUE and isinstance(at[1], int) and at[1] > 1:
            return self._bodies(relation, (at[0], among.name), fresh)
        return _joined(self._bodies(relation, at, fresh), self._bodies(among, (at[1],), fresh))

    def _walked(
        self, expression: Expression, at: tuple[Argument, ...], fresh: Iterator[int]
    ) -> Bodies:
        """One relation after another, or one again and again."""
        parts = expression.parts
        longest = expression.count or 1
        shortest = 1 if expression.op is Op.WITHIN else longest
        walks = [parts * times for times in range(shortest, longest + 1)]
        found: Bodies = []
        for walk in walks:
            stops = [at[0], *(next(fresh) for _ in walk[1:]), at[1]]
            steps = zip(walk, pairwise(stops), strict=True)
            found += _joined(*(self._bodies(step, pair, fresh) for step, pair in steps))
        return found

    def _denied(self, expression: Expression, at: tuple[Argument, ...]) -> Literal:
        inner = expression.parts[0] if expression.op is Op.SOME else expression
        if inner.op is Op.BASE:
            arguments = (*at, None) if expression.op is Op.SOME else at
            return Literal(inner.name, arguments, negated=True)
        if expression.op is Op.SOME and inner.op is Op.INVERSE:
            return Literal(inner.parts[0].name, (None, at[0]), negated=True)
        return Literal(self._name(expression), at, negated=True)

    def _name(self, expression: Expression) -> str:
        """The predicate invented for an expression."""
        key = expression.arity, expression.bits
        if key not in self._invented:
            wanted = _spoken(expression)
            names = (wanted if n == 1 else f"{wanted}_{n}" for n in count(1))
            name = self._invented[key] = next(name for name in names if name not in self._taken)
            self._taken.add(name)
            self.define(name, expression)
        return self._invented[key]


def _joined(*every: Bodies) -> Bodies:
    return [tuple(literal for body in way for literal in body) for way in product(*every)]


def _tidy(body: tuple[Literal, ...], arity: int) -> tuple[Literal, ...]:
    """The body with its variables numbered in the order in which they are met."""
    numbers = {number: number for number in range(arity)}
    for literal in body:
        for item in literal.arguments:
            if isinstance(item, int):
                numbers.setdefault(item, len(numbers))
    return tuple(
        Literal(
            literal.name,
            tuple(numbers[item] if isinstance(item, int) else item for item in literal.arguments),
            literal.negated,
        )
        for literal in dict.fromkeys(body)
    )


def _counted(expression: Expression, subject: Argument) -> Literal:
    (part,) = expression.parts
    base, place = (part, 0) if part.op is Op.BASE else (part.parts[0], 1)
    return Literal(f"{COUNT}{place}{base.name}", (subject, str(expression.count)))


def _spoken(expression: Expression) -> str:
    """A name that says what an invented predicate is made of."""
    names = [name for name in _base_names(expression) if name.isidentifier()]
    spoken = dict.fromkeys(names)
    match expression.op:
        case Op.EITHER:
            return "_or_".join(spoken) if len(spoken) > 1 else f"{names[0]}_either_way"
        case Op.ONWARD:
            either = expression.parts[0].op is Op.EITHER
            return f"{('_or_' if either else '_').join(spoken)}_onward"
        case _:
            return "_".join(["some", *spoken])[:60]


def _base_names(expression: Expression) -> Iterator[str]:
    if expression.op is Op.BASE:
        yield expression.name
    denied = expression.op in (Op.OFF, Op.NOT)
    for number, part in enumerate(expression.parts):
        yield from (f"not_{name}" if denied and number else name for name in _base_names(part))
