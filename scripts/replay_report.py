"""What this verifier and this weighing make of recorded calls of real models, without a model.

    python scripts/replay_report.py PACK.jsonl.gz ...

One table line per pack. Shares of tasks: `any train` some program reproduces all train examples;
`recorded` the recording pipeline's own test result; `first best` the first program with the most
train examples right, as plain reranking would choose; `ours` the weighed answer; `oracle` the best
choice possible. Evidence: of the tasks with a program that fits, the share answered right
(precision); of the tasks with a right program, the share recognised as fitting (recall). The same
for answers given with 95 % belief or more, without the look at changed inputs and with it; and how
often the answer was right where its program took reflected inputs as a rule would, and where not.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from peirce.agent.calibration import believe
from peirce.agent.proposers.recorded.judged import Cause, JudgedPool, judge_pool
from peirce.agent.proposers.recorded.pack import read_pack
from peirce.verifiers.sandbox import Sandbox

SURE: Final = 0.95
"""Belief from which an answer counts as sure."""


def main() -> None:
    """Judge every pack and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", nargs="+", type=Path)
    packs = {path.name: asyncio.run(_judge(path)) for path in parser.parse_args().packs}
    _table(packs)
    _evidence(packs)
    _failures(packs)


async def _judge(path: Path) -> list[JudgedPool]:
    async with Sandbox.open() as sandbox:
        return [
            await judge_pool(recorded, sandbox, tell=lambda event: None)
            for recorded in read_pack(path)
        ]


def _table(packs: dict[str, list[JudgedPool]]) -> None:
    columns: dict[str, Callable[[JudgedPool], bool]] = {
        "any train": lambda pool: any(found.fits for found in pool.candidates),
        "recorded": lambda pool: all(pool.recorded.verdicts[-1]),
        "first best": _first_best,
        "ours": lambda pool: pool.solved,
        "oracle": lambda pool: bool(pool.right),
        "reproduced": lambda pool: pool.reproduced,
    }
    print(f"{'pack':<42}{'tasks':>6}{'programs':>9}" + "".join(f"{name:>12}" for name in columns))
    for name, pools in packs.items():
        programs = sum(len(pool.candidates) for pool in pools)
        cells = "".join(f"{sum(map(test, pools)):>12}" for test in columns.values())
        print(f"{name:<42}{len(pools):>6}{programs:>9}{cells}")


def _first_best(pool: JudgedPool) -> bool:
    if not pool.candidates:
        return False
    best = max(pool.candidates, key=lambda found: sum(found.verdict.passed))
    return best.digest in pool.right


def _evidence(packs: dict[str, list[JudgedPool]]) -> None:
    print(f"\n{'evidence':<42}{'precision':>16}{'recall':>16}{'said':>8}{'Brier':>8}")
    for name, pools in packs.items():
        fitting = [pool for pool in pools if pool.answer.verified]
        said = sum(pool.answer.probability for pool in fitting) / max(1, len(fitting))
        _line(name, pools, lambda pool: pool.answer.verified, _belief, f"{said:.2f}")
        _line("  sure without changed inputs", pools, lambda pool: _blind(pool) >= SURE, _blind)
        _line("  sure with changed inputs", pools, lambda pool: _belief(pool) >= SURE, _belief)
    print(f"\n{'reflected inputs: right where':<42}{'all kept':>16}{'some':>16}{'none':>16}")
    for name, pools in packs.items():
        groups: dict[str, list[bool]] = {"all": [], "some": [], "none": []}
        for pool in pools:
            turned = pool.answer.signs.turned if pool.answer.signs else None
            if turned is not None:
                groups["all" if turned == 1 else "some" if turned else "none"].append(pool.solved)
        cells = "".join(f"{_share(sum(group), len(group)):>16}" for group in groups.values())
        print(f"{name:<42}{cells}")


def _line(
    name: str,
    pools: list[JudgedPool],
    recognised: Callable[[JudgedPool], bool],
    belief: Callable[[JudgedPool], float],
    said: str = "",
) -> None:
    chosen = [pool for pool in pools if recognised(pool)]
    known = [pool for pool in pools if pool.right]
    brier = sum((belief(pool) - pool.solved) ** 2 for pool in pools) / len(pools)
    print(
        f"{name:<42}{_share(sum(pool.solved for pool in chosen), len(chosen)):>16}"
        f"{_share(sum(map(recognised, known)), len(known)):>16}{said:>8}{brier:>8.4f}"
    )


def _belief(pool: JudgedPool) -> float:
    return pool.answer.probability


def _blind(pool: JudgedPool) -> float:
    """What would be believed had no program been run on changed inputs."""
    signs = pool.answer.signs
    return believe(replace(signs, turned=None)) if signs else pool.answer.probability


def _failures(packs: dict[str, list[JudgedPool]]) -> None:
    print(f"\n{'failures':<42}" + "".join(f"{cause:>12}" for cause in Cause))
    for name, pools in packs.items():
        causes = Counter(pool.cause for pool in pools)
        print(f"{name:<42}" + "".join(f"{causes[cause]:>12}" for cause in Cause))


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.1%}" if whole else "-"


if __name__ == "__main__":
    main()
