"""The committed tiles that every picture is composed of; `npm run atlas` draws them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

FOLDER = Path(__file__).parents[3] / "atlas"


@cache
def read_index() -> dict[str, Any]:
    """Which tile shows what, as `gpu-bridge/local/atlas` wrote it."""
    return json.loads((FOLDER / "index.json").read_text())


@cache
def read_tiles(name: str) -> Tensor:
    """The tiles of a sheet, (n + 1, 4, t, t) uint8 with alpha multiplied in; tile 0 is empty.

    Tile k of the index is tile k + 1 here, so that its -1 for nothing is the empty one.
    """
    size = read_index()["tile"]
    with Image.open(FOLDER / f"{name}.png") as picture:
        sheet = np.asarray(picture.convert("RGBA"))
    rows, columns = sheet.shape[0] // size, sheet.shape[1] // size
    tiles = np.zeros((rows * columns + 1, 4, size, size), dtype=np.uint8)
    grid = sheet.reshape(rows, size, columns, size, 4).transpose(0, 2, 4, 1, 3)
    tiles[1:] = grid.reshape(-1, 4, size, size)
    alpha = tiles[:, 3].astype(np.uint16)
    for channel in range(3):
        tiles[:, channel] = (tiles[:, channel] * alpha + 127) // 255
    return torch.from_numpy(tiles)
