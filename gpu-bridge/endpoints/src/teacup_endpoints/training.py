"""Where trained weights come from: told by the endpoint's file, and by the checkpoints themselves.
It goes into every answer, so that a comparison can see what a model had been trained on."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .parameters import parameter, to_json

_MOST_KEYS, _MOST_CHARACTERS = 64, 500


@dataclass(frozen=True)
class Training:
    """What a person knows of a checkpoint. Of CoMat's published training prompts, for example,
    78 % of ABC-6K and 52 % of CC-500 are a part (methods.md, section 0)."""

    method: str = parameter("", "Method", description='such as "CoMat"')
    code: str | None = parameter(None, "Code", description="repository at a commit")
    data: str | None = parameter(None, "Training prompts")
    steps: int | None = parameter(None, "Training steps", minimum=0)
    not_held_out: tuple[str, ...] = parameter(
        (), "Not held out", description="sets of prompts that it has seen, whole or in part"
    )
    rewards: tuple[str, ...] = parameter(
        (), "Rewarded by", description="scorers that the training pleased: no evidence of it"
    )
    note: str | None = parameter(None, "Note")

    def __post_init__(self) -> None:
        if not self.method.strip():
            raise ValueError("name the method that the weights were trained with.")


def provenance(told: Training | None, files: dict[str, Path]) -> dict[str, Any]:
    """For an answer's `model.training`; empty where nothing is known. `files` have good headers."""
    found = {name: written for name, file in files.items() if (written := metadata(file))}
    if told is None and not found:
        return {}
    return {**({} if told is None else {"told": _known(told)}), "files": found}


def _known(told: Training) -> dict[str, Any]:
    return {name: value for name, value in to_json(told).items() if value not in (None, ())}


def metadata(file: Path) -> dict[str, str]:
    """What whoever trained it wrote into the file. Cut, because trainers write whole data sets."""
    with file.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        written = json.loads(stream.read(length)).get("__metadata__")
    if not isinstance(written, dict):
        return {}
    # "format" only says which library wrote the file.
    items = [(str(name), str(value)) for name, value in written.items() if name != "format"]
    return {name: value[:_MOST_CHARACTERS] for name, value in sorted(items)[:_MOST_KEYS]}
