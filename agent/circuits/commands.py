"""What `peirce circuits` does with a model: find, knock out, look at waves, read out.

`traces` does what it does with a trace.
"""

# pyright: reportMissingImports=false
# torch is optional, so its types are unknown where it is not installed.

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

import numpy as np
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from peirce.agent.circuits.arithmetic import Arithmetic, Operator
from peirce.agent.circuits.catalogue import Circuit, Neuron, NeuronFinding, Record
from peirce.agent.circuits.explain import match_top_neurons
from peirce.agent.circuits.find import Plan, find_circuit
from peirce.agent.circuits.fourier import FourierView, view_fourier
from peirce.agent.circuits.knockout import (
    GuidedPoint,
    HeuristicKnockout,
    knock_out_by_heuristic,
    knock_out_guided,
)
from peirce.agent.circuits.maps import choose_findings, draw_grids
from peirce.agent.circuits.pictures import draw_curves, draw_effects, draw_maps
from peirce.agent.circuits.probe import check_fit, make_lens
from peirce.agent.circuits.quiz import Quiz
from peirce.agent.circuits.readout import read_answers
from peirce.agent.circuits.shipped import MODEL, load_arithmetic
from peirce.agent.circuits.subject import Subject
from peirce.tasks.errors import ConfigError

try:
    import torch
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error

_GUIDED: Final = (0, 2, 4, 8, 16, 32, 64)
_SMALL: Final = 20_000_000
"""Models below this many weights run fastest on one thread: more only wait for each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What `find` is asked for."""

    operators: tuple[Operator, ...]
    operands: int | None
    method: Literal["exact", "attribution"]
    metric: Literal["logit", "probability"]
    prompts: int
    target: float
    top: int | None
    device: str
    seed: int


class OperatorKnockout(Record):
    """Knock-outs for one operator."""

    operator: Operator
    heuristics: int
    """Heuristics that at least ten neurons implement."""
    associated: float
    """Mean accuracy after their knock-outs on prompts at which they hold."""
    other: float
    """The same on other prompts."""
    by_heuristic: tuple[HeuristicKnockout, ...]
    guided: tuple[GuidedPoint, ...]


class Knockouts(Record):
    """All knock-outs."""

    model: str
    operators: tuple[OperatorKnockout, ...]


class Wave(Record):
    """A finding's map seen as waves."""

    finding: NeuronFinding
    view: FourierView


class Waves(Record):
    """Fourier views of a catalogue's findings."""

    model: str
    waves: tuple[Wave, ...]


class Readout(Record):
    """How well a linear probe reads the answer off the residual stream."""

    operator: Operator
    accuracy: tuple[tuple[float, ...], ...]
    """[layer][position] on problems it was not trained on; the first row is the embedding."""
    commonest: float
    """Share of problems with the commonest answer: what a probe gets that reads nothing."""


class Readouts(Record):
    """Readouts of one model."""

    model: str
    operators: tuple[Readout, ...]


def open_quiz(
    model: str, *, operands: int | None = None, device: str = "cpu"
) -> tuple[Quiz, Arithmetic]:
    """Load a model and the arithmetic it knows.

    Without a training record beside it a model is asked ordinary arithmetic on operands up to
    300, as in the paper.
    """
    folder = MODEL if model == "arithmetic" and not Path(model).exists() else Path(model)
    subject = Subject.load(folder if folder.is_dir() else model, device=device)
    if subject.model.num_parameters() < _SMALL:
        torch.set_num_threads(1)
    known = load_arithmetic(folder) or Arithmetic(operands=301, largest=999)
    if operands is not None:
        known = replace(known, operands=min(operands, known.operands))
    return Quiz.of(subject, known), known


def find(
    model: str,
    out: Path,
    wanted: Wanted,
    *,
    pictures: Path | None,
    fresh: bool,
    console: Console,
) -> Circuit:
    """Find a model's circuit, write the catalogue and its lens."""
    quiz, arithmetic = open_quiz(model, operands=wanted.operands, device=wanted.device)
    workspace = out.with_name(out.name + ".partial")
    if fresh:
        shutil.rmtree(workspace, ignore_errors=True)
    plan = Plan(
        method=wanted.method,
        metric=wanted.metric,
        prompts=wanted.prompts,
        target=wanted.target,
        top=wanted.top,
        seed=wanted.seed,
    )
    with _progress(console) as bar:
        task = bar.add_task("starting", total=len(wanted.operators))
        circuit = find_circuit(
            quiz.subject,
            arithmetic,
            plan,
            operators=wanted.operators,
            workspace=workspace,
            progress=lambda step, done, total: bar.update(
                task, description=step, completed=done, total=total
            ),
        )
    circuit.save(out)
    make_lens(quiz, circuit).save(out)
    if pictures is not None:
        _draw(pictures, quiz, circuit)
    shutil.rmtree(workspace, ignore_errors=True)
    return circuit


