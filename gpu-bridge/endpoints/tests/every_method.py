"""Each method with every part of it at work, for what all of them promise."""

from collections.abc import Sequence
from typing import Any

from PIL.Image import Image

from teacup_endpoints.masks import write_mask

from .scorers import StubScorer
from .test_modulation import box

CUP = {"phrase": "tea cup", "score": 2, "mask": write_mask(box(0, 0, 128, 64))}
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


class Undecided(StubScorer):
    """Accepts nothing, so that every round is drawn."""

    def score(self, images: Sequence[Image], texts: Sequence[str]) -> list[list[float]]:
        return [[0.1 * place for place in range(len(texts))] for _ in images]
