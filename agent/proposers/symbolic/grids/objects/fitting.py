"""From what each action would explain to the shortest rule that explains everything.

All train items of a task are rows. An action is *accepted* by a row if everything it draws is in
the output; it *explains* those cells. A rule splits the rows into groups and gives each group one
action that all its rows accept, so that together the groups explain every cell that differs from
the ground. The parameters of a rule are thereby read off the examples, never searched: sets of
rows and of cells are bit masks of Python integers, and a split is judged by a few operations.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.actions import Action
from peirce.agent.proposers.symbolic.grids.objects.attributes import Attribute
from peirce.agent.proposers.symbolic.grids.objects.predicates import (
    Column,
    Predicate,
    distinct,
    predicates_of,
    where,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import Trait

MAX_PAIRED: Final = 36
"""Predicates that are combined with each other."""
MAX_ENTRIES: Final = 10
"""Longest lookup table."""
SHORT: Final = 8.0
"""Where a rule of one condition costs no more than this, those of two are not looked for."""
_LONELY: Final = 2.0
"""What a group of a single row costs: its action is hardly supported."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How one action fares on all rows."""

    action: Action
    accepted: int
    """Rows whose drawn cells are all in the output."""
    explained: tuple[int, ...]
    """Per row, the cells it draws rightly; 0 where not accepted."""
    defined: int
    """Rows of the test inputs on which the action is defined."""


