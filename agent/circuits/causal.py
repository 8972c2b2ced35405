"""Does what fired matter? Knock it out and see whether the step's arithmetic changes.

For every verified step, the neurons whose expected findings fired are set to zero and the
prompt is answered again; so are as many random other neurons of the same layers.
"""

# pyright: reportMissingImports=false
# torch is optional, so its types are unknown where it is not installed.

from collections.abc import Sequence

import numpy as np

from peirce.agent.circuits.catalogue import Neuron
from peirce.agent.circuits.comparison import CausalCheck
from peirce.agent.circuits.firing import Firings
from peirce.agent.circuits.knockout import knock_out
from peirce.agent.circuits.quiz import Quiz
from peirce.agent.circuits.subject import Part


def check_causes(
    quiz: Quiz, firings: Sequence[Firings], *, most: int = 200, seed: int = 0
) -> CausalCheck:
    """Knock out what fired in up to `most` verified steps."""
    draws = np.random.default_rng(seed)
    width = quiz.subject.width(Part.MLP)
    cases: list[tuple[str, tuple[Neuron, ...]]] = []
    for each in firings:
        hits = each.expected & each.fired
        for index, step in enumerate(each.steps):
            fired = {each.findings[column].place for column in np.flatnonzero(hits[index]).tolist()}
            if step.verdict == "verified" and fired:
                prompt = quiz.arithmetic.prompt(step.left, step.operator, step.right)
                cases.append((prompt, tuple(sorted(fired))))
    order = draws.permutation(len(cases))[:most].tolist()
    changed = changed_random = removed = 0
    for index in order:
        prompt, fired = cases[index]
        before = _answer(quiz, prompt, ())
        changed += _answer(quiz, prompt, fired) != before
        changed_random += _answer(quiz, prompt, _others(fired, width, draws)) != before
        removed += len(fired)
    count = max(len(order), 1)
    return CausalCheck(
        steps=len(order),
        neurons=removed / count,
        changed=changed / count,
        changed_random=changed_random / count,
    )


def _answer(quiz: Quiz, prompt: str, neurons: Sequence[Neuron]) -> int:
    tokens = quiz.subject.encode([prompt])
    return int(quiz.subject.last_logits(tokens, knock_out(quiz.subject, neurons)).argmax())


def _others(fired: Sequence[Neuron], width: int, draws: np.random.Generator) -> tuple[Neuron, ...]:
    """As many neurons of each layer that did not fire, or all of those if there are fewer."""
    chosen: list[Neuron] = []
    for layer in sorted({place.layer for place in fired}):
        units = {place.unit for place in fired if place.layer == layer}
        rest = [unit for unit in range(width) if unit not in units]
        picked = draws.permutation(rest)[: len(units)].tolist()
        chosen.extend(Neuron(layer, unit) for unit in picked)
    return tuple(chosen)
