"""The UNet's attention, to the text and to itself: which layers, on which grid, and other
processors in them for a while. Fused attention hides its probabilities, so whoever needs them pays
only where and while they are needed (methods.md 1.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch


@dataclass(frozen=True)
class Layer:
    """A layer of attention. One cell of its grid is `cell` latents a side: SDXL at 1024 pixels
    has 128 latents a side, so cells of 2 and 4 make its grids of 64 and 32."""

    name: str
    attention: Any  # diffusers' Attention
    cell: int

    def grid(self, height: int, width: int) -> tuple[int, int]:
        """Of latents of this size. Each halving rounds up, as the strided convolutions do."""
        return -(-height // self.cell), -(-width // self.cell)


def text_layers(unet: Any) -> list[Layer]:
    """In the order of the network's parts: down, middle, up."""
    return _layers(unet, ".attn2")


def self_layers(unet: Any) -> list[Layer]:
    """The image's attention to itself, in the same order."""
    return _layers(unet, ".attn1")


def _layers(unet: Any, end: str) -> list[Layer]:
    blocks = len(unet.config.block_out_channels)
    found: list[Layer] = []
    for place in ("down_blocks", "mid_block", "up_blocks"):
        for name, module in getattr(unet, place).named_modules():
            if name.endswith(end):
                found.append(Layer(f"{place}.{name}", module, _cell(place, name, blocks)))
    return found


def _cell(place: str, name: str, blocks: int) -> int:
    if place == "mid_block":
        return 2 ** (blocks - 1)
    index = int(name.split(".")[0])
    return 2 ** (index if place == "down_blocks" else blocks - 1 - index)


class Explicit:
    """diffusers' attention with a softmax in the open. `weigh` may be overridden."""

    def __call__(
        self,
        attn: Any,
        hidden_states: torch.Tensor,  # (rows, cells, channels)
        encoder_hidden_states: torch.Tensor | None = None,  # (rows, tokens, width); None: itself
        attention_mask: torch.Tensor | None = None,
        temb: torch.Tensor | None = None,
    ) -> torch.Tensor:
        seen = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        rows, tokens, _width = seen.shape
        mask = attn.prepare_attention_mask(attention_mask, tokens, rows)
        query, key, value = (
            attn.head_to_batch_dim(part)
            for part in (
                attn.to_q(hidden_states),
                attn.to_k(seen),
                attn.to_v(seen),
            )
        )
        probabilities = self.weigh(attn, query, key, mask)
        made = attn.batch_to_head_dim(torch.bmm(probabilities, value))
        return attn.to_out[1](attn.to_out[0](made))

    def weigh(
        self, attn: Any, query: torch.Tensor, key: torch.Tensor, mask: torch.Tensor | None
    ) -> torch.Tensor:
        """(rows * heads, cells, tokens), each cell's tokens sum to 1."""
        return attn.get_attention_scores(query, key, mask)


@contextmanager
def installed(layers: Sequence[Layer], make: Callable[[Layer], Any]) -> Iterator[None]:
    """The layers' own processors are back afterwards, whatever ended it."""
    own = [layer.attention.processor for layer in layers]
    try:
        for layer in layers:
            layer.attention.set_processor(make(layer))
        yield
    finally:
        for layer, processor in zip(layers, own, strict=True):
            layer.attention.set_processor(processor)
