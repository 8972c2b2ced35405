"""`LlmProposer`: rules in words, then programs, then refinement of what failed.

Hypothesis Search (Wang et al. 2023) with iterated refinement (Qiu et al. 2023): many hypotheses at
several levels of abstraction are narrowed to few, each written as several programs; beside them
come direct programs and direct answers. Everything streams into verification at once; failed
programs go back with what went wrong until the tokens are spent.
"""

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

from peirce.agent.candidate import Candidate
from peirce.agent.inbox import Inbox, side_by_side
from peirce.agent.inquiry import Inquiry
from peirce.agent.models.client import ModelClient
from peirce.agent.prompts import Prompts
from peirce.agent.proposal import Proposal
from peirce.agent.proposers.llm.analogies import analogies
from peirce.agent.proposers.llm.conversation import Conversation
from peirce.agent.proposers.llm.form import form_for
from peirce.agent.proposers.llm.plan import Plan, Select
from peirce.agent.proposers.llm.views import views_for
from peirce.prototypes.library import Library

UNREAD = 1_000
"""Proposals that may wait for verification before asking pauses: tokens run out long before."""


class LlmProposer:
    """Guesses rules by asking a language model."""

    def __init__(
        self,
        client: ModelClient,
        *,
        plan: Plan | None = None,
        prompts: Prompts | None = None,
        select: Select | None = None,
        library: Library | None = None,
    ) -> None:
        """Ask `client` by `plan`.

        Args:
            client: the model.
            plan: how tokens are spread.
            prompts: what is asked, in words.
            select: lets a person pick; needed where the plan says `ask`.
            library: learned rules to show as worked examples.
        """
        self._client = client
        self._plan = plan or Plan()
        self._prompts = prompts or Prompts()
        self._select = select
        self._library = library

    @property
    def name(self) -> str:
        """`llm`."""
        return "llm"

    async def propose(self, inquiry: Inquiry) -> AsyncGenerator[Proposal]:
        """Yield proposals as completions come in, until the plan or the tokens are spent.

        Raises:
            ModelError: the server cannot be used; what came before has been yielded.
        """
        client = self._client
        prompts = f"prompts {self._prompts.digest[:12]}"
        inquiry.used[self.name] = f"{client.model} at {client.base_url}, {prompts}"
        await client.check()
        inbox = Inbox[Proposal](limit=UNREAD)
        talk = Conversation(
            client=client,
            plan=self._plan,
            prompts=self._prompts,
            select=self._select,
            inquiry=inquiry,
            inbox=inbox,
            form=form_for(inquiry.task),
            analogies=analogies(self._library, inquiry.task),
        )
        views = views_for(inquiry.task)
        works = [talk.guess_and_write(views)]
        works += [talk.refine() for _ in range(self._plan.refining)]
        works += [talk.write(None, view) for view in views]
        works.append(talk.answer_directly())
        async with aclosing(side_by_side(inbox, works)) as found:
            async for proposal in found:
                yield proposal

    def refine(self, inquiry: Inquiry, candidate: Candidate) -> Iterator[Proposal]:
        """Nothing: refinements by a model are chosen across all candidates, in `propose`."""
        return iter(())
