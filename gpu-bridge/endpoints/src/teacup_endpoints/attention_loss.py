"""Attend-and-Excite's loss on the attention to the text, and its gradient at the latents."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from .asking import Ask
from .attention import Explicit, Layer, installed
from .gradient import differentiate
from .model import Model
from .sampling import State


@dataclass(frozen=True)
class Look:
    """What is looked at: layers of one grid, the words' tokens, and how far the softmax goes."""

    layers: list[Layer]
    words: Sequence[Sequence[int]]
    end: int
    checkpointing: bool = False


class _Watch(Explicit):
    """Keeps a layer's probabilities. Installed for passes that take a gradient only."""

    def __init__(self, kept: dict[str, torch.Tensor], name: str) -> None:
        self.kept, self.name = kept, name

    def weigh(
        self, attn: Any, query: torch.Tensor, key: torch.Tensor, mask: torch.Tensor | None
    ) -> torch.Tensor:
        probabilities = super().weigh(attn, query, key, mask)
        self.kept[self.name] = probabilities
        return probabilities


class AttentionLoss:
    """The loss, and the latents' gradient of it."""

    def __init__(self, model: Model, ask: Ask, look: Look) -> None:
        self.model, self.look = model, look
        self.prompt = model.prompts.encode(ask.prompt, ask.width, ask.height)
        self.grid = look.layers[0].grid(*model.latent_shape(ask.width, ask.height)[1:])
        self.kept: dict[str, torch.Tensor] = {}

    def __call__(self, state: State, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(rows,) losses at the latents x, and the gradients at the UNet's input for them."""
        told = self.prompt.repeat(len(x))
        with installed(self.look.layers, lambda layer: _Watch(self.kept, layer.name)):
            try:
                with _checkpointing(self.model.unet, self.look.checkpointing):
                    return differentiate(self.model, state.scaled(x), state.t, told, self._loss)
            finally:
                self.kept.clear()

    def _loss(self) -> torch.Tensor:
        maps = [
            self.kept[layer.name].unflatten(0, (-1, layer.attention.heads))
            for layer in self.look.layers
        ]
        every = torch.cat(maps, dim=1).float()  # (rows, layers * heads, cells, tokens)
        mean = every.sum(1) / every.shape[1]
        return loss_of(mean, self.look.words, self.look.end, self.grid)


def loss_of(
    mean: torch.Tensor,  # (rows, cells, tokens), over heads and layers
    words: Sequence[Sequence[int]],  # token positions, averaged within a word
    end: int,  # the first token that the softmax leaves out
    grid: tuple[int, int],
) -> torch.Tensor:
    """(rows,)"""
    shares = (100 * mean[:, :, 1:end]).softmax(dim=-1)
    losses = [1 - strongest(shares, tokens, grid) for tokens in words]
    return torch.stack(losses).clamp(min=0).max(dim=0).values


def strongest(shares: torch.Tensor, tokens: Sequence[int], grid: tuple[int, int]) -> torch.Tensor:
    """(rows,) a_k: the smoothed map's largest value. The start token has been cut off."""
    image = shares[:, :, [token - 1 for token in tokens]].mean(dim=-1).unflatten(1, grid)
    padded = _reflected(_reflected(image.unsqueeze(1), 2), 3)
    return functional.conv2d(padded, _gauss().to(padded)).amax(dim=(1, 2, 3))


def _reflected(image: torch.Tensor, dim: int) -> torch.Tensor:
    """One more at each end, as `functional.pad` reflects; that one's gradient adds up in whatever
    order a GPU comes to it, and the same seed would be another picture each time."""
    first, last = image.narrow(dim, 1, 1), image.narrow(dim, image.shape[dim] - 2, 1)
    return torch.cat([first, image, last], dim=dim)


def _gauss() -> torch.Tensor:
    """3 x 3, sigma 0.5; exp(-(d / 2 sigma)^2), as published. The factor cancels out but for its
    rounding, and so the same numbers come out."""
    d = torch.tensor([-1.0, 0.0, 1.0])
    line = 1 / (0.5 * math.sqrt(2 * math.pi)) * torch.exp(-((d / (2 * 0.5)) ** 2))
    square = line[:, None] * line[None, :]
    return (square / square.sum()).view(1, 1, 3, 3)


@contextmanager
def _checkpointing(unet: Any, on: bool) -> Iterator[None]:
    if on:
        unet.enable_gradient_checkpointing()
    try:
        yield
    finally:
        if on:
            unet.disable_gradient_checkpointing()
