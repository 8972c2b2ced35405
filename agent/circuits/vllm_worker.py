"""The vLLM probe, inside the engine: records catalogue neurons of every request.

`NeuronWorker` is mixed into vLLM's worker (`--worker-extension-cls
peirce.agent.circuits.vllm_worker.NeuronWorker`). Rows are aligned to request and absolute
position through continuous batching, chunked prefill and preemption (the last write of a
position wins). Prompt positions served from the prefix cache are not computed, so they have no
row. Hooks fire in eager mode only; installing anywhere else is refused.

The CPU path (V1 model runner) is run in the tests. The path for GPU model runner V2 and the
split over tensor-parallel ranks are written from vLLM's source and have not been run.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from peirce.agent.circuits.families import find_mlp_outputs, read_columns

try:
    import torch
    from safetensors.numpy import save as pack
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error

MOST_BYTES = 1 << 30
"""Undrained rows a worker keeps; beyond it new rows are dropped and counted."""


class Span(NamedTuple):
    """Rows of one engine step that belong to one request."""

    request: str
    start: int
    """Absolute position of the first row."""
    first: int
    last: int
    """Row range in the step's flat batch, `last` not included."""


class _Batch(Protocol):
    num_reqs: int
    req_ids: Sequence[str]
    num_computed_tokens_cpu: NDArray[np.int32]


class _Located(Protocol):
    np: NDArray[np.int32]


class _BatchV2(Protocol):
    num_reqs: int
    req_ids: Sequence[str]
    query_start_loc_np: NDArray[np.int32]
    num_computed_tokens_np: NDArray[np.int32]


class _Runner(Protocol):
    input_batch: _Batch
    query_start_loc: _Located
    prepare_inputs: Callable[..., _BatchV2]

    def get_model(self) -> torch.nn.Module: ...


@dataclass(kw_only=True)
class Tap:
    """Rows recorded so far, by request."""

    columns: dict[int, torch.Tensor]
    """For each layer the neurons to read, as columns of what this rank's projection reads."""
    names: list[tuple[int, int]]
    """Layer and neuron of every value in a row, as numbered in the whole model."""
    spans: Callable[[], Iterator[Span]]
    """The requests of the current step."""
    rows: dict[str, list[tuple[int, torch.Tensor]]] = field(default_factory=dict)
    held: int = 0
    """Bytes in `rows`."""
    dropped: int = 0
    """Rows not kept for want of room."""
    _step: list[torch.Tensor] = field(default_factory=list)
    _current: list[Span] = field(default_factory=list)

    def see(self, layer: int, _module: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        """Take one layer's values; called before its down projection runs."""
        layers = list(self.columns)
        if layer == layers[0]:
            # Read once a step, here: the runner has filled its batch and not yet reused it.
            self._current, self._step = list(self.spans()), []
        if not self._current:
            return
        self._step.append(inputs[0][: self._current[-1].last].index_select(-1, self.columns[layer]))
        if layer == layers[-1]:
            self._store(torch.cat(self._step, dim=-1).float().cpu())

    def _store(self, values: torch.Tensor) -> None:
        size = values.numel() * values.element_size()
        if self.held + size > MOST_BYTES:
            self.dropped += len(values)
            return
        self.held += size
        for span in self._current:
            self.rows.setdefault(span.request, []).append(
                (span.start, values[span.first : span.last])
            )

    def take(self, request: str) -> dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]]:
        """Remove and return positions and values of a request's samples."""
        found: dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]] = {}
        for name in [name for name in self.rows if is_of_request(name, request)]:
            by_position: dict[int, torch.Tensor] = {}
            for start, values in self.rows.pop(name):
                self.held -= values.numel() * values.element_size()
                by_position |= {start + row: values[row] for row in range(len(values))}
            places = sorted(by_position)
            stacked = torch.stack([by_position[place] for place in places]).contiguous().numpy()
            found[name] = (np.array(places, dtype=np.int32), stacked)
        return found


def is_of_request(name: str, request: str) -> bool:
    """Whether the engine's name for a sample belongs to a request's public id.

    vLLM names a sample `<id>-<8 hex>`, with `<i>_` before it when n > 1 and `-<prompt>` after
    the id for completions.
    """
    return re.fullmatch(rf"(\d+_)?{re.escape(request)}(-\d+)?-[0-9a-f]{{8}}", name) is not None


