"""Where the parts of a causal language model are, for the model families that are known.

Every component is a slice of what one linear map reads: a head is its slice of the input of the
attention output projection, an MLP the whole input of its down projection, a neuron one column
of that. So one kind of hook, before those two modules, reads and edits all of them.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

import re
from dataclasses import dataclass
from typing import Final

from peirce.tasks.errors import ConfigError

try:
    import torch
    from torch import nn
    from transformers import PretrainedConfig, PreTrainedModel
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Dotted names of the parts, relative to the model or to one block."""

    blocks: str
    attention_out: str
    mlp_out: str
    final_norm: str
    gated: bool
    """Whether a neuron's value is act(gate) * up, which can be negative."""


_LLAMA: Final = Family(
    blocks="model.layers",
    attention_out="self_attn.o_proj",
    mlp_out="mlp.down_proj",
    final_norm="model.norm",
    gated=True,
)
_FAMILIES: Final = {
    "llama": _LLAMA,
    "mistral": _LLAMA,
    "qwen2": _LLAMA,
    "qwen3": _LLAMA,
    "gpt2": Family(
        blocks="transformer.h",
        attention_out="attn.c_proj",
        mlp_out="mlp.c_proj",
        final_norm="transformer.ln_f",
        gated=False,
    ),
    "gptj": Family(
        blocks="transformer.h",
        attention_out="attn.out_proj",
        mlp_out="mlp.fc_out",
        final_norm="transformer.ln_f",
        gated=False,
    ),
    "gpt_neox": Family(
        blocks="gpt_neox.layers",
        attention_out="attention.dense",
        mlp_out="mlp.dense_4h_to_h",
        final_norm="gpt_neox.final_layer_norm",
        gated=False,
    ),
}
KNOWN: Final = tuple(sorted(_FAMILIES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Anatomy:
    """The parts of one loaded model."""

    attention_out: tuple[nn.Module, ...]
    mlp_out: tuple[nn.Module, ...]
    blocks: tuple[nn.Module, ...]
    final_norm: nn.Module
    unembedding: nn.Module
    heads: int
    gated: bool

    def __len__(self) -> int:
        return len(self.blocks)


def dissect(model: PreTrainedModel) -> Anatomy:
    """Find the parts of a model.

    Raises:
        ConfigError: the model's family is not known.
    """
    config: PretrainedConfig = model.config
    family = _FAMILIES.get(config.model_type)
    if family is None:
        raise ConfigError(
            f"model type {config.model_type!r} is not known; known: {', '.join(KNOWN)}"
        )
    unembedding = model.get_output_embeddings()
    blocks = tuple(model.get_submodule(family.blocks).children())
    return Anatomy(
        attention_out=tuple(block.get_submodule(family.attention_out) for block in blocks),
        mlp_out=tuple(block.get_submodule(family.mlp_out) for block in blocks),
        blocks=blocks,
        final_norm=model.get_submodule(family.final_norm),
        unembedding=unembedding,
        heads=int(config.num_attention_heads),
        gated=family.gated,
    )


def find_mlp_outputs(model: nn.Module) -> dict[int, nn.Module]:
    """The down projection of each layer of a model, by the names of its modules.

    For engines that load a model under classes of their own but keep the names.

    Raises:
        ConfigError: no family's names fit.
    """
    for family in dict.fromkeys(_FAMILIES.values()):
        pattern = re.compile(rf"{re.escape(family.blocks)}\.(\d+)\.{re.escape(family.mlp_out)}")
        found = {
            int(match[1]): module
            for name, module in model.named_modules()
            if (match := pattern.fullmatch(name))
        }
        if found:
            return dict(sorted(found.items()))
    raise ConfigError(f"no MLP output of a known family in the model; known: {', '.join(KNOWN)}")


def read_columns(module: nn.Module) -> torch.Tensor:
    """A linear map's weight as [inputs, outputs], whatever layout its class stores."""
    weight = module.weight
    assert isinstance(weight, torch.Tensor)
    # transformers' Conv1D (GPT-2) stores [inputs, outputs]; nn.Linear stores the transpose.
    return weight.detach() if hasattr(module, "nf") else weight.detach().t()
