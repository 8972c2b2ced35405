"""What a background with lists, compound terms or arithmetic says about the terms within reach.

From the terms of each example outwards, every predicate is asked about every term that fits, and
what it answers is within reach too, up to the size of what the examples show. The result is a
finite set of ground facts, over which learning is as cheap as over any other background.
(Saturation: Muggleton, Inverse entailment and Progol, 1995; flattening: Rouveirol, 1994.)
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice, product
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.machine import Endless, Machine, Unclear
from peirce.tasks.bias import Bias, Indicator
from peirce.tasks.clauses import CONS, NIL, Compound, Term, Variable, list_items, written

Inputs: TypeAlias = frozenset[int]
"""Places that have to be known when a predicate is called."""
MAX_ANSWERS: Final = 40
MAX_TERMS: Final = 400
"""Terms within reach of one example."""
MAX_QUESTIONS: Final = 120_000
"""Questions to the background."""
MAX_WORK: Final = 1_000_000
"""Goals the machine tries for all examples; each has its share."""
MAX_ENDLESS: Final = 2
"""Questions of one kind that may have no end before no more are asked."""
QUESTIONS: Final = 64
"""Questions that are asked in one go."""
MAX_DEPTH: Final = 64
"""Steps from an example."""
TRIED: Final = 60
"""Terms on which the ways to call a predicate are tried."""


@dataclass(slots=True)
class Reach:
    """Ground facts, and how each predicate may be called."""

    facts: dict[tuple[str, tuple[str, ...]], None] = field(
        default_factory=dict[tuple[str, tuple[str, ...]], None]
    )
    modes: dict[Indicator, tuple[Inputs, ...]] = field(
        default_factory=dict[Indicator, tuple[Inputs, ...]]
    )


class Explorer:
    """Asks a machine about terms, each question once."""

    def __init__(self, machine: Machine, bias: Bias, predicates: Sequence[Indicator]) -> None:
        """Prepare to ask for `predicates`."""
        self._machine = machine
        self._bias = bias
        self._predicates = [key for key in predicates if machine.knows(*key)]
        self._asked: dict[tuple[str, tuple[Term, ...]], list[tuple[Term, ...]]] = {}
        self._tried: dict[Indicator, tuple[Inputs, ...]] = {}
        self._ways: dict[Indicator, list[Inputs]] = {}
        self._endless: Counter[tuple[Indicator, Inputs]] = Counter()
        self._shapes: dict[Indicator, list[set[str]]] = {}
        self._stop = 0
        self.reach = Reach()

    def explore(self, head: Indicator, examples: Sequence[tuple[Term, ...]]) -> Iterator[None]:
        """Fill `reach` from the arguments of some atoms; yields now and then."""
        bounds = _Bounds(examples)
        yield from self._find_modes(examples)
        self._ways = {
            key: [inputs for inputs in modes if len(inputs) == min(map(len, modes))]
            for key, modes in self._tried.items()
        }
        kinds = self._kinds(head)
        share = MAX_WORK // max(1, len(examples))
        for arguments in examples:
            self._stop = self._machine.work + share
            yield from self._around(kinds, arguments, bounds)

    def _find_modes(self, examples: Sequence[tuple[Term, ...]]) -> Iterator[None]:
        samples = list(dict.fromkeys(term for arguments in examples for term in arguments))
        samples = sorted(samples, key=lambda term: len(written(term)))[:TRIED]
        # What one step gives is tried too: a predicate may only speak of items or results.
        forward, every = list(samples), list(samples)
        for key in self._predicates:
            for inputs in _single_inputs(key[1]):
                yield
                reached = [term for row in self._rows(key, inputs, every) for term in row]
                every.extend(term for term in reached if term not in every)
                # Called backwards, a predicate may put anything into a list.
                forward.extend(reached if inputs <= {0} else ())
        every, forward = every[: 2 * TRIED], list(dict.fromkeys(forward))[: 2 * TRIED]
        for key in self._predicates:
            yield
            self._tried[key] = tuple(self._modes(key, every))
            self._shapes[key] = self._usual_shapes(key, forward)
            declared = self._bias.directions.get(key)
            self.reach.modes[key] = self._tried[key]
            if declared is not None:
                self.reach.modes[key] = (_inputs(declared),)

    def _usual_shapes(self, key: Indicator, samples: Sequence[Term]) -> list[set[str]]:
        """For each place the shapes of what stands there when it is called in its first way."""
        rows = list(islice(self._rows(key, self._tried[key][0], samples), TRIED))
        return [{_shape(row[place]) for row in rows} for place in range(key[1])]

    def _modes(self, key: Indicator, samples: Sequence[Term]) -> Iterator[Inputs]:
        found: list[Inputs] = []
        for size in range(key[1]):
            if size == 1 and found and not self._is_complete(key, samples):
                found.clear()
            for places in combinations(range(key[1]), size):
                inputs = frozenset(places)
                if any(other <= inputs for other in found) or size > 2:
                    continue
                if next(self._rows(key, inputs, samples), None) is not None:
                    found.append(inputs)
        declared = self._bias.directions.get(key)
        if not found:
            yield frozenset(range(key[1])) if declared is None else _inputs(declared)
        yield from found

    def _is_complete(self, key: Indicator, samples: Sequence[Term]) -> bool:
        """Whether a call with nothing known gives all that calls with one thing known give."""
        every = set(self._answers(key, frozenset(), ()))
        return every.issuperset(
            row
            for inputs in _single_inputs(key[1])
            for row in islice(self._rows(key, inputs, samples), TRIED)
        )

    def _rows(
        self, key: Indicator, inputs: Inputs, samples: Sequence[Term]
    ) -> Iterator[tuple[Term, ...]]:
        few = samples if len(inputs) < 2 else samples[:12]
        for values in product(few, repeat=len(inputs)):
            yield from self._answers(key, inputs, values)

    def _answers(
        self, key: Indicator, inputs: Inputs, values: Sequence[Term]
    ) -> list[tuple[Term, ...]]:
        given = iter(values)
        arguments = tuple(
            next(given) if place in inputs else Variable(f"V{place}") for place in range(key[1])
        )
        question = key[0], arguments
        if question not in self._asked:
            if len(self._asked) > MAX_QUESTIONS or self._endless[key, inputs] >= MAX_ENDLESS:
                return []
            try:
                found = self._machine.ask(key[0], arguments, MAX_ANSWERS)
            except Endless:
                self._endless[key, inputs] += 1
                found = []
            except Unclear:
                found = []
            self._asked[question] = found
        return self._asked[question]

    def _around(
        self, kinds: Sequence[str], arguments: tuple[Term, ...], bounds: "_Bounds"
    ) -> Iterator[None]:
        """Everything within reach of one example."""
        fresh = [
            (kind, term) for kind, term in zip(kinds, arguments, strict=True) if not _has_hole(term)
        ]
        known: dict[str, dict[Term, None]] = {}
        for _ in range(MAX_DEPTH):
            new: dict[str, set[Term]] = {}
            for kind, term in fresh:
                known.setdefault(kind, {})[term] = None
                new.setdefault(kind, set()).add(term)
            found: dict[tuple[str, Term], None] = {}
            for key in self._predicates:
                yield
                for item in self._step(key, known, new, bounds):
                    if item is None:
                        yield
                    else:
                        found[item] = None
            fresh = [(kind, term) for kind, term in found if term not in known.get(kind, {})]
            if not fresh or sum(map(len, known.values())) > MAX_TERMS:
                return

    def _step(
        self,
        key: Indicator,
        known: dict[str, dict[Term, None]],
        new: dict[str, set[Term]],
        bounds: "_Bounds",
    ) -> Iterator[tuple[str, Term] | None]:
        """Terms that a predicate leads to from known ones, at least one of them new.

        None after every so many questions.
        """
        kinds = self._kinds(key)
        asked = 0
        for inputs in self._ways[key]:
            places = sorted(inputs)
            pools = [list(known.get(kinds[place], ())) for place in places]
            if len(places) == 1:
                pools = [list(new.get(kinds[places[0]], ()))]
            for values in product(*pools):
                if len(places) > 1 and not any(
                    term in new.get(kinds[place], ())
                    for place, term in zip(places, values, strict=True)
                ):
                    continue
                if inputs != self._tried[key][0] and not self._is_usual(key, places, values):
                    continue
                if self._machine.work > self._stop:
                    return
                asked += 1
                if asked % QUESTIONS == 0:
                    yield None
                for row in self._answers(key, inputs, values):
                    if all(map(bounds.admit, row)):
                        self.reach.facts[key[0], tuple(map(written, row))] = None
                        yield from zip(kinds, row, strict=True)

    def _is_usual(self, key: Indicator, places: Sequence[int], values: Sequence[Term]) -> bool:
        """Whether terms look like what a predicate gives; called backwards it may take anything."""
        shapes = self._shapes[key]
        return all(
            _shape(term) in shapes[place] for place, term in zip(places, values, strict=True)
        )

    def _kinds(self, key: Indicator) -> tuple[str, ...]:
        return self._bias.types.get(key, ("",) * key[1])


def _inputs(declared: Sequence[str]) -> Inputs:
    return frozenset(place for place, way in enumerate(declared) if way == "in")


def _single_inputs(arity: int) -> Iterator[Inputs]:
    yield frozenset()
    for place in range(arity):
        yield frozenset((place,))


def _has_hole(term: Term) -> bool:
    if isinstance(term, Compound):
        return any(map(_has_hole, term.arguments))
    return isinstance(term, Variable)


class _Bounds:
    """How large terms may grow: no larger than what the examples show."""

    def __init__(self, examples: Sequence[tuple[Term, ...]]) -> None:
        sizes = [1]
        numbers = [0, 1]
        for term in _parts(tuple(term for arguments in examples for term in arguments)):
            sizes.append(_size(term))
            if isinstance(term, int):
                numbers.append(term)
            elif (items := list_items(term)) is not None:
                numbers.append(len(items))
        self._size = max(sizes) + 1
        self._low, self._high = min(numbers) - 1, max(numbers) + 1

    def admit(self, term: Term) -> bool:
        """Whether a term is not too far away."""
        if isinstance(term, int):
            return self._low <= term <= self._high
        return not isinstance(term, Compound) or _size(term) <= self._size


def _parts(terms: Sequence[Term]) -> Iterator[Term]:
    waiting = list(terms)
    while waiting:
        term = waiting.pop()
        yield term
        if isinstance(term, Compound):
            waiting.extend(term.arguments)


def _shape(term: Term) -> str:
    """What sort of term it is, whatever its parts are."""
    if isinstance(term, Compound):
        return "list" if term.name == CONS else f"{term.name}/{len(term.arguments)}"
    return "list" if term == NIL else type(term).__name__


def _size(term: Term) -> int:
    return sum(1 for part in _parts((term,)) if part != NIL)
