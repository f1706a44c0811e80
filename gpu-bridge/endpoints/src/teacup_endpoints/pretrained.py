"""Networks in transformers' layout: found, hashed, and loaded whole or refused in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from .errors import Refused
from .identity import Identity
from .weights import hash_files, hash_of, part_files


@dataclass(frozen=True)
class Place:
    """A network's files, found and hashed, and where it has to run."""

    folder: Path
    identity: Identity
    device: str


def find(folder: Path, device: str = "cpu", dtype: str = "float32") -> Place:
    """Checked before anything is loaded: whole, and no pickle."""
    hashes = hash_files({file.name: file for file in part_files(folder)})
    return Place(folder, Identity(folder.name, "local", hash_of(hashes, dtype), hashes), device)


def open_network(kind: Any, place: Place, dtype: str) -> Any:
    """Every weight that the network needs, or a sentence: heads that a checkpoint does not have
    would be filled with random numbers without a word."""
    try:
        network, about = kind.from_pretrained(
            place.folder,
            dtype=getattr(torch, dtype),
            use_safetensors=True,
            local_files_only=True,
            output_loading_info=True,
        )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise Refused(f"{place.folder} cannot be loaded as {kind.__name__}: {error}") from error
    if missing := sorted([*about["missing_keys"], *about["mismatched_keys"]]):
        raise Refused(
            f"{place.folder} does not have the weights of {kind.__name__}: "
            f"{missing[0]} is missing ({len(missing)} in all). It may be another model's folder."
        )
    return network.to(place.device).eval().requires_grad_(False)


def open_part(kind: Any, place: Place) -> Any:
    """A tokenizer or an image processor."""
    try:
        return kind.from_pretrained(place.folder, local_files_only=True)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Refused(f"{place.folder} has no {kind.__name__} that can be read: {error}") from error
