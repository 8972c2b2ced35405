"""`peirce circuits`: find, show, knock out, record, compare.

Commands that run a model import `commands` when called, since torch is an optional extra.
"""

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from peirce.agent.circuits.arithmetic import Operator
from peirce.agent.circuits.catalogue import Circuit, load_circuit
from peirce.tasks.errors import ConfigError

app = typer.Typer(
    name="circuits",
    help="Find the neurons behind a model's arithmetic, record them, compare both.",
    no_args_is_help=True,
    add_completion=False,
)


class Method(StrEnum):
    """How effects are measured."""

    EXACT = "exact"
    ATTRIBUTION = "attribution"


Model = Annotated[
    str, typer.Argument(help="Model folder or hub name; 'arithmetic' is the shipped model.")
]
Catalogue = Annotated[
    Path, typer.Argument(help="Catalogue file; 'arithmetic' and 'paper' are the shipped ones.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
Seed = Annotated[int, typer.Option(help="Seed of every random choice.")]


@app.command()
def find(
    model: Model,
    out: Annotated[Path, typer.Option("--out", "-o", help="Catalogue to write.")] = Path(
        "circuit.json"
    ),
    operators: Annotated[str, typer.Option(help="Operators to study.")] = "+-*/",
    operands: Annotated[
        int | None, typer.Option(help="Operands below this; by default what the model knows.")
    ] = None,
    method: Annotated[
        Method, typer.Option(help="Exact patching, or its estimate for large models.")
    ] = Method.EXACT,
    prompts: Annotated[int, typer.Option(help="Pairs of prompts to average effects over.")] = 50,
    target: Annotated[float, typer.Option(help="Faithfulness of the smallest circuit.")] = 0.95,
    top: Annotated[int | None, typer.Option(help="Neurons per layer to explain.")] = None,
    device: Annotated[str, typer.Option(help="Where to run: cpu, cuda, …")] = "cpu",
    pictures: Annotated[Path | None, typer.Option(help="Folder for pictures.")] = None,
    fresh: Annotated[bool, typer.Option(help="Do not go on from an interrupted run.")] = False,
    as_json: AsJson = False,
    seed: Seed = 0,
) -> None:
    """Find the circuit and the heuristic neurons of a model; the same command again resumes."""
    known = [operator for operator in Operator if operator.value in operators]
    if not known or set(operators) - {operator.value for operator in known}:
        raise ConfigError(f"operators are some of '+-*/', got {operators!r}")
    run = _commands()
    circuit = run.find(
        model,
        out,
        run.Wanted(
            operators=tuple(known),
            operands=operands,
            method=method.value,
            prompts=prompts,
            target=target,
            top=top,
            device=device,
            seed=seed,
        ),
        pictures=pictures,
        fresh=fresh,
        console=_stderr(),
    )
    _print(circuit, as_json)


@app.command()
def show(
    catalogue: Catalogue,
    heuristic: Annotated[str, typer.Option(help="Only heuristics that contain this.")] = "",
    limit: Annotated[int, typer.Option(help="Findings to list.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show what a catalogue holds."""
    circuit = load_circuit(resolve_catalogue(catalogue))
    _print(circuit, as_json)
    if not as_json:
        _print_findings(circuit, heuristic, limit)


@app.command()
def knockout(
    model: Model,
    catalogue: Catalogue,
    operators: Annotated[str, typer.Option(help="Operators to test.")] = "+-*/",
    as_json: AsJson = False,
    seed: Seed = 0,
) -> None:
    """Knock neurons out, by heuristic and guided by prompt, and see which answers break."""
    run = _commands()
    result = run.knockout(
        model,
        load_circuit(resolve_catalogue(catalogue)),
        [operator for operator in Operator if operator.value in operators],
        console=_stderr(),
        seed=seed,
    )
    if as_json:
        typer.echo(result.model_dump_json(indent=1))
        return
    for row in result.operators:
        table = Table(title=f"“{row.operator.value}”: accuracy after knocking out")
        for name in ("neurons per layer", "guided by prompt", "random others"):
            table.add_column(name, justify="right")
        for point in row.guided:
            table.add_row(
                str(point.neurons_per_layer), f"{point.guided:.2f}", f"{point.random:.2f}"
            )
        Console().print(table)
        typer.echo(
            f"by heuristic ({row.heuristics} heuristics with enough neurons): "
            f"associated prompts {row.associated:.2f}, others {row.other:.2f}"
        )


@app.command()
def record(
    model: Model,
    catalogue: Catalogue,
    trace: Annotated[Path, typer.Argument(help="Trace of a search, as JSONL.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Recording to write.")],
    dense: Annotated[bool, typer.Option(help="Keep every value, not only what can fire.")] = False,
) -> None:
    """Read a trace's proposals through a model and record the catalogue's neurons."""
    run = _commands()
    count = run.record(model, resolve_catalogue(catalogue), trace, out, dense=dense)
    typer.echo(f"{count} texts recorded in {out}", err=True)


@app.command()
def compare(
    trace: Annotated[
        Path, typer.Argument(help="Trace (its recording lies beside it) or recording.")
    ],
    catalogue: Catalogue,
    out: Annotated[Path, typer.Option("--out", "-o", help="Page to write.")] = Path("report.html"),
    recording: Annotated[
        Path | None, typer.Option(help="Recording; by default TRACE.neurons.safetensors.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Model, for maps of neurons and the causal check.")
    ] = None,
    rounds: Annotated[int, typer.Option(help="Shuffles behind each p-value.")] = 999,
    as_json: AsJson = False,
    seed: Seed = 0,
) -> None:
    """Lay a recording beside a catalogue: which heuristics fired, and where they should."""
    run = _commands()
    comparison = run.compare_files(
        trace,
        resolve_catalogue(catalogue),
        out,
        recording=recording,
        model=model,
        rounds=rounds,
        seed=seed,
    )
    if as_json:
        typer.echo(comparison.model_dump_json(indent=1))
        return
    table = Table(title=f"{len(comparison.steps)} steps")
    for name in ("heuristic", "expected", "fired", "precision", "recall", "p (adjusted)"):
        table.add_column(name, justify="left" if name == "heuristic" else "right")
    for row in comparison.by_heuristic:
        table.add_row(
            row.group,
            str(row.expected),
            str(row.fired),
            f"{row.precision:.2f}",
            f"{row.recall:.2f}",
            f"{row.adjusted_p:.3f}",
        )
    Console().print(table)
    for row in comparison.by_verdict:
        typer.echo(f"{row.group}, {row.first} against {row.second}: {row.conclusion}")


def resolve_catalogue(path: Path) -> Path:
    """A shipped catalogue by its name, else the path itself."""
    shipped = Path(__file__).resolve().parent / "findings" / f"{path.name}.json"
    return shipped if path.name == str(path) and not path.exists() and shipped.is_file() else path


def _commands() -> ModuleType:
    try:
        return import_module("peirce.agent.circuits.commands")
    except ImportError as error:
        raise ConfigError(str(error)) from error


def _stderr() -> Console:
    return Console(stderr=True)


def _print(circuit: Circuit, as_json: bool) -> None:
    if as_json:
        typer.echo(circuit.model_dump_json(indent=1, exclude_none=True))
        return
    typer.echo(f"{circuit.model.name}: {circuit.source.kind}, {circuit.source.reference}")
    typer.echo(f"{len(circuit.neurons)} findings on {len(circuit.places)} neurons")
    if not circuit.operators:
        return
    table = Table()
    names = ("operator", "accuracy", "heads", "neurons/layer", "of", "matched", "corrected")
    for name in names:
        table.add_column(name, justify="right")
    for row in circuit.operators:
        table.add_row(
            row.operator.value,
            f"{row.accuracy:.3f}",
            str(len(row.heads_kept)),
            str(row.neurons_per_layer),
            str(row.width),
            f"{row.matched:.2f}",
            f"{row.matched_corrected:.2f}",
        )
    Console().print(table)


def _print_findings(circuit: Circuit, heuristic: str, limit: int) -> None:
    chosen = [finding for finding in circuit.neurons if heuristic in finding.heuristic]
    chosen.sort(key=lambda finding: -(finding.score or 0) + (finding.base_rate or 0))
    table = Table(title=f"{min(limit, len(chosen))} of {len(chosen)} findings, clearest first")
    for name in ("neuron", "operator", "heuristic", "map", "score", "base rate", "effect"):
        table.add_column(name)
    for finding in chosen[:limit]:
        table.add_row(
            f"{finding.layer}/{finding.neuron}",
            finding.operator.value,
            finding.heuristic + (" (low)" if finding.sign < 0 else ""),
            finding.map,
            *(
                "" if value is None else f"{value:.2f}"
                for value in (finding.score, finding.base_rate, finding.effect)
            ),
        )
    Console().print(table)
