"""`peirce circuits`: find, look at, knock out, record, compare.

Commands that run a model import it when called, since torch is an optional extra.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from peirce.agent.circuits.catalogue import Circuit, load_circuit
from peirce.agent.circuits.options import (
    AsJson,
    Catalogue,
    Device,
    Limit,
    Map,
    Method,
    Metric,
    Model,
    Operators,
    Seed,
    extra,
    read_operators,
    resolve_catalogue,
)
from peirce.agent.circuits.shipped import SUMS
from peirce.agent.circuits.tables import (
    print_circuit,
    print_comparison,
    print_findings,
    print_heads,
    print_table,
)
from peirce.tasks.errors import ConfigError

app = typer.Typer(
    name="circuits",
    help="Find the neurons behind a model's arithmetic, record them, compare both.",
    no_args_is_help=True,
    add_completion=False,
)


@app.command()
def find(
    model: Model,
    out: Annotated[Path, typer.Option("--out", "-o", help="Catalogue to write.")] = Path(
        "circuit.json"
    ),
    operators: Operators = "+-*/",
    operands: Annotated[
        int | None, typer.Option(help="Operands below this; by default what the model knows.")
    ] = None,
    method: Annotated[
        Method, typer.Option(help="Exact patching, or its estimate for large models.")
    ] = Method.EXACT,
    metric: Annotated[
        Metric, typer.Option(help="Change of logits, or of probabilities as in the paper.")
    ] = Metric.LOGIT,
    prompts: Annotated[int, typer.Option(help="Pairs of prompts to average effects over.")] = 50,
    target: Annotated[float, typer.Option(help="Faithfulness of the smallest circuit.")] = 0.95,
    top: Annotated[int | None, typer.Option(help="Neurons per layer to explain.")] = None,
    device: Device = "cpu",
    pictures: Annotated[Path | None, typer.Option(help="Folder for pictures.")] = None,
    fresh: Annotated[bool, typer.Option(help="Do not go on from an interrupted run.")] = False,
    as_json: AsJson = False,
    seed: Seed = 0,
) -> None:
    """Find the circuit and the heuristic neurons of a model; the same command again resumes."""
    known = read_operators(operators)
    with extra():
        from peirce.agent.circuits import commands

        wanted = commands.Wanted(
            operators=known,
            operands=operands,
            method=method.value,
            metric=metric.value,
            prompts=prompts,
            target=target,
            top=top,
            device=device,
            seed=seed,
        )
        circuit = commands.find(
            model, out, wanted, pictures=pictures, fresh=fresh, console=_stderr()
        )
    _print(circuit, as_json)


@app.command()
def show(
    catalogue: Catalogue,
    heuristic: Annotated[str, typer.Option(help="Only heuristics that contain this.")] = "",
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Show what a catalogue holds: `show paper` what the paper prints, not verified here."""
    circuit = load_circuit(resolve_catalogue(catalogue))
    _print(circuit, as_json)
    if not as_json:
        print_heads(circuit)
        print_findings(circuit, heuristic, limit)


@app.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(help="Matches as the paper's code writes them, .pt.")
    ],
    model: Annotated[str, typer.Option(help="Which model they are about; the files are silent.")],
    operator: Annotated[
        str | None, typer.Option(help="Their operator.", show_default="by the files' names")
    ] = None,
    map_: Annotated[
        Map | None,
        typer.Option("--map", help="Their kind of maps.", show_default="by the files' names"),
    ] = None,
    threshold: Annotated[float, typer.Option(help="Score from which a neuron matches.")] = 0.6,
    out: Annotated[Path, typer.Option("--out", "-o", help="Catalogue to write.")] = Path(
        "circuit.json"
    ),
    as_json: AsJson = False,
) -> None:
    """Read findings that the paper's own code has written, and run nothing in them."""
    known = None if operator is None else read_operators(operator)
    if known is not None and len(known) != 1:
        raise ConfigError(f"--operator is one of '+-*/', got {operator!r}")
    with extra():
        from peirce.agent.circuits.authors import About, read_matches

        found = read_matches(
            files,
            model=model,
            about=About(known[0] if known else None, map_.value if map_ else None),
            threshold=threshold,
        )
    found.circuit.save(out)
    _print(found.circuit, as_json)
    for name in found.unknown:
        typer.echo(f"left out, as its name is not understood: {name}", err=True)


