"""Relations learned without a model: ten in families and graphs, and any files of tasks.

    python scripts/bench_relations.py [--seconds 60] [--small 60] [--large 120] [DATA.jsonl ...]
        [--only NAME ...] [--fold 0..3 ...] [--rows FILE]

The ten are learned in a small world and tested in a larger one of another seed. Of a task from a
file that says what holds and what does not, every fourth atom of either sort is held out if there
are at least four; the rule is learned from the rest. That is done four times, each time from
another atom on, unless `--fold` says from which.
Prints for each task whether every atom came out right ("fits": all that it was learned from), how
many of those not learned from, CPU seconds (search, sandbox and programs) and the rule. With
`--rows` each row is appended to a file as it is found, and what has a row there is not run again.
"""

import argparse
import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from peirce.agent.inquiry import Budget
from peirce.agent.proposers.symbolic.relations.library import BUILTINS
from peirce.agent.solve import solve_async
from peirce.tasks import load_tasks
from peirce.tasks.bias import parse_bias
from peirce.tasks.relational import RELATIONS, family, relational_task
from peirce.tasks.task import Example, Task
from peirce.verifiers.compare import same_value
from peirce.verifiers.sandbox import Sandbox

WALL_FACTOR: Final = 20
"""The wall clock stops a search after this many times its CPU seconds: noise of the machine."""
FEWEST: Final = 4
"""Of fewer atoms that hold, or that do not, none is held out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is learned from, and what the rule must say of atoms it was not learned from."""

    name: str
    learned: Task
    unseen: tuple[Example, ...]
    background: str
    """Of the world the unseen atoms are from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What came of one trial."""

    name: str
    fits: bool
    right: int
    unseen: int
    seconds: float
    rule: str

    @property
    def solved(self) -> bool:
        """Whether all atoms came out right, those held out as well."""
        return self.fits and self.right == self.unseen

    def __str__(self) -> str:
        """One line of the table."""
        solved = "yes" if self.solved else "fits" if self.fits else "no"
        held = f"{self.right}/{self.unseen}" if self.unseen else "-"
        return f"{self.name:<32}{solved:<7}{held:>9}{self.seconds:>8.1f}  {self.rule}"


def generated(small: int, large: int) -> Iterator[Trial]:
    """The ten relations; graphs are a quarter as large as families, as they are denser."""
    for kind, relation in RELATIONS.items():
        sizes = (
            (small, large)
            if relation.world is family
            else (max(14, small // 4), max(20, large // 4))
        )
        world = relational_task(kind, size=sizes[1], seed=2)
        yield Trial(
            name=kind,
            learned=relational_task(kind, size=sizes[0], seed=1),
            unseen=world.train,
            background=world.background,
        )


def stored(path: Path, fold: int) -> Iterator[Trial]:
    """The tasks of a file that say anything about what is known."""
    for task in load_tasks(path):
        fault = _fault(task)
        if fault:
            print(f"{task.name:<32}left out: {fault}")
            continue
        held = _held_out(task.train, fold)
        if fold and not held:
            continue  # the same as in the first fold
        kept = tuple(pair for pair in task.train if pair not in held)
        yield Trial(
            name=task.name,
            learned=replace(task, train=kept),
            unseen=held,
            background=task.background,
        )


def _held_out(atoms: Sequence[Example], fold: int) -> tuple[Example, ...]:
    groups = [[pair for pair in atoms if pair.output is holds] for holds in (True, False)]
    if not all(groups):
        return ()
    return tuple(pair for group in groups if len(group) >= FEWEST for pair in group[fold::4])


def _fault(task: Task) -> str:
    """Why nothing can be learned of a task; empty if something can.

    That is so if an atom is said to hold and not to, and if the background defines nothing that
    rules may speak of although the library does not define all of it.
    """
    holds, fails = (
        {pair.input for pair in task.train if pair.output is truth} for truth in (True, False)
    )
    if holds & fails:
        return "an atom is said to hold and not to"
    allowed = parse_bias(task.bias, where=task.name).body
    known = [key for key in allowed if f"{key[0]}(" in task.background]
    return "" if known or all(key in BUILTINS for key in allowed) else "it has no background"


async def tried(trial: Trial, sandbox: Sandbox, seconds: float) -> Row:
    """Learn, then ask the leading rule about the unseen atoms."""
    budget = Budget(seconds=WALL_FACTOR * seconds, cpu_seconds=seconds)
    answer = await solve_async(trial.learned, sandbox=sandbox, budget=budget)
    right = 0
    if answer.best is not None and trial.unseen:
        program = replace(answer.best.proposal.program, background=trial.background)
        inputs = [pair.input for pair in trial.unseen]
        said = (await sandbox.run(program, inputs, trial.learned.output_type)).values
        right = sum(
            value is not None and same_value(value, pair.output)
            for value, pair in zip(said, trial.unseen, strict=True)
        )
    return Row(
        name=trial.name,
        fits=answer.verified,
        right=right,
        unseen=len(trial.unseen),
        seconds=answer.spent.cpu_seconds,
        rule=" ".join(answer.program.split("\n")) or "-",
    )


async def rows(
    trials: Sequence[Trial], seconds: float, known: Mapping[str, Row]
) -> AsyncIterator[Row]:
    """What comes of each trial, where that is not known already."""
    async with Sandbox.open() as sandbox:
        for trial in trials:
            yield known.get(trial.name) or await tried(trial, sandbox, seconds)


async def report(title: str, trials: Sequence[Trial], seconds: float, kept: Path | None) -> None:
    """Print one table."""
    print(f"\n{title}\n{'task':<32}{'solved':<7}{'unseen':>9}{'CPU s':>8}  rule")
    solved = 0
    known = _kept_rows(kept, title)
    async for row in rows(trials, seconds, known):
        solved += row.solved
        print(row, flush=True)
        if kept and row.name not in known:
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"table": title, **asdict(row)}) + "\n")
    print(f"solved {solved} of {len(trials)}")


def _kept_rows(path: Path | None, title: str) -> dict[str, Row]:
    if path is None or not path.exists():
        return {}
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    found = (record for record in records if record.pop("table") == title)
    return {record["name"]: Row(**record) for record in found}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--small", type=int, default=60)
    parser.add_argument("--large", type=int, default=120)
    parser.add_argument("--only", nargs="*", default=[], help="names of tasks")
    parser.add_argument("--fold", type=int, nargs="*", choices=range(4), default=list(range(4)))
    parser.add_argument("--rows", type=Path, help="file that keeps the rows found")
    options = parser.parse_args()
    chosen = set(options.only)
    tables = {"families and graphs": list(generated(options.small, options.large))}
    tables |= {
        f"{path.stem}, fold {fold}": list(stored(path, fold))
        for path in options.files
        for fold in options.fold
    }
    for title, trials in tables.items():
        wanted = [trial for trial in trials if not chosen or trial.name in chosen]
        if wanted:
            asyncio.run(report(title, wanted, options.seconds, options.rows))


if __name__ == "__main__":
    main()
