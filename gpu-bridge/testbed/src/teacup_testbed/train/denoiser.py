"""Stage `unet`: the UNet and, jointly, the text encoder, on biased scenes and their captions.

v target (Salimans and Ho 2022), min-SNR weight of 5, one caption in ten left out for guidance.
Half of a batch has its times spread evenly over the cosine, the other half over the steps that the
sampler takes, which are dense where large shapes are decided.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from ..diffusion.schedule import STEPS, alphas_cumprod, index_at, min_snr
from ..models.generator import make_unet
from ..shape import Shape
from .budget import Rate

_DROPOUT = 0.1


class DenoiserTask:
    name = "unet"
    decay = 0.998
    weight_decay = 0.01

    def __init__(
        self,
        shape: Shape,
        latents: torch.Tensor,  # (n, channels, h, w), on the device
        tokens: torch.Tensor,  # (n, captions, tokens) long
        null: torch.Tensor,  # (tokens,) long: the empty caption
        text_encoder: nn.Module,
        *,
        is_text_frozen: bool = False,
        batch: int = 32,
        rate: float = 1e-3,
    ) -> None:
        device = latents.device
        self.text_encoder = text_encoder.to(device)
        unet = make_unet(shape).to(device)
        trained = {"unet": unet} if is_text_frozen else {"unet": unet, "text": self.text_encoder}
        self.parts: nn.Module = nn.ModuleDict(trained)
        self.unet = unet
        self.latents, self.tokens, self.null = latents, tokens, null.to(device)
        self.count, self.rate = batch, Rate(rate)
        self.abar = alphas_cumprod().float().to(device)
        self.weight = min_snr(alphas_cumprod()).float().to(device)

    def batch(self, generator: torch.Generator) -> list[torch.Tensor]:
        made: dict[str, Any] = {"generator": generator, "device": self.latents.device}
        which = torch.randint(len(self.latents), (self.count,), **made)
        wording = torch.randint(self.tokens.shape[1], (self.count,), **made)
        tokens = self.tokens[which, wording]
        dropped = torch.rand(self.count, **made) < _DROPOUT
        tokens = torch.where(dropped[:, None], self.null, tokens)
        # One in each of `count` equal parts of the way.
        spread = torch.arange(self.count, device=self.latents.device)
        time = (spread + torch.rand(self.count, **made)) / self.count
        by_step = (time * STEPS).long().clamp(0, STEPS - 1)
        t = torch.where(spread % 2 == 0, index_at(time), by_step)
        noise = torch.randn(self.count, *self.latents.shape[1:], **made)
        return [self.latents[which], noise, t, tokens]

    def loss(self, *batch: torch.Tensor) -> torch.Tensor:
        clean, noise, t, tokens = batch
        abar = self.abar[t][:, None, None, None]
        x = abar.sqrt() * clean + (1 - abar).sqrt() * noise
        v = abar.sqrt() * noise - (1 - abar).sqrt() * clean
        told: Any = self.text_encoder(input_ids=tokens).last_hidden_state
        made = self.unet(x, t, encoder_hidden_states=told).sample
        error = (made.float() - v).square().mean(dim=(1, 2, 3))
        return (self.weight[t] * error).mean()
