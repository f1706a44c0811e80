"""Named arrays in one file of raw numbers, which any language reads: `numbers.bin`, little endian,
and `index.json`, which says where each one begins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

INDEX, NUMBERS = "index.json", "numbers.bin"
_TYPES = {"float32": "<f4", "uint8": "u1"}
# Every array begins at a multiple, so that a reader may look at the bytes where they lie.
_ALIGNED = 4


def write_arrays(
    folder: Path, arrays: Mapping[str, np.ndarray], about: Mapping[str, Any]
) -> list[Path]:
    """float32 and uint8 alone. `about` stands in the index beside `arrays`."""
    folder.mkdir(parents=True, exist_ok=True)
    places: dict[str, dict[str, Any]] = {}
    numbers = bytearray()
    for name, array in arrays.items():
        kind = str(array.dtype)
        places[name] = {"type": kind, "shape": list(array.shape), "offset": len(numbers)}
        numbers += array.astype(_TYPES[kind]).tobytes()
        numbers += bytes(-len(numbers) % _ALIGNED)
    index = {**about, "arrays": places}
    (folder / NUMBERS).write_bytes(numbers)
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    return [folder / INDEX, folder / NUMBERS]


def read_arrays(folder: Path) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """What `write_arrays` was given."""
    about: dict[str, Any] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    numbers = (folder / NUMBERS).read_bytes()
    arrays = {
        name: np.frombuffer(
            numbers, _TYPES[place["type"]], int(np.prod(place["shape"])), place["offset"]
        ).reshape(place["shape"])
        for name, place in about.pop("arrays").items()
    }
    return arrays, about
