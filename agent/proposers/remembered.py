"""`Remembered`: rules that were found before, proposed again ahead of new ones."""

from collections.abc import AsyncIterator, Iterable, Sequence

from peirce.agent.candidate import Candidate
from peirce.agent.inquiry import Inquiry
from peirce.agent.proposal import Proposal


class Remembered:
    """A proposer that says again what an earlier search of a like task has found."""

    name = "remembered"

    def __init__(self, found: Sequence[Candidate]) -> None:
        self._proposals = tuple(candidate.proposal for candidate in found)

    async def propose(self, inquiry: Inquiry) -> AsyncIterator[Proposal]:
        """Yield the proposals in their order."""
        for proposal in self._proposals:
            yield proposal

    def refine(self, inquiry: Inquiry, candidate: Candidate) -> Iterable[Proposal]:
        """Leave mending to the others."""
        return ()
