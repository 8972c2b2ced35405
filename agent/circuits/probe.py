"""`Probe`: reads the catalogue's neurons while a transformers model runs, or after the fact.

`read` runs stored token ids through the model once. `watching` records live generation, step by
step with its key-value cache. Both give the same numbers. The vLLM probe is `vllm_worker`.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from peirce.agent.circuits.catalogue import Circuit, Neuron
from peirce.agent.circuits.lens import Lens
from peirce.agent.circuits.quiz import Quiz
from peirce.agent.circuits.record import Recording, Values
from peirce.agent.circuits.subject import Edit, Part, Site, Subject
from peirce.tasks.errors import ConfigError

try:
    import torch
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What live generation has shown so far."""

    neurons: tuple[Neuron, ...]
    _chunks: dict[int, list[torch.Tensor]] = field(default_factory=dict, repr=False)

    def values(self) -> Values:
        """All positions run so far, [rows, positions, neurons]."""
        layers = sorted({place.layer for place in self.neurons})
        return np.concatenate(
            [torch.cat(self._chunks[layer], dim=1).numpy() for layer in layers], axis=-1
        )

    def collect(self, layer: int, chunk: torch.Tensor) -> None:
        """Take one forward pass's values of a layer, [rows, positions, neurons of the layer]."""
        self._chunks.setdefault(layer, []).append(chunk)


@dataclass(frozen=True, kw_only=True)
class Probe:
    """The catalogue's neurons of one model."""

    subject: Subject
    circuit: Circuit

    def __post_init__(self) -> None:
        check_fit(self.circuit, self.subject)

    @contextmanager
    def watching(self) -> Generator[Watch]:
        """Record every forward pass inside the `with`; rows must not be padded on the left."""
        watch = Watch(neurons=self.circuit.places)
        edits = {
            Site(Part.MLP, layer): _collector(watch, layer, units)
            for layer, units in self.circuit.by_layer()
        }
        with self.subject.edited(edits):
            yield watch

    def read(self, identifier: str, tokens: Sequence[int], *, prompt: int = 0) -> Recording:
        """Run stored token ids once and record every position."""
        row = torch.tensor([list(tokens)], device=self.subject.device)
        with torch.inference_mode(), self.watching() as watch:
            self.subject.model(row, use_cache=False, logits_to_keep=1)
        return self.recording(identifier, tokens, watch.values()[0], prompt=prompt)

    def read_text(self, identifier: str, text: str) -> Recording:
        """Tokenize a text and record every position."""
        return self.read(identifier, self.subject.encode([text])[0].tolist())

    def recording(
        self, identifier: str, tokens: Sequence[int], values: Values, *, prompt: int
    ) -> Recording:
        """Join values with the tokens they belong to.

        Values may end before the tokens do: the last token generated is never read.
        """
        padded = np.full((len(tokens), len(self.circuit.places)), np.nan, dtype=np.float32)
        padded[: len(values)] = values[: len(tokens)]
        return Recording(
            identifier=identifier,
            tokens=tuple(tokens),
            texts=spell(self.subject, tokens),
            prompt=prompt,
            neurons=self.circuit.places,
            values=padded,
        )


def check_fit(circuit: Circuit, subject: Subject) -> None:
    """Refuse a catalogue of another model.

    Raises:
        ConfigError: the weights are others, or the model has not all of its neurons.
    """
    known, here = circuit.model.sha256, subject.identity.sha256
    if known is not None and here is not None and known != here:
        raise ConfigError(
            f"the catalogue is about weights {known[:12]}…, this model has {here[:12]}…; "
            "run `peirce circuits find` for this model"
        )
    layers, width = subject.layers, subject.width(Part.MLP)
    for place in circuit.places:
        if place.layer >= layers or place.unit >= width:
            raise ConfigError(
                f"the catalogue is about {circuit.model.name}, which has a neuron "
                f"{place.layer}/{place.unit}; {subject.identity.name} has {layers} layers "
                f"of {width}: run `peirce circuits find` for this model"
            )


def spell(subject: Subject, tokens: Sequence[int]) -> tuple[str, ...]:
    """The text each token adds to the text of those before it."""
    if subject.tokenizer is None:
        return tuple(f"<{token}>" for token in tokens)
    return tuple(str(subject.tokenizer.decode([token])) for token in tokens)


def make_lens(quiz: Quiz, circuit: Circuit) -> Lens:
    """The logit lens of the catalogue's neurons at the number tokens."""
    rows = [
        quiz.subject.neuron_lens(layer, units, quiz.numbers).cpu().numpy()
        for layer, units in circuit.by_layer()
    ]
    return Lens(
        neurons=circuit.places,
        values=np.concatenate(rows).astype(np.float32),
        numbers=quiz.numbers.numpy(),
    )


def _collector(watch: Watch, layer: int, units: Sequence[int]) -> Edit:
    index = torch.tensor(list(units))

    def collect(values: torch.Tensor) -> torch.Tensor:
        watch.collect(layer, values[..., index.to(values.device)].detach().float().cpu())
        return values

    return collect
