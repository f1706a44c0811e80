"""Stage `oracle`: the judge, on uniform renders, held-out pairs included: one that had learned
from the biased scenes would share their bias.

It sees renders, renders after a round trip through the VAE, both disturbed, and pictures that are
broken in the ways in which generators break them.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from ..models.oracle import Oracle
from ..shape import Shape
from .budget import Rate
from .pictures import decode, encode, to_unit

_BROKEN_SHARE = 0.2


class OracleTask:
    name = "oracle"
    decay = 0.995
    weight_decay = 0.01

    def __init__(
        self,
        shape: Shape,
        whole: torch.Tensor,  # (n, 3, side, side) uint8: renders and round trips
        host: torch.Tensor,  # (n,) long, -1 for none
        item: torch.Tensor,  # (n,) long
        broken: torch.Tensor,  # (m, 3, side, side) uint8
        concepts: int,
        batch: int = 128,
    ) -> None:
        device = whole.device
        self.parts: nn.Module = Oracle(shape.oracle, concepts, concepts).to(device)
        self.whole, self.broken, self.count = whole, broken, batch
        self.host, self.item = host.to(device) + 1, item.to(device) + 1
        self.rate = Rate(1.5e-3, warm_up=100, falls_from=0.3)

    def batch(self, generator: torch.Generator) -> list[torch.Tensor]:
        made: dict[str, Any] = {"generator": generator, "device": self.whole.device}
        bad = round(self.count * _BROKEN_SHARE)
        good = self.count - bad
        which = torch.randint(len(self.whole), (good,), **made)
        worst = torch.randint(len(self.broken), (bad,), **made)
        pictures = torch.cat([self.whole[which], self.broken[worst]])
        # A broken picture has no host or item that could be asked for.
        skipped = torch.full((bad,), -100, device=self.whole.device)
        return [
            disturbed(to_unit(pictures), made),
            torch.cat([self.host[which], skipped]),
            torch.cat([self.item[which], skipped]),
            (torch.arange(self.count, device=self.whole.device) >= good).long(),
        ]

    def loss(self, *batch: torch.Tensor) -> torch.Tensor:
        pictures, host, item, garbage = batch
        to_host, to_item, to_garbage = self.parts(pictures)
        return (
            functional.cross_entropy(to_host, host)
            + functional.cross_entropy(to_item, item)
            + functional.cross_entropy(to_garbage, garbage)
        )


def disturbed(x: torch.Tensor, made: dict[str, Any]) -> torch.Tensor:
    """Contrast, brightness, colour cast, blur and noise, of each picture its own; guidance
    exaggerates contrast, so that goes furthest."""
    n = len(x)
    contrast = 0.75 + 0.75 * torch.rand(n, 1, 1, 1, **made)
    shift = 0.3 * (torch.rand(n, 3, 1, 1, **made) - 0.5)
    middle = x.mean(dim=(2, 3), keepdim=True)
    x = (x - middle) * contrast + middle + shift
    soft = functional.avg_pool2d(functional.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    share = 0.8 * torch.rand(n, 1, 1, 1, **made) * (torch.rand(n, 1, 1, 1, **made) < 0.5)
    x = x + share * (soft - x)
    strength = 0.08 * torch.rand(n, 1, 1, 1, **made)
    return (x + strength * torch.randn(x.shape, **made)).clamp(-1, 1)


@torch.no_grad()
def round_trip(vae: Any, pictures: torch.Tensor) -> torch.Tensor:
    return decode(vae, encode(vae, pictures))


@torch.no_grad()
def broken_pictures(
    vae: Any, pictures: torch.Tensor, generator: torch.Generator, noises: tuple[float, float]
) -> torch.Tensor:
    """As many as given: blends of two latents, noisy latents, and latents whose quarters come from
    several pictures. `noises`: least and most deviation of the noise that is added."""
    made: dict[str, Any] = {"generator": generator, "device": pictures.device}
    latents = encode(vae, pictures)
    n, _, h, w = latents.shape
    other = latents[torch.randperm(n, **made)]
    third = latents[torch.randperm(n, **made)]
    share = 0.35 + 0.3 * torch.rand(n, 1, 1, 1, **made)
    blend = latents * share + other * (1 - share)
    low, high = noises
    strength = low + (high - low) * torch.rand(n, 1, 1, 1, **made)
    noisy = latents + strength * torch.randn(latents.shape, **made)
    mosaic = latents.clone()
    mosaic[:, :, : h // 2, w // 2 :] = other[:, :, h // 2 :, : w // 2]
    mosaic[:, :, h // 2 :, : w // 2] = third[:, :, : h // 2, w // 2 :]
    kinds = torch.stack([blend, noisy, mosaic])
    kind = torch.randint(3, (n,), **made)
    return decode(vae, kinds[kind, torch.arange(n, device=latents.device)])
