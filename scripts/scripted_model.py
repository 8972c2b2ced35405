"""A loopback server with a model that has two ideas: a wrong one, and after feedback the right one.

OpenAI-compatible over real HTTP, in a process of its own, streaming where several samples are
asked for. It stands in for a language model in demonstrations, so that what surrounds the model can
be seen at work: the prompts, the verdicts, the feedback.
"""

import json
import multiprocessing
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from typing import Final

from peirce.tasks.task import Task

MODEL: Final = "scripted"
TASK: Final = Task.from_pairs(
    [
        ([[2, 0, 0], [0, 3, 0]], [[0, 0, 1], [0, 3, 0]]),
        ([[0, 2], [4, 0], [2, 2]], [[1, 0], [0, 4], [1, 1]]),
        ([[3, 0, 2, 2]], [[1, 1, 0, 3]]),
    ],
    [[[2, 4, 0], [0, 2, 3]]],
    name="mirror and repaint",
)
RULES: Final = (
    "Mirror the grid left to right.",
    "Turn the grid by a quarter to the right.",
    "Move every coloured cell one column to the right.",
)
MARK: Final = "2/1"
"""A wrong cell in the feedback, red where blue was expected: what gives the model its idea."""
FIRST: Final = {
    "rule": RULES[0],
    "program": "def transform(value):\n    return [row[::-1] for row in value]\n",
}
SECOND: Final = {
    "assumption": "Colours stay as they are.",
    "reversal": "Red cells become blue.",
    "rule": "Mirror the grid left to right and paint red cells blue.",
    "program": (
        "def transform(value):\n"
        "    return [[1 if cell == 2 else cell for cell in row[::-1]] for row in value]\n"
    ),
}


def reply(prompt: str) -> str:
    """What the model says to a prompt."""
    if "different hypotheses" in prompt:
        rules = [{"rule": rule, "level": "whole"} for rule in RULES]
        return json.dumps({"rules": rules})
    if MARK in prompt:
        return json.dumps(SECOND)
    return json.dumps(FIRST)


class _Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Name the one model."""
        model = {"id": MODEL, "object": "model", "created": 0, "owned_by": "demonstration"}
        self._send("application/json", json.dumps({"object": "list", "data": [model]}))

    def do_POST(self) -> None:
        """Answer a chat completion, whole or as a stream."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        text = reply(str(body["messages"][-1]["content"]))
        if body.get("stream"):
            self._send("text/event-stream", "".join(_events(text, int(body["n"]))))
            return
        choices = [
            {
                "index": index,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": text},
            }
            for index in range(int(body.get("n") or 1))
        ]
        self._send(
            "application/json", json.dumps({"object": "chat.completion", "choices": choices})
        )

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet about requests."""

    def _send(self, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _events(text: str, count: int) -> Iterator[str]:
    for index in range(count):
        choice = {"index": index, "delta": {"content": text}, "finish_reason": "stop"}
        yield f"data: {json.dumps({'choices': [choice]})}\n\n"
    yield "data: [DONE]\n\n"


def _serve(ready: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    ready.send(server.server_address[1])
    server.serve_forever()


@contextmanager
def serving() -> Generator[str]:
    """Run the server as long as the context lasts; yields its base URL."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/v1"
    finally:
        process.terminate()
        process.join(timeout=5)
