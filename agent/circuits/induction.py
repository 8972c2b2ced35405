"""Induction heads: the heads that carry copying of earlier examples.

Two scores on random token sequences that repeat once. Prefix matching is the mean attention a
head pays, at a token of the second half, to the token after that token's first occurrence.
Copying is how far the head's own output raises the logit of the token there, in standard
deviations over the vocabulary.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

from dataclasses import dataclass

import numpy as np

from peirce.agent.circuits.families import read_columns
from peirce.agent.circuits.patching import Floats
from peirce.agent.circuits.subject import Part, Site, Subject

try:
    import torch
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class InductionScores:
    """Scores of every head, [layers, heads]."""

    prefix_matching: Floats
    copying: Floats


def score_induction(
    subject: Subject, *, period: int = 16, sequences: int = 8, seed: int = 0
) -> InductionScores:
    """Score every head on random sequences of `2 * period` tokens."""
    generator = torch.Generator().manual_seed(seed)
    vocabulary = int(subject.model.config.vocab_size)
    half = torch.randint(0, vocabulary, (sequences, period), generator=generator)
    tokens = torch.cat([half, half], dim=1).to(subject.device)
    with torch.inference_mode():
        attentions = subject.model(tokens, use_cache=False, output_attentions=True).attentions
    places = torch.arange(period, 2 * period - 1)
    sources = places - period + 1
    prefix = [
        attention[:, :, places, sources].float().mean((0, 2)).cpu().numpy()
        for attention in attentions
    ]
    copied = tokens[:, sources]
    copying = [
        _score_copying(subject, tokens, layer, places, copied) for layer in range(subject.layers)
    ]
    return InductionScores(
        prefix_matching=np.stack(prefix).astype(np.float64), copying=np.stack(copying)
    )


def _score_copying(
    subject: Subject,
    tokens: torch.Tensor,
    layer: int,
    places: torch.Tensor,
    copied: torch.Tensor,
) -> Floats:
    """Mean z-score, over the vocabulary, of the copied token in each head's own output."""
    site = Site(Part.ATTENTION, layer)
    values = subject.capture(tokens, [site])[site][:, places].to(subject.device)
    weight = read_columns(subject.anatomy.attention_out[layer]).float()
    scores = np.zeros(subject.anatomy.heads)
    for head in range(subject.anatomy.heads):
        columns = slice(head * subject.head_width, (head + 1) * subject.head_width)
        logits = values[..., columns] @ weight[columns] @ subject.value_lens
        spread = logits.std(-1).clamp_min(1e-9)
        raised = logits.gather(-1, copied[..., None])[..., 0]
        scores[head] = float(((raised - logits.mean(-1)) / spread).mean())
    return scores
