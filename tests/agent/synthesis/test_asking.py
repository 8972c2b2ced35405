"""Translation and answers by a scripted model, checked by real interpreters."""

import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest
from scripts.loopback import Body, Message, serving
from tests.agent.models.conftest import Script, Server, completion, failure, in_turn
from tests.verifiers.prototypes.conftest import Interpreters, interpreters
from typer.testing import CliRunner

from peirce.agent.interfaces.cli import app
from peirce.agent.models.client import ModelClient
from peirce.agent.prompts import Prompts
from peirce.agent.synthesis.asking import Answered, Asker, answer_item
from peirce.agent.synthesis.item import Item
from peirce.agent.synthesis.puzzles import QUESTION
from peirce.agent.synthesis.translating import Draft, translate
from peirce.agent.synthesis.workshop import Workshop
from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.prototype import Kind
from peirce.prototypes.puzzles.reading import read_puzzle
from peirce.tasks.errors import ModelError
from peirce.verifiers.pddl.search import plan_breadth_first
from peirce.verifiers.prototypes.ruling import Refusal

__all__ = ["interpreters"]
Result = TypeVar("Result")
PROBLEM: Final = "Ann is older than Bea, Bea is older than Cy. Who is the oldest?"
RIGHT: Final = "older(ann, bea). older(bea, cy). answer(X) :- older(X, _), \\+ older(_, X)."
OTHER: Final = "older(ann, bea). older(bea, cy). answer(X) :- older(_, X), \\+ older(X, _)."
PUZZLE: Final = "def sat(x: int, n=1000003): return x > n and x % 7 == 0"
SHARING: Final = next(one for one in load_catalogue(Kind.EFA) if one.name == "sharing")
FERRY: Final = load_catalogue(Kind.PDDL)[0]


def reply(program: str, answer_type: str = "str") -> str:
    return json.dumps({"program": program, "answer_type": answer_type})


def asked(
    script: Script,
    samples: int,
    bench: Interpreters,
    work: Callable[[Asker], Coroutine[Any, Any, Result]],
) -> Result:
    async def run() -> Result:
        client = ModelClient(
            model="m",
            base_url="http://test/v1",
            transport=Server(script).transport,
            first_wait=0.001,
        )
        try:
            return await work(Asker(client=client, prompts=Prompts(), samples=samples))
        finally:
            await client.close()

    return bench.run(run())


def translated(
    kind: Kind, script: Script, bench: Interpreters, samples: int = 3, known: str = ""
) -> Item | Refusal:
    workshop = Workshop(sandbox=bench.sandbox, judge=bench.judge, planner=plan_breadth_first)
    return asked(
        script,
        samples,
        bench,
        lambda asker: translate(
            kind, Draft(name="ages", words=PROBLEM, asker=asker, known_answer=known), workshop
        ),
    )


def test_a_translation_counts_if_most_translations_have_its_answer(interpreters: Interpreters):
    fenced = f"Here it is:\n```json\n{reply(RIGHT + ' % twice')}\n```"
    script = in_turn(completion(reply(RIGHT), reply(OTHER), fenced))
    found = translated(Kind.PROLOG, script, interpreters)
    assert isinstance(found, Item), found
    assert found.answer == "ann"
    assert (found.axis, found.prototype.provenance, found.prototype.words) == (None, "m", PROBLEM)
    assert found.question.startswith(PROBLEM)
    assert found.prototype.difficulty.inferences


