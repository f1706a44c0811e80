"""Tiny scorers on disk, pictures, and a scorer opened as an endpoint's file would."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from teacup_endpoints.loading import open_scorers
from teacup_endpoints.parameters import parse
from teacup_endpoints.scorers import scorer_named


def picture(seed: int, side: int = 48) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def opened(folder: Path, name: str, **settings: Any) -> Any:
    asked = parse(scorer_named(name).settings_type, {"path": str(folder / name), **settings})
    return open_scorers({name: asked}, "cpu")[name]