def knockout(
    model: str,
    circuit: Circuit,
    operators: Sequence[Operator],
    *,
    console: Console,
    seed: int,
    prompts: int = 200,
    device: str = "cpu",
) -> Knockouts:
    """Knock out the catalogue's top neurons, by heuristic and guided by prompt.

    Raises:
        ConfigError: the catalogue is of another model, or names no top neurons.
    """
    quiz, _ = open_quiz(model, device=device)
    check_fit(circuit, quiz.subject)
    top = {row.operator: row.top_neurons for row in circuit.operators if row.operator in operators}
    if not top:
        raise ConfigError(
            f"this catalogue of {circuit.model.name!r} names no top neurons of "
            f"{''.join(operators)!r}; `peirce circuits find` writes one that does"
        )
    rows: list[OperatorKnockout] = []
    for operator in _one_by_one(tuple(top), console):
        exam = quiz.exam(operator)
        association = {
            Neuron(*place): tuple(match.heuristic for match in found)
            for place, found in match_top_neurons(quiz, exam, top[operator]).items()
        }
        solved = exam.take(quiz.solved(exam))
        single = knock_out_by_heuristic(quiz, solved, association, seed=seed)
        sample = quiz.sample(operator, prompts, seed)
        rows.append(
            OperatorKnockout(
                operator=operator,
                heuristics=len(single),
                associated=_mean([row.associated for row in single]),
                other=_mean([row.other for row in single]),
                by_heuristic=single,
                guided=knock_out_guided(quiz, sample, association, _GUIDED, seed=seed),
            )
        )
    return Knockouts(model=circuit.model.name, operators=tuple(rows))


def view_waves(
    model: str,
    circuit: Circuit,
    operators: Sequence[Operator],
    *,
    limit: int,
    device: str = "cpu",
) -> Waves:
    """The Fourier view of the clearest findings' maps."""
    quiz, _ = open_quiz(model, device=device)
    check_fit(circuit, quiz.subject)
    known = tuple(finding for finding in circuit.neurons if finding.operator in operators)
    grids = draw_grids(quiz, choose_findings(circuit.model_copy(update={"neurons": known}), limit))
    return Waves(
        model=circuit.model.name,
        waves=tuple(Wave(finding=each.finding, view=view_fourier(each.filled)) for each in grids),
    )


def read_out(
    model: str,
    operators: Sequence[Operator],
    *,
    console: Console,
    seed: int,
    problems: int = 4000,
    device: str = "cpu",
) -> Readouts:
    """Where a linear probe reads the answer off the residual stream, on a sample of problems."""
    quiz, _ = open_quiz(model, device=device)
    rows: list[Readout] = []
    for operator in _one_by_one(operators, console):
        exam = quiz.exam(operator)
        order = np.random.default_rng(seed).permutation(len(exam))[:problems].tolist()
        asked = exam.take(order)
        accuracy = read_answers(quiz.subject, asked, seed=seed)
        rows.append(
            Readout(
                operator=operator,
                accuracy=tuple(map(tuple, accuracy.tolist())),
                commonest=float(np.bincount(asked.problems.answer).max() / len(asked)),
            )
        )
    return Readouts(model=quiz.subject.identity.name, operators=tuple(rows))


def _draw(folder: Path, quiz: Quiz, circuit: Circuit) -> None:
    for summary in circuit.operators:
        draw_effects(folder / f"effects-{summary.operator.name.lower()}.png", summary)
    draw_curves(folder / "faithfulness.png", circuit)
    draw_maps(folder / "neurons.png", draw_grids(quiz, choose_findings(circuit, 12)))


def _one_by_one(operators: Sequence[Operator], console: Console) -> Iterator[Operator]:
    """The operators in turn, the one that is at work shown with the time it takes."""
    with _progress(console) as bar:
        task = bar.add_task("starting", total=len(operators))
        for operator in operators:
            bar.update(task, description=f"operator {operator}")
            yield operator
            bar.advance(task)


def _progress(console: Console) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
