"""`ModelClient`: samples from any OpenAI-compatible server, and survives what servers do.

Retries are ours (the library's are off, since they hide a dead engine): refused connections, time
outs, 429 and 5xx are tried again with growing waits; a server that keeps failing is given up for
good, and every later request fails at once with the same words. Several samples go out as one
request, so that the server computes the prompt once; a server that answers with fewer is asked
again for the rest.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Final

import httpx2
import openai
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from openai.types.chat.chat_completion import Choice
from openai.types.shared_params import ResponseFormatJSONSchema

from peirce.agent.models.cache import Cache
from peirce.agent.models.request import Completion, Finish, Message, Request
from peirce.tasks.errors import ModelError

TRIES: Final = 5
"""Attempts at one request before the server is given up."""
FIRST_WAIT: Final = 0.5
"""Seconds before the second attempt; doubled each time, with jitter."""
LONGEST_WAIT: Final = 30.0
"""Seconds; also the longest `Retry-After` that is obeyed."""
ROUNDS: Final = 8
"""Requests made for one set of samples when the server answers with fewer than asked."""


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
            timeout: seconds one request may take.
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
            http_client=httpx2.AsyncClient(transport=transport, timeout=timeout),
        )

    async def sample(self, request: Request) -> AsyncIterator[Completion]:
        """Yield the completions of a request, from the cache first.

        Raises:
            ModelError: the server is gone, does not know the model, or refuses the request.
        """
        digest = request.digest(model=self.model, base_url=self.base_url)
        known = self._cache.read(digest, request.samples) if self._cache else []
        for completion in known:
            yield completion
        done = len(known)
        for _ in range(ROUNDS):
            if done >= request.samples:
                return
            for completion in await self._ask(request, request.samples - done):
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

    async def _ask(self, request: Request, samples: int) -> list[Completion]:
        wait, reason = self._first_wait, ""
        for attempt in range(1, TRIES + 1):
            if self._given_up:
                raise ModelError(self._given_up)
            try:
                async with self._limit:
                    return _completions(await self._send(request, samples))
            except openai.APIStatusError as error:
                if error.status_code not in {408, 409, 429} and error.status_code < 500:
                    raise ModelError(self._explain(error)) from error
                wait, reason = max(wait, _retry_after(error)), self._explain(error)
            except (openai.APIError, httpx2.HTTPError, ValueError) as error:
                reason = self._unreachable(error)
            if attempt < TRIES:
                await asyncio.sleep(min(LONGEST_WAIT, wait) * random.uniform(0.7, 1.3))
                wait *= 2
        self._given_up = f"{reason} (given up after {TRIES} attempts)"
        raise ModelError(self._given_up)

    async def _send(self, request: Request, samples: int) -> ChatCompletion:
        return await self._openai.chat.completions.create(
            model=self.model,
            messages=[_message(message) for message in request.messages],
            n=samples,
            temperature=request.temperature,
            max_tokens=request.max_tokens,
            response_format=_format(request) if request.schema else openai.omit,
        )

    def _explain(self, error: openai.APIStatusError) -> str:
        return f"{self.base_url} answered {error.status_code}: {str(error.message)[:300]}"

    def _unreachable(self, error: Exception) -> str:
        return (
            f"{self.base_url} cannot be used: {type(error).__name__}: {str(error)[:200]}; "
            "is the model server running (`peirce serve-model MODEL`)?"
        )


def _message(message: Message) -> ChatCompletionMessageParam:
    if message.role == "system":
        return {"role": "system", "content": message.content}
    if message.role == "assistant":
        return {"role": "assistant", "content": message.content}
    return {"role": "user", "content": message.content}


def _format(request: Request) -> ResponseFormatJSONSchema:
    assert request.schema is not None
    return {
        "type": "json_schema",
        "json_schema": {
            "name": request.schema.__name__,
            "schema": request.schema.model_json_schema(),
            "strict": True,
        },
    }


def _completions(reply: object) -> list[Completion]:
    """Read a reply that may lack anything, or be something else altogether.

    Raises:
        ValueError: it is no completion, or holds no choices.
    """
    if not isinstance(reply, ChatCompletion) or not reply.choices:
        raise ValueError("the reply holds no choices")
    choices: list[Choice] = list(reply.choices)
    usage = reply.usage
    texts = [choice.message.content or "" for choice in choices]
    lengths = [max(1, len(text) // 4) for text in texts]
    total = usage.completion_tokens if usage else sum(lengths)
    shares = [total * length // sum(lengths) for length in lengths]
    shares[0] += total - sum(shares)
    return [
        Completion(
            text=text,
            finish=_finish(choice),
            prompt_tokens=usage.prompt_tokens if usage and index == 0 else 0,
            tokens=shares[index],
        )
        for index, (choice, text) in enumerate(zip(choices, texts, strict=True))
    ]


def _finish(choice: Choice) -> Finish:
    if choice.message.refusal or choice.finish_reason == "content_filter":
        return Finish.REFUSED
    return Finish.LENGTH if choice.finish_reason == "length" else Finish.STOP


def _retry_after(error: openai.APIStatusError) -> float:
    try:
        return float(error.response.headers.get("retry-after", "0"))
    except ValueError:
        return 0.0