@dataclass(frozen=True, slots=True)
class Group:
    """A condition, or a value of the deciding attribute, and what it leads to."""

    predicate: Predicate | None
    """`None` for all the rest."""
    value: Trait
    """The value in a lookup; unused elsewhere."""
    trial: Trial
    train: int
    test: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Groups tried in order; with `attribute` set, a lookup of its value."""

    groups: tuple[Group, ...]
    attribute: Attribute | None
    cost: float


@dataclass(slots=True)
class Board:
    """All trials of one view, and what is asked of them."""

    rows: int
    tests: int
    required: int
    """The cells that somebody has to explain."""
    trials: tuple[Trial, ...]
    _choices: dict[tuple[int, int], list[tuple[Trial, int]]] = field(default_factory=dict)
    _alike: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    """The places of the trials that the same rows accept."""

    def __post_init__(self) -> None:
        """Sort the trials by who accepts them."""
        for place, trial in enumerate(self.trials):
            self._alike.setdefault((trial.accepted, trial.defined), []).append(place)

    def choices(self, train: int, test: int) -> list[tuple[Trial, int]]:
        """Trials all rows of a group accept, with the required cells they explain; cheapest first.

        Of trials that explain the same cells only the three cheapest are kept.
        """
        found = self._choices.get((train, test))
        if found is None:
            found = []
            seen: dict[int, int] = {}
            rows = bits(train)
            for place in self._accepted(train, test):
                trial = self.trials[place]
                cells = 0
                for row in rows:
                    cells |= trial.explained[row]
                cells &= self.required
                seen[cells] = seen.get(cells, 0) + 1
                if seen[cells] <= 3:
                    found.append((trial, cells))
            self._choices[train, test] = found
        return found

    def _accepted(self, train: int, test: int) -> list[int]:
        """The places of the trials that all these rows accept."""
        return sorted(
            place
            for (accepted, defined), places in self._alike.items()
            if accepted & train == train and defined & test == test
            for place in places
        )


def bits(mask: int) -> list[int]:
    """The positions of the ones."""
    found: list[int] = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def fit(board: Board, columns: Iterable[Column], depth: int) -> Iterator[Rule | None]:
    """Rules that explain everything, roughly the simplest first; `None` now and then.

    At most `depth` conditions are combined; 0 gives all items the same action.
    """
    everything = (1 << board.rows) - 1
    all_tests = (1 << board.tests) - 1
    reach = 0
    for trial in board.trials:
        for cells in trial.explained:
            reach |= cells
    if board.required & ~reach:
        return
    yield from _assign(board, ((None, None, everything, all_tests),), None, 0.0)
    if depth == 0:
        return
    predicates: list[Predicate] = []
    for column in columns:
        predicates.extend(predicates_of(column))
        yield None
    predicates = distinct(predicates, everything, all_tests)
    wanting = True
    for rule in _singles(board, columns, predicates, everything, all_tests):
        wanting = wanting and not (rule is not None and _says_enough(rule))
        yield rule
    if depth > 1 and wanting:
        yield from _pairs(board, predicates[:MAX_PAIRED], everything, all_tests)


def _says_enough(rule: Rule) -> bool:
    """Whether it is so short, and does so much, that rules of two conditions are beside it."""
    acts = any(group.trial.action.redraws for group in rule.groups)
    return acts and rule.cost <= SHORT


def _singles(
    board: Board,
    columns: Iterable[Column],
    predicates: list[Predicate],
    everything: int,
    all_tests: int,
) -> Iterator[Rule | None]:
    """Rules of one condition, and lookups."""
    for number, one in enumerate(predicates):
        if number % 8 == 0:
            yield None
        yield from _assign(
            board,
            (
                (one, None, one.train, one.test),
                (None, None, everything & ~one.train, all_tests & ~one.test),
            ),
            None,
            one.cost,
        )
    for column in columns:
        yield None
        yield from _lookup(board, column)


def _pairs(
    board: Board, predicates: list[Predicate], everything: int, all_tests: int
) -> Iterator[Rule | None]:
    for one in predicates:
        yield None
        if not board.choices(one.train, 0):
            continue
        rest, rest_test = everything & ~one.train, all_tests & ~one.test
        for two in predicates:
            train, test = two.train & rest, two.test & rest_test
            if not train or train == rest:
                continue
            yield from _assign(
                board,
                (
                    (one, None, one.train, one.test),
                    (two, None, train, test),
                    (None, None, rest & ~train, rest_test & ~test),
                ),
                None,
                one.cost + two.cost + 2,
            )
    for place, one in enumerate(predicates):
        yield None
        for two in predicates[place + 1 :]:
            train, test = one.train & two.train, one.test & two.test
            if not train or train in (one.train, two.train):
                continue
            both = Predicate(
                f"{one.code} and {two.code}",
                f"{one.words} and {two.words}",
                train,
                test,
                one.cost + two.cost + 1.5,
            )
            yield from _assign(
                board,
                (
                    (both, None, train, test),
                    (None, None, everything & ~train, all_tests & ~test),
                ),
                None,
                both.cost,
            )


def _lookup(board: Board, column: Column) -> Iterator[Rule]:
    values = sorted({value for value in column.train if value is not None}, key=repr)
    if not 2 <= len(values) <= MAX_ENTRIES or column.attribute.kind == "flag":
        return
    if None in column.train or not set(column.test) <= set(values):
        return
    if len(values) >= board.rows:
        return
    groups = tuple(
        (
            None,
            value,
            where(column.train, value),
            where(column.test, value),
        )
        for value in values
    )
    entry = 1.2 if column.attribute.kind != "label" else 3.0
    yield from _assign(board, groups, column.attribute, column.attribute.cost + entry * len(values))


def _assign(
    board: Board,
    groups: tuple[tuple[Predicate | None, Trait, int, int], ...],
    attribute: Attribute | None,
    cost: float,
) -> Iterator[Rule]:
    """The cheapest two ways to give these groups actions that explain everything."""
    choices = _offered(board, groups)
    if not choices:
        return
    reach = [0] * len(groups)
    for place, offered in enumerate(choices):
        for _, cells in offered:
            reach[place] |= cells
    if board.required & ~_union(reach):
        return
    useful: list[list[tuple[Trial, int]]] = []
    for place, offered in enumerate(choices):
        needed = board.required & ~_union(reach[:place] + reach[place + 1 :])
        useful.append([entry for entry in offered if not needed & ~entry[1]][:4])
    found: list[Rule] = []
    for combination in _combinations(useful):
        if board.required & ~_union([cells for _, cells in combination]):
            continue
        if len(groups) > 1 and len({id(trial) for trial, _ in combination}) == 1:
            continue
        if len({trial.action.preamble for trial, _ in combination} - {""}) > 1:
            continue
        made = tuple(
            Group(predicate, value, trial, train, test)
            for (predicate, value, train, test), (trial, _) in zip(groups, combination, strict=True)
        )
        found.append(Rule(made, attribute, cost + _actions_cost(made)))
    found.sort(key=lambda rule: rule.cost)
    yield from found[:2]


def _offered(
    board: Board, groups: tuple[tuple[Predicate | None, Trait, int, int], ...]
) -> list[list[tuple[Trial, int]]]:
    """The choices of every group; nothing at all if some group has none."""
    choices: list[list[tuple[Trial, int]]] = []
    for _, _, train, test in groups:
        offered = board.choices(train, test)
        if not offered:
            return []
        choices.append(offered)
    return choices


def _combinations(
    useful: list[list[tuple[Trial, int]]],
) -> Iterator[tuple[tuple[Trial, int], ...]]:
    total = 1
    for place, offered in enumerate(useful):
        room = max(1, 64 // total)
        useful[place] = offered[:room]
        total *= max(1, len(useful[place]))
    return product(*useful)


def _union(masks: Sequence[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _actions_cost(groups: tuple[Group, ...]) -> float:
    """Equal templates are paid for once, then 2.5 for each further constant."""
    cost = 0.0
    templates: set[str] = set()
    actions: set[str] = set()
    for group in groups:
        action = group.trial.action
        if group.train.bit_count() == 1 and not action.stays:
            cost += _LONELY
        if action.code in actions:
            continue
        actions.add(action.code)
        if action.constant is not None and action.constant.template in templates:
            cost += 2.5
            continue
        if action.constant is not None:
            templates.add(action.constant.template)
        cost += action.cost
    return cost
