"""The model client against everything servers do."""

import asyncio
from pathlib import Path

import httpx2
import pytest
from tests.agent.models.conftest import Script, Server, completion, failure, in_turn

from peirce.agent.models.cache import Cache, CacheMode
from peirce.agent.models.client import TRIES, ModelClient
from peirce.agent.models.request import Completion, Finish, Message, Request
from peirce.agent.proposers.llm.replies import RulesReply
from peirce.tasks.errors import ConfigError, ModelError

JSON_TYPE = {"content-type": "application/json"}
ASK = Request(messages=(Message(role="user", content="hello"),), samples=2)


def sample(script: Script, request: Request = ASK, cache: Cache | None = None):
    """Completions and the requests that were made for them."""
    server = Server(script)

    async def run() -> list[Completion]:
        client = ModelClient(
            model="m",
            base_url="http://test/v1",
            transport=server.transport,
            cache=cache,
            first_wait=0.001,
        )
        try:
            async with asyncio.timeout(10):
                return [found async for found in client.sample(request)]
        finally:
            await client.close()

    return asyncio.run(run()), server.requests


def test_several_samples_go_out_as_one_request():
    found, requests = sample(in_turn(completion("a", "b")))
    assert [one.text for one in found] == ["a", "b"]
    assert [request["n"] for request in requests] == [2]
    assert sum(one.tokens for one in found) == 10


def test_a_server_that_answers_with_fewer_samples_is_asked_for_the_rest():
    found, requests = sample(in_turn(completion("a"), completion("b")))
    assert [one.text for one in found] == ["a", "b"]
    assert [request["n"] for request in requests] == [2, 1]


@pytest.mark.parametrize(
    "fault",
    [
        failure(429, **{"retry-after": "0.001"}),
        failure(429, **{"retry-after": "soon"}),
        failure(500),
        failure(503),
        httpx2.ConnectError("refused"),
        httpx2.ReadTimeout("too slow"),
        completion(),
        httpx2.Response(200, text='{"id": "x", "choices": [{"mess'),
        httpx2.Response(200, content=b'{"id": "x", "cho', headers=JSON_TYPE),
        httpx2.Response(200, text="<html>busy</html>"),
    ],
    ids=[
        "429",
        "429 odd",
        "500",
        "503",
        "refused",
        "timeout",
        "no choices",
        "cut off",
        "cut off JSON",
        "html",
    ],
)
def test_a_passing_fault_is_tried_again(fault: httpx2.Response | Exception):
    found, requests = sample(in_turn(fault, completion("a", "b")))
    assert [one.text for one in found] == ["a", "b"]
    assert len(requests) == 2


def test_a_dead_server_is_given_up_and_every_later_request_fails_at_once():
    server = Server(in_turn(httpx2.ConnectError("refused")))

    async def run() -> list[str]:
        client = ModelClient(
            model="m", base_url="http://test/v1", transport=server.transport, first_wait=0.001
        )
        words: list[str] = []
        for _ in range(2):
            with pytest.raises(ModelError) as caught:
                async for _ in client.sample(ASK):
                    pass
            words.append(str(caught.value))
        await client.close()
        return words

    first, second = asyncio.run(run())
    assert len(server.requests) == TRIES
    assert first == second
    assert "is the model server running" in first


@pytest.mark.parametrize("status", [400, 401, 404, 422])
def test_a_refused_request_is_not_repeated_and_says_why(status: int):
    with pytest.raises(ModelError, match=f"answered {status}: .*status {status}"):
        sample(in_turn(failure(status)))


def test_a_wrong_model_name_is_answered_with_the_names_that_are_served():
    async def run() -> None:
        server = Server(in_turn(completion("a")))
        client = ModelClient(model="other", base_url="http://test/v1", transport=server.transport)
        try:
            await client.check()
        finally:
            await client.close()

    with pytest.raises(ModelError, match="does not serve the model 'other'; it serves: m"):
        asyncio.run(run())


def test_refusals_and_cut_off_answers_are_told_apart():
    found, _ = sample(in_turn(completion("", "", refusal="no")))
    assert {one.finish for one in found} == {Finish.REFUSED}
    found, _ = sample(in_turn(completion("   " * 50, "x", finish="length")))
    assert {one.finish for one in found} == {Finish.LENGTH}


def test_a_schema_goes_out_as_response_format():
    request = Request(messages=ASK.messages, schema=RulesReply)
    _, requests = sample(in_turn(completion("{}")), request)
    (sent,) = requests
    assert "RulesReply" in str(sent["response_format"])


def test_the_cache_answers_sample_by_sample_and_asks_only_for_the_rest(tmp_path: Path):
    cache = Cache(tmp_path / "deep" / "cache.sqlite", CacheMode.WRITE)
    first, _ = sample(in_turn(completion("a", "b")), cache=cache)
    more = Request(messages=ASK.messages, samples=3)
    found, requests = sample(in_turn(completion("c")), more, cache)
    assert [one.text for one in found] == ["a", "b", "c"]
    assert [one.cached for one in found] == [True, True, False]
    assert [request["n"] for request in requests] == [1]
    assert [one.text for one in first] == ["a", "b"]
    hotter = Request(messages=ASK.messages, samples=2, temperature=0.2)
    _, requests = sample(in_turn(completion("d", "e")), hotter, cache)
    assert len(requests) == 1
    cache.close()


def test_a_read_only_cache_keeps_nothing(tmp_path: Path):
    path = tmp_path / "cache.sqlite"
    cache = Cache(path, CacheMode.READ)
    sample(in_turn(completion("a", "b")), cache=cache)
    assert not path.exists()


def test_a_file_that_is_no_cache_is_named(tmp_path: Path):
    path = tmp_path / "cache.sqlite"
    path.write_text("this is no database, whatever it is called " * 20, encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be used as response cache"):
        Cache(path, CacheMode.WRITE)
