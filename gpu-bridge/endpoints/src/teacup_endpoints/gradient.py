"""Gradients with respect to the latents, in batches that fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from .conditioning import Conditioning
from .errors import Failed
from .model import TOO_LARGE, Model, free_memory


def differentiate(
    model: Model,
    x: torch.Tensor,  # (rows, channels, h, w), already scaled for the scheduler's step
    t: torch.Tensor,
    conditioning: Conditioning,  # as many rows as x
    loss: Callable[[], torch.Tensor],
) -> tuple[torch.Tensor, torch.Tensor]:
    """`loss()` gives (rows,) of the pass just made, from what processors kept of it. Gives the
    losses, (rows,), and their gradients at x. Out of memory halves the batch for good."""
    made: list[tuple[torch.Tensor, torch.Tensor]] = []
    start = 0
    while start < len(x):
        size = model.gradient_rows or len(x)
        try:
            rows = slice(start, start + size)
            made.append(_batch(model, x[rows], t, conditioning[rows], loss, size))
            start += size
            continue
        except torch.OutOfMemoryError as error:
            if size == 1:
                raise Failed(TOO_LARGE) from error
            model.gradient_rows = size // 2
        # Outside of `except`: the error held the failed attempt's graph until here.
        free_memory()
    losses, gradients = zip(*made, strict=True)
    return torch.cat(losses), torch.cat(gradients)


def _batch(
    model: Model, x: torch.Tensor, t: torch.Tensor, told: Conditioning, loss: Any, size: int
) -> tuple[torch.Tensor, torch.Tensor]:
    count = len(x)
    if model.exact and count < size:
        # Filled up here and not in the model: a filler's gradient is not the last row's.
        index = torch.arange(size, device=x.device).clamp(max=count - 1)
        x, told = x[index], told[index]
        model.fillers += size - count
        model.backward_fillers += size - count
    with torch.enable_grad():
        x = x.detach().requires_grad_(True)
        model.forward(x, t, told)
        losses = loss()
        (gradient,) = torch.autograd.grad(losses.sum(), [x])
    return losses.detach()[:count], gradient[:count]
