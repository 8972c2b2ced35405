"""Linear probes: at which layer and position can the answer be read off the residual stream.

One linear layer is trained for each place on four fifths of the problems and tested on the
rest, as in the paper (Adam; here with larger batches and steps, since models are smaller).
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

import numpy as np

from peirce.agent.circuits.patching import Floats
from peirce.agent.circuits.quiz import Exam
from peirce.agent.circuits.subject import Subject

try:
    import torch
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error


def read_answers(
    subject: Subject, exam: Exam, *, epochs: int = 20, rate: float = 1e-2, seed: int = 0
) -> Floats:
    """Test accuracy of a linear probe, [layers + 1, positions]; row 0 is the embedding."""
    order = torch.from_numpy(np.random.default_rng(seed).permutation(len(exam)))
    cut = len(order) * 4 // 5
    states = _residual_stream(subject, exam.tokens)
    labels, targets = torch.unique(exam.answers, return_inverse=True)
    found = np.zeros((len(states), exam.tokens.shape[1]))
    for layer, state in enumerate(states):
        for place in range(state.shape[1]):
            features = state[:, place]
            spread = features.std(0).clamp_min(1e-6)
            features = (features - features.mean(0)) / spread
            found[layer, place] = _fit_and_test(
                features, targets, order[:cut], order[cut:], len(labels), epochs, rate, seed
            )
    return found


def _residual_stream(subject: Subject, tokens: torch.Tensor) -> list[torch.Tensor]:
    """[rows, positions, width] after the embedding and after each block."""
    parts: list[tuple[torch.Tensor, ...]] = []
    with torch.inference_mode():
        for rows in tokens.split(subject.batch):
            out = subject.model(rows.to(subject.device), use_cache=False, output_hidden_states=True)
            parts.append(tuple(state.float().cpu() for state in out.hidden_states))
    return [torch.cat(states).clone() for states in zip(*parts, strict=True)]


def _fit_and_test(
    features: torch.Tensor,
    targets: torch.Tensor,
    train: torch.Tensor,
    test: torch.Tensor,
    classes: int,
    epochs: int,
    rate: float,
    seed: int,
) -> float:
    generator = torch.Generator().manual_seed(seed)
    probe = torch.nn.Linear(features.shape[1], classes)
    torch.nn.init.zeros_(probe.weight)
    torch.nn.init.zeros_(probe.bias)
    optimiser = torch.optim.Adam(probe.parameters(), lr=rate)
    for _ in range(epochs):
        shuffled = train[torch.randperm(len(train), generator=generator)]
        for rows in shuffled.split(256):
            loss = torch.nn.functional.cross_entropy(probe(features[rows]), targets[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    with torch.inference_mode():
        best = probe(features[test]).argmax(-1)
    return float((best == targets[test]).float().mean())
