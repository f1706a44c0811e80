"""DDIM without added noise (Song et al. 2021, eq. 12) under classifier-free guidance, for whole
evaluations at once; and the same with a first text for the first steps, as MoCE begins.

Euler over the same steps is the same update written otherwise, so the endpoints' Euler and DDIM
both draw what this draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from .schedule import STEPS, alphas_cumprod


@dataclass(frozen=True)
class Sampling:
    steps: int = 20
    guidance: float = 5.0
    switch: int = 0  # steps with the first text, before the second takes over


def trailing(steps: int) -> list[int]:
    """Equal steps down from 999, as diffusers' "trailing" has them."""
    return [round(STEPS - i * STEPS / steps) - 1 for i in range(steps)]


@torch.no_grad()
def sample(
    unet: Any,
    noise: torch.Tensor,  # (n, channels, h, w), standard normal
    null: torch.Tensor,  # (tokens, width)
    prompt: torch.Tensor,  # (n, tokens, width)
    sampling: Sampling = Sampling(),
    first: torch.Tensor | None = None,  # (n, tokens, width), for the steps before the switch
) -> torch.Tensor:
    """Latents (n, channels, h, w). Two evals an image and step."""
    if sampling.switch and first is None:
        raise ValueError("a switch needs a first text: give `first`")
    x = noise
    empty = null.expand_as(prompt)
    abar = alphas_cumprod().to(torch.float32).tolist()
    indices = trailing(sampling.steps)
    for place, index in enumerate(indices):
        is_first = first is not None and place < sampling.switch
        told = torch.cat([empty, first if is_first and first is not None else prompt])
        t = torch.full((), index, device=x.device, dtype=torch.long)
        u, c = unet(torch.cat([x, x]), t, encoder_hidden_states=told).sample.float().chunk(2)
        v = u + sampling.guidance * (c - u)
        after = abar[indices[place + 1]] if place + 1 < len(indices) else 1.0
        x = _step(x, v, abar[index], after)
    return x


def _step(x: torch.Tensor, v: torch.Tensor, now: float, after: float) -> torch.Tensor:
    clean = now**0.5 * x - (1 - now) ** 0.5 * v
    noise = now**0.5 * v + (1 - now) ** 0.5 * x
    return after**0.5 * clean + (1 - after) ** 0.5 * noise
