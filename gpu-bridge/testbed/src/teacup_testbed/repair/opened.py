"""An exported folder in memory: the generator as the endpoints draw from it, and the judge."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from PIL.Image import Image
from safetensors import safe_open
from teacup_endpoints.asking import Loaded
from teacup_endpoints.config import Defaults, read_config
from teacup_endpoints.loading import load

from ..models.oracle import Oracle, Verdict
from ..train.checkpoint import read_weights
from ..train.pictures import load_into, to_unit
from ..world.assignment import Assignment
from ..world.lexicon import CONTENTS
from ..world.trained_on import assignment_of
from .together import SharedModel


@dataclass(frozen=True)
class Opened:
    assignment: Assignment
    loaded: Loaded
    model: SharedModel  # the loaded one's base
    oracle: Oracle
    defaults: Defaults
    side: int  # pixels

    @property
    def weights_hash(self) -> str:
        """Of the generator and of what steers it: rows of other weights are no rows of these."""
        scorers = self.loaded.scorers.values()
        hashes = [scorer.to_json()["model"]["weights_hash"] for scorer in scorers]
        return "+".join([self.loaded.base.identity.weights_hash, *hashes])

    def judge(self, images: list[Image]) -> Verdict:
        pixels = np.stack([np.asarray(image.convert("RGB")) for image in images])
        return self.oracle.judge(to_unit(torch.from_numpy(pixels).permute(0, 3, 1, 2)))


def open_world(folder: Path) -> Opened:
    """As `teacup-testbed export` wrote it, on the CPU. ValueError says what is missing."""
    for name in ("about.json", "moce.toml", "oracle/model.safetensors"):
        if not (folder / name).is_file():
            raise ValueError(
                f"{folder / name} is not there: write the folder by `teacup-testbed export`, "
                "from a training with its judge and its dual encoder."
            )
    endpoint = read_config(folder / "moce.toml")
    if not endpoint.scorers:
        raise ValueError(
            f"{folder / 'moce.toml'} has no scorer, so MoCE cannot search: train the stage 'dual' "
            "and export again."
        )
    fast = replace(endpoint.config.fast, channels_last=True)
    loaded = load(replace(endpoint.config, device="cpu", fast=fast), endpoint.scorers)
    # Whole batches, none filled up: what is measured here is counted by rows, not by bytes.
    base = SharedModel(loaded.base.pipe, loaded.base.identity)
    return Opened(
        assignment_of(folder),
        replace(loaded, base=base),
        base,
        open_oracle(folder / "oracle" / "model.safetensors"),
        endpoint.config.defaults,
        base.usual_side,
    )


def open_oracle(file: Path) -> Oracle:
    with safe_open(str(file), framework="pt") as opened:
        widths = tuple(json.loads((opened.metadata() or {})["widths"]))
    oracle = Oracle(widths, len(CONTENTS), len(CONTENTS))
    load_into(oracle, read_weights(file, torch.device("cpu")))
    return oracle
