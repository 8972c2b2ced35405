"""`Candidate`, `Prediction` and `Answer`: what a search has found and what it says in the end."""

from dataclasses import dataclass
from enum import StrEnum

from peirce.agent.calibration import Signs
from peirce.agent.proposal import Proposal
from peirce.tasks.values import Value
from peirce.verifiers.evidence import Evidence
from peirce.verifiers.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A proposal that has been verified."""

    proposal: Proposal
    verdict: Verdict
    evidence: Evidence

    @property
    def digest(self) -> str:
        """Identity: the digest of the program."""
        return self.proposal.program.digest

    @property
    def fits(self) -> bool:
        """True if it is a rule, and reproduces every train example whenever it is run."""
        return self.verdict.fits and not self.proposal.transductive


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One possible output for one test input."""

    value: Value
    probability: float
    """Calibrated belief that this value is right, 0 to 1."""
    support: tuple[str, ...]
    """Digests of the candidates that predict it, likeliest first."""


class Stop(StrEnum):
    """Why a search ended."""

    SETTLED = "settled"
    """Nothing that could still be found in the budget would overturn the answer."""
    EXHAUSTED = "exhausted"
    """Every proposer had said all it had to say."""
    BUDGET = "budget"
    """Seconds, programs or tokens were spent."""
    INTERRUPTED = "interrupted"
    """The caller asked to stop; this is the best answer so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a search has used."""

    seconds: float
    """Wall clock."""
    cpu_seconds: float
    """CPU of this process and of all programs it ran."""
    programs: int
    """Distinct programs verified."""
    tokens: int = 0
    """Tokens written by a language model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How rules that were sought without one of the examples fared on that example."""

    tried: int
    """Examples left out, one at a time."""
    confirmed: int
    """How many of them the rule found without them explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What Peirce says in the end: predictions, how sure, and why."""

    predictions: tuple[tuple[Prediction, ...], ...]
    """For each test input the predictions, likeliest first; empty where none was found."""
    candidates: tuple[Candidate, ...]
    """The verified candidates behind the answer, likeliest first; near misses if none fits."""
    verified: bool
    """True if the leading candidate reproduces every train example."""
    probability: float
    """Calibrated belief that the first predictions are all right, 0 to 1."""
    signs: Signs | None
    """What that belief rests on; None where no program fits every train example."""
    why: str
    """The reason for that belief, in words."""
    stop: Stop
    spent: Spent

    @property
    def best(self) -> Candidate | None:
        """The leading candidate, if there is any."""
        return self.candidates[0] if self.candidates else None

    @property
    def rule(self) -> str:
        """The leading rule in words; empty if none was found."""
        return self.best.proposal.hypothesis.words if self.best else ""

    @property
    def program(self) -> str:
        """Source of the leading program; empty if none was found."""
        return self.best.proposal.program.source if self.best else ""
