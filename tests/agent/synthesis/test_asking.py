"""Translation and answers by a scripted model, checked by real interpreters."""

import json

import pytest
from tests.agent.models.conftest import Script, Server, completion, failure, in_turn
from tests.verifiers.prototypes.conftest import Interpreters, interpreters

from peirce.agent.models.client import ModelClient
from peirce.agent.prompts import Prompts
from peirce.agent.synthesis.asking import Asker, answer_puzzle, translate
from peirce.prototypes.prototype import Prototype
from peirce.prototypes.puzzles.reading import read_puzzle
from peirce.tasks.errors import ModelError
from peirce.verifiers.prototypes.prolog import Proved
from peirce.verifiers.prototypes.puzzles import Solved
from peirce.verifiers.prototypes.ruling import Refusal

__all__ = ["interpreters"]
PROBLEM = "Ann is older than Bea, Bea is older than Cy. Who is the oldest?"
RIGHT = "older(ann, bea). older(bea, cy). answer(X) :- older(X, _), \\+ older(_, X)."
OTHER = "older(ann, bea). older(bea, cy). answer(X) :- older(_, X), \\+ older(X, _)."
PUZZLE = read_puzzle("def sat(x: int, n=1000003): return x > n and x % 7 == 0")


def reply(program: str, answer_type: str = "str") -> str:
    return json.dumps({"program": program, "answer_type": answer_type})


def translated(
    script: Script, bench: Interpreters, samples: int = 3
) -> tuple[Prototype, Proved] | Refusal:
    async def run() -> tuple[Prototype, Proved] | Refusal:
        server = Server(script)
        client = ModelClient(
            model="m", base_url="http://test/v1", transport=server.transport, first_wait=0.001
        )
        try:
            asker = Asker(client=client, prompts=Prompts(), samples=samples)
            return await translate("ages", PROBLEM, asker, bench.sandbox)
        finally:
            await client.close()

    return bench.run(run())


def test_a_translation_counts_if_most_translations_have_its_answer(interpreters: Interpreters):
    fenced = f"Here it is:\n```json\n{reply(RIGHT + ' % twice')}\n```"
    script = in_turn(completion(reply(RIGHT), reply(OTHER), fenced))
    found = translated(script, interpreters)
    assert isinstance(found, tuple), found
    prototype, proved = found
    assert proved.answer == "ann"
    assert (prototype.provenance, prototype.words) == ("m", PROBLEM)
    assert prototype.difficulty.inferences == proved.inferences > 0


@pytest.mark.parametrize(
    ("replies", "check"),
    [
        ([reply(RIGHT), reply(OTHER), "no"], "agreement"),
        ([reply(RIGHT), "no", "{}"], "agreement"),
        (["no", "{}", '{"program": 1}'], "reply"),
        ([reply("answer(X) :- shell(ls, X).")] * 3, "runs"),
        ([reply("answer(a). answer(b).")] * 3, "unique"),
        ([reply("answer(3).", "str")] * 3, "answer"),
        ([reply("answer(3).", "dict")] * 3, "reply"),
        ([reply("answer(3)", "int")] * 3, "reads"),
    ],
)
def test_what_no_interpreter_bears_out_is_refused(
    replies: list[str], check: str, interpreters: Interpreters
):
    found = translated(in_turn(completion(*replies)), interpreters)
    assert isinstance(found, Refusal)
    assert found.check == check, found


def test_a_model_that_is_gone_is_an_error(interpreters: Interpreters):
    with pytest.raises(ModelError):
        translated(in_turn(failure(401)), interpreters)


@pytest.mark.parametrize(
    ("replies", "answer"),
    [
        (['{"answer": 7}', '{"answer": 1000006}'], 1000006),
        (['{"answer": "1000006"}', "7"], None),
        (["I do not know", ""], None),
    ],
)
def test_an_answer_counts_if_the_puzzle_accepts_it(
    replies: list[str], answer: int | None, interpreters: Interpreters
):
    async def run() -> Solved | Refusal:
        server = Server(in_turn(completion(*replies)))
        client = ModelClient(model="m", base_url="http://test/v1", transport=server.transport)
        try:
            asker = Asker(client=client, prompts=Prompts(), samples=2)
            found = await answer_puzzle(PUZZLE, asker, interpreters.sandbox)
        finally:
            await client.close()
        assert "n=1000003" in json.dumps(server.requests)
        return found

    found = interpreters.run(run())
    assert (found.answer if isinstance(found, Solved) else None) == answer
