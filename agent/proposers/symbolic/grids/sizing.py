"""The size of the output, predicted before its content.

Rules are tried from simple to odd: as the input, always the same, a multiple of the input, the
size of some part that the engine finds cheaply.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peirce.agent.proposers.symbolic.grids.exploring import Explorer
from peirce.agent.proposers.symbolic.grids.wording import statements
from peirce.prototypes.grids.part import Rows

MAX_SEEDS = 4_000
"""Cheapest nodes whose sizes are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRule:
    """Height and width of every output, train and test, and how a program says it."""

    sizes: tuple[tuple[int, int], ...]
    lines: tuple[str, ...] = ()
    """Statements that come first."""
    height: str
    """Expression for the height."""
    width: str
    """Expression for the width."""


def _size(grid: Rows) -> tuple[int, int]:
    return len(grid), len(grid[0])


def _linear(old: Sequence[int], new: Sequence[int]) -> tuple[int, int] | None:
    """Factor a (1 to 5) and summand b (-3 to 3) with new = a·old + b, the simplest."""
    for summand in (0, 1, -1, 2, -2, 3, -3):
        for factor in range(1, 6):
            if all(factor * x + summand == y for x, y in zip(old, new, strict=True)):
                return factor, summand
    return None


def _text(name: str, factor: int, summand: int) -> str:
    text = name if factor == 1 else f"{factor} * {name}"
    return text if summand == 0 else f"{text} {'+' if summand > 0 else '-'} {abs(summand)}"


def _axis(old: Sequence[int], new: Sequence[int], name: str) -> tuple[list[int], str] | None:
    """Values for all inputs and the expression; constants count when the rule would be odd."""
    fit = _linear(old[: len(new)], new)
    constant = len(set(new)) == 1
    if fit is None or (constant and fit != (1, 0) and len(set(old[: len(new)])) == 1):
        return ([new[0]] * len(old), str(new[0])) if constant else None
    return [fit[0] * x + fit[1] for x in old], _text(name, *fit)


def _from_seed(
    seeds: Sequence[tuple[int, int]],
    wanted: Sequence[tuple[int, int]],
    lines: Sequence[str],
    name: str,
) -> SizeRule | None:
    rows = _axis([h for h, _ in seeds], [h for h, _ in wanted], f"grids.height({name})")
    columns = _axis([w for _, w in seeds], [w for _, w in wanted], f"grids.width({name})")
    if rows is None or columns is None:
        return None
    sizes = tuple(zip(rows[0], columns[0], strict=True))
    if any(not (0 < h <= 60 and 0 < w <= 128) for h, w in sizes):
        return None
    return SizeRule(sizes=sizes, lines=tuple(lines), height=rows[1], width=columns[1])


def size_rules(explorer: Explorer, outputs: Sequence[Rows]) -> Iterator[SizeRule]:
    """Rules that fit all train outputs, simple ones first, each with other predictions."""
    wanted = [_size(grid) for grid in outputs]
    said: set[tuple[tuple[int, int], ...]] = set()
    found = explorer.images_of_sizes(wanted, min(explorer.size, MAX_SEEDS))
    for node in [0, *(node for node in found if node > 0)]:
        lines, name = statements(explorer.chain(node))
        rule = _from_seed(explorer.sizes(node), wanted, lines, name)
        if rule and rule.sizes not in said:
            said.add(rule.sizes)
            yield rule
