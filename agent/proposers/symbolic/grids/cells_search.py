"""Short exact decision lists over a `Table`: which conditions lead to which colour.

A list is a default colour and rules before it; a rule is a conjunction of conditions and a colour.
The wanted colours say, for every pair of colours, which cells a condition must hold for and which
it must not; everything else is free. So a conjunction is a set cover: take conditions that hold
for all cells to be reached until every cell to be spared is spared by one of them. Lists grow by a
beam search over how many cells are still unexplained (sequential covering, as in Rivest's decision
lists), cheapest description first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.cells_conditions import Condition
from peirce.agent.proposers.symbolic.grids.cells_table import Bits, Colour, Table, pack

MOST_COST: Final = 16.0
"""Longest description of a whole list."""
MOST_RULES: Final = 4
"""Rules before the default."""
MOST_DEFAULTS: Final = 8
"""Default colours that are tried."""
BEAM: Final = 16
"""Unfinished lists kept from one length to the next."""
SLACK: Final = 5.0
"""How much longer than the shortest list an alternative may be."""
MOST_COLOURS: Final = 10
"""Colours tried for one more rule."""
RULE_COST: Final = 0.8
"""What a rule costs beside its conditions and its colour."""
MOST_SEEDS: Final = 48
"""Conditions that pairs start from."""
MOST_PARTNERS: Final = 320
"""Conditions that a pair may end with."""


@dataclass(frozen=True, slots=True)
class Rule:
    """If all conditions hold, the cell gets this colour."""

    conditions: tuple[Condition, ...]
    colour: Colour

    @property
    def cost(self) -> float:
        """Description length."""
        return RULE_COST + self.colour.cost + sum(c.cost for c in self.conditions)

    @property
    def holds(self) -> NDArray[np.bool_]:
        """Train and test cells for which all conditions hold."""
        return np.logical_and.reduce([c.holds for c in self.conditions])


@dataclass(frozen=True, slots=True)
class RuleList:
    """Rules tried in order, and the colour of the cells none of them takes."""

    rules: tuple[Rule, ...]
    default: Colour

    @property
    def cost(self) -> float:
        """Description length."""
        return self.default.cost + sum(rule.cost for rule in self.rules)

    def predict(self) -> NDArray[np.int16]:
        """The colour of every train and test cell."""
        out = self.default.values.copy()
        for rule in reversed(self.rules):
            out = np.where(rule.holds, rule.colour.values, out)
        return out


@dataclass(frozen=True, slots=True)
class _State:
    """An unfinished list: what it leaves unexplained and what its rules already took."""

    rules: tuple[Rule, ...]
    default: Colour
    cost: float
    open: Bits
    taken: Bits
    left: int

    @property
    def promise(self) -> float:
        return self.cost + 1.5 * float(np.log2(1 + self.left))


def search(table: Table, unfinished: list[RuleList] | None = None) -> Iterator[RuleList | None]:
    """Exact lists in the order they are found, and `None` between steps of work.

    The search ends when no list within `SLACK` of the shortest one can be left. Lists that are
    right wherever a rule of theirs holds, but leave cells unexplained, go to `unfinished`.
    """
    right = np.array([c.values[: table.size] == table.wanted for c in table.colours])
    wrong = pack(~right)
    counts = (~right).sum(axis=1)
    costs = np.array([c.cost for c in table.colours])
    limit = MOST_COST
    states: list[_State] = []
    for index in np.argsort(costs + np.log2(1 + counts), kind="stable")[:MOST_DEFAULTS]:
        colour = table.colours[int(index)]
        if counts[index]:
            nothing = np.zeros_like(wrong[index])
            states.append(
                _State((), colour, colour.cost, wrong[index], nothing, int(counts[index]))
            )
        else:
            limit = min(limit, colour.cost + SLACK)
            yield RuleList((), colour)
    for _ in range(MOST_RULES):
        grown: list[_State] = []
        for state in states:
            for after in _grow(table, state, wrong, limit):
                if after is None:
                    yield None
                elif after.left == 0:
                    limit = min(limit, after.cost + SLACK)
                    yield RuleList(after.rules, after.default)
                else:
                    grown.append(after)
        states = _best(grown)
        if unfinished is not None:
            unfinished += [RuleList(state.rules, state.default) for state in states]


def _best(states: list[_State]) -> list[_State]:
    kept: dict[bytes, _State] = {}
    for state in sorted(states, key=lambda state: state.promise):
        kept.setdefault(state.open.tobytes() + state.taken.tobytes(), state)
        if len(kept) == BEAM:
            break
    return list(kept.values())


def _grow(table: Table, state: _State, wrong: Bits, limit: float) -> Iterator[_State | None]:
    """The list with one more rule, for every colour that explains some of what is open."""
    gains = np.bitwise_count(state.open & ~wrong).sum(axis=1)
    costs = np.array([colour.cost for colour in table.colours])
    order = np.argsort(costs - 1.2 * np.log2(1 + gains), kind="stable")
    for index in [int(i) for i in order if gains[i]][:MOST_COLOURS]:
        colour = table.colours[index]
        room = limit - state.cost - RULE_COST - colour.cost
        if room <= 0:
            continue
        reach = state.open & ~wrong[index]
        spare = wrong[index] & ~state.taken
        found = list(islice(conjunctions(table.masks, table.costs, reach, spare, room), 6))
        yield None
        if not found or gains[index] < state.left:
            found += partial(table, reach, spare, room)
            yield None
        for chosen in found:
            rule = Rule(tuple(table.conditions[i] for i in chosen), colour)
            mask = np.bitwise_and.reduce(table.masks[list(chosen)], axis=0)
            still = state.open & ~(mask & ~wrong[index])
            taken = state.taken | mask
            left = int(np.bitwise_count(still).sum())
            cost = state.cost + rule.cost
            yield _State((*state.rules, rule), state.default, cost, still, taken, left)


def conjunctions(
    masks: Bits, costs: NDArray[np.float64], reach: Bits, spare: Bits, room: float
) -> Iterator[tuple[int, ...]]:
    """Conjunctions true of all of `reach` and of nothing in `spare`, cheapest sizes first."""
    fits = ~((reach & ~masks).any(axis=1)) & (costs <= room)
    index = np.flatnonzero(fits)
    if not len(index):
        return
    rest = masks[index] & spare
    leftover = np.bitwise_count(rest).sum(axis=1)
    cost = costs[index]
    exact = np.flatnonzero(leftover == 0)
    for i in exact[np.argsort(cost[exact], kind="stable")][:6].tolist():
        yield (int(index[i]),)
    usable = np.flatnonzero(leftover)
    order = np.argsort(cost[usable] + np.log2(1 + leftover[usable]), kind="stable")
    usable = usable[order[:MOST_PARTNERS]]
    pairs = _pairs(rest[usable], cost[usable], room)
    for _, i, j in pairs[:6]:
        yield (int(index[usable[i]]), int(index[usable[j]]))
    if not pairs and not len(exact):
        triple = _cover(rest, cost, usable, room)
        if triple:
            yield tuple(int(index[i]) for i in triple)


def _pairs(rest: Bits, cost: NDArray[np.float64], room: float) -> list[tuple[float, int, int]]:
    """Pairs of rows that have no bit in common, cheapest first."""
    seeds = min(MOST_SEEDS, len(rest))
    common = (rest[:seeds, None] & rest[None, :]).any(axis=2)
    total = cost[:seeds, None] + cost[None, :]
    first, second = np.nonzero(~common & (total <= room))
    ordered = first < second
    return sorted(
        (float(total[i, j]), int(i), int(j))
        for i, j in zip(first[ordered], second[ordered], strict=True)
    )


def _cover(
    rest: Bits,
    cost: NDArray[np.float64],
    usable: NDArray[np.int64],
    room: float,
) -> list[int]:
    """Greedy: the condition that spares most cells for its cost, three or four times."""
    chosen: list[int] = []
    now = np.full(rest.shape[1], np.uint64(0xFFFFFFFFFFFFFFFF))
    spent, remaining = 0.0, None
    for _ in range(4):
        fits = usable[cost[usable] <= room - spent]
        if not len(fits):
            return []
        after = np.bitwise_count(rest[fits] & now).sum(axis=1)
        if remaining is not None and int(after.min()) >= remaining:
            return []
        pick = int(np.argmin(np.log2(1 + after) + 0.7 * cost[fits]))
        chosen.append(int(fits[pick]))
        spent += float(cost[fits[pick]])
        now = now & rest[fits[pick]]
        remaining = int(after[pick])
        if remaining == 0:
            return chosen
    return []


def partial(table: Table, reach: Bits, spare: Bits, room: float) -> list[tuple[int, ...]]:
    """Conditions and pairs that reach some of `reach` and nothing in `spare`, widest first."""
    costs = table.costs
    hit = np.bitwise_count(table.masks & reach).sum(axis=1)
    miss = np.bitwise_count(table.masks & spare).sum(axis=1)
    worth = 1.5 * np.log2(1 + hit) - costs
    alone = np.flatnonzero((miss == 0) & (hit > 0) & (costs <= room))
    found: list[tuple[float, tuple[int, ...]]] = [(float(worth[i]), (int(i),)) for i in alone]
    near = np.flatnonzero((miss > 0) & (hit > 0) & (costs <= room - 0.5))
    order = np.argsort(0.5 * np.log2(1 + miss[near]) - worth[near], kind="stable")
    near = near[order[:MOST_PARTNERS]]
    masks, cost = table.masks[near], costs[near]
    seeds = min(MOST_SEEDS // 2, len(near))
    both = masks[:seeds, None] & masks[None, :]
    total = cost[:seeds, None] + cost[None, :]
    first, second = np.nonzero(~(both & spare).any(axis=2) & (total <= room))
    gain = np.bitwise_count(both[first, second] & reach).sum(axis=1)
    gained = 1.5 * np.log2(1 + gain) - total[first, second]
    ordered = np.flatnonzero((first < second) & (gain > 0))
    widest = ordered[np.argsort(-gained[ordered], kind="stable")][:40].tolist()
    found += [(float(gained[k]), (int(near[first[k]]), int(near[second[k]]))) for k in widest]
    found.sort(key=lambda item: -item[0])
    return _varied(table, reach, [chosen for _, chosen in found[:40]])


def _varied(table: Table, reach: Bits, found: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    kept: dict[bytes, tuple[int, ...]] = {}
    for chosen in found:
        mask = np.bitwise_and.reduce(table.masks[list(chosen)], axis=0) & reach
        kept.setdefault(mask.tobytes(), chosen)
        if len(kept) == 4:
            break
    return list(kept.values())