@app.command()
def knockout(
    model: Model,
    catalogue: Catalogue,
    operators: Operators = "+-*/",
    device: Device = "cpu",
    as_json: AsJson = False,
    seed: Seed = 0,
) -> None:
    """Knock neurons out, by heuristic and guided by prompt, and see which answers break."""
    known, circuit = read_operators(operators), load_circuit(resolve_catalogue(catalogue))
    with extra():
        from peirce.agent.circuits.commands import knockout as run

        result = run(model, circuit, known, console=_stderr(), seed=seed, device=device)
    if as_json:
        typer.echo(result.model_dump_json(indent=1))
        return
    for row in result.operators:
        print_table(
            f"“{row.operator.value}”: accuracy after knocking out",
            ("neurons per layer", "guided by prompt", "random others", "removed"),
            [
                (
                    str(p.neurons_per_layer),
                    f"{p.guided:.2f}",
                    f"{p.random:.2f}",
                    f"{p.guided_neurons:.0f} / {p.random_neurons:.0f}",
                )
                for p in row.guided
            ],
        )
        typer.echo(
            f"by heuristic ({row.heuristics} heuristics with enough neurons): "
            f"associated prompts {row.associated:.2f}, others {row.other:.2f}"
        )


@app.command()
def fourier(
    model: Model,
    catalogue: Catalogue,
    operators: Operators = "+-*/",
    limit: Limit = 20,
    device: Device = "cpu",
    as_json: AsJson = False,
) -> None:
    """See the maps of a catalogue's neurons as waves: along which axis, how fast."""
    known, circuit = read_operators(operators), load_circuit(resolve_catalogue(catalogue))
    with extra():
        from peirce.agent.circuits.commands import view_waves

        result = view_waves(model, circuit, known, limit=limit, device=device)
    if as_json:
        typer.echo(result.model_dump_json(indent=1))
        return
    names = ("neuron", "operator", "heuristic", "op1", "op2", "op1+op2", "op1-op2", "cycles", "in")
    rows = [
        (
            f"{wave.finding.layer}/{wave.finding.neuron}",
            wave.finding.operator.value,
            wave.finding.heuristic,
            *(
                f"{share:.2f}"
                for share in (wave.view.left, wave.view.right, wave.view.sum, wave.view.difference)
            ),
            "{} {:+}".format(*wave.view.frequency),
            f"{wave.view.strongest:.2f}",
        )
        for wave in result.waves
    ]
    print_table("Share of variance by axis, and the strongest wave", names, rows)


@app.command()
def readout(
    model: Model,
    operators: Operators = "+-*/",
    device: Device = "cpu",
    as_json: AsJson = False,
    seed: Seed = 0,
) -> None:
    """Train linear probes for the answer: after which layer, at which token can it be read?"""
    known = read_operators(operators)
    with extra():
        from peirce.agent.circuits.commands import read_out

        result = read_out(model, known, console=_stderr(), seed=seed, device=device)
    if as_json:
        typer.echo(result.model_dump_json(indent=1))
        return
    for row in result.operators:
        print_table(
            f"“{row.operator.value}”: share of answers read off the residual stream "
            f"({row.commonest:.2f} by always saying the commonest)",
            ("after", *(f"token {place + 1}" for place in range(len(row.accuracy[0])))),
            [
                (f"layer {index - 1}" if index else "embedding", *(f"{x:.2f}" for x in places))
                for index, places in enumerate(row.accuracy)
            ],
        )


