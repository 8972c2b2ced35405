"""A scripted model server at the edge of the protocol."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import httpx2

Reply: TypeAlias = httpx2.Response | Exception
Script: TypeAlias = Callable[[dict[str, object]], Reply]


def completion(*texts: str, finish: str = "stop", refusal: str | None = None) -> httpx2.Response:
    """What an OpenAI-compatible server answers."""
    choices = [
        {
            "index": index,
            "finish_reason": finish,
            "message": {"role": "assistant", "content": text, "refusal": refusal},
        }
        for index, text in enumerate(texts)
    ]
    body = {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": choices,
        "usage": {
            "prompt_tokens": 10,
            "completion_tokens": 5 * len(texts),
            "total_tokens": 10 + 5 * len(texts),
        },
    }
    return httpx2.Response(200, json=body)


@dataclass
class Events(httpx2.AsyncByteStream):
    """The body of a streamed reply: texts as events, things to wait for, a fault to end with."""

    parts: Sequence[str | Callable[[], Awaitable[object]] | Exception]
    closed: bool = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            if isinstance(part, Exception):
                raise part
            if isinstance(part, str):
                yield f"data: {part}\n\n".encode()
            else:
                await part()

    async def aclose(self) -> None:
        self.closed = True


def piece(index: int, text: str, finish: str | None = None) -> str:
    """An event that carries a sample on, or to its end."""
    choice = {"index": index, "delta": {"content": text}, "finish_reason": finish}
    return json.dumps({"id": "x", "object": "chat.completion.chunk", "choices": [choice]})


def counted(tokens: int) -> str:
    """The event that says how many tokens were written in all."""
    usage = {"prompt_tokens": 10, "completion_tokens": tokens, "total_tokens": 10 + tokens}
    return json.dumps({"id": "x", "object": "chat.completion.chunk", "choices": [], "usage": usage})


def stream(*parts: str | Callable[[], Awaitable[object]] | Exception) -> httpx2.Response:
    """A reply that comes in as server-sent events."""
    return streaming(Events(parts))


def streaming(events: Events) -> httpx2.Response:
    """A reply with these events, which know afterwards whether they were closed."""
    headers = {"content-type": "text/event-stream; charset=utf-8"}
    return httpx2.Response(200, headers=headers, stream=events)


def failure(status: int, message: str = "", **headers: str) -> httpx2.Response:
    """An error as servers send it."""
    words = message or f"status {status}"
    body = {"error": {"message": words, "type": "x", "code": status}}
    return httpx2.Response(status, json=body, headers=headers)


@dataclass
class Server:
    """Answers `/models` with the model `m` and everything else by a script."""

    script: Script
    requests: list[dict[str, object]] = field(default_factory=list[dict[str, object]])

    @property
    def transport(self) -> httpx2.MockTransport:
        """To be given to the client."""
        return httpx2.MockTransport(self._answer)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/models"):
            model = {"id": "m", "object": "model", "created": 0, "owned_by": "x"}
            return httpx2.Response(200, json={"object": "list", "data": [model]})
        body: dict[str, object] = json.loads(request.content)
        self.requests.append(body)
        reply = self.script(body)
        if isinstance(reply, Exception):
            raise reply
        return reply


def in_turn(*replies: Reply) -> Script:
    """Give these replies one after another, the last one for ever."""
    left = list(replies)

    def script(body: dict[str, object]) -> Reply:
        return left.pop(0) if len(left) > 1 else left[0]

    return script
