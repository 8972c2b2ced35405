"""Rules about a pattern shown once: complete its copies, or read it as a legend of colours.

There is little to fit here: each rule is one of a few ways of finding the pattern and of using it,
tried on the first example and then on all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import Amount
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

MAX_PROPOSALS: Final = 3
"""Most proposals with different predictions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A complete rule, as body lines, words and function."""

    lines: tuple[str, ...]
    words: str
    apply: Callable[[Grid], Grid]
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pick:
    """Which items are meant."""

    code: str
    words: str
    choose: Callable[[tuple[Item, ...]], tuple[Item, ...]]
    cost: float


def propose(task: Task, clock: Clock) -> Found:
    """Rules that hold on all examples, shortest first."""
    inputs = cast("tuple[Grid, ...]", task.inputs)
    outputs = cast("tuple[Grid, ...]", task.outputs)
    found: list[tuple[Grid, ...]] = []
    for idea in sorted(_ideas(inputs, outputs), key=lambda one: one.cost):
        yield None
        if clock.left() <= 0 or len(found) >= MAX_PROPOSALS:
            return
        if any(idea.apply(grid) != output for grid, output in zip(inputs, outputs, strict=False)):
            continue
        predictions = tuple(idea.apply(grid) for grid in inputs[len(outputs) :])
        if predictions not in found:
            found.append(predictions)
            yield _write(idea)


def _write(idea: Idea) -> Proposal:
    body = "\n".join(f"    {line}" for line in idea.lines)
    source = f"from peirce.prototypes import grids\n\n\ndef transform(grid):\n{body}\n"
    return Proposal(
        hypothesis=Hypothesis(words=idea.words, level=Level.OBJECT),
        program=Program(source=source),
        origin="symbolic.grids.templates",
    )


def _ideas(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Iterator[Idea]:
    grounds = [0]
    if any(grids.commonest(grid) != 0 for grid in inputs):
        grounds.append(-1)
    for ground in grounds:
        kept = _kept(inputs, outputs, ground)
        if kept is not None:
            yield from _completions(kept, common=ground < 0)
    yield from _legends()


def _kept(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...], ground: int) -> bool | None:
    """Whether everything stays in place: true if all does, false if some goes, else `None`."""
    kept = True
    for before, after in zip(inputs, outputs, strict=False):
        if (len(before), len(before[0])) != (len(after), len(after[0])):
            return None
        empty = grids.commonest(before) if ground < 0 else ground
        for old, new in zip(before, after, strict=True):
            for was, shown in zip(old, new, strict=True):
                if was not in (empty, shown):
                    kept = False
                    if shown != empty:
                        return None
    return kept


_PICKS: Final = (
    _Pick(
        code="[item for item in items if item.colour_count > 1]",
        words="every object of several colours",
        choose=lambda items: tuple(item for item in items if item.colour_count > 1),
        cost=1,
    ),
    _Pick(
        code='[grids.most(items, "size")]',
        words="the largest object",
        choose=lambda items: (grids.most(items, "size"),),
        cost=1.5,
    ),
    _Pick(
        code='[grids.most(items, "colour_count")]',
        words="the most colourful object",
        choose=lambda items: (grids.most(items, "colour_count"),),
        cost=1.5,
    ),
    _Pick(
        code='[item for item in items if grids.rank(item, items, "colour_count") == 0]',
        words="every one of the most colourful objects",
        choose=lambda items: tuple(
            item for item in items if grids.rank(item, items, "colour_count") == 0
        ),
        cost=2,
    ),
)


def _completions(kept: bool, *, common: bool) -> Iterator[Idea]:
    """Copies of templates, of which only some colours show, are completed."""
    erased = not kept
    for diagonal, pick, turned, largest in product((True, False), _PICKS, (False, True), (1, 3)):
        ground = "ground" if common else "0"
        cut = f"grids.objects(grid, {'diagonal=True, ' if diagonal else ''}mixed=True"
        options = f"turned={turned}" + (f", largest={largest}" if largest > 1 else "")
        options += ", ground=ground" if common else ""
        lines = ["ground = grids.commonest(grid)"] if common else []
        lines += [
            f"items = {cut}{', ground=ground' if common else ''})",
            f"templates = {pick.code}",
            f"result = grids.complete_copies(grid, templates, {options})",
            f"return grids.erase(result, templates, {ground})" if erased else "return result",
        ]
        manner = "turned or mirrored as needed" if turned else "as it is"
        manner += ", larger if needed" if largest > 1 else ""
        yield Idea(
            lines=tuple(lines),
            words=(
                f"Wherever cells of {pick.words} show again, the rest of it is drawn, {manner}"
                f"{'; the original is removed' if erased else ''}."
            ),
            apply=partial(_complete, diagonal, pick, turned, largest, erased, common),
            cost=pick.cost
            + (0 if diagonal else 1)
            + turned
            + (largest > 1) * 2
            + erased * 2
            + common * 2,
        )


def _complete(
    diagonal: bool,
    pick: _Pick,
    turned: bool,
    largest: int,
    erased: bool,
    common: bool,
    grid: Grid,
) -> Grid:
    ground = grids.commonest(grid) if common else 0
    items = grids.objects(grid, diagonal=diagonal, mixed=True, ground=ground)
    templates = pick.choose(items)
    if len(items) > 60 or sum(item.size for item in templates) > 250:
        return grid
    result = grids.complete_copies(grid, templates, turned=turned, largest=largest, ground=ground)
    return grids.erase(result, templates, ground) if erased and result != grid else result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """Where a legend stands and how it is read."""

    lines: tuple[str, ...]
    """Lines that set `keys` (the items it is made of) and `table`."""
    words: str
    read: Callable[[Grid], tuple[tuple[Item, ...], dict[int, int]]]
    cost: float


def _pair_items(grid: Grid) -> tuple[tuple[Item, ...], dict[int, int]]:
    items = grids.objects(grid, diagonal=True, mixed=True)
    keys = tuple(item for item in items if item.size == 2)
    return keys, grids.legend(keys)


def _extreme(
    choose: Callable[[tuple[Item, ...], Amount], Item],
    amount: Amount,
    pairs: Callable[[Item], dict[int, int]],
    grid: Grid,
) -> tuple[tuple[Item, ...], dict[int, int]]:
    key = choose(grids.objects(grid, diagonal=True, mixed=True), amount)
    return (key,), pairs(key)


_EXTREMES: Final[
    tuple[tuple[str, Callable[[tuple[Item, ...], Amount], Item], Amount, str, float], ...]
] = (
    ("least", grids.least, "size", "smallest", 4),
    ("most", grids.most, "colour_count", "most colourful", 4.5),
    ("least", grids.least, "top", "uppermost", 5),
    ("least", grids.least, "left", "leftmost", 5),
)


_KEYS: Final = (
    _Key(
        lines=(
            "items = grids.objects(grid, diagonal=True, mixed=True)",
            "keys = [item for item in items if item.size == 2]",
            "table = grids.legend(keys)",
        ),
        words="the pairs of two cells",
        read=_pair_items,
        cost=3,
    ),
    *(
        _Key(
            lines=(
                "items = grids.objects(grid, diagonal=True, mixed=True)",
                f'keys = [grids.{extreme}(items, "{amount}")]',
                f"table = grids.{name}(keys[0])",
            ),
            words=f"the {side} of the {which} object",
            read=partial(_extreme, choose, amount, pairs),
            cost=cost,
        )
        for extreme, choose, amount, which, cost in _EXTREMES
        for name, side, pairs in (
            ("pairs_across", "rows", grids.pairs_across),
            ("pairs_down", "columns", grids.pairs_down),
        )
    ),
)
_READINGS: Final[tuple[tuple[str, str, Callable[[dict[int, int]], dict[int, int]], float], ...]] = (
    ("table", "the first colour of a pair becomes the second", lambda table: table, 0),
    (
        "grids.turned_around(table)",
        "the second colour of a pair becomes the first",
        grids.turned_around,
        1,
    ),
    ("grids.both_ways(table)", "the colours of a pair are exchanged", grids.both_ways, 1),
)
_REMAINS: Final[tuple[tuple[str, str, bool, bool, float], ...]] = (
    ("return grids.paint(result, *keys)", "the legend stays", True, False, 0),
    ("return result", "the legend goes", False, False, 1),
    (
        "return grids.cut_out(result, grids.most(rest, 'size'))",
        "only the largest object is shown",
        False,
        True,
        1,
    ),
)


def _legends() -> Iterator[Idea]:
    """Everything else is recoloured as a legend in the grid says."""
    for key, (code, words, turn, extra), (last, fate, stays, cropped, more) in product(
        _KEYS, _READINGS, _REMAINS
    ):
        yield Idea(
            lines=(
                *key.lines,
                "rest = [item for item in items if item not in keys]",
                "result = grids.erase(grid, items)",
                f"result = grids.paint(result, *(item.exchanged({code}) for item in rest))",
                last.replace("'", '"'),
            ),
            words=f"Colours change as {key.words} say: {words}; {fate}.",
            apply=partial(_translate, key, turn, stays, cropped),
            cost=key.cost + extra + more + 2,
        )


def _translate(
    key: _Key,
    turn: Callable[[dict[int, int]], dict[int, int]],
    stays: bool,
    cropped: bool,
    grid: Grid,
) -> Grid:
    items = grids.objects(grid, diagonal=True, mixed=True)
    if len(items) > 60 or not items:
        return grid
    keys, table = key.read(grid)
    rest = tuple(item for item in items if item not in keys)
    translated = tuple(item.exchanged(turn(table)) for item in rest)
    if translated == rest:
        return grid
    result = grids.paint(grids.erase(grid, items), *translated)
    if stays:
        return grids.paint(result, *keys)
    return grids.cut_out(result, grids.most(rest, "size")) if cropped else result


def promise(task: Task) -> float:
    """Possible wherever grids go in and come out."""
    grids_only = task.input_type == task.output_type == ValueType.GRID
    return 0.4 if grids_only else 0.0


METHOD: Final = Method(name="grids.templates", propose=propose, promise=promise)
METHODS: Final = (METHOD,)
