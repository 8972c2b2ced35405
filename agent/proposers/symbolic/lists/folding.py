"""Recursion over a list: what was so far and the next item give what is now.

The schemes are the fold (the last state is the answer), the scan (all states are) and the greedy
choice (an item is kept if it goes with those kept before), each from the front or from the back
(Meijer, Fokkinga and Paterson 1991, Functional Programming with Bananas, Lenses, Envelopes and
Barbed Wire). The step is one of a few expressions over the state `a`, the item `x` and a number
that the examples suggest.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import accumulate, chain
from typing import Final, TypeAlias, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program

NAME: Final = "lists.fold"
Items: TypeAlias = tuple[int, ...]
MOST: Final = 3
"""Rules with different predictions."""
LARGEST: Final = 10**15
"""Beyond this a state is taken for a run away."""
NUMBERS: Final = (2, 3, 4, 5, 10)
"""Numbers a step may hold beside those of the examples' outputs."""

_STEPS: Final = (
    ("a + x", "plus the item", 1.0),
    ("a - x", "minus the item", 1.5),
    ("x - a", "taken from the item", 2.0),
    ("a * x", "times the item", 1.5),
    ("max(a, x)", "or the item, whichever is greater", 1.5),
    ("min(a, x)", "or the item, whichever is less", 1.5),
    ("abs(a - x)", "and the item's distance", 2.5),
    ("a ^ x", "exclusive or the item", 3.0),
    ("a + x * x", "plus the item's square", 2.5),
    ("a + (x > 0)", "plus one if the item is positive", 3.0),
    ("a + (x % 2)", "plus one if the item is odd", 3.0),
    ("(a + 1) * (x > 0)", "plus one, or 0 where the item is not positive", 3.5),
    ("(a + 1) * (x == 0)", "plus one, or 0 where the item is not 0", 3.5),
    ("(a + x) * (x != 0)", "plus the item, or 0 where the item is 0", 3.5),
    ("a * {k} + x", "times {k}, plus the item", 2.5),
    ("a + {k} * x", "plus {k} times the item", 2.5),
    ("(a + x) % {k}", "plus the item, divided by {k}: what is left over", 3.0),
    ("a + (x > {k})", "plus one if the item is above {k}", 3.5),
    ("min(a + x, {k})", "plus the item, {k} at most", 3.5),
)
"""Steps over numbers: source, what the state becomes, cost."""
_STARTS: Final = (("", 0.0), ("0", 0.5), ("1", 1.0))
"""What the state is before the first item; empty for the first item itself."""
_KEEPS: Final = (
    ("x > a", "it is greater than the one kept before", 1.5),
    ("x < a", "it is less than the one kept before", 1.5),
    ("x >= a", "it is not less than the one kept before", 2.0),
    ("x <= a", "it is not greater than the one kept before", 2.0),
    ("x != a", "it differs from the one kept before", 1.0),
    ("x % 2 != a % 2", "it is odd after even or even after odd", 2.5),
    ("abs(x - a) > 1", "it is not next to the one kept before", 2.5),
    ("x % a == 0", "the one kept before divides it", 3.0),
    ("x == a + 1", "it is one more than the one kept before", 2.5),
)
"""When an item `x` is kept after the item `a`: source, words, cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A complete rule and what it gives."""

    module: str = ""
    """An import the program needs."""
    before: tuple[str, ...] = ()
    """Statements that come first."""
    answer: str
    """The expression that is returned."""
    words: str
    cost: float
    run: Callable[[Items], int | Items]


def propose(task: Task, clock: Clock) -> Found:
    """Rules that fit all examples, the cheapest first."""
    inputs, outputs = cast("tuple[Items, ...]", task.inputs), task.outputs
    seen: set[tuple[object, ...]] = set()
    for number, rule in enumerate(sorted(_rules(outputs), key=lambda rule: rule.cost)):
        if number % 16 == 0:
            yield None
        if clock.left() <= 0 or len(seen) == MOST:
            return
        given = tuple(_try(rule, items) for items in inputs)
        predicted = given[len(outputs) :]
        if given[: len(outputs)] == outputs and predicted not in seen:
            seen.add(predicted)
            yield _write(rule)


def _rules(outputs: Sequence[object]) -> Iterator[Rule]:
    """Every scheme with every step, for answers of the kind the examples have."""
    lists = all(isinstance(output, tuple) for output in outputs)
    numbers = {n for n in outputs if isinstance(n, int) and 1 < n < 100}
    schemes = chain(_scans(NUMBERS), _choices()) if lists else _folds(sorted({*NUMBERS, *numbers}))
    for rule in schemes:
        yield rule
        yield _from_the_back(rule, lists=lists)


