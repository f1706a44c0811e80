"""ImageReward (Xu et al. 2023): a human preference, read off BLIP's text encoder.

    score(M, P) = (mlp(text encoder(P, M)[first token]) - mean) / std

Texts are cut at 35 tokens; scores run from about -2.3 to +2. The official checkpoint is a pickle of
another layout: `imagereward_layout.py` has the names, README.md the two commands.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from transformers import BlipPreTrainedModel, BlipTextModel, BlipVisionModel

from ..parameters import parameter
from .base import Settings
from .blip import Blip

MEAN, STD = 0.16717362830052426, 1.0333394966054072
_WIDTHS = (1024, 128, 64, 16, 1)


@dataclass(frozen=True)
class RewardSettings(Settings):
    delta: float | None = parameter(0.6, "Scores count as equal below", minimum=0)


class RewardNetwork(BlipPreTrainedModel):
    """In transformers' layout: vision_model, text_encoder, mlp."""

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.vision_model = BlipVisionModel(config.vision_config)
        self.text_encoder = BlipTextModel(config.text_config, add_pooling_layer=False)
        # Straight layers: the official head has no function between them, and its dropouts, which
        # do nothing here, are why its own numbers go 0, 2, 4, 6, 7.
        widths = (config.text_config.hidden_size, *_WIDTHS)
        self.mlp = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in pairwise(widths))
        self.post_init()


class ImageReward(Blip):
    name = "imagereward"
    title = "ImageReward"
    settings_type = RewardSettings
    network_type = RewardNetwork

    def compare(self, seen: torch.Tensor, tokens: torch.Tensor, text: str) -> torch.Tensor:
        made = self.read(seen, tokens)[:, 0]
        for layer in self.network.mlp:
            made = layer(made)
        return (made[:, 0].float() - MEAN) / STD


SCORER = ImageReward
