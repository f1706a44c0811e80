"""Tiny scorers on disk, pictures, and a scorer opened as an endpoint's file would."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from teacup_endpoints.asking import Thresholds
from teacup_endpoints.loading import open_scorers
from teacup_endpoints.parameters import parse
from teacup_endpoints.scorers import scorer_named


class StubScorer:
    """All that a scorer says of itself. Reads every text to its end, and has no scores."""

    name = "clipscore"
    thresholds = Thresholds(0.01, 0.72)

    def to_json(self) -> dict[str, Any]:
        return {"scorer": self.name, "model": {"weights_hash": "0" * 64}}

    def removed(self, texts: Sequence[str]) -> dict[str, str]:
        return {}


def picture(seed: int, side: int = 48) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def opened(folder: Path, name: str, **settings: Any) -> Any:
    asked = parse(scorer_named(name).settings_type, {"path": str(folder / name), **settings})
    return open_scorers({name: asked}, "cpu")[name]
