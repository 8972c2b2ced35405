"""`Circuit`: what was found in one model, as a versioned JSON file.

A catalogue names the model by the hash of its weights, lists the components and neurons that
carry a task, and says for each neuron which heuristic it implements, on which map, from which
value on it counts as firing, and where the claim comes from. Reading is strict about the
version and lenient about fields it does not know.
"""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    NonNegativeInt,
    ValidationError,
    model_validator,
)

from peirce.agent.circuits.arithmetic import Arithmetic, Operator
from peirce.agent.circuits.heuristics import Heuristic, parse_heuristic
from peirce.tasks.errors import ConfigError
from peirce.tasks.validation import describe

VERSION = 1
"""The version of the file format written here."""


class Neuron(NamedTuple):
    """An MLP neuron: the input of a layer's down projection at one index."""

    layer: int
    unit: int


def _spelling(text: str) -> str:
    """A heuristic's spelling as it is, if it is one."""
    parse_heuristic(text)
    return text


Spelling: TypeAlias = Annotated[str, AfterValidator(_spelling)]
"""A heuristic as it is written, such as `result range 150..179`."""


class Record(BaseModel):
    """Base of what a catalogue file holds."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)


class ModelIdentity(Record):
    """Which model, exactly."""

    name: str
    """Folder or hub name the model was loaded from."""
    sha256: str | None = None
    """Hash over the weight files; `None` if the source does not state it."""
    tokenizer_sha256: str | None = None
    """Hash of `tokenizer.json`; `None` if the source does not state it."""
    family: str | None = None
    """The `model_type` of the model's configuration."""


class Source(Record):
    """Where the claims come from."""

    kind: Literal["own run", "paper, not re-verified", "authors' files"]
    """Measured here, printed in a paper, or read from files of the paper's authors."""
    reference: str
    """A command, a table of a paper, or a file."""
    note: str | None = None
    """What the reader of the claims should know, such as what is missing."""


class ArithmeticRecord(Record):
    """The arithmetic the findings are about; see `Arithmetic`."""

    operands: int
    largest: int
    modulus: int | None = None
    template: str = "{left}{operator}{right}="

    def restore(self) -> Arithmetic:
        """The definition itself."""
        return Arithmetic(**self.model_dump())


class HeadFinding(Record):
    """An attention head that matters."""

    operator: Operator | None = None
    """`None` when the finding is not about one operator."""
    layer: int
    head: int
    role: str
    """What it does, in a word: `circuit`, `induction`, `op1` …"""
    effect: float | None = None
    """Mean effect of patching it, by the catalogue's metric."""
    prefix_matching: float | None = None
    """Mean attention to the token after the previous occurrence."""
    copying: float | None = None
    """Mean z-score the head's output gives the token it attends to."""


class NeuronFinding(Record):
    """A neuron and one heuristic it implements."""

    operator: Operator
    layer: NonNegativeInt
    neuron: NonNegativeInt
    heuristic: Spelling
    map: Literal["K", "KV"]
    """K: the activation; KV: activation times logit lens of the answer token."""
    sign: Literal[1, -1] = 1
    """-1 if low map values mean that the heuristic holds."""
    threshold: float | None = None
    """Signed map value from which the neuron fires; `None` if the source does not state it."""
    score: float | None = None
    """Share of the top k problems at which the heuristic holds, k being how many it holds for."""
    base_rate: float | None = None
    """Share of all problems at which the heuristic holds: the score of a random neuron."""
    effect: float | None = None
    """Mean effect of patching the neuron, by the catalogue's metric."""
    source: str | None = None
    """Where the claim stands, if it is one place and not the catalogue's source as a whole."""

    @property
    def place(self) -> Neuron:
        """The neuron's layer and index."""
        return Neuron(self.layer, self.neuron)

    def parse(self) -> Heuristic:
        """The heuristic as a value."""
        return parse_heuristic(self.heuristic)


