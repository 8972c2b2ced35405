"""The compiled engine says the same as the vocabulary, finds each value once, and is repeatable."""

import random
from itertools import islice

import pytest

from peirce.agent.proposers.symbolic.grids.engine.graph import Counter
from peirce.agent.proposers.symbolic.grids.engine.ops import Kind, Op
from peirce.agent.proposers.symbolic.grids.exploring import PORTION, Explorer
from peirce.agent.proposers.symbolic.grids.wording import nested, program, sentence, statements
from peirce.prototypes import grids
from peirce.prototypes.grids import Part


def random_grid(seed: int) -> Part:
    rng = random.Random(seed)
    height, width, most = rng.randint(1, 7), rng.randint(1, 7), rng.randint(1, 4)
    density = rng.random()
    rows = [
        [rng.randint(1, most) if rng.random() < density else 0 for _ in range(width)]
        for _ in range(height)
    ]
    if seed % 3 == 0 and height > 2:
        rows[height // 2] = [5] * width
    return Part(rows)


def places(parts: tuple[Part, ...]) -> list[tuple[Part, int, int]]:
    return [(part, part.top, part.left) for part in parts]


def by_vocabulary(op: Op, parts: tuple[Part, ...], *, is_list: bool) -> tuple[Part, ...]:
    function = getattr(grids, op.function)
    options = dict(op.options)
    match op.kind:
        case Kind.MAP:
            return tuple(function(part, *op.args, **options) for part in parts)
        case Kind.SPLIT:
            return function(parts[0], *op.args, **options)
        case Kind.FILTER:
            return function(parts, *op.args, **options)
        case Kind.JOIN:
            return (function(parts, *op.args, **options),)


@pytest.mark.parametrize("seed", range(6))
def test_every_kernel_gives_what_its_vocabulary_function_gives(seed: int):
    explorer = Explorer([random_grid(seed)], [random_grid(seed + 100)], capacity=3_000)
    explorer.advance(3_000)
    checked = 0
    for value, op, child in islice(explorer.applications(), 2_000):
        parts, is_list = explorer.value(value)
        expected = by_vocabulary(op, parts, is_list=is_list)
        assert places(explorer.value(child)[0]) == places(expected), op
        checked += 1
    assert checked > 300


def test_images_that_differ_in_two_cells_are_told_apart():
    grid = ((6, 0, 6, 0), (2, 5, 2, 5), (6, 0, 6, 0), (2, 5, 2, 5))
    explorer = Explorer([grid], [grid], capacity=8_000)
    explorer.advance(12_000)
    applied = list(explorer.applications())
    assert len(applied) > 5_000
    for value, op, child in applied:
        parts, is_list = explorer.value(value)
        expected = by_vocabulary(op, parts, is_list=is_list)
        assert places(explorer.value(child)[0]) == places(expected), op


def test_no_two_nodes_have_equal_values():
    inputs = [random_grid(seed) for seed in (1, 2, 3)]
    explorer = Explorer(inputs, inputs[:2], capacity=5_000)
    explorer.advance(20_000)
    nodes = {
        tuple((tuple(places(explorer.parts(node, k))), explorer.is_list(node)) for k in range(3))
        for node in range(explorer.size)
    }
    assert len(nodes) == explorer.size > 1_000


def test_nodes_do_not_depend_on_how_the_steps_are_portioned():
    inputs = [random_grid(seed) for seed in (4, 5)]
    one, other = Explorer(inputs, inputs[:1]), Explorer(inputs, inputs[:1])
    one.advance(8_000)
    while other.size < one.size:
        other.advance(37)
    assert [one.chain(n) for n in range(one.size)] == [other.chain(n) for n in range(one.size)]


def test_graphs_that_take_over_memory_and_live_at_once_are_the_same_as_the_first():
    tasks = [[random_grid(seed), random_grid(seed + 1)] for seed in (4, 20)]

    def explored(inputs: list[Part]) -> tuple[Explorer, list[tuple[Op, ...]]]:
        explorer = Explorer(inputs, inputs[:1], capacity=20_000)
        explorer.advance(8_000)
        return explorer, [explorer.chain(node) for node in range(explorer.size)]

    first, second = [explored(inputs)[1] for inputs in tasks]
    alive = [explored(inputs) for inputs in (*tasks, *tasks)]
    assert [chains for _, chains in alive] == [first, second, first, second]
    again = [[e.chain(node) for node in range(e.size)] for e, _ in alive]
    assert again == [first, second, first, second]


def test_a_portion_of_work_ends_soon_after_its_measure():
    inputs = [random_grid(seed) for seed in (4, 5)]
    explorer = Explorer(inputs, inputs[:1])
    done = 0
    while explorer.size < 30_000:
        assert explorer.work()
        before, done = done, int(explorer.graph.counters[Counter.WORK])
        assert PORTION <= done - before < 1.05 * PORTION


def test_images_of_a_size_are_found_among_all_nodes():
    inputs = [random_grid(seed) for seed in (7, 8, 10)]
    explorer = Explorer(inputs, inputs[:2])
    explorer.advance(3_000)
    wanted = [(len(grid[0]), len(grid)) for grid in inputs[:2]]
    slowly = [
        node
        for node in range(explorer.size)
        if not explorer.is_list(node) and explorer.sizes(node)[:2] == wanted
    ]
    assert explorer.images_of_sizes(wanted, explorer.size) == slowly != []


def test_rendered_programs_compute_what_the_engine_computed():
    inputs = [random_grid(seed) for seed in (7, 8, 10)]
    explorer = Explorer(inputs, inputs[:2], capacity=20_000)
    explorer.advance(30_000)
    for node in random.Random(0).sample(range(explorer.size), 60):
        chain = explorer.chain(node)
        lines, name = statements(chain)
        for source in (program(lines, name), program([], nested(chain))):
            scope: dict[str, object] = {}
            exec(source, scope)
            for owner, grid in enumerate(inputs):
                result = scope["transform"](grid)  # type: ignore[operator]
                parts = explorer.parts(node, owner)
                assert (tuple(result) if explorer.is_list(node) else (result,)) == parts, source


def test_chains_read_as_sentences():
    explorer = Explorer([random_grid(1)], [random_grid(2)], capacity=500)
    explorer.advance(1_000)
    for node in range(explorer.size):
        text = sentence(explorer.chain(node))
        assert text[0].isupper() and text.endswith(".")


def test_a_full_memory_ends_the_search_quietly():
    inputs = [random_grid(11), random_grid(12)]
    explorer = Explorer(inputs, inputs[:1], capacity=300)
    assert not explorer.advance(100_000)
    assert explorer.size <= 300
