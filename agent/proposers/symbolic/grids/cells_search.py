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

from peirce.agent.proposers.symbolic.grids.cells_table import Bits, Colour, Condition, Table, pack

MOST_COST: Final = 16.0
"""Longest description of a whole list."""
MOST_RULES: Final = 4
"""Rules before the default."""
MOST_DEFAULTS: Final = 5
"""Default colours that are tried."""
BEAM: Final = 5
"""Unfinished lists kept from one length to the next."""
RULE_COST: Final = 0.8
"""What a rule costs beside its conditions and its colour."""
FEWEST_SEEDS: Final = 48
"""Conditions that pairs are built from."""


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
    cost: float
    open: Bits
    taken: Bits
    left: int

    @property
    def promise(self) -> float:
        return self.cost + 1.5 * float(np.log2(1 + self.left))


def search(table: Table) -> Iterator[RuleList | None]:
    """Exact lists in the order they are found, and `None` between steps of work."""
    right = np.array([c.values[: table.size] == table.wanted for c in table.colours])
    wrong = pack(~right)
    counts = (~right).sum(axis=1)
    score = [c.cost + 0.7 * np.log2(1 + n) for c, n in zip(table.colours, counts, strict=True)]
    defaults = [int(index) for index in np.argsort(score, kind="stable")[:MOST_DEFAULTS]]
    beams: dict[int, list[_State]] = {}
    for default in defaults:
        if not counts[default]:
            yield RuleList((), table.colours[default])
            continue
        empty = np.zeros_like(wrong[default])
        cost = table.colours[default].cost
        beams[default] = [_State((), cost, wrong[default], empty, int(counts[default]))]
    for _ in range(MOST_RULES):
        for default, states in beams.items():
            grown: list[_State] = []
            for state in states:
                for after in _grow(table, state, wrong, right):
                    if after is None:
                        yield None
                    elif after.left == 0:
                        yield RuleList(after.rules, table.colours[default])
                    else:
                        grown.append(after)
            beams[default] = _best(grown)


def _best(states: list[_State]) -> list[_State]:
    kept: dict[bytes, _State] = {}
    for state in sorted(states, key=lambda state: state.promise):
        kept.setdefault(state.open.tobytes() + state.taken.tobytes(), state)
        if len(kept) == BEAM:
            break
    return list(kept.values())


def _grow(
    table: Table, state: _State, wrong: Bits, right: NDArray[np.bool_]
) -> Iterator[_State | None]:
    """The list with one more rule, for every colour that explains some of what is open."""
    gains = np.bitwise_count(state.open & ~wrong).sum(axis=1)
    score = [
        colour.cost - 1.2 * np.log2(1 + gain) if gain else np.inf
        for colour, gain in zip(table.colours, gains, strict=True)
    ]
    for index in [int(i) for i in np.argsort(score, kind="stable")[:10] if gains[i]]:
        colour = table.colours[index]
        room = MOST_COST - state.cost - RULE_COST - colour.cost
        if room <= 0:
            continue
        reach = state.open & ~wrong[index]
        spare = wrong[index] & ~state.taken
        found = list(islice(conjunctions(table, reach, spare, room), 6))
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
            yield _State((*state.rules, rule), state.cost + rule.cost, still, taken, left)


def conjunctions(table: Table, reach: Bits, spare: Bits, room: float) -> Iterator[tuple[int, ...]]:
    """Conjunctions true of all of `reach` and of nothing in `spare`, cheapest sizes first."""
    costs = np.array([c.cost for c in table.conditions])
    fits = ~((reach & ~table.masks).any(axis=1)) & (costs <= room)
    index = np.flatnonzero(fits)
    if not len(index):
        return
    rest = table.masks[index] & spare
    open_ones = rest.any(axis=1)
    cost = costs[index]
    exact = np.flatnonzero(~open_ones)
    for i in sorted(exact.tolist(), key=lambda i: cost[i])[:6]:
        yield (int(index[i]),)
    usable = np.flatnonzero(open_ones)
    leftover = np.bitwise_count(rest).sum(axis=1)
    usable = usable[np.argsort(cost[usable] + np.log2(1 + leftover[usable]), kind="stable")]
    pairs = _pairs(rest, cost, usable, room)
    for _, i, j in pairs[:6]:
        yield (int(index[i]), int(index[j]))
    if not pairs and not len(exact):
        triple = _cover(rest, cost, leftover, usable, room)
        if triple:
            yield tuple(int(index[i]) for i in triple)


def _pairs(
    rest: Bits, cost: NDArray[np.float64], usable: NDArray[np.int64], room: float
) -> list[tuple[float, int, int]]:
    found: list[tuple[float, int, int]] = []
    for place, i in enumerate(usable[:FEWEST_SEEDS].tolist()):
        others = usable[place + 1 :]
        others = others[cost[others] <= room - cost[i]]
        clear = others[~(rest[others] & rest[i]).any(axis=1)]
        found += [(float(cost[i] + cost[j]), i, j) for j in clear.tolist()]
    return sorted(found)


def _cover(
    rest: Bits,
    cost: NDArray[np.float64],
    leftover: NDArray[np.int64],
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
    costs = np.array([c.cost for c in table.conditions])
    hit = np.bitwise_count(table.masks & reach).sum(axis=1)
    miss = np.bitwise_count(table.masks & spare).sum(axis=1)
    found = [
        (1.5 * np.log2(1 + hit[i]) - costs[i], (int(i),))
        for i in np.flatnonzero((miss == 0) & (hit > 0) & (costs <= room))
    ]
    near = np.flatnonzero((miss > 0) & (hit > 0) & (costs <= room - 0.5))
    worth = 1.5 * np.log2(1 + hit[near]) - costs[near] - 0.5 * np.log2(1 + miss[near])
    near = near[np.argsort(-worth, kind="stable")][:240]
    masks = table.masks[near]
    for place in range(min(24, len(near))):
        both = masks[place + 1 :] & masks[place]
        clear = np.flatnonzero(~(both & spare).any(axis=1))
        gain = np.bitwise_count(both[clear] & reach).sum(axis=1)
        for j, count in zip(clear.tolist(), gain.tolist(), strict=True):
            cost = float(costs[near[place]] + costs[near[place + 1 + j]])
            if count and cost <= room:
                pair = (int(near[place]), int(near[place + 1 + j]))
                found.append((1.5 * np.log2(1 + count) - cost, pair))
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
