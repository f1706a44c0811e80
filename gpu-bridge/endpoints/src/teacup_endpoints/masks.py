"""Masks as they travel: a PNG as data URL, white where the object is."""

from __future__ import annotations

import base64
import binascii
import io

import numpy as np
import torch
from PIL import Image
from torch.nn import functional

from .errors import Refused

_START = "data:image/png;base64,"
_LARGEST_SIDE = 4096


def read_mask(url: str, where: str) -> torch.Tensor:
    """(h, w), true inside."""
    if not url.startswith(_START):
        raise Refused(f"{where} must be a PNG as data URL: {_START}...")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(url[len(_START) :], validate=True)))
        # The size stands in the header: nothing large is decoded.
        if picture.format != "PNG" or max(picture.size) > _LARGEST_SIDE:
            raise Refused(f"{where} must be a PNG of at most {_LARGEST_SIDE} pixels a side.")
        return torch.from_numpy(np.array(picture.convert("L")) >= 128)
    except (OSError, ValueError, SyntaxError, binascii.Error) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"{where} is no PNG that can be read.") from error


def write_mask(mask: torch.Tensor) -> str:
    stream = io.BytesIO()
    Image.fromarray(mask.cpu().numpy().astype(np.uint8) * 255).convert("1").save(stream, "PNG")
    return _START + base64.b64encode(stream.getvalue()).decode()


def resize_mask(mask: torch.Tensor, grid: tuple[int, int]) -> torch.Tensor:
    """Nearest, as DenseDiffusion does."""
    return functional.interpolate(mask[None, None].float(), grid, mode="nearest")[0, 0] > 0.5
