"""LPIPS between pictures (quality.md, G6), where torchmetrics and torchvision are installed.

They are no packages of the endpoints: torchvision is built for one torch, and the network's weights
come from download.pytorch.org. `pip install torchmetrics torchvision` on the machine of the bench.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from statistics import median
from typing import Any

import numpy as np
import torch
from PIL.Image import Image


def lpips(ours: Sequence[Image], stock: Sequence[Image], device: str) -> tuple[float | None, str]:
    """The median over pairs, and what it was measured with or why it was not."""
    try:
        found = import_module("torchmetrics.image.lpip").LearnedPerceptualImagePatchSimilarity
        network: Any = found(net_type="alex", normalize=True).to(device).eval()
    except (ImportError, AttributeError, OSError, RuntimeError) as error:
        return None, f"not measured: {error}"[:300]
    pairs = zip(ours, stock, strict=True)
    with torch.no_grad():
        apart = [float(network(_pixels(a, device), _pixels(b, device))) for a, b in pairs]
    return median(apart), "AlexNet, torchmetrics"


def _pixels(image: Image, device: str) -> torch.Tensor:
    """(1, 3, h, w), from 0 to 1."""
    made = torch.from_numpy(np.array(image.convert("RGB"))).to(device)
    return made.permute(2, 0, 1)[None].float() / 255
