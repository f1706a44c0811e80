"""Products of eight bits in the transformer blocks: the quantised class of quality.md, G4.

    y = x W^T + b,  x and W as float8 (e4m3), every row of each with its own scale; sums are wide

It is faster because it draws another picture, so it is off unless an endpoint's file asks for it,
and a part of `weights_hash`: to the platform it is another model.
"""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional

from .errors import Refused

_LARGEST = 448.0  # that e4m3 holds
_MULTIPLE = 16  # of which both sides of a product have to be
_CAPABILITY = (8, 9)  # a 4090, an H100


class Float8Linear(torch.nn.Module):
    weight: torch.Tensor
    scale: torch.Tensor
    bias: torch.Tensor | None

    def __init__(self, linear: torch.nn.Linear) -> None:
        super().__init__()
        weight, scale = rounded(linear.weight.detach())
        self.register_buffer("weight", weight)
        self.register_buffer("scale", scale)
        self.register_buffer("bias", None if linear.bias is None else linear.bias.detach())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if torch.is_grad_enabled() and x.requires_grad:
            raise Refused("Products of eight bits have no gradient: leave fast.quantise out.")
        rows, scale = rounded(x.reshape(-1, x.shape[-1]))
        by_row = functional.ScalingType.RowWise
        made = functional.scaled_mm(rows, self.weight.t(), scale, by_row, self.scale.t(), by_row)
        made = made.to(x.dtype).view(*x.shape[:-1], -1)
        return made if self.bias is None else made + self.bias


def rounded(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(n, width) as float8, and the (n, 1) scales that its rows were divided by."""
    wide = x.float()
    scale = (wide.abs().amax(dim=1, keepdim=True) / _LARGEST).clamp(min=1e-12)
    return (wide / scale).to(torch.float8_e4m3fn), scale


def quantise(network: Any) -> int:
    """In place; gives how many products were replaced."""
    device = next(network.parameters()).device
    if device.type == "cuda" and torch.cuda.get_device_capability(device) < _CAPABILITY:
        raise Refused("fast.quantise needs a GPU of compute capability 8.9 or later (4090, H100).")
    found = [
        (block, name, part)
        for place, block in network.named_modules()
        if "transformer_blocks." in f"{place}."
        for name, part in block.named_children()
        if isinstance(part, torch.nn.Linear)
        and part.in_features % _MULTIPLE == 0
        and part.out_features % _MULTIPLE == 0
    ]
    for block, name, part in found:
        setattr(block, name, Float8Linear(part))
    return len(found)
