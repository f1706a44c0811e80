"""Stage `vae`: pictures to 16x16 latents and back, on uniform renders, so that it knows no pair.

    loss = |x - y| + (x - y)^2 / 2 + |edges(x) - edges(y)| / 2 + 5e-4 KL

At the end the latents' mean and deviation go into the weights of the two 1x1 convolutions beside
them, so that latents are of mean 0 and deviation 1 without a factor anywhere.
"""

from __future__ import annotations

from typing import Any

import torch

from ..models.generator import make_vae
from ..shape import Shape
from .budget import Rate
from .pictures import encode, to_unit

_KL = 5e-4


class VaeTask:
    name = "vae"
    decay = 0.99
    weight_decay = 0.01

    def __init__(self, shape: Shape, pictures: torch.Tensor, batch: int = 64) -> None:
        """`pictures`: (n, 3, side, side) uint8, on the device."""
        self.parts: Any = make_vae(shape).to(pictures.device)
        self.pictures, self.count = pictures, batch
        self.latent = shape.latent
        self.rate = Rate(2.5e-3, warm_up=100, falls_from=0.0)

    def batch(self, generator: torch.Generator) -> list[torch.Tensor]:
        device = self.pictures.device
        which = torch.randint(len(self.pictures), (self.count,), generator=generator, device=device)
        # Whole pictures: the group norms of crops have other statistics, which cost 3 dB.
        noise = torch.randn(self.count, *self.latent, generator=generator, device=device)
        return [to_unit(self.pictures[which]), noise]

    def loss(self, *batch: torch.Tensor) -> torch.Tensor:
        x, noise = batch
        vae = self.parts
        mean, log_variance = vae.quant_conv(vae.encoder(x)).chunk(2, dim=1)
        log_variance = log_variance.clamp(-30, 20)
        z = mean + (log_variance / 2).exp() * noise
        y = vae.decoder(vae.post_quant_conv(z))
        kl = (mean**2 + log_variance.exp() - 1 - log_variance) / 2
        return _distance(x, y) + _KL * kl.mean()


def _distance(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    apart = x - y
    across = (apart[..., 1:] - apart[..., :-1]).abs().mean()
    down = (apart[..., 1:, :] - apart[..., :-1, :]).abs().mean()
    return apart.abs().mean() + 0.5 * apart.square().mean() + 0.25 * (across + down)


@torch.no_grad()
def fold_statistics(vae: Any, pictures: torch.Tensor) -> None:
    """Latents of these pictures get mean 0 and deviation 1 in each channel; decoding undoes it."""
    latents = encode(vae, pictures)
    mean, deviation = latents.mean(dim=(0, 2, 3)), latents.std(dim=(0, 2, 3))
    into, out = vae.quant_conv, vae.post_quant_conv
    channels = len(mean)
    # First half: means. Second half: logarithms of variances.
    into.weight[:channels] /= deviation[:, None, None, None]
    into.bias[:channels] = (into.bias[:channels] - mean) / deviation
    into.bias[channels:] -= 2 * deviation.log()
    out.bias += out.weight[:, :, 0, 0] @ mean
    out.weight *= deviation[None, :, None, None]


@torch.no_grad()
def psnr(vae: Any, pictures: torch.Tensor) -> float:
    """Decibels, of uint8 pictures after a round trip."""
    again = vae.decode(encode(vae, pictures)).sample.clamp(-1, 1)
    error = ((again - to_unit(pictures)) / 2).square().mean()
    return float(-10 * error.log10())
