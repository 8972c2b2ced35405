"""The inbox between proposers and workers."""

import asyncio

from peirce.agent.inbox import Inbox
from peirce.agent.proposal import Hypothesis, Proposal
from peirce.verifiers.program import Program


def proposal(number: int) -> Proposal:
    return Proposal(
        hypothesis=Hypothesis(words=f"rule {number}"),
        program=Program(source=f"def transform(x):\n    return {number}\n"),
        origin="test",
    )


async def read_all(inbox: Inbox[Proposal]) -> list[str]:
    return [item.hypothesis.words async for item in inbox]


def test_every_proposal_of_every_source_is_read_once():
    async def run() -> list[str]:
        inbox = Inbox[Proposal](limit=2)

        async def write(start: int) -> None:
            with inbox.source():
                for number in range(start, start + 5):
                    await inbox.offer(proposal(number))

        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            group.create_task(write(0))
            group.create_task(write(5))
            readers = [group.create_task(read_all(inbox)) for _ in range(3)]
        return [words for reader in readers for words in reader.result()]

    assert sorted(asyncio.run(run())) == sorted(f"rule {number}" for number in range(10))


def test_a_worker_may_add_work_while_no_other_source_is_left():
    async def run() -> int:
        inbox = Inbox[Proposal](limit=1)
        count = 0
        with inbox.source():
            await inbox.offer(proposal(0))
        async with asyncio.timeout(5):
            async for _ in inbox:
                count += 1
                if count < 4:
                    inbox.push(proposal(count))
        return count

    assert asyncio.run(run()) == 4


def test_offer_waits_while_the_inbox_is_full():
    async def run() -> bool:
        inbox = Inbox[Proposal](limit=1)
        with inbox.source():
            await inbox.offer(proposal(0))
            second = asyncio.create_task(inbox.offer(proposal(1)))
            await asyncio.sleep(0)
            waiting = not second.done()
            reader = aiter(inbox)
            await anext(reader)
            async with asyncio.timeout(5):
                await second
            return waiting

    assert asyncio.run(run())
