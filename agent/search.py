"""The loop: propose, compile, verify, refine, corroborate, weigh.

Proposers run side by side and stream into one inbox; workers verify from the first program on, so
that thinking and checking overlap. Whatever ends the search, what was found so far is weighed into
an answer.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, Protocol

from peirce.agent.candidate import Answer, Candidate, Stop
from peirce.agent.corroborate import corroborate
from peirce.agent.inbox import Inbox
from peirce.agent.inquiry import Inquiry
from peirce.agent.judging import judge
from peirce.agent.proposal import Proposal
from peirce.agent.settling import settled
from peirce.agent.trace import Failed, Sink, Used, unheard
from peirce.agent.traced import answered, judged, proposed
from peirce.agent.weigh import weigh
from peirce.tasks.errors import PeirceError
from peirce.verifiers.verify import Runs

LOOK_SECONDS: Final = 0.02
"""How often the loop looks whether there is a reason to stop."""


class Proposer(Protocol):
    """Who guesses rules, and who mends those that fail."""

    @property
    def name(self) -> str:
        """What people call it: `symbolic`, `llm`."""
        ...

    def propose(self, inquiry: Inquiry) -> AsyncIterator[Proposal]:
        """Yield proposals, likeliest first; may read the inquiry's candidates meanwhile."""
        ...

    def refine(self, inquiry: Inquiry, candidate: Candidate) -> Iterable[Proposal]:
        """Repairs of a candidate that does not fit, cheap ones only; often none."""
        ...


async def search(
    inquiry: Inquiry,
    proposers: Sequence[Proposer],
    sandbox: Runs,
    *,
    tell: Sink,
    stop: asyncio.Event,
    workers: int = 1,
) -> Answer:
    """Look for rules that explain the inquiry's task until there is no point in going on.

    Args:
        inquiry: the task, its budget and the candidates so far (usually none).
        proposers: who guesses; all run side by side.
        sandbox: where programs run.
        tell: receives every event as it happens.
        stop: set it at any moment to get the best answer so far.
        workers: programs verified at the same time.
    """
    inbox = Inbox[Proposal](limit=4 * workers)
    inquiry.tell = tell

    async def propose(proposer: Proposer) -> None:
        with inbox.source():
            try:
                async for proposal in proposer.propose(inquiry):
                    await inbox.offer(proposal)
            except PeirceError as error:
                tell(Failed(origin=proposer.name, message=str(error)))

    async def work() -> None:
        async for proposal in inbox:
            if inquiry.spent_out():
                return
            if not inquiry.claim(proposal.program):
                continue
            tell(proposed(proposal))
            candidate = await judge(proposal, inquiry.task, sandbox)
            inquiry.add(candidate)
            tell(judged(candidate))
            for repair in _refine(proposers, inquiry, candidate):
                inbox.push(repair)

    thinking = [asyncio.create_task(propose(proposer)) for proposer in proposers]
    judging = [asyncio.create_task(work()) for _ in range(workers)]
    try:
        reason = await _end(inquiry, thinking, judging, stop)
    finally:
        for task in (*thinking, *judging):
            task.cancel()
        await asyncio.gather(*thinking, *judging, return_exceptions=True)
    return await _conclude(inquiry, reason, proposers, sandbox, tell=tell, stop=stop)


async def _conclude(
    inquiry: Inquiry,
    reason: Stop,
    proposers: Sequence[Proposer],
    sandbox: Runs,
    *,
    tell: Sink,
    stop: asyncio.Event,
) -> Answer:
    """Look again at the leading candidates and weigh all of them into the answer."""
    for name, words in inquiry.used.items():
        tell(Used(origin=name, words=words))
    leading = weigh(inquiry, reason).candidates
    # Searches within a search are not traced: what came of them is.
    again = partial(search, proposers=proposers, sandbox=sandbox, tell=unheard, stop=stop)
    await corroborate(inquiry, leading, sandbox, again=again, tell=tell, stop=stop)
    answer = weigh(inquiry, reason)
    tell(answered(answer))
    return answer


def _refine(
    proposers: Sequence[Proposer], inquiry: Inquiry, candidate: Candidate
) -> Iterator[Proposal]:
    """What the proposers can make of a candidate that does not fit."""
    if candidate.verdict.fits or candidate.proposal.transductive:
        return
    for proposer in proposers:
        yield from proposer.refine(inquiry, candidate)


async def _end(
    inquiry: Inquiry,
    thinking: Sequence[asyncio.Task[None]],
    judging: Sequence[asyncio.Task[None]],
    stop: asyncio.Event,
) -> Stop:
    """Wait until there is a reason to stop; a bug in a proposer or worker is raised here."""
    while True:
        await asyncio.wait(judging, timeout=LOOK_SECONDS)
        for task in (*thinking, *judging):
            if task.done():
                task.result()
        if stop.is_set():
            return Stop.INTERRUPTED
        if all(task.done() for task in judging):
            return Stop.BUDGET if inquiry.spent_out() else Stop.EXHAUSTED
        if inquiry.out_of_time():
            return Stop.BUDGET
        if settled(inquiry):
            return Stop.SETTLED
