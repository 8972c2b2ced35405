"""Rules about single items, fitted to the examples rather than searched for.

For each simple list that can be made from the input (the input itself first), the phrases about
its items are laid out and the outputs are looked up in them: which items are kept, what is written
for each, what decides. Reaches rules that depend on position, neighbours and the whole list, far
beyond the depth of plain enumeration.
"""

from collections.abc import Iterator
from typing import Final, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.lists.bank import Bank
from peirce.agent.proposers.symbolic.lists.compiled import SOURCES
from peirce.agent.proposers.symbolic.lists.enumeration import Hits
from peirce.agent.proposers.symbolic.lists.features import ITEMS, Base, Features, Items
from peirce.agent.proposers.symbolic.lists.fitting import Fitter
from peirce.agent.proposers.symbolic.lists.targets import Target, targets_of
from peirce.agent.proposers.symbolic.lists.terms import Kind, Op, Term, sentence, write_program
from peirce.agent.proposers.symbolic.lists.vocabulary import (
    KINDS,
    OPERATORS,
    constants_of,
    kind_of,
    leaves,
    name_of_input,
)
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

BASES: Final = 24
"""Lists made from the input whose items are looked at."""
ALTERNATIVES: Final = 6
"""Rules that predict differently, at most."""
ORIGIN: Final = "symbolic.lists.fitted"


def _propose(task: Task, clock: Clock) -> Found:
    train = len(task.train)
    bank = Bank(leaves(task), OPERATORS)
    while bank.price < 5:
        yield from (None for term in bank.grow() if term is None)
    hits = Hits(train)
    setups: dict[int, tuple[str, ...]] = {}
    targets = targets_of(task.outputs)
    for number, base in enumerate(_bases(bank, task)):
        if clock.left() <= 0 or sum(map(len, base.lists)) > ITEMS:
            break
        features = Features(base, _scalars(bank, base), constants_of(task), deep=number < 3)
        yield from features.build()
        for found in _fit(Fitter(features, train), targets):
            if found is None:
                yield None
                continue
            setups[id(found)] = base.setup
            hits.add(found)
        for term in hits.release(None if number == 0 else base.term.cost + 8):
            yield _proposal(term, setups[id(term)], task)
        if hits.given >= ALTERNATIVES:
            return
    for term in hits.release():
        yield _proposal(term, setups[id(term)], task)


def _fit(fitter: Fitter, targets: list[Target]) -> Iterator[Term | None]:
    for target in targets:
        match target.kind:
            case Kind.LIST:
                if not _is_flat(target.values):
                    continue
                found = fitter.lists(cast("tuple[Items, ...]", target.values))
            case Kind.INT:
                found = fitter.numbers(cast("Items", target.values))
            case Kind.BOOL:
                found = fitter.truths(cast("tuple[bool, ...]", target.values))
            case _:
                continue
        for term in found:
            yield None if term is None else _finish(target, term)


def _finish(target: Target, term: Term) -> Term:
    if target.last is None:
        return term
    op = target.last
    values = tuple(op.run(value) for value in term.values)
    return Term(op, (term,), op.cost + term.cost, values)


def _is_flat(values: tuple[object, ...]) -> bool:
    return all(
        isinstance(value, tuple) and all(type(item) is int for item in cast("Items", value))
        for value in values
    )


def _bases(bank: Bank, task: Task) -> Iterator[Base]:
    """The flat lists that can be made most simply, those that depend on the input only."""
    name = name_of_input(task)
    count = 0
    for term in bank.terms(Kind.LIST):
        if count >= BASES:
            return
        if not _is_flat(term.values) or len(set(term.values)) < 2 or not any(term.values):
            continue
        count += 1
        lists = cast("tuple[Items, ...]", term.values)
        if term.code == name:
            yield Base(term, lists)
            continue
        op = Op((), Kind.LIST, term.cost, lambda: None, "values", term.words)
        yield Base(Term(op, (), term.cost, term.values), lists, (f"values = {term.code}",))


def _scalars(bank: Bank, base: Base) -> list[tuple[Term, Items]]:
    """Numbers that describe the whole input or the base list."""
    out = [
        (term, cast("Items", term.values))
        for term in bank.terms(Kind.INT)
        if term.cost <= 3 and term.args and len(set(term.values)) > 1
    ]
    if base.setup:
        out += [
            (Term(Op((), Kind.INT, 3, lambda: None, code, text), (), 3, ()), values)
            for code, text, values in (
                ("len(values)", "their number", tuple(map(len, base.lists))),
                ("values[0]", "the first of them", tuple(a[0] if a else 0 for a in base.lists)),
                ("values[-1]", "the last of them", tuple(a[-1] if a else 0 for a in base.lists)),
            )
        ]
    return out


def _proposal(term: Term, setup: tuple[str, ...], task: Task) -> Proposal:
    return Proposal(
        hypothesis=Hypothesis(words=sentence(f"the output is {term.words}"), level=Level.OBJECT),
        program=write_program(term.code, name_of_input(task), SOURCES, setup),
        origin=ORIGIN,
    )


def _promise(task: Task) -> float:
    if task.input_type != ValueType.LIST or task.output_type not in KINDS:
        return 0.0
    return 0.7 if kind_of(task.inputs) is Kind.LIST and kind_of(task.outputs) else 0.0


METHOD: Final = Method(name="lists.fitted", propose=_propose, promise=_promise)
