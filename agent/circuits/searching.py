"""Searches in which a model does the sums: a trace, and its neurons beside it."""

# pyright: reportMissingImports=false
# torch is optional, so its types are unknown where it is not installed.

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from peirce.agent.candidate import Answer
from peirce.agent.circuits.adders import LocalAdder, Sampling, ServedAdder
from peirce.agent.circuits.arithmetic import Arithmetic
from peirce.agent.circuits.catalogue import Circuit, Record, load_circuit
from peirce.agent.circuits.commands import open_quiz
from peirce.agent.circuits.join import join_recordings, read_propositions
from peirce.agent.circuits.probe import Probe
from peirce.agent.circuits.record import beside, load_recordings, save_recordings
from peirce.agent.circuits.sums import Adds, SumsProposer, is_about_numbers
from peirce.agent.inquiry import Budget
from peirce.agent.solve import solve_async
from peirce.tasks.errors import ConfigError
from peirce.tasks.task import Task
from peirce.verifiers.sandbox import Level, Sandbox

# Every proposal is judged, also after the first that fits: the wrong ones are what it is about.
BUDGET: Final = Budget(seconds=60, settle=False)


class Search(Record):
    """One task's search, in short."""

    task: str
    rule: str
    """In words; empty if none was verified."""
    probability: float
    programs: int


class Searched(Record):
    """Searches in which a model did the sums."""

    searches: tuple[Search, ...]
    recording: Path
    recordings: int
    """Answers of the model whose neurons are in it."""


def search(
    model: str,
    catalogue: Path,
    tasks: Sequence[Task],
    trace: Path,
    *,
    server: str | None,
    sampling: Sampling,
) -> Searched:
    """Search number tasks with a model doing the sums; its neurons lie beside the trace after.

    Args:
        model: A folder or hub name; behind `server` also the name it is served by.
        catalogue: Names the neurons.
        tasks: From numbers to numbers.
        trace: Where to write; must not exist.
        server: A vLLM server with the neuron plugin; `None` runs the model here.
        sampling: How sums are answered.

    Raises:
        ConfigError: no task is about numbers, or the trace exists.
        ModelError: the server does not answer, or does not record neurons.
    """
    if not any(map(is_about_numbers, tasks)):
        raise ConfigError("none of these tasks goes from numbers to numbers, as sums need it")
    circuit = load_circuit(catalogue)
    quiz, arithmetic = open_quiz(model)
    probe = Probe(subject=quiz.subject, circuit=circuit)
    adder = (
        LocalAdder(probe=probe, sampling=sampling)
        if server is None
        else ServedAdder(
            server=server,
            model=model,
            subject=quiz.subject,
            neurons=circuit.places,
            sampling=sampling,
        )
    )
    answers = search_recorded(tasks, adder, arithmetic, circuit, trace)
    return Searched(
        searches=tuple(map(_in_short, tasks, answers)),
        recording=beside(trace),
        recordings=len(load_recordings(beside(trace))),
    )


def _in_short(task: Task, answer: Answer) -> Search:
    return Search(
        task=task.name,
        rule=answer.rule if answer.verified else "",
        probability=answer.probability,
        programs=answer.spent.programs,
    )


def search_recorded(
    tasks: Sequence[Task],
    model: Adds,
    arithmetic: Arithmetic,
    circuit: Circuit,
    trace: Path,
    *,
    floor: Level = Level.MEDIUM,
) -> tuple[Answer, ...]:
    """Solve number tasks one after another; append to `trace`, write its recording beside it.

    Raises:
        ConfigError: the trace exists already, so that two searches would share one recording.
        SandboxError: no sandbox of level `floor` can be had on this machine.
    """
    if trace.exists():
        raise ConfigError(
            f"{str(trace)!r} exists, and a recording belongs to one run: name another file"
        )
    proposer = SumsProposer(model, arithmetic)

    async def run() -> list[Answer]:
        async with Sandbox.open(floor=floor, workers=1) as sandbox:
            return [
                await solve_async(
                    task, sandbox=sandbox, budget=BUDGET, proposers=(proposer,), trace=trace
                )
                for task in tasks
            ]

    answers = asyncio.run(run())
    recordings = join_recordings(proposer.recordings, read_propositions(trace))
    save_recordings(beside(trace), recordings, circuit=circuit.digest)
    return tuple(answers)
