"""What a server recorded of a search's replies is fetched and joined with what they proposed."""

# pyright: reportMissingImports=false
# The extra is optional, so its types are unknown where it is not installed.

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra `circuits`")
pytest.importorskip("transformers", reason="needs the extra `circuits`")

from safetensors.numpy import save as pack
from tests.agent.circuits.test_join import judge, propose, start

from peirce.agent.circuits.catalogue import load_circuit
from peirce.agent.circuits.replies import fetch_replies, list_replies
from peirce.agent.circuits.rows import Rows, pack_rows
from peirce.agent.circuits.shipped import CATALOGUE, MODEL
from peirce.agent.circuits.subject import Subject
from peirce.agent.circuits.traces import load_joined, record
from peirce.agent.trace import Event, Replied, Trace
from peirce.tasks.errors import ConfigError, ModelError

pytestmark = pytest.mark.circuits
PLACES = load_circuit(CATALOGUE).places
SUBJECT = Subject.load(MODEL)
TOKENS = (7, 200, 3, 203, 4)
"""7-3=4, of which the last was written."""


def reply(name: str, *, call: int = 1, prompt: int = 0) -> Replied:
    return Replied(
        call=call,
        text="",
        finish="stop",
        prompt_tokens=prompt,
        tokens=1,
        cached=not name,
        seconds=0.1,
        reply=name,
    )


def events() -> list[Event]:
    return [
        start("easy"),
        reply("chatcmpl-a/0"),
        reply("chatcmpl-a/1", prompt=3),
        reply("", call=2, prompt=9),
        propose("p").model_copy(update={"reply": "chatcmpl-a/1"}),
        judge("p", fits=True, cause="ok"),
    ]


def rows_of(sample: int) -> Rows:
    read = len(TOKENS) - 1
    return Rows(
        name=f"{sample}_chatcmpl-a-0badcafe",
        neurons=PLACES,
        positions=np.arange(read, dtype=np.int32),
        tokens=np.array(TOKENS[:read], dtype=np.int32),
        values=np.full((read, len(PLACES)), sample, dtype=np.float32),
    )


