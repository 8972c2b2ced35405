"""Is a circuit enough? Ablate everything outside it and see how much of the answer is left.

Outside values are replaced by their mean over all operators' problems, position by position.
Faithfulness is the paper's: F(c) = (NL(c) - NL(0)) / (NL(M) - NL(0)), where NL is the logit of
the correct answer over the largest logit, 0 keeps nothing and M keeps the whole model.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import numpy as np

from peirce.agent.circuits.arithmetic import Operator
from peirce.agent.circuits.patching import Floats
from peirce.agent.circuits.quiz import Exam, Quiz
from peirce.agent.circuits.subject import Edit, Part, Site, Subject

try:
    import torch
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error


class Head(NamedTuple):
    """An attention head."""

    layer: int
    unit: int


class Score(NamedTuple):
    """What is left of the model."""

    faithfulness: float
    accuracy: float


@dataclass(frozen=True, kw_only=True)
class Keep:
    """What a circuit keeps; everything else is mean-ablated."""

    heads: frozenset[Head] | None = None
    """`None` keeps all heads."""
    mlps: frozenset[int] | None = None
    """`None` keeps all MLPs."""
    neurons: Mapping[int, Sequence[int]] | None = None
    """Of the kept MLPs, which neurons stay at the last position; `None` keeps all."""


@dataclass(frozen=True, kw_only=True)
class Ablation:
    """A subject with the mean value of every site."""

    subject: Subject
    means: Mapping[Site, torch.Tensor]
    """[positions, width]"""
    _ends: dict[int, tuple[float, float]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, quiz: Quiz, *, most: int = 8192, seed: int = 0) -> Self:
        """Take the means over all operators' problems, or a sample of them."""
        tokens = torch.cat([quiz.exam(operator).tokens for operator in Operator])
        if len(tokens) > most:
            order = np.random.default_rng(seed).permutation(len(tokens))[:most]
            tokens = tokens[torch.from_numpy(order)]
        values = quiz.subject.capture(tokens, list(quiz.subject.sites()))
        means = {site: value.mean(0).to(quiz.subject.device) for site, value in values.items()}
        return cls(subject=quiz.subject, means=means)

    def edits(self, keep: Keep) -> dict[Site, Edit]:
        """Edits that leave only a circuit standing."""
        found: dict[Site, Edit] = {}
        for site, mean in self.means.items():
            mask = self._mask(site, keep, mean)
            if not bool(mask.all()):
                found[site] = _blend(mask, mean)
        return found

    def _mask(self, site: Site, keep: Keep, mean: torch.Tensor) -> torch.Tensor:
        """[positions, width]: what stays."""
        mask = torch.ones_like(mean, dtype=torch.bool)
        if site.part is Part.ATTENTION:
            if keep.heads is not None:
                stays = [
                    Head(site.layer, i) in keep.heads for i in range(self.subject.anatomy.heads)
                ]
                slices = torch.tensor(stays, device=mean.device)
                mask &= slices.repeat_interleave(self.subject.head_width)
            return mask
        if keep.mlps is not None and site.layer not in keep.mlps:
            return ~mask
        if keep.neurons is not None:
            last = torch.zeros(mean.shape[1], dtype=torch.bool, device=mean.device)
            last[list(keep.neurons.get(site.layer, ()))] = True
            mask[-1] = last
        return mask

    def score(self, exam: Exam, keep: Keep) -> Score:
        """Faithfulness and accuracy of a circuit on an exam."""
        logits = self.subject.last_logits(exam.tokens, self.edits(keep))
        whole, nothing = self._ends_of(exam)
        answers = exam.answers.to(logits.device)
        right = float((logits.argmax(-1) == answers).float().mean())
        return Score((_normalised(logits, answers) - nothing) / (whole - nothing), right)

    def _ends_of(self, exam: Exam) -> tuple[float, float]:
        """NL of the whole model and of nothing, measured once for each exam."""
        key = id(exam.tokens)
        if key not in self._ends:
            answers = exam.answers.to(self.subject.device)
            none = Keep(heads=frozenset(), mlps=frozenset())
            self._ends[key] = (
                _normalised(self.subject.last_logits(exam.tokens), answers),
                _normalised(self.subject.last_logits(exam.tokens, self.edits(none)), answers),
            )
        return self._ends[key]


def _normalised(logits: torch.Tensor, answers: torch.Tensor) -> float:
    """Mean logit of the correct answer over the largest logit."""
    right = logits.gather(1, answers[:, None])[:, 0]
    return float((right / logits.max(-1).values).mean())


def _blend(mask: torch.Tensor, mean: torch.Tensor) -> Edit:
    def edit(values: torch.Tensor) -> torch.Tensor:
        return torch.where(mask, values, mean)

    return edit


def find_smallest_heads(
    ablation: Ablation, exam: Exam, effects: Floats, target: float
) -> tuple[Head, ...]:
    """The fewest heads, taken by effect, that reach a faithfulness with all MLPs kept.

    `effects` is [positions, layers, heads]; a head ranks by its largest effect at a position.
    """
    strength = effects.max(axis=0)
    order = [Head(*divmod(i, strength.shape[1])) for i in np.argsort(-strength, axis=None).tolist()]
    for count in range(len(order) + 1):
        if ablation.score(exam, Keep(heads=frozenset(order[:count]))).faithfulness >= target:
            return tuple(order[:count])
    return tuple(order)


def find_smallest_neurons(
    ablation: Ablation, exam: Exam, ranked: Mapping[int, Sequence[int]], target: float
) -> int:
    """The fewest neurons per layer, taken by rank, that reach a faithfulness.

    A bisection: it assumes that more neurons do not lower faithfulness, which holds on the
    whole; the answer is checked to reach the target.
    """
    low, high = 0, max(len(neurons) for neurons in ranked.values())
    while low < high:
        middle = (low + high) // 2
        kept = {layer: neurons[:middle] for layer, neurons in ranked.items()}
        if ablation.score(exam, Keep(neurons=kept)).faithfulness >= target:
            high = middle
        else:
            low = middle + 1
    return high