class CurvePoint(Record):
    """Faithfulness of a circuit that keeps the top neurons of every layer."""

    neurons_per_layer: int
    faithfulness: float
    accuracy: float
    random_faithfulness: float
    """The same with as many neurons drawn at random."""


class OperatorSummary(Record):
    """What was found about one operator as a whole."""

    operator: Operator
    accuracy: float
    """Of the whole model, on all problems."""
    heads_kept: tuple[tuple[int, int], ...]
    """Layer and head of the smallest circuit that keeps all MLPs and reaches the target."""
    heads_faithfulness: float
    neurons_per_layer: int
    """The fewest top neurons per layer that reach the target, all heads kept."""
    neurons_faithfulness: float
    width: int
    """Neurons in a layer."""
    curve: tuple[CurvePoint, ...]
    top_neurons: dict[NonNegativeInt, tuple[NonNegativeInt, ...]]
    """For each layer the neurons of largest effect, best first."""
    matched: float
    """Share of top neurons that match a heuristic at the paper's threshold."""
    matched_corrected: float
    """The same with scores corrected for the base rate."""
    head_effects: tuple[tuple[tuple[float, ...], ...], ...]
    """[position][layer][head]"""
    mlp_effects: tuple[tuple[float, ...], ...]
    """[position][layer]"""


class SelfCheck(Record):
    """What the recorded neurons must show on one prompt, for probes to check themselves."""

    tokens: tuple[int, ...]
    values: tuple[float, ...]
    """Of the catalogue's neurons, in order, while the last token is read, in float32."""


class Circuit(Record):
    """Everything found in one model about one kind of task."""

    version: Literal[1] = 1
    model: ModelIdentity
    source: Source
    arithmetic: ArithmeticRecord | None = None
    position: int = -1
    """Where neurons were read, counted from the end of the prompt."""
    effect_metric: Literal["probability", "logit"] = "logit"
    method: Literal["exact", "attribution", "unknown"] = "unknown"
    heads: tuple[HeadFinding, ...] = ()
    neurons: tuple[NeuronFinding, ...] = ()
    operators: tuple[OperatorSummary, ...] = ()
    check: SelfCheck | None = None

    @model_validator(mode="after")
    def _checks_its_neurons(self) -> Self:
        if self.check is not None and len(self.check.values) != len(self.places):
            raise ValueError(
                f"the check has {len(self.check.values)} values for {len(self.places)} neurons"
            )
        return self

    @cached_property
    def places(self) -> tuple[Neuron, ...]:
        """Every neuron to record, by layer and index."""
        named = {finding.place for finding in self.neurons}
        ranked = {
            Neuron(layer, index)
            for summary in self.operators
            for layer, indices in summary.top_neurons.items()
            for index in indices
        }
        return tuple(sorted(named | ranked))

    def by_layer(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The neurons to record, layer by layer."""
        for layer in sorted({place.layer for place in self.places}):
            yield layer, tuple(place.unit for place in self.places if place.layer == layer)

    @property
    def digest(self) -> str:
        """Hash of the whole catalogue, to join recordings with it."""
        return hashlib.sha256(self.model_dump_json(exclude_none=True).encode()).hexdigest()

    def save(self, path: Path) -> None:
        """Write the catalogue, whole or not at all."""
        draft = path.with_name(path.name + ".part")
        draft.write_text(self.model_dump_json(indent=1, exclude_none=True) + "\n", encoding="utf-8")
        draft.replace(path)


def load_circuit(path: Path) -> Circuit:
    """Read a catalogue.

    Raises:
        ConfigError: the file is not there or not a catalogue of this version.
    """
    try:
        return Circuit.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the catalogue {str(path)!r}: {error.strerror}") from error
    except ValidationError as error:
        raise ConfigError(
            f"{str(path)!r} is not a circuit catalogue of version {VERSION}: {describe(error)}; "
            "write one with `peirce circuits find`"
        ) from error


def hash_files(paths: list[Path]) -> str:
    """One hash over the contents of files in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