class NeuronWorker:
    """Methods added to vLLM's worker, called by `collective_rpc`."""

    def neurons_install(self, neurons: str) -> str:
        """Start recording neurons, given as JSON `[[layer, neuron], …]`; again replaces them.

        Raises:
            RuntimeError: the engine compiles the model, so that hooks would never fire.
            ValueError: a layer or neuron does not exist.
        """
        runner = self._neurons_runner()
        if not cast("bool", vars(runner)["vllm_config"].model_config.enforce_eager):
            raise RuntimeError(
                "recording neurons needs eager mode: start vLLM with --enforce-eager"
            )
        self.neurons_remove()
        modules = find_mlp_outputs(runner.get_model())
        wanted = [(int(layer), int(unit)) for layer, unit in json.loads(neurons)]
        columns, names = _choose_columns(modules, wanted)
        tap = Tap(columns=columns, names=names, spans=_find_spans(runner))
        handles = [
            modules[layer].register_forward_pre_hook(partial(tap.see, layer)) for layer in columns
        ]
        vars(self)["_peirce_tap"] = (tap, handles)
        return json.dumps({"neurons": len(names), "layers": len(columns)})

    def neurons_remove(self) -> None:
        """Stop recording and forget what was recorded."""
        _, handles = vars(self).pop("_peirce_tap", (None, ()))
        for handle in handles:
            handle.remove()

    def neurons_drain(self, request: str) -> bytes:
        """Remove and return a request's rows as safetensors.

        For each of its samples, by the engine's name: `<name>.positions` and `<name>.values`;
        and once `neurons`, the layer and neuron of each column.
        """
        tap = cast("Tap", vars(self)["_peirce_tap"][0])
        tensors: dict[str, NDArray[np.int32] | NDArray[np.float32]] = {
            "neurons": np.array(tap.names, dtype=np.int32).reshape(-1, 2)
        }
        for name, (positions, values) in tap.take(request).items():
            tensors[f"{name}.positions"] = positions
            tensors[f"{name}.values"] = values
        return pack(tensors, metadata={"dropped": str(tap.dropped)})

    def _neurons_runner(self) -> _Runner:
        return cast("_Runner", vars(self)["model_runner"])


def _choose_columns(
    modules: dict[int, torch.nn.Module], wanted: Sequence[tuple[int, int]]
) -> tuple[dict[int, torch.Tensor], list[tuple[int, int]]]:
    """Columns to read on this rank, and their names in the whole model."""
    columns: dict[int, torch.Tensor] = {}
    names: list[tuple[int, int]] = []
    for layer in sorted({layer for layer, _ in wanted}):
        if layer not in modules:
            raise ValueError(
                f"the model has no layer {layer}; layers: {min(modules)}..{max(modules)}"
            )
        module = modules[layer]
        # vLLM's row-parallel linear splits its input over the ranks.
        width = int(getattr(module, "input_size_per_partition", 0)) or _width(module)
        offset = int(getattr(module, "tp_rank", 0)) * width
        total = width * int(getattr(module, "tp_size", 1))
        units = sorted({unit for place, unit in wanted if place == layer})
        if units[-1] >= total:
            raise ValueError(f"layer {layer} has {total} neurons, asked for {units[-1]}")
        here = [unit for unit in units if offset <= unit < offset + width]
        device = next(module.parameters()).device
        columns[layer] = torch.tensor([unit - offset for unit in here], device=device).long()
        names.extend((layer, unit) for unit in here)
    return columns, names


def _width(module: torch.nn.Module) -> int:
    """How many neurons a plain projection reads."""
    return read_columns(module).shape[0]


def _find_spans(runner: _Runner) -> Callable[[], Iterator[Span]]:
    """How to read, inside a forward pass, which rows belong to whom."""
    if hasattr(runner, "input_batch"):
        return partial(_spans_v1, runner)
    return _watch_v2(runner)


def _spans_v1(runner: _Runner) -> Iterator[Span]:
    """Model runner V1 keeps its batch; a profiling run has no requests in it."""
    batch = runner.input_batch
    bounds = runner.query_start_loc.np
    for index in range(batch.num_reqs):
        first, last = int(bounds[index]), int(bounds[index + 1])
        yield Span(batch.req_ids[index], int(batch.num_computed_tokens_cpu[index]), first, last)


def _watch_v2(runner: _Runner) -> Callable[[], Iterator[Span]]:
    """Model runner V2 makes a batch for each step: keep what `prepare_inputs` returned."""
    latest: list[_BatchV2] = []
    prepare = runner.prepare_inputs

    def keep(*args: object, **kwargs: object) -> _BatchV2:
        latest[:] = [prepare(*args, **kwargs)]
        return latest[0]

    def spans() -> Iterator[Span]:
        # Used up by the step it was prepared for: a dummy run prepares none and has no spans.
        for batch in latest:
            for index in range(batch.num_reqs):
                first, last = batch.query_start_loc_np[index : index + 2].tolist()
                yield Span(
                    batch.req_ids[index], int(batch.num_computed_tokens_np[index]), first, last
                )
        latest.clear()

    vars(runner)["prepare_inputs"] = keep
    return spans
