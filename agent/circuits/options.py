"""What the commands of `peirce circuits` share: their options, and how words become values."""

from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from peirce.agent.circuits.arithmetic import Operator
from peirce.tasks.errors import ConfigError


class Method(StrEnum):
    """How effects are measured."""

    EXACT = "exact"
    ATTRIBUTION = "attribution"


class Metric(StrEnum):
    """What an effect is a change of."""

    LOGIT = "logit"
    PROBABILITY = "probability"


class Map(StrEnum):
    """What a neuron's values are."""

    K = "K"
    KV = "KV"


Model: TypeAlias = Annotated[
    str, typer.Argument(help="Model folder or hub name; 'arithmetic' is the shipped model.")
]
Catalogue: TypeAlias = Annotated[
    Path, typer.Argument(help="Catalogue file; 'arithmetic' and 'paper' are the shipped ones.")
]
Operators: TypeAlias = Annotated[str, typer.Option(help="Operators to look at.")]
Device: TypeAlias = Annotated[str, typer.Option(help="Where to run: cpu, cuda, …")]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
Seed: TypeAlias = Annotated[int, typer.Option(help="Seed of every random choice.")]
Limit: TypeAlias = Annotated[int, typer.Option(help="Findings to list.")]


def resolve_catalogue(path: Path) -> Path:
    """A shipped catalogue by its name, else the path itself."""
    shipped = Path(__file__).resolve().parent / "findings" / f"{path.name}.json"
    return shipped if path.name == str(path) and not path.exists() and shipped.is_file() else path


def read_operators(text: str) -> tuple[Operator, ...]:
    """The operators named by their signs.

    Raises:
        ConfigError: a sign is no operator, or there is none.
    """
    known = tuple(operator for operator in Operator if operator.value in text)
    if not known or set(text) - {operator.value for operator in known}:
        raise ConfigError(f"operators are some of '+-*/', got {text!r}")
    return known


@contextmanager
def extra() -> Generator[None]:
    """Say in one line that an optional package is missing.

    Raises:
        ConfigError: it is; the message names the extra.
    """
    try:
        yield
    except ImportError as error:
        raise ConfigError(str(error)) from error
