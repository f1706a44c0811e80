"""Pictures as networks see them."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

# Rows through the VAE at once: a GPU wants many, a CPU no more than its caches hold.
_ROWS = {"cuda": 1024}
_FEW_ROWS = 16


def to_unit(pictures: torch.Tensor) -> torch.Tensor:
    """uint8 0 to 255 to float -1 to 1."""
    return pictures.float() / 127.5 - 1


def to_bytes(pictures: torch.Tensor) -> torch.Tensor:
    """Float -1 to 1 to uint8, as diffusers writes a picture."""
    return ((pictures / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8)


@torch.no_grad()
def encode(vae: Any, pictures: torch.Tensor, rows: int | None = None) -> torch.Tensor:
    """Latents (n, channels, h, w), the posterior's means, of uint8 pictures."""
    parts = pictures.split(rows or _rows(pictures))
    return torch.cat([vae.encode(to_unit(part)).latent_dist.mean for part in parts])


@torch.no_grad()
def decode(vae: Any, latents: torch.Tensor, rows: int | None = None) -> torch.Tensor:
    """Pictures (n, 3, h, w), uint8."""
    parts = latents.split(rows or _rows(latents))
    return torch.cat([to_bytes(vae.decode(part).sample) for part in parts])


def _rows(tensor: torch.Tensor) -> int:
    return _ROWS.get(tensor.device.type, _FEW_ROWS)


def load_into(network: nn.Module, weights: dict[str, torch.Tensor], prefix: str = "") -> nn.Module:
    """The weights whose names begin with the prefix, all of them needed; set for use."""
    chosen = {k.removeprefix(prefix): v for k, v in weights.items() if k.startswith(prefix)}
    missing, unexpected = network.load_state_dict(chosen, strict=False)
    own = {name for name, _ in network.named_parameters()}
    if lost := sorted(own & set(missing)) or list(unexpected):
        raise ValueError(f"these weights are of another network: {lost[0]} does not fit")
    return network.eval().requires_grad_(False)
