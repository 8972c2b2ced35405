"""`ModelClient`: samples from any OpenAI-compatible server, and survives what servers do.

Retries are ours (the library's are off, since they hide a dead engine): refused connections, time
outs, 429 and 5xx are tried again with growing waits; a server that keeps failing is given up for
good, and every later request fails at once with the same words. Several samples go out as one
request, so that the server computes the prompt once, and each is handed on when it is finished; a
server that answers with fewer is asked again for the rest, and from then on sample by sample.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Final

import httpx2
import openai

from peirce.agent.inbox import Inbox, side_by_side
from peirce.agent.models.cache import Cache
from peirce.agent.models.request import Completion, Request
from peirce.agent.models.wire import Wire
from peirce.tasks.errors import ModelError

TRIES: Final = 5
"""Attempts at one request before the server is given up."""
FIRST_WAIT: Final = 0.5
"""Seconds before the second attempt; doubled each time, with jitter."""
LONGEST_WAIT: Final = 30.0
"""Seconds; also the longest `Retry-After` that is obeyed."""


class ModelClient:
    """One model on one server."""

    def __init__(
        self,
        *,
        model: str,
        base_url: str,
        api_key: str = "none",
        concurrency: int = 32,
        timeout: float = 300.0,
        cache: Cache | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        first_wait: float = FIRST_WAIT,
    ) -> None:
        """Prepare a client; nothing is sent yet.

        Args:
            model: the name the server knows the model by.
            base_url: the server's OpenAI-compatible root, as `http://localhost:8000/v1`.
            api_key: sent as bearer token.
            concurrency: requests under way at once.
            timeout: seconds the server may be silent in the middle of a request.
            cache: where answers are kept.
            transport: replaces the network, for tests.
            first_wait: seconds before the first retry.
        """
        self.model = model
        self.base_url = base_url
        self._limit = asyncio.Semaphore(concurrency)
        self._cache = cache
        self._first_wait = first_wait
        self._given_up = ""
        self._openai = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=api_key,
            max_retries=0,
            timeout=timeout,
            http_client=httpx2.AsyncClient(
                transport=transport,
                timeout=timeout,
                # Ours is the one limiter: the library's own would count waiting as a time out.
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=concurrency),
            ),
        )
        self._wire = Wire(self._openai, model)
        self._one_by_one = False

    async def sample(self, request: Request) -> AsyncGenerator[Completion]:
        """Yield the completions of a request as they are finished, those in the cache first.

        Leaving the generator early closes its requests.

        Raises:
            ModelError: the server is gone, does not know the model, or refuses the request.
        """
        digest = request.digest(model=self.model, base_url=self.base_url)
        known = self._cache.read(digest, request.samples) if self._cache else []
        for completion in known:
            yield completion
        done = len(known)
        while done < request.samples:
            left = request.samples - done
            inbox = Inbox[Completion](limit=left)
            counts = [1] * left if self._one_by_one else [left]
            works = [self._ask(request, count, inbox.push) for count in counts]
            async with aclosing(side_by_side(inbox, works)) as found:
                async for completion in found:
                    if self._cache:
                        self._cache.write(digest, done, completion)
                    done += 1
                    yield completion

    async def check(self) -> None:
        """Make sure that the server answers and knows the model.

        Raises:
            ModelError: it does not; the message names the models it does know.
        """
        try:
            served = [model.id async for model in await self._openai.models.list()]
        except openai.APIStatusError as error:
            raise ModelError(self._explain(error)) from error
        except (openai.APIError, httpx2.HTTPError) as error:
            raise ModelError(self._unreachable(error)) from error
        if self.model not in served:
            names = ", ".join(served[:5]) or "none"
            raise ModelError(
                f"{self.base_url} does not serve the model {self.model!r}; it serves: {names}"
            )

    async def close(self) -> None:
        """Close the connections."""
        await self._openai.close()

    async def _ask(
        self, request: Request, count: int, finished: Callable[[Completion], None]
    ) -> None:
        """Ask until the server has answered, perhaps with fewer samples than wanted."""
        wait, failures, left = self._first_wait, 0, count
        while left > 0:
            if self._given_up:
                raise ModelError(self._given_up)
            before = left
            try:
                async with self._limit, aclosing(self._wire.samples(request, left)) as found:
                    async for completion in found:
                        finished(completion)
                        left -= 1
                self._one_by_one = self._one_by_one or left > 0
                return
            except openai.APIStatusError as error:
                if error.status_code not in {408, 409, 429} and error.status_code < 500:
                    raise ModelError(self._explain(error)) from error
                wait, reason = max(wait, _retry_after(error)), self._explain(error)
            except (openai.APIError, httpx2.HTTPError, ValueError) as error:
                reason = self._unreachable(error)
            if left < before:
                wait, failures = self._first_wait, 0
            failures += 1
            if failures == TRIES:
                self._given_up = f"{reason} (given up after {TRIES} attempts)"
                raise ModelError(self._given_up)
            await asyncio.sleep(min(LONGEST_WAIT, wait) * random.uniform(0.7, 1.3))
            wait *= 2

    def _explain(self, error: openai.APIStatusError) -> str:
        return f"{self.base_url} answered {error.status_code}: {str(error.message)[:300]}"

    def _unreachable(self, error: Exception) -> str:
        return (
            f"{self.base_url} cannot be used: {type(error).__name__}: {str(error)[:200]}; "
            "is the model server running (`peirce serve-model MODEL`)?"
        )


def _retry_after(error: openai.APIStatusError) -> float:
    try:
        return float(error.response.headers.get("retry-after", "0"))
    except ValueError:
        return 0.0
