"""Models that do sums for `SumsProposer`: in this process, or behind a vLLM server."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from peirce.agent.circuits.catalogue import Neuron
from peirce.agent.circuits.probe import Probe, spell
from peirce.agent.circuits.record import Recording
from peirce.agent.circuits.rows import fetch_rows
from peirce.agent.circuits.subject import Subject
from peirce.agent.circuits.sums import Said
from peirce.agent.circuits.transfer import exchange
from peirce.tasks.errors import ModelError
from peirce.tasks.validation import describe

try:
    import torch
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error

TIMEOUT: Final = 60.0
"""Seconds a server may take for one sum."""
MOST_BYTES: Final = 1 << 20
"""Of what it says to one."""


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How answers are drawn; hot enough, a model is wrong at times."""

    samples: int = 4
    temperature: float = 2.0
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class LocalAdder:
    """A transformers model in this process."""

    probe: Probe
    sampling: Sampling
    _numbers: "count[int]" = field(default_factory=count, repr=False)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.probe.subject.identity.name

    async def ask(self, prompt: str) -> Sequence[Said]:
        """Run the prompt once, draw the answers from its last logits."""
        subject, number = self.probe.subject, next(self._numbers)
        tokens = subject.encode([prompt])
        with self.probe.watching() as watch:
            logits = subject.last_logits(tokens)[0]
        values, given = watch.values()[0], tokens[0].tolist()
        draws = torch.Generator().manual_seed(self.sampling.seed + number)
        chances = (logits.cpu() / max(self.sampling.temperature, 1e-6)).softmax(-1)
        drawn = torch.multinomial(chances, self.sampling.samples, True, generator=draws)
        return [
            _said(
                self.probe.recording(
                    f"sum{number}/{sample}", (*given, token), values, prompt=len(given)
                )
            )
            for sample, token in enumerate(drawn.tolist())
        ]


_Token: TypeAlias = Annotated[int, Field(ge=0, lt=2**31)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Choice(_Record):
    index: NonNegativeInt
    token_ids: tuple[_Token, ...]
    prompt_token_ids: tuple[_Token, ...]


class _Reply(_Record):
    id: str
    choices: tuple[_Choice, ...]


@dataclass(frozen=True, kw_only=True)
class ServedAdder:
    """A model behind a vLLM server that runs the neuron plugin."""

    server: str
    """Address without path."""
    model: str
    """Its name on the server."""
    subject: Subject
    """The same model here, to spell tokens with."""
    neurons: tuple[Neuron, ...]
    """Those the server must record."""
    sampling: Sampling
    _numbers: "count[int]" = field(default_factory=count, repr=False)

    @property
    def name(self) -> str:
        """The model's name and where it is served."""
        return f"{self.model} at {self.server}"

    async def ask(self, prompt: str) -> Sequence[Said]:
        """One request with several samples; their neurons are fetched at once.

        Raises:
            ModelError: the server does not answer, or does not record neurons.
        """
        return await asyncio.to_thread(self._ask, prompt, next(self._numbers))

    def _ask(self, prompt: str, number: int) -> list[Said]:
        reply = self._complete(prompt, number)
        choices = {choice.index: choice for choice in reply.choices}
        recorded = fetch_rows(self.server, reply.id, self.neurons)
        if sorted(choices) != [rows.sample for rows in recorded]:
            raise ModelError(
                f"{self.server!r} wrote samples {sorted(choices)} of {reply.id!r} and recorded "
                f"{[rows.sample for rows in recorded]}; is it busy with more than it can keep?"
            )
        found: list[Said] = []
        for rows in recorded:
            choice = choices[rows.sample]
            tokens = (*choice.prompt_token_ids, *choice.token_ids)
            found.append(
                _said(
                    Recording(
                        identifier=f"{reply.id}/{rows.sample}",
                        tokens=tokens,
                        texts=spell(self.subject, tokens),
                        prompt=len(choice.prompt_token_ids),
                        neurons=rows.neurons,
                        values=rows.spread(len(tokens)),
                    )
                )
            )
        return found

    def _complete(self, prompt: str, number: int) -> _Reply:
        body = {
            "model": self.model,
            "prompt": prompt,
            "max_tokens": 1,
            "temperature": self.sampling.temperature,
            "n": self.sampling.samples,
            "seed": self.sampling.seed + number,
            "return_token_ids": True,
        }
        address = f"{self.server.rstrip('/')}/v1/completions"
        try:
            data = exchange(
                address, seconds=TIMEOUT, most_bytes=MOST_BYTES, body=json.dumps(body).encode()
            )
            return _Reply.model_validate_json(data)
        except (ModelError, ValidationError) as error:
            reason = describe(error) if isinstance(error, ValidationError) else str(error)
            raise ModelError(
                f"{address!r} does not complete {prompt!r} as vLLM does: {reason}; is the model "
                f"served as {self.model!r}?"
            ) from error


def _said(recording: Recording) -> Said:
    """An answer as a number."""
    text = "".join(recording.texts[recording.prompt :]).strip()
    return Said(int(text) if text.isdecimal() else None, recording)