@contextmanager
def serving(body: bytes) -> Generator[str]:
    """A server that answers this about `chatcmpl-a` and knows nothing else."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == "/v1/neurons/chatcmpl-a"
            self.send_response(200 if known else 404)
            self.end_headers()
            self.wfile.write(body if known else b"")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answers) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join(5)


@pytest.fixture
def server() -> Generator[str]:
    """Knows the neurons of `chatcmpl-a` and nothing else."""
    with serving(pack_rows([rows_of(0), rows_of(1)])) as address:
        yield address


def write(place: Path, found: list[Event]) -> Path:
    trace = Trace(place)
    for event in found:
        trace(event)
    trace.close()
    return place


def test_replies_know_their_prompts_length_and_their_program():
    first, second = list_replies(events())
    assert (first.request, first.sample, first.prompt_tokens) == ("chatcmpl-a", 0, 3)
    assert (first.program, second.program) == ("", "p")


def test_recording_begins_where_the_reply_is_written_and_has_its_verdict(
    tmp_path: Path, server: str
):
    trace = write(tmp_path / "trace.jsonl", events())
    written = record("arithmetic", CATALOGUE, trace, None, dense=True, server=server)
    assert written.texts == 2
    other, proposal = load_joined(trace)
    assert (proposal.tokens, proposal.texts, proposal.prompt) == ((3, 203), ("3", "="), 1)
    assert (proposal.verdict, proposal.hypothesis) == ("verified", "rule p")
    assert (proposal.values == 1).all()
    assert (other.verdict, other.program) == ("unknown", "")
    with pytest.raises(ConfigError, match="without their prompts"):
        record("arithmetic", CATALOGUE, written.path, tmp_path / "again.safetensors", dense=True)


def test_a_trace_without_replies_of_a_server_says_so(tmp_path: Path, server: str):
    trace = write(tmp_path / "trace.jsonl", [start("easy"), reply("")])
    with pytest.raises(ConfigError, match="cache"):
        record("arithmetic", CATALOGUE, trace, None, dense=True, server=server)


def lie(**changes: np.ndarray) -> bytes:
    return pack_rows([rows_of(0), replace(rows_of(1), **changes)])


ODD = np.array([0, 1, -1, 3], dtype=np.int32)
TWICE = np.array([0, 1, 2, 2], dtype=np.int32)
BEYOND = np.array([0, 1, 2, 2**31 - 1], dtype=np.int32)
FOUR = np.arange(4, dtype=np.int32)
NAMED = np.array(PLACES, dtype=np.int32)
READ = np.ones((4, len(PLACES)), dtype=np.float32)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "header too small"),
        (b'{"detail": "Not Found"}', "header"),
        (pack({"x": ODD}), "neurons"),
        (pack({"neurons": np.ones(3, dtype=np.int32)}), "reshape"),
        (pack({"neurons": ODD, "1_a.positions": ODD}), "1_a.tokens"),
        (pack_rows([replace(rows_of(1), neurons=PLACES[::-1])]), "not the 315 of the catalogue"),
        (
            pack({"neurons": NAMED, "1_a.positions": FOUR, "1_a.tokens": FOUR, "1_a.values": FOUR}),
            "values are",
        ),
        (lie(values=READ * np.nan), "no finite numbers"),
        (lie(values=READ.astype(np.float64)), "no finite numbers"),
        (lie(tokens=ODD), "tokens are no counts"),
        (lie(positions=ODD), "positions are no counts"),
        (lie(positions=TWICE), "twice"),
        (pack_rows([replace(rows_of(1), positions=BEYOND)]), "longer than what a server keeps"),
    ],
)
def test_a_server_that_lies_is_refused_in_one_line(tmp_path: Path, body: bytes, reason: str):
    trace = write(tmp_path / "trace.jsonl", events())
    with serving(body) as address, pytest.raises(ModelError, match=reason) as refused:
        fetch_replies(address, SUBJECT, trace, PLACES)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("shape", [(3, len(PLACES)), (4, 2), (4,)])
def test_values_of_another_shape_are_refused(shape: tuple[int, ...]):
    with pytest.raises(ValueError, match="values are"):
        replace(rows_of(1), values=np.ones(shape, dtype=np.float32))


def test_a_server_that_counts_more_prompt_than_it_read_has_nothing_of_the_reply(tmp_path: Path):
    found = [reply("chatcmpl-a/1", prompt=9), reply("chatcmpl-a/0", call=2, prompt=3)]
    trace = write(tmp_path / "trace.jsonl", [start("easy"), *found])
    with serving(pack_rows([rows_of(0), rows_of(1)])) as address:
        fetched = fetch_replies(address, SUBJECT, trace, PLACES)
    assert (len(fetched.recordings), fetched.missing) == (1, 1)


def test_a_call_that_was_cut_off_before_its_prompt_was_counted_is_left_out(tmp_path: Path):
    found = [reply("chatcmpl-a/1"), reply("chatcmpl-a/0", call=2, prompt=3)]
    trace = write(tmp_path / "trace.jsonl", [start("easy"), *found])
    with serving(pack_rows([rows_of(0), rows_of(1)])) as address:
        fetched = fetch_replies(address, SUBJECT, trace, PLACES)
    assert [each.identifier for each in fetched.recordings] == ["chatcmpl-a/0"]
    assert fetched.missing == 1


def test_what_was_handed_out_is_kept_when_the_server_fails_afterwards(tmp_path: Path):
    found = [reply("chatcmpl-a/1", prompt=3), reply("chatcmpl-b/0", call=2, prompt=3)]
    trace = write(tmp_path / "trace.jsonl", [start("easy"), *found])
    with serving(pack_rows([rows_of(0), rows_of(1)])) as address:
        fetched = fetch_replies(address, SUBJECT, trace, PLACES)
    assert [each.identifier for each in fetched.recordings] == ["chatcmpl-a/1"]
    assert (fetched.missing, "404" in fetched.why) == (1, True)


def test_a_server_that_has_handed_its_neurons_out_says_so(tmp_path: Path):
    trace = write(tmp_path / "trace.jsonl", events())
    with (
        serving(pack_rows([])) as address,
        pytest.raises(ModelError, match="hands neurons out once"),
    ):
        fetch_replies(address, SUBJECT, trace, PLACES)


def test_a_trace_with_a_reply_of_no_server_is_refused():
    with pytest.raises(ConfigError, match="no reply's id"):
        tuple(list_replies([start("easy"), reply("chatcmpl-a/x")]))


def test_a_server_without_the_plugin_is_named(tmp_path: Path, server: str):
    trace = write(tmp_path / "trace.jsonl", [start("easy"), reply("chatcmpl-b/0")])
    with pytest.raises(ModelError, match="VLLM_PLUGINS"):
        record("arithmetic", CATALOGUE, trace, None, dense=True, server=server)
