"""CLIPScore (Hessel et al. 2021; methods.md 2.6):

    CS(M, w) = weight * max(0, cos(E_image(M), E_text(prefix + w)))

MoCE's authors take ViT-B/32, the prefix and a weight of 2.5; their thresholds are the defaults, and
grow with the weight: a delta of 0.01 is a cosine of 0.004 (methods.md 2.5: "x100 = 1.0").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import torch
from PIL.Image import Image
from transformers import CLIPImageProcessorPil, CLIPModel, CLIPTokenizer

from ..parameters import parameter
from ..pretrained import Place, open_network, open_part
from .base import Pretrained, Settings

_KEPT_TEXTS = 1024
_WEIGHT, _DELTA, _TAU = 2.5, 0.01, 0.72


@dataclass(frozen=True)
class ClipSettings(Settings):
    prefix: str = parameter("A photo depicts ", "Words before each text")
    weight: float = parameter(_WEIGHT, "Weight", minimum=0)

    def on_its_scale(self) -> ClipSettings:
        """With thresholds: those that are given, else the authors' as the weight has them."""
        times = self.weight / _WEIGHT
        delta = _DELTA * times if self.delta is None else self.delta
        return replace(self, delta=delta, tau=_TAU * times if self.tau is None else self.tau)


class ClipScore(Pretrained):
    name = "clipscore"
    title = "CLIPScore"
    settings_type = ClipSettings

    def __init__(self, settings: ClipSettings, place: Place) -> None:
        super().__init__(settings.on_its_scale(), place)
        self.network = open_network(CLIPModel, place, settings.dtype)
        self.pixels = open_part(CLIPImageProcessorPil, place)
        self.tokenizer = open_part(CLIPTokenizer, place)
        self._kept: dict[str, torch.Tensor] = {}

    @property
    def limit(self) -> int:
        return self.network.config.text_config.max_position_embeddings

    def said(self, text: str) -> str:
        return self.asked.prefix + text

    def judge(self, images: list[Image], texts: list[str]) -> torch.Tensor:
        pixels = self.pixels(images=images, return_tensors="pt").pixel_values
        pixels = pixels.to(self.device, self.network.dtype)
        seen = _direction(self.network.get_image_features(pixel_values=pixels))
        read = torch.cat([self._text(text) for text in texts])
        # Not a matrix product: its rounding depends on how many texts are asked about.
        cosines = (seen[:, None] * read).sum(dim=-1)
        return self.asked.weight * cosines.clamp(min=0)

    def _text(self, text: str) -> torch.Tensor:
        """(1, width), kept: a search asks about the same few texts again and again."""
        if text not in self._kept:
            if len(self._kept) >= _KEPT_TEXTS:
                self._kept.clear()
            made = self.network.get_text_features(input_ids=self.tokens(text))
            self._kept[text] = _direction(made)
        return self._kept[text]


def _direction(made: Any) -> torch.Tensor:
    # Cosines of matching pairs differ in the third digit: never in 16 bits.
    return torch.nn.functional.normalize(made.pooler_output.float(), dim=-1)


SCORER = ClipScore
