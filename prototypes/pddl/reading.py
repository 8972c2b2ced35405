"""PDDL text to `Domain` and `Problem`, with every name checked; the lint of this package.

Accepted are STRIPS, types, negative preconditions and equality. Anything else is refused by name
rather than half understood: quantifiers, conditional effects, numbers, derived predicates.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from peirce.prototypes.pddl.model import (
    EQUAL,
    OBJECT,
    Action,
    Atom,
    Domain,
    Literal,
    Named,
    Problem,
    Step,
)
from peirce.prototypes.pddl.syntax import Node, read_nodes, write_node
from peirce.tasks.errors import TaskError
from peirce.tasks.values import show

REQUIREMENTS: Final = frozenset((":strips", ":typing", ":negative-preconditions", ":equality"))
MOST_PARAMETERS: Final = 20
LONGEST_PLAN: Final = 10_000
"""Steps of a plan that are read."""


def read_domain(text: str) -> Domain:
    """Read and check a domain.

    Raises:
        TaskError: it breaks the syntax, uses a name it does not declare, or needs more than STRIPS.
    """
    name, sections = _definition(text, "domain")
    _only(sections, {":requirements", ":types", ":constants", ":predicates", ":action"}, "domain")
    for wanted in _words(_one(sections, ":requirements")):
        if wanted not in REQUIREMENTS:
            raise _refused(f"the requirement {wanted}", "use STRIPS with types, not and =")
    types = tuple(_typed(_one(sections, ":types")))
    predicates = tuple(map(_predicate, _one(sections, ":predicates")))
    domain = Domain(
        name=name,
        types=types,
        constants=tuple(_typed(_one(sections, ":constants"))),
        predicates=predicates,
        actions=tuple(_action(section) for section in sections if section[0] == ":action"),
    )
    _check_domain(domain)
    return domain


def read_problem(text: str, domain: Domain) -> Problem:
    """Read a problem and check it against its domain.

    Raises:
        TaskError: it breaks the syntax, or speaks of what neither it nor the domain declares.
    """
    name, sections = _definition(text, "problem")
    _only(sections, {":domain", ":objects", ":init", ":goal", ":requirements"}, "problem")
    stated = _words(_one(sections, ":domain"))
    if stated != (domain.name,):
        raise _refused(f"the problem is of the domain {show(stated)}", f"not {domain.name}")
    objects = tuple(_typed(_one(sections, ":objects")))
    goal = _one(sections, ":goal")
    facts = tuple(map(_literal, _one(sections, ":init")))
    if not all(fact.positive for fact in facts):
        raise _refused("a negated fact in :init", "leave out what does not hold")
    problem = Problem(
        name=name,
        domain=domain.name,
        objects=objects,
        init=frozenset(fact.atom for fact in facts),
        goal=_conjuncts(goal[0] if goal else ()),
    )
    _unique([name for name, _ in (*objects, *domain.constants)], "object")
    _check_kinds(objects, domain)
    known = dict((*objects, *domain.constants))
    for literal in (*facts, *problem.goal):
        _check_atom(literal.atom, known, domain)
    return problem


def read_plan(text: str) -> tuple[Step, ...]:
    """The steps of a plan: expressions in brackets; numbers before them and comments are skipped.

    Raises:
        TaskError: a step is no plain expression, or there are too many.
    """
    steps = [node for node in read_nodes(text) if not isinstance(node, str)]
    if len(steps) > LONGEST_PLAN:
        raise TaskError(f"a plan of {len(steps)} steps; the limit is {LONGEST_PLAN}")
    return tuple(_words(step) for step in steps)


def _definition(text: str, what: str) -> tuple[str, list[tuple[Node, ...]]]:
    match read_nodes(text):
        case (("define", (str(kind), str(name)), *sections),) if kind == what:
            return name, [section for section in sections if isinstance(section, tuple) and section]
        case _:
            raise _refused("the text", f"it has the form (define ({what} NAME) ...)")


def _only(sections: Sequence[tuple[Node, ...]], known: set[str], what: str) -> None:
    heads = [str(section[0]) for section in sections]
    for head in heads:
        if head not in known:
            raise _refused(f"{head} in a {what}", f"known are {', '.join(sorted(known))}")
    _unique([head for head in heads if head != ":action"], "section")


def _one(sections: Sequence[tuple[Node, ...]], head: str) -> tuple[Node, ...]:
    return next((section[1:] for section in sections if section[0] == head), ())


def _words(nodes: Sequence[Node]) -> tuple[str, ...]:
    if not nodes or not all(isinstance(node, str) for node in nodes):
        if nodes:
            raise _refused(write_node(tuple(nodes)), "plain words belong here")
        return ()
    return tuple(map(str, nodes))


def _typed(nodes: Sequence[Node]) -> Iterator[Named]:
    words, waiting = list(_words(nodes)), list[str]()
    while words:
        word = words.pop(0)
        if word == "-":
            if not words or not waiting:
                raise _refused("a dash", "it stands between names and their type")
            kind = words.pop(0)
            yield from ((name, kind) for name in waiting)
            waiting.clear()
        else:
            waiting.append(word)
    yield from ((name, OBJECT) for name in waiting)


def _predicate(node: Node) -> tuple[str, tuple[Named, ...]]:
    match node:
        case (str(name), *rest):
            return name, tuple(_typed(rest))
        case _:
            raise _refused(write_node(node), "a predicate has the form (name ?x - type)")


def _action(section: tuple[Node, ...]) -> Action:
    match section:
        case (_, str(name), *rest) if len(rest) % 2 == 0:
            pass
        case _:
            raise _refused(write_node(section)[:80], "an action has a name and three parts")
    parts = {str(rest[i]): rest[i + 1] for i in range(0, len(rest), 2)}
    if not set(parts) <= {":parameters", ":precondition", ":effect"} or ":effect" not in parts:
        raise _refused(f"action {name}", "it has :parameters, :precondition and :effect")
    parameters = parts.get(":parameters", ())
    return Action(
        name=name,
        parameters=tuple(_typed(parameters if isinstance(parameters, tuple) else (parameters,))),
        conditions=_conjuncts(parts.get(":precondition", ())),
        effects=_conjuncts(parts[":effect"]),
    )


def _conjuncts(node: Node) -> tuple[Literal, ...]:
    match node:
        case ():
            return ()
        case ("and", *parts):
            return tuple(_literal(part) for part in parts)
        case _:
            return (_literal(node),)


def _literal(node: Node) -> Literal:
    match node:
        case ("not", tuple() as inner) if inner and inner[0] != "not":
            return Literal(_literal(inner).atom, positive=False)
        case (str(name), *rest) if name not in ("and", "or", "forall", "exists", "when", "imply"):
            return Literal((name, *_words(rest)))
        case _:
            raise _refused(write_node(node)[:80], "only (p x) and (not (p x)) are understood")


def _check_domain(domain: Domain) -> None:
    _unique([name for name, _ in domain.types], "type")
    _unique([name for name, _ in domain.predicates], "predicate")
    _unique([action.name for action in domain.actions], "action")
    above = [kind for _, kind in domain.types]
    _check_kinds([("a type", kind) for kind in above], domain)
    _check_kinds(domain.constants, domain)
    for _, names in domain.predicates:
        _check_kinds(names, domain)
    for action in domain.actions:
        _check_action(action, domain)


def _check_action(action: Action, domain: Domain) -> None:
    if len(action.parameters) > MOST_PARAMETERS:
        raise _refused(f"action {action.name}", f"more than {MOST_PARAMETERS} parameters")
    _check_kinds(action.parameters, domain)
    _unique([name for name, _ in action.parameters], f"parameter of {action.name}")
    known = dict((*action.parameters, *domain.constants))
    for literal in (*action.conditions, *action.effects):
        try:
            _check_atom(literal.atom, known, domain)
        except TaskError as error:
            raise TaskError(f"{error} (in action {action.name})") from None
    if any(effect.atom[0] == EQUAL for effect in action.effects):
        raise _refused(f"action {action.name}", "an effect cannot make things equal")


def _check_kinds(names: Sequence[Named], domain: Domain) -> None:
    known = {OBJECT, *dict(domain.types)}
    for name, kind in names:
        if kind not in known:
            raise _refused(f"the type {kind} of {name}", "it is not declared in :types")


def _check_atom(atom: Atom, known: Mapping[str, str], domain: Domain) -> None:
    predicate, *arguments = atom
    for argument in arguments:
        if argument not in known:
            raise _refused(f"{argument} in ({' '.join(atom)})", "it is not declared")
    if predicate == EQUAL and len(arguments) == 2:
        return
    wanted = dict(domain.predicates).get(predicate)
    if wanted is None or len(wanted) != len(arguments):
        raise _refused(
            f"({' '.join(atom)})", f"no predicate {predicate} of {len(arguments)} is declared"
        )
    for argument, (_, kind) in zip(arguments, wanted, strict=True):
        if not domain.is_a(known[argument], kind):
            raise _refused(f"{argument} in ({' '.join(atom)})", f"it must be of type {kind}")


def _unique(names: Sequence[str], what: str) -> None:
    (name, times), *_ = Counter(names).most_common(1) or [("", 0)]
    if times > 1:
        raise _refused(f"the {what} {name}", "it is declared twice")


def _refused(what: str, why: str) -> TaskError:
    return TaskError(f"PDDL: {what}: {why}")
