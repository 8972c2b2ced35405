"""Tables of `peirce circuits` for a terminal."""

from collections.abc import Iterable, Sequence
from math import isnan

from rich.console import Console
from rich.table import Table

from peirce.agent.circuits.catalogue import Circuit
from peirce.agent.circuits.comparison import NO_STEPS, Comparison


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on stdout, its first column to the left and the others to the right."""
    table = Table(title=title or None)
    for index, name in enumerate(columns):
        table.add_column(name, justify="right" if index else "left")
    for row in rows:
        table.add_row(*row)
    console = Console()
    # A file or a pipe has no width of its own: 80 columns would break every cell.
    (console if console.is_terminal else Console(width=120)).print(table)


def print_circuit(circuit: Circuit) -> None:
    """What a catalogue is about and what was found for each operator."""
    console = Console(highlight=False, markup=False)
    console.print(f"{circuit.model.name}: {circuit.source.kind}, {circuit.source.reference}")
    console.print(
        f"{len(circuit.neurons)} findings on {len(circuit.places)} neurons, "
        f"{len(circuit.heads)} on attention heads"
    )
    if circuit.source.note:
        console.print(f"Note: {circuit.source.note}")
    if circuit.operators:
        names = ("operator", "accuracy", "heads", "neurons/layer", "of", "matched", "corrected")
        rows = [
            (
                row.operator.value,
                f"{row.accuracy:.3f}",
                str(len(row.heads_kept)),
                str(row.neurons_per_layer),
                str(row.width),
                f"{row.matched:.2f}",
                f"{row.matched_corrected:.2f}",
            )
            for row in circuit.operators
        ]
        print_table("", names, rows)


def print_heads(circuit: Circuit) -> None:
    """Heads with a role of their own, then those that best match prefixes."""
    named = [head for head in circuit.heads if head.role != "induction"]
    scored = [head for head in circuit.heads if head.role == "induction"]
    scored.sort(key=lambda head: -(head.prefix_matching or 0))
    rows = [
        (
            f"{head.layer}/{head.head}",
            head.operator.value if head.operator else "",
            head.role,
            *map(_number, (head.effect, head.prefix_matching, head.copying)),
        )
        for head in (*named, *scored[:5])
    ]
    names = ("head", "operator", "role", "effect", "prefix matching", "copying")
    print_table("Attention heads", names, rows)


def print_findings(circuit: Circuit, heuristic: str, limit: int) -> None:
    """The clearest findings, those of one heuristic if it is named."""
    chosen = [finding for finding in circuit.neurons if heuristic in finding.heuristic]
    chosen.sort(key=lambda finding: -(finding.score or 0) + (finding.base_rate or 0))
    rows = [
        (
            f"{finding.layer}/{finding.neuron}",
            finding.operator.value,
            finding.heuristic + (" (low)" if finding.sign < 0 else ""),
            finding.map,
            *map(_number, (finding.score, finding.base_rate, finding.effect)),
        )
        for finding in chosen[:limit]
    ]
    names = ("neuron", "operator", "heuristic", "map", "score", "base rate", "effect")
    print_table(f"{len(rows)} of {len(chosen)} findings, clearest first", names, rows)
    console = Console(highlight=False, markup=False)
    for finding in chosen[:limit]:
        if finding.source:
            console.print(f"{finding.layer}/{finding.neuron}: {finding.source}")


def print_comparison(comparison: Comparison) -> None:
    """Precision and recall by heuristic, differences by verdict, the causal check."""
    if not comparison.steps:
        Console(highlight=False).print(NO_STEPS)
        return
    names = ("heuristic", "expected", "fired", "precision", "by luck", "recall", "p (adjusted)")
    rows = [
        (
            row.group,
            str(row.expected),
            str(row.fired),
            *map(_number, (row.precision, row.luck_precision, row.recall)),
            f"{row.adjusted_p:.3f}",
        )
        for row in comparison.by_heuristic
    ]
    print_table(f"{len(comparison.steps)} steps", names, rows)
    names = ("heuristic", "verdicts", "texts", "share fired", "Cliff’s delta", "p", "conclusion")
    rows = [
        (
            row.group,
            f"{row.first} / {row.second}",
            f"{row.first_texts} / {row.second_texts}",
            f"{row.first_mean:.2f} / {row.second_mean:.2f}",
            f"{row.effect:+.2f}",
            f"{row.adjusted_p:.3f}",
            row.conclusion,
        )
        for row in comparison.by_verdict
    ]
    print_table("By verdict", names, rows)
    if comparison.causes is not None:
        causes = comparison.causes
        Console(highlight=False).print(
            f"without the neurons that fired as expected ({causes.neurons:.1f} on average) "
            f"{causes.changed:.0%} of {causes.steps} verified steps change their answer, "
            f"without as many random others {causes.changed_random:.0%}"
        )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if isnan(value):
        return "–"
    return f"{value:.1e}" if abs(value) >= 1e5 else f"{value:.2f}"