def _numbered(numbers: Sequence[int]) -> Iterator[tuple[str, str, float]]:
    for source, words, cost in _STEPS:
        for k in numbers if "{k}" in source else (0,):
            yield source.format(k=k), words.format(k=k), cost + 0.1 * k


def _folds(numbers: Sequence[int]) -> Iterator[Rule]:
    for source, words, cost in _numbered(numbers):
        step = _step(source)
        for start, extra in _STARTS:
            first = f", {start}" if start else ""
            yield Rule(
                module="from functools import reduce",
                answer=f"reduce(lambda a, x: {source}, items{first})",
                words=f"{_begin(start, words)} The answer is where it ends.",
                cost=cost + extra,
                run=lambda items, step=step, start=start: reduce(step, items, *_first(start)),
            )


def _scans(numbers: Sequence[int]) -> Iterator[Rule]:
    for source, words, cost in _numbered(numbers):
        step = _step(source)
        for start, extra in _STARTS:
            first = f", initial={start}" if start else ""
            for cut, told in (("", "all its values"), ("[1:]", "its values from the second on")):
                yield Rule(
                    module="from itertools import accumulate",
                    answer=f"list(accumulate(items, lambda a, x: {source}{first})){cut}",
                    words=f"{_begin(start, words)} The answer is {told}.",
                    cost=cost + extra + (0.0 if bool(cut) == bool(start) else 0.8),
                    run=lambda items, step=step, start=start, cut=cut: _scanned(
                        items, step, start, skip=bool(cut)
                    ),
                )


def _scanned(items: Items, step: Callable[[int, int], int], start: str, *, skip: bool) -> Items:
    return tuple(accumulate(items, step, initial=int(start) if start else None))[skip:]


def _choices() -> Iterator[Rule]:
    for source, words, cost in _KEEPS:
        test = _step(source)
        yield Rule(
            before=(
                "kept = []",
                "for x in items:",
                f"    if not kept or (lambda a: {source})(kept[-1]):",
                "        kept.append(x)",
            ),
            answer="kept",
            words=f"The first item is kept, and each further one if {words}.",
            cost=cost + 1.0,
            run=lambda items, test=test: _kept(items, test),
        )


def _kept(items: Items, test: Callable[[int, int], int]) -> Items:
    kept: list[int] = []
    for x in items:
        if not kept or test(kept[-1], x):
            kept.append(x)
    return tuple(kept)


def _from_the_back(rule: Rule, *, lists: bool) -> Rule:
    """The same recursion begun at the other end; a list keeps its order."""

    def run(items: Items) -> int | Items:
        given = rule.run(items[::-1])
        return given[::-1] if isinstance(given, tuple) else given

    return replace(
        rule,
        before=("items = items[::-1]", *rule.before),
        answer=f"{rule.answer}[::-1]" if lists else rule.answer,
        words=f"From the last item to the first: {rule.words[0].lower()}{rule.words[1:]}",
        cost=rule.cost + 1.0,
        run=run,
    )


def _begin(start: str, words: str) -> str:
    first = start or "the first item"
    return f"A number starts as {first} and meets the items in turn; it becomes itself {words}."


def _first(start: str) -> tuple[int, ...]:
    return (int(start),) if start else ()


def _step(source: str) -> Callable[[int, int], int]:
    """The step as a function; it stops where a number runs away."""
    plain: Callable[[int, int], int] = eval(f"lambda a, x: {source}")

    def bounded(a: int, x: int) -> int:
        if abs(a) > LARGEST:
            raise OverflowError
        return plain(a, x)

    return bounded


def _try(rule: Rule, items: Items) -> int | Items | None:
    try:
        return rule.run(items)
    except (ArithmeticError, TypeError):
        return None


def _write(rule: Rule) -> Proposal:
    head = [rule.module, "", ""] if rule.module else []
    body = [f"    {line}" for line in (*rule.before, f"return {rule.answer}")]
    return Proposal(
        hypothesis=Hypothesis(words=rule.words, level=Level.OBJECT),
        program=Program(source="\n".join([*head, "def transform(items):", *body, ""])),
        origin=f"symbolic.{NAME}",
    )


def _promise(task: Task) -> float:
    """Lists of plain numbers, none of them empty, to a number or such a list."""
    if task.input_type != ValueType.LIST:
        return 0.0
    if task.output_type not in (ValueType.LIST, ValueType.NUMBER):
        return 0.0
    values: list[object] = [*task.inputs, *task.outputs]
    lists = [cast("tuple[object, ...]", value) for value in values if isinstance(value, tuple)]
    plain = all(isinstance(item, int) for value in lists for item in value)
    return 0.4 if plain else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
