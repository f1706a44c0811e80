"""Each method with every part of it at work, and each with all of it off: what tests and the check
of a device draw, because it is promised of all of them."""

from __future__ import annotations

from typing import Any

import torch

from .asking import Concept
from .masks import write_mask

PROMPT = "a tea cup of iced coke"
PAIR = (Concept("iced coke"), Concept("tea cup"))


def _left_half(side: int = 128) -> str:
    mask = torch.zeros(side, side, dtype=torch.bool)
    mask[:, : side // 2] = True
    return write_mask(mask)


CUP: dict[str, Any] = {"phrase": "tea cup", "score": 2, "mask": _left_half()}
ACTING: dict[str, dict[str, Any]] = {
    "plain": {},
    "moce": {"rounds": 2},
    "best_of": {"k": 2},
    "probe": {"points": 2},
    "concept_diffusion": {"eta_subject": 1.0, "eta_abstract": 1.0},
    "decorrelation": {"target": "iced coke", "among": "all", "learning_rate": 1e-2},
    "realign_diff": {"objects": [CUP], "self_strength": 0.3},
    "attend_and_excite": {"altered_steps": 2, "refine_rounds": 1},
}
# MoCE and the probe have no setting at which they do nothing.
OFF: dict[str, dict[str, Any]] = {
    "plain": {},
    "best_of": {"k": 1},
    "concept_diffusion": {"eta_subject": 0, "eta_abstract": 0, "upper_bound": None},
    "decorrelation": {"target": "iced coke", "among": "all", "learning_rate": 0},
    "realign_diff": {"objects": []},
    "attend_and_excite": {"step_size": 0},
}
