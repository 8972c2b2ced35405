"""Which failed program to refine next: a bandit that balances promise against neglect.

Each candidate's chance of being worth a refinement is Beta distributed, raised by how near it came
and lowered by each try; the largest draw wins. (Thompson sampling as in REx, Tang et al. 2024, Code
Repair with LLMs gives an Exploration-Exploitation Tradeoff, eq. 2, with C = 20.)
"""

import random
from collections import Counter
from collections.abc import Sequence

from peirce.agent.candidate import Candidate

WEIGHT = 20.0
"""How much closeness counts: C in the paper."""


def choose_parent(
    candidates: Sequence[Candidate], tries: Counter[str], rng: random.Random
) -> Candidate | None:
    """Draw the candidate to refine; None if there is none that failed."""
    best: tuple[float, Candidate] | None = None
    for candidate in candidates:
        if candidate.verdict.fits or candidate.proposal.transductive:
            continue
        near = candidate.verdict.score
        draw = rng.betavariate(
            1.0 + WEIGHT * near, 1.0 + WEIGHT * (1.0 - near) + tries[candidate.digest]
        )
        if best is None or draw > best[0]:
            best = (draw, candidate)
    return best[1] if best else None


def choose_pool(candidates: Sequence[Candidate], size: int = 3) -> list[Candidate]:
    """Partly right programs that together cover most examples, fewest first (greedy cover)."""
    partly = [found for found in candidates if any(found.verdict.passed) and not found.verdict.fits]
    covered: set[int] = set()
    pool: list[Candidate] = []
    while len(pool) < size and partly:
        best = max(partly, key=lambda found: (len(_right(found) - covered), found.verdict.score))
        if pool and not _right(best) - covered:
            break
        pool.append(best)
        covered |= _right(best)
        partly.remove(best)
    return pool if len(pool) > 1 else []


def _right(candidate: Candidate) -> set[int]:
    return {index for index, passed in enumerate(candidate.verdict.passed) if passed}
