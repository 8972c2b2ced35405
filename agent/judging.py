"""Judging: a proposal becomes a candidate, wherever proposals come from."""

from peirce.agent.candidate import Candidate
from peirce.agent.proposal import Proposal
from peirce.tasks.task import Task
from peirce.verifiers.evidence import gather
from peirce.verifiers.verify import Runs, verify


async def judge(proposal: Proposal, task: Task, sandbox: Runs) -> Candidate:
    """Verify a proposal's program and gather what speaks for or against it."""
    verdict = await verify(proposal.program, task, sandbox)
    evidence = gather(proposal.program, verdict, task)
    return Candidate(proposal=proposal, verdict=verdict, evidence=evidence)
