"""The trained generator in memory, drawing for many prompts at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from teacup_endpoints.noise import noise

from ..diffusion.sampler import Sampling, sample
from ..models.generator import make_text_encoder, make_unet
from ..models.tokenizer import tokenize
from ..shape import Shape
from ..train.checkpoint import read_weights
from ..train.latents import load_vae
from ..train.pictures import decode, load_into
from ..train.pool import once_each
from ..train.setup import Setup


@dataclass(frozen=True)
class Generator:
    shape: Shape
    device: torch.device
    tokenizer: Any
    text_encoder: Any
    unet: Any
    vae: Any

    def draw(
        self,
        prompts: Sequence[str],
        seeds: Sequence[int],
        sampling: Sampling = Sampling(),  # noqa: B008 frozen
        firsts: Sequence[str] | None = None,
        rows: int | None = None,
    ) -> torch.Tensor:
        """(prompts, 3, side, side) uint8: one seed an image, noise as the endpoints make it."""
        # A GPU wants many images at once, a CPU no more than its caches hold.
        rows = rows or (1024 if self.device.type == "cuda" else 64)
        parts = []
        for at in range(0, len(prompts), rows):
            now = slice(at, at + rows)
            first = None if firsts is None else self.encode(firsts[now])
            start = noise(seeds[now], 0, self.shape.latent, device=self.device)
            null = self.encode([""])[0]
            latents = sample(self.unet, start, null, self.encode(prompts[now]), sampling, first)
            parts.append(decode(self.vae, latents))
        return torch.cat(parts)

    @torch.no_grad()
    def encode(self, texts: Sequence[str]) -> torch.Tensor:
        """(texts, tokens, width)"""

        def make(own: list[str]) -> torch.Tensor:
            tokens = tokenize(self.tokenizer, own, self.shape.tokens).to(self.device)
            return self.text_encoder(input_ids=tokens).last_hidden_state

        return once_each(texts, make)


def load_generator(setup: Setup, weights: Path) -> Generator:
    """Of a snapshot or of the stage's end; the text encoder is in it, or that of stage `text`."""
    return generator_of(setup, read_weights(weights, setup.device))


def generator_of(setup: Setup, read: dict[str, torch.Tensor]) -> Generator:
    tokenizer = setup.tokenizer()
    unet = load_into(make_unet(setup.shape).to(setup.device), read, "unet.")
    text: Any = make_text_encoder(setup.shape, tokenizer).to(setup.device)
    if setup.is_text_frozen:
        load_into(text, setup.weights_of("text"), "text_model.")
    else:
        load_into(text, read, "text.")
    return Generator(setup.shape, setup.device, tokenizer, text, unet, load_vae(setup))
