"""The vLLM probe, at the HTTP server: installs a catalogue's neurons and hands rows out.

An endpoint plugin named `peirce_neurons`, loaded only if `VLLM_PLUGINS` names it. The server is
started with `--enforce-eager`, `--worker-extension-cls
peirce.agent.circuits.vllm_worker.NeuronWorker` and `--additional-config
'{"peirce_circuit": "circuit.json"}'`. At start it runs the catalogue's known prompt; if a neuron
shows another value than the catalogue says, the server does not start.

    GET  /v1/neurons                   what is being recorded
    GET  /v1/neurons/{request}         a request's rows as safetensors, once
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# vLLM is installed only where the server runs.

from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from peirce.agent.circuits.catalogue import Circuit, load_circuit
from peirce.agent.circuits.rows import Rows, merge_ranks, pack_rows, unpack_rows
from peirce.tasks.errors import ConfigError, ModelError

try:
    from fastapi import FastAPI, Request, Response
    from starlette.datastructures import State
    from vllm import SamplingParams
except ImportError as error:
    raise ImportError("this module runs inside a vLLM server") from error

TOLERANCE: Final = 1e-3
"""Largest difference from the catalogue's values, relative to the largest of them."""
_CHECK: Final = "peirce-check"


class _Engine(Protocol):
    async def collective_rpc(
        self, method: str, timeout: float | None = None, args: tuple[str, ...] = ()
    ) -> Sequence[bytes]: ...

    def generate(
        self, prompt: dict[str, list[int]], sampling_params: SamplingParams, request_id: str
    ) -> AsyncIterator[object]: ...


class NeuronPlugin:
    """The endpoint plugin."""

    name = "peirce_neurons"
    required_tasks = ("generate",)

    def attach_router(self, app: FastAPI) -> None:
        """Add the routes."""
        app.get("/v1/neurons")(show)
        app.get("/v1/neurons/{request_id}")(drain)

    async def init_state(
        self, engine_client: _Engine | None, state: State, args: Namespace
    ) -> None:
        """Install the catalogue's neurons and check them.

        Raises:
            ConfigError: no catalogue was named, or the model is another.
            ModelError: the neurons do not show what the catalogue says.
        """
        if engine_client is None:
            return
        named = (args.additional_config or {}).get("peirce_circuit")
        if not isinstance(named, str):
            raise ConfigError(
                "VLLM_PLUGINS names peirce_neurons but no catalogue is given; add "
                """--additional-config '{"peirce_circuit": "circuit.json"}'"""
            )
        circuit = load_circuit(Path(named))
        places = [[place.layer, place.unit] for place in circuit.places]
        await engine_client.collective_rpc("neurons_install", args=(str(places),))
        await check(engine_client, circuit)
        state.peirce_circuit = circuit
        state.peirce_engine = engine_client


async def check(engine: _Engine, circuit: Circuit) -> None:
    """Run the catalogue's known prompt and compare.

    Raises:
        ModelError: the values differ, or nothing was recorded.
    """
    if circuit.check is None:
        raise ModelError("the catalogue has no known prompt to check with; make it anew")
    prompt = {"prompt_token_ids": list(circuit.check.tokens)}
    once = SamplingParams(max_tokens=1, temperature=0.0)
    async for _ in engine.generate(prompt, once, _CHECK):
        pass
    samples = await fetch(engine, _CHECK)
    last = len(circuit.check.tokens) - 1
    if len(samples) != 1 or last not in samples[0].positions:
        raise ModelError("no neuron was recorded on the known prompt; is the engine eager?")
    row = samples[0].values[samples[0].positions.tolist().index(last)]
    known = np.array(circuit.check.values, dtype=np.float32)
    worst = float(np.abs(row - known).max()) / max(1.0, float(np.abs(known).max()))
    if worst > TOLERANCE:
        raise ModelError(
            f"on the known prompt neurons differ from the catalogue by {worst:.2g} "
            f"(at most {TOLERANCE:g}): another model, or another precision than float32"
        )


async def fetch(engine: _Engine, request: str) -> tuple[Rows, ...]:
    """A request's rows from all ranks."""
    parts = await engine.collective_rpc("neurons_drain", args=(request,))
    return merge_ranks([unpack_rows(part) for part in parts])


async def show(request: Request) -> dict[str, str | int]:
    """What is being recorded."""
    circuit: Circuit = request.app.state.peirce_circuit
    return {
        "model": circuit.model.name,
        "circuit": circuit.digest,
        "neurons": len(circuit.places),
    }


async def drain(request: Request, request_id: str) -> Response:
    """A request's rows, removed from the engine."""
    engine: _Engine = request.app.state.peirce_engine
    samples = await fetch(engine, request_id)
    return Response(pack_rows(samples), media_type="application/octet-stream")
