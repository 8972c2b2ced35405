"""A bank of terms, grown in order of price, that keeps one term per tuple of values.

Observational equivalence: two terms that agree on every train and test input are the same to this
task, and only the cheaper is kept (Udupa et al., TRANSIT, PLDI 2013; ordering by price as in
Barke, Peleg and Polikarpova, Just-in-Time Learning for Bottom-Up Enumerative Synthesis, 2020).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from peirce.agent.proposers.symbolic.lists.terms import Kind, Op, Term

BATCH: Final = 20_000
"""Items gone through between two looks at the clock, all those of the task by each evaluation: some
5 ms."""
LONGEST: Final = 60
"""Lists longer than this on average are not followed up."""
LARGEST: Final = 10**7
"""Numbers beyond this are not followed up."""
_FAILURES: Final = (ArithmeticError, LookupError, TypeError, ValueError)


class Bank:
    """Terms by kind and price."""

    def __init__(self, leaves: Iterable[Term], ops: Sequence[Op]) -> None:
        self._ops = ops
        self._levels: dict[Kind, list[list[Term]]] = {kind: [[]] for kind in Kind}
        self._seen: dict[Kind, dict[tuple[object, ...], Term]] = {kind: {} for kind in Kind}
        self._waiting: dict[int, list[Term]] = {}
        self.price = 0
        """The highest price that is complete."""
        self.steps = 0
        """Evaluations so far."""
        longest = 1
        for leaf in leaves:
            self._waiting.setdefault(leaf.cost, []).append(leaf)
            longest = max(longest, sum(map(_length, leaf.values)))
        self._batch = max(1, BATCH // longest)
        self._pause = self._batch

    def find(self, kind: Kind, values: tuple[object, ...]) -> Term | None:
        """The cheapest term known with exactly these values."""
        return self._seen[kind].get(values)

    def terms(self, kind: Kind) -> list[Term]:
        """All terms of a kind, cheapest first."""
        return [term for level in self._levels[kind] for term in level]

    def level(self, kind: Kind, price: int) -> list[Term]:
        """The terms of one price."""
        levels = self._levels[kind]
        return levels[price] if price < len(levels) else []

    def grow(self) -> Iterator[Term | None]:
        """Build all terms of the next price; yield each new one, and `None` now and then."""
        self.price += 1
        for kind in Kind:
            self._levels[kind].append([])
        for leaf in self._waiting.pop(self.price, []):
            if self._add(leaf):
                yield leaf
        for op in self._ops:
            if op.cost < self.price and op.takes:
                yield from self._apply_all(op, self.price - op.cost)

    def _add(self, term: Term) -> bool:
        seen = self._seen[term.op.gives]
        # Functions are compared where they are made; a list and a list of lists may be equal.
        if seen.setdefault(term.values, term) is not term:
            return False
        self._levels[term.op.gives][-1].append(term)
        return True

    def _apply_all(self, op: Op, budget: int) -> Iterator[Term | None]:
        seen = self._seen[op.gives]
        into = self._levels[op.gives][-1]
        run = op.run
        price = self.price
        for args in self._choices(op.takes, budget):
            self.steps += 1
            if self.steps >= self._pause:
                self._pause = self.steps + self._batch
                yield None
            try:
                values = tuple(map(run, *[arg.values for arg in args]))
                if values in seen or _is_vast(op.gives, values):
                    continue
            except _FAILURES:
                continue
            term = Term(op, args, price, values)
            seen[values] = term
            into.append(term)
            yield term

    def _choices(self, kinds: tuple[Kind, ...], budget: int) -> Iterator[tuple[Term, ...]]:
        kind, rest = kinds[0], kinds[1:]
        levels = self._levels[kind]
        if not rest:
            if 0 < budget < len(levels):
                for term in levels[budget]:
                    yield (term,)
            return
        for price in range(1, budget - len(rest) + 1):
            terms = levels[price] if price < len(levels) else ()
            if terms:
                for others in self._choices(rest, budget - price):
                    for term in terms:
                        yield (term, *others)


def _length(value: object) -> int:
    """How many items there are to go through, itself counted."""
    return 1 + sum(map(_length, value)) if isinstance(value, tuple) else 1


def _is_vast(kind: Kind, values: tuple[Any, ...]) -> bool:
    if kind is Kind.LIST or kind is Kind.LISTS:
        return sum(map(len, values)) > LONGEST * len(values)
    return kind is Kind.INT and (max(values) > LARGEST or min(values) < -LARGEST)
