"""How many programs a second the grid engine looks through, beside the vocabulary in Python.

A step is one operation applied to one node, which is to the results of a program on all inputs of
the task at once; no pair of node and operation is tried twice. A node is a step's result that no
cheaper program gives, a value such a result on one input. Both sides search the same operations in
the same order on the same task of four 10×10 grids. The engine runs once before it is measured,
so that the process has the memory, as after its first task, and ends before its time when the
memory of a task is full.
"""

import argparse
import random
import time
from collections.abc import Sequence
from typing import NamedTuple

from peirce.agent.proposers.symbolic.grids.engine.graph import Counter
from peirce.agent.proposers.symbolic.grids.engine.ops import Kind, Op, all_ops
from peirce.agent.proposers.symbolic.grids.engine.warming import warm_up
from peirce.agent.proposers.symbolic.grids.exploring import Explorer
from peirce.prototypes import grids

Values = tuple[tuple[grids.Part, ...], ...]


def random_grids(count: int, side: int) -> list[tuple[tuple[int, ...], ...]]:
    """Sparse grids of four colours."""
    rng = random.Random(0)
    return [
        tuple(
            tuple(rng.randint(1, 4) if rng.random() < 0.3 else 0 for _ in range(side))
            for _ in range(side)
        )
        for _ in range(count)
    ]


class Speed(NamedTuple):
    """What is done in a CPU second."""

    steps: float
    nodes: float
    values: float


def engine_speed(inputs: Sequence[grids.Part], seconds: float) -> Speed:
    """The speed of the compiled engine."""
    explorer = Explorer(inputs, inputs[:1])
    start = time.process_time()
    while explorer.advance(10_000) and time.process_time() - start < seconds:
        pass
    spent = time.process_time() - start
    values = int(explorer.graph.counters[Counter.VALUES])
    return Speed(explorer.steps / spent, explorer.size / spent, values / spent)


def apply(op: Op, values: Values, *, is_list: bool) -> Values:
    """One operation on all inputs, with the vocabulary."""
    function = getattr(grids, op.function)
    options = dict(op.options)
    match op.kind:
        case Kind.MAP:
            return tuple(tuple(function(p, *op.args, **options) for p in v) for v in values)
        case Kind.SPLIT:
            return tuple(function(v[0], *op.args, **options) for v in values)
        case Kind.FILTER:
            return tuple(function(v, *op.args, **options) for v in values)
        case Kind.JOIN:
            return tuple((function(v, *op.args, **options),) for v in values)


def vocabulary_speed(inputs: Sequence[grids.Part], seconds: float) -> Speed:
    """The speed of the same search in Python."""
    ops = all_ops((1, 2, 3, 4))
    root: Values = tuple((grids.Part(grid),) for grid in inputs)
    queue: list[tuple[Values, bool]] = [(root, False)]
    seen: set[Values] = {root}
    steps, start = 0, time.process_time()

    def speed() -> Speed:
        spent = time.process_time() - start
        distinct = {(k, value) for values in seen for k, value in enumerate(values)}
        return Speed(steps / spent, len(seen) / spent, len(distinct) / spent)

    for values, is_list in queue:
        for op in ops:
            if time.process_time() - start >= seconds:
                return speed()
            if op.kind is not Kind.MAP and is_list != (op.kind is not Kind.SPLIT):
                continue
            steps += 1
            result = apply(op, values, is_list=is_list)
            largest = max((len(p) * len(p[0]) for v in result for p in v), default=401)
            if largest <= 400 and result not in seen:
                seen.add(result)
                becomes = op.kind in (Kind.SPLIT, Kind.FILTER) or (is_list and op.kind is Kind.MAP)
                queue.append((result, becomes))
    return speed()


def main() -> None:
    """Print both speeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU seconds for each side")
    parser.add_argument("--side", type=int, default=10, help="height and width of the grids")
    args = parser.parse_args()
    warm_up(lambda text: print(f"compiling {text}"))
    inputs = [grids.Part(grid) for grid in random_grids(4, args.side)]
    print(f"{'':24}{'steps/s':>12}{'nodes/s':>12}{'values/s':>12}")
    engine_speed(inputs, args.seconds)
    for name, measure in (("engine", engine_speed), ("vocabulary in Python", vocabulary_speed)):
        speed = measure(inputs, args.seconds)
        print(f"{name:24}{speed.steps:12,.0f}{speed.nodes:12,.0f}{speed.values:12,.0f}")


if __name__ == "__main__":
    main()