@app.command()
def search(
    trace: Annotated[Path, typer.Option("--trace", help="Trace to write; must not exist.")],
    tasks: Annotated[
        list[Path] | None,
        typer.Argument(help="Tasks from numbers to numbers.", show_default="seven bundled ones"),
    ] = None,
    model: Annotated[str, typer.Option(help="Model that does the sums.")] = "arithmetic",
    catalogue: Annotated[Path, typer.Option(help="Names the neurons to record.")] = Path(
        "arithmetic"
    ),
    server: Annotated[
        str | None, typer.Option(help="vLLM server with the neuron plugin; by default none.")
    ] = None,
    samples: Annotated[int, typer.Option(help="Answers to each sum.")] = 4,
    temperature: Annotated[float, typer.Option(help="Hot enough, the model is wrong at times.")] = (
        2.0
    ),
    as_json: AsJson = False,
    seed: Seed = 0,
) -> None:
    """Search for rules with a model doing the sums, and record its neurons beside the trace."""
    from peirce.tasks.formats import load_tasks

    chosen = [task for path in tasks or [SUMS] for task in load_tasks(path).tasks]
    with extra():
        from peirce.agent.circuits.adders import Sampling
        from peirce.agent.circuits.searching import search as run

        sampling = Sampling(samples=samples, temperature=temperature, seed=seed)
        found = run(
            model, resolve_catalogue(catalogue), chosen, trace, server=server, sampling=sampling
        )
    if as_json:
        typer.echo(found.model_dump_json(indent=1))
        return
    for row in found.searches:
        typer.echo(f"{row.task}: {row.rule or 'no rule'} ({row.programs} programs)")
    typer.echo(f"{found.recordings} answers recorded in {found.recording}", err=True)


@app.command()
def record(
    model: Model,
    catalogue: Catalogue,
    trace: Annotated[Path, typer.Argument(help="Trace of a search, or a recording to read again.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Recording to write.", show_default="beside the trace"),
    ] = None,
    server: Annotated[
        str | None,
        typer.Option(help="Fetch what this vLLM server recorded of the replies in the trace."),
    ] = None,
    dense: Annotated[bool, typer.Option(help="Keep every value, not only what can fire.")] = False,
    as_json: AsJson = False,
) -> None:
    """Record the neurons behind a search: fetched from its server, or read from its texts here."""
    with extra():
        from peirce.agent.circuits.traces import record as run

        named = resolve_catalogue(catalogue)
        written = run(model, named, trace, out, dense=dense, server=server)
    if as_json:
        typer.echo(written.model_dump_json(indent=1))
    typer.echo(f"{written.texts} texts recorded in {written.path}", err=True)
    if written.missing:
        typer.echo(f"the server has nothing of {written.missing} replies: {written.why}", err=True)


@app.command()
def compare(
    trace: Annotated[
        Path, typer.Argument(help="Trace (its recording lies beside it) or recording.")
    ],
    catalogue: Catalogue,
    out: Annotated[Path, typer.Option("--out", "-o", help="Page to write.")] = Path("report.html"),
    recording: Annotated[
        Path | None, typer.Option(help="Recording; by default the one beside the trace.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Model, for maps of neurons and the causal check.")
    ] = None,
    rounds: Annotated[int, typer.Option(help="Shuffles behind each p-value.")] = 999,
    as_json: AsJson = False,
    seed: Seed = 0,
) -> None:
    """Lay a recording beside a catalogue: which heuristics fired, and where they should."""
    with extra():
        from peirce.agent.circuits.traces import compare_files

        comparison = compare_files(
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
    else:
        print_comparison(comparison)
    typer.echo(f"the page is {out}", err=True)


def _stderr() -> Console:
    return Console(stderr=True)


def _print(circuit: Circuit, as_json: bool) -> None:
    if as_json:
        typer.echo(circuit.model_dump_json(indent=1, exclude_none=True))
    else:
        print_circuit(circuit)
