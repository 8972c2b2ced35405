"""Planning problems as values: STRIPS with types, negative preconditions and equality.

An `Atom` is a tuple of a predicate and its arguments; a state is a set of atoms that hold. An
action deletes before it adds, so what it does both to holds afterwards.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

Atom: TypeAlias = tuple[str, ...]
State: TypeAlias = frozenset[Atom]
Step: TypeAlias = tuple[str, ...]
"""The name of an action and the objects it is done with."""
Named: TypeAlias = tuple[str, str]
"""A variable or object, and its type."""
OBJECT: Final = "object"
EQUAL: Final = "="


@dataclass(frozen=True, slots=True)
class Literal:
    """An atom that must or must not hold; its arguments may be variables."""

    atom: Atom
    positive: bool = True

    def of(self, binding: Mapping[str, str]) -> "Literal":
        """The literal with variables replaced."""
        predicate, *arguments = self.atom
        return Literal((predicate, *(binding.get(name, name) for name in arguments)), self.positive)

    def holds(self, state: State) -> bool:
        """Whether a ground literal is true in a state."""
        if self.atom[0] == EQUAL:
            return (self.atom[1] == self.atom[2]) is self.positive
        return (self.atom in state) is self.positive

    def __str__(self) -> str:
        """As in PDDL."""
        text = f"({' '.join(self.atom)})"
        return text if self.positive else f"(not {text})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A kind of step."""

    name: str
    parameters: tuple[Named, ...]
    conditions: tuple[Literal, ...]
    effects: tuple[Literal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """What there can be and what can be done."""

    name: str
    types: tuple[Named, ...]
    """Each type with the one above it."""
    constants: tuple[Named, ...]
    predicates: tuple[tuple[str, tuple[Named, ...]], ...]
    actions: tuple[Action, ...]

    def is_a(self, kind: str, above: str) -> bool:
        """Whether a type is another one or below it."""
        parents = dict(self.types)
        for _ in range(len(parents) + 1):
            if kind == above or above == OBJECT:
                return True
            kind = parents.get(kind, OBJECT)
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Where one starts and what is wanted."""

    name: str
    domain: str
    objects: tuple[Named, ...]
    init: State
    goal: tuple[Literal, ...]


def successor(state: State, effects: Iterable[Literal]) -> State:
    """The state after ground effects."""
    listed = tuple(effects)
    deleted = {effect.atom for effect in listed if not effect.positive}
    return (state - deleted) | {effect.atom for effect in listed if effect.positive}


def write_domain(domain: Domain) -> str:
    """A domain as PDDL."""
    lines = [f"(define (domain {domain.name})"]
    lines.append("  (:requirements :strips :typing :negative-preconditions :equality)")
    if domain.types:
        lines.append(f"  (:types {_typed(domain.types)})")
    if domain.constants:
        lines.append(f"  (:constants {_typed(domain.constants)})")
    heads = (
        f"({' '.join(filter(None, (name, _typed(names))))})" for name, names in domain.predicates
    )
    lines.append(f"  (:predicates {' '.join(heads)})")
    for action in domain.actions:
        lines.extend(_action_lines(action))
    return "\n".join(lines) + ")\n"


def write_problem(problem: Problem) -> str:
    """A problem as PDDL, facts in alphabetical order."""
    facts = "\n    ".join(f"({' '.join(atom)})" for atom in sorted(problem.init))
    return (
        f"(define (problem {problem.name})\n  (:domain {problem.domain})\n"
        f"  (:objects {_typed(problem.objects)})\n  (:init\n    {facts})\n"
        f"  (:goal {_conjunction(problem.goal)}))\n"
    )


def write_plan(steps: Iterable[Step]) -> str:
    """A plan with one step a line."""
    return "".join(f"({' '.join(step)})\n" for step in steps)


def _action_lines(action: Action) -> Iterator[str]:
    yield f"  (:action {action.name}"
    yield f"    :parameters ({_typed(action.parameters)})"
    yield f"    :precondition {_conjunction(action.conditions)}"
    yield f"    :effect {_conjunction(action.effects)})"


def _conjunction(literals: Iterable[Literal]) -> str:
    return f"(and {' '.join(map(str, literals))})"


def _typed(names: Iterable[Named]) -> str:
    return " ".join(f"{name} - {kind}" for name, kind in names)