@pytest.mark.parametrize(
    ("replies", "check"),
    [
        ([reply(RIGHT), reply(OTHER), "no"], "agreement"),
        ([reply(RIGHT), "no", "{}"], "agreement"),
        (["no", "{}", '{"program": 1}'], "reply"),
        ([reply("answer(X) :- shell(ls, X).")] * 3, "runs"),
        ([reply("answer(a). answer(b).")] * 3, "unique"),
        ([reply("answer(3).", "str")] * 3, "answer"),
        ([reply("answer(3).", "dict")] * 3, "reads"),
        ([reply("answer(3)", "int")] * 3, "reads"),
        (['{"program":' * 5_000, "[" * 50_000, "\x00\ufffd" * 500], "reply"),
        ([reply("a. " * 200_000), reply("answer(1).", "list[" * 30), ""], "reply"),
        (['{"program": "answer(\\ud800).", "answer_type": "str"}'] * 3, "reply"),
        ([reply("answer(X) :- answer(X).", "int")] * 3, "runs"),
        ([reply(":- initialization(shell(ls)). answer(1).", "int")] * 3, "runs"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_interpreter_bears_out_is_refused(
    replies: list[str], check: str, interpreters: Interpreters
):
    found = translated(Kind.PROLOG, in_turn(completion(*replies)), interpreters)
    assert isinstance(found, Refusal)
    assert found.check == check, found


def test_a_known_answer_decides_between_translations(interpreters: Interpreters):
    script = in_turn(completion(reply(RIGHT), reply(OTHER)))
    found = translated(Kind.PROLOG, script, interpreters, samples=2, known='"cy"')
    assert isinstance(found, Refusal)
    again = in_turn(completion(reply(OTHER), reply(OTHER)))
    right = translated(Kind.PROLOG, again, interpreters, samples=2, known='"cy"')
    assert isinstance(right, Item)
    assert right.answer == "cy"


def test_a_planning_problem_is_translated_and_planned(interpreters: Interpreters):
    good = json.dumps({"domain": FERRY.source, "problem": FERRY.goal})
    bad = json.dumps({"domain": FERRY.source, "problem": "(define (problem x)"})
    found = translated(Kind.PDDL, in_turn(completion(bad, good, good)), interpreters)
    assert isinstance(found, Item), found
    assert str(found.answer).startswith("(")
    assert found.prototype.difficulty.plan_length
    refused = translated(Kind.PDDL, in_turn(completion(bad)), interpreters, samples=1)
    assert isinstance(refused, Refusal)
    assert refused.check == "reads"


def test_an_abstraction_passes_its_five_checks(interpreters: Interpreters):
    good = json.dumps({"source": SHARING.source, "answer_type": "int"})
    found = translated(Kind.EFA, in_turn(completion(good)), interpreters, 1, SHARING.known_answer)
    assert isinstance(found, Item), found
    assert json.dumps(found.answer) == SHARING.known_answer
    wrong = translated(Kind.EFA, in_turn(completion(good)), interpreters, 1, "99")
    assert isinstance(wrong, Refusal)
    assert wrong.check == "matches"


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.system('ls')\ndef sat(x: int): return True",
        "def sat(x: int): return True\nFOUND = sat(open('found', 'w'))",
        "@print\ndef sat(x: int): return True",
        "def sat(x: int, y=open('found', 'w')): return True",
    ],
)
def test_a_puzzle_with_something_that_would_run_on_its_own_is_refused(
    source: str, interpreters: Interpreters
):
    script = in_turn(completion(json.dumps({"source": source})))
    found = translated(Kind.PUZZLE, script, interpreters, samples=1)
    assert isinstance(found, Refusal)
    assert (found.check, "would run on its own" in found.why) == ("reads", True)


@pytest.mark.parametrize(
    ("source", "answers", "answer"),
    [
        ("def sat(x: int, n=40): return n < x < n + 7 and x % 7 == 0", [], 42),
        (
            "def sat(x: int, n=7654321): return n < x and x % 9973 == 5",
            ['{"answer": 7659269}'],
            7659269,
        ),
    ],
)
def test_a_puzzle_is_solved_by_trying_or_by_the_model(
    source: str, answers: list[str], answer: int, interpreters: Interpreters
):
    script = in_turn(completion(json.dumps({"source": source})), *map(completion, answers))
    found = translated(Kind.PUZZLE, script, interpreters, samples=1)
    assert isinstance(found, Item), found
    assert found.answer == answer


def test_a_model_that_is_gone_is_an_error(interpreters: Interpreters):
    with pytest.raises(ModelError):
        translated(Kind.PROLOG, in_turn(failure(401)), interpreters)


@pytest.mark.parametrize(
    ("replies", "answer"),
    [
        (['{"answer": 7}', '{"answer": 1000006}'], "1000006"),
        (['{"answer": "1000006"}', "7"], None),
        (["I do not know", ""], None),
    ],
)
def test_an_answer_counts_if_the_puzzle_accepts_it(
    replies: list[str], answer: str | None, interpreters: Interpreters
):
    puzzle = read_puzzle(PUZZLE)
    question = QUESTION.format(source=PUZZLE, type="int")
    item = Item(name="seven", question=question, answer=None, prototype=puzzle)

    def answered(asker: Asker) -> Coroutine[Any, Any, Answered]:
        return answer_item(item, asker, sandbox=interpreters.sandbox, judge=interpreters.judge)

    found = asked(in_turn(completion(*replies)), 2, interpreters, answered)
    assert (found.reply if found.refusal is None else None) == answer


def test_the_command_judges_replies_in_a_file(tmp_path: Path):
    item = Item(name="seven", question="?", answer=7, prototype=read_puzzle(PUZZLE))
    items, replies = tmp_path / "items.jsonl", tmp_path / "replies.jsonl"
    items.write_text(item.model_dump_json() + "\n", encoding="utf-8")
    given = [{"name": "seven", "reply": text} for text in ("1000006", "7", "x")]
    replies.write_text("".join(json.dumps(one) + "\n" for one in given), encoding="utf-8")
    result = CliRunner().invoke(app, ["prototypes", "judge", str(items), str(replies)])
    assert result.exit_code == 0, result.output
    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [verdict["right"] for verdict in verdicts] == [True, False, False]
    assert all(verdict["why"] for verdict in verdicts[1:])
    assert "1 of 3 right" in result.stderr


def test_the_commands_translate_and_answer_with_a_server(tmp_path: Path):
    def answer(body: Body) -> Message:
        if "the dogs" in body["messages"][-1]["content"]:
            return {"role": "assistant", "content": "[" * 10_000}
        asks = "Answer with JSON of the type" in body["messages"][-1]["content"]
        return {"role": "assistant", "content": '{"answer": "ann"}' if asks else reply(RIGHT)}

    with serving("m", answer) as url:
        server = ["--model", "m", "--base-url", url, "--samples", "2"]
        made = CliRunner().invoke(
            app, ["prototypes", "translate", "prolog", PROBLEM, "--answer", '"ann"', *server]
        )
        assert made.exit_code == 0, made.output
        items = tmp_path / "items.jsonl"
        items.write_text(made.stdout, encoding="utf-8")
        answered = CliRunner().invoke(app, ["prototypes", "answer", str(items), *server])
        refused = CliRunner().invoke(
            app, ["prototypes", "translate", "prolog", PROBLEM, "--answer", '"cy"', *server]
        )
        junk = CliRunner().invoke(app, ["prototypes", "translate", "prolog", "the dogs", *server])
    assert json.loads(answered.stdout) == {
        "name": "translated",
        "right": True,
        "why": "",
        "reply": '"ann"',
    }
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "the answer is" in refused.stderr
    assert (junk.exit_code, junk.stdout) == (1, "")
    (line,) = junk.stderr.splitlines()
    assert "none of the 2 replies is JSON with program and answer_type" in line


def test_the_catalogue_can_be_listed():
    result = CliRunner().invoke(app, ["prototypes", "list", "efa"])
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        one.name for one in load_catalogue(Kind.EFA)
    ]
