"""How much each component matters: exact activation patching and its first-order estimate.

A component's activation on a counterfactual prompt is written into the run on the clean prompt;
the effect says how far the answer moves from the clean one to the counterfactual one. Two
metrics: the paper's on probabilities (Eq. 1 of arXiv 2410.21272) and half the change of the
logit difference, which stays finite where a model is very confident.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.circuits.quiz import Pairs
from peirce.agent.circuits.subject import Edit, Part, Site, Subject

try:
    import torch
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error

Metric: TypeAlias = Literal["probability", "logit"]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Mean effects over pairs of prompts."""

    heads: Floats
    """[positions, layers, heads]"""
    mlps: Floats
    """[positions, layers]"""
    neurons: Floats
    """[layers, neurons], at the position asked for."""

    def top_neurons(self, count: int) -> dict[int, tuple[int, ...]]:
        """The neurons of largest effect in each layer, best first."""
        order = np.argsort(-self.neurons, axis=1, kind="stable")[:, :count]
        return {layer: tuple(row) for layer, row in enumerate(order.tolist())}


def measure_shift(
    before: torch.Tensor,
    after: torch.Tensor,
    clean: torch.Tensor,
    counterfactual: torch.Tensor,
    metric: Metric,
) -> torch.Tensor:
    """Effect of a change of logits [rows, vocabulary] for each row's two answer tokens."""
    if metric == "probability":
        before, after = before.softmax(-1), after.softmax(-1)
    rows = torch.arange(len(before), device=before.device)
    wrong, wrong_after = before[rows, counterfactual], after[rows, counterfactual]
    right, right_after = before[rows, clean], after[rows, clean]
    if metric == "probability":
        # A very confident model's probabilities are 0 in float32: a share of nothing stays finite.
        least = torch.finfo(before.dtype).tiny
        gained = (wrong_after - wrong) / wrong.clamp_min(least)
        lost = (right - right_after) / right_after.clamp_min(least)
        return 0.5 * (gained + lost)
    return 0.5 * ((wrong_after - wrong) + (right - right_after))


def patch_exactly(
    subject: Subject, pairs: Pairs, *, metric: Metric = "logit", position: int = -1
) -> Effects:
    """One forward pass for every component and pair."""
    layers, heads = subject.layers, subject.anatomy.heads
    length = pairs.tokens.shape[1]
    head_effects = np.zeros((length, layers, heads))
    mlp_effects = np.zeros((length, layers))
    width = subject.width(Part.MLP)
    neurons = np.zeros((layers, width))
    before = subject.last_logits(pairs.clean.tokens)
    for site in subject.sites():
        donor = subject.capture(pairs.tokens, [site])[site]
        for place in range(length):
            masks = _component_masks(subject, site)
            effects = _patch_site(subject, pairs, before, site, place, donor, masks, metric)
            if site.part is Part.MLP:
                mlp_effects[place, site.layer] = effects[0]
            else:
                head_effects[place, site.layer] = effects
        if site.part is Part.MLP:
            place = position % length
            masks = torch.eye(width, dtype=torch.bool)
            neurons[site.layer] = _patch_site(
                subject, pairs, before, site, place, donor, masks, metric
            )
    return Effects(heads=head_effects, mlps=mlp_effects, neurons=neurons)


def _component_masks(subject: Subject, site: Site) -> torch.Tensor:
    """[components, width]: the whole MLP, or each head's slice."""
    if site.part is Part.MLP:
        return torch.ones(1, subject.width(Part.MLP), dtype=torch.bool)
    identity = torch.eye(subject.anatomy.heads, dtype=torch.bool)
    return identity.repeat_interleave(subject.head_width, dim=1)


def _patch_site(
    subject: Subject,
    pairs: Pairs,
    before: torch.Tensor,
    site: Site,
    place: int,
    donor: torch.Tensor,
    masks: torch.Tensor,
    metric: Metric,
) -> Floats:
    """Mean effect of each mask's columns at one position."""
    total = np.zeros(len(masks))
    clean, other = pairs.clean.answers.to(before.device), pairs.answers.to(before.device)
    for rows, parts in _blocks(len(pairs), len(masks), subject.batch):
        edit = _replace(place, donor[rows, place].to(subject.device), masks[parts])
        after = subject.last_logits(pairs.clean.tokens[rows], {site: edit})
        shift = measure_shift(before[rows], after, clean[rows], other[rows], metric)
        np.add.at(total, parts.numpy(), shift.double().cpu().numpy())
    return total / len(pairs)


def _blocks(pairs: int, masks: int, batch: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """All (pair, mask) combinations as index tensors of at most a batch."""
    for flat in torch.arange(pairs * masks).split(batch):
        yield flat // masks, flat % masks


def _replace(place: int, donor: torch.Tensor, mask: torch.Tensor) -> Edit:
    mask = mask.to(donor.device)

    def edit(values: torch.Tensor) -> torch.Tensor:
        patched = values.clone()
        patched[:, place] = torch.where(mask, donor, values[:, place])
        return patched

    return edit


def patch_by_attribution(subject: Subject, pairs: Pairs, *, position: int = -1) -> Effects:
    """Estimate all effects (logit metric) with one backward pass per batch of pairs."""
    sites = list(subject.sites())
    length = pairs.tokens.shape[1]
    donors = subject.capture(pairs.tokens, sites)
    sums = {
        site: torch.zeros(length, donors[site].shape[-1], dtype=torch.float64) for site in sites
    }
    for rows in torch.arange(len(pairs)).split(max(1, subject.batch // 8)):
        gradients, values = _gradients(subject, pairs, rows, sites)
        for site in sites:
            change = donors[site][rows] - values[site]
            sums[site] += (gradients[site] * change).double().sum(0)
    means = {site: total.numpy() / len(pairs) for site, total in sums.items()}
    layers, heads = subject.layers, subject.anatomy.heads
    by_head = [
        means[Site(Part.ATTENTION, layer)].reshape(length, heads, -1).sum(-1)
        for layer in range(layers)
    ]
    by_mlp = [means[Site(Part.MLP, layer)] for layer in range(layers)]
    return Effects(
        heads=np.stack(by_head, axis=1),
        mlps=np.stack([effects.sum(-1) for effects in by_mlp], axis=1),
        neurons=np.stack([effects[position] for effects in by_mlp]),
    )


def _gradients(
    subject: Subject, pairs: Pairs, rows: torch.Tensor, sites: list[Site]
) -> tuple[dict[Site, torch.Tensor], dict[Site, torch.Tensor]]:
    """Gradient of half the logit difference at every site, and the clean values there."""
    values: dict[Site, torch.Tensor] = {}
    leaves: dict[Site, torch.Tensor] = {}

    def watch(site: Site) -> Edit:
        def edit(seen: torch.Tensor) -> torch.Tensor:
            values[site] = seen.detach().float().cpu()
            leaves[site] = torch.zeros_like(seen, requires_grad=True)
            return seen + leaves[site]

        return edit

    tokens = pairs.clean.tokens[rows].to(subject.device)
    with torch.enable_grad(), subject.edited({site: watch(site) for site in sites}):
        logits = subject.model(tokens, use_cache=False, logits_to_keep=1).logits[:, -1].float()
        index = torch.arange(len(rows), device=logits.device)
        wrong = logits[index, pairs.answers[rows].to(logits.device)]
        right = logits[index, pairs.clean.answers[rows].to(logits.device)]
        half = 0.5 * (wrong - right).sum()
        grads = torch.autograd.grad(half, [leaves[site] for site in sites])
    found = {site: grad.float().cpu() for site, grad in zip(sites, grads, strict=True)}
    return found, values
