"""What the scorers on BLIP share: one look at each image, then one text after another."""

from __future__ import annotations

from typing import Any, ClassVar

import torch
from PIL.Image import Image
from transformers import BertTokenizer, BlipImageProcessorPil

from ..pretrained import Place, open_network, open_part
from .base import Pretrained

# BLIP is trained on texts of 35 tokens at most, and its official code cuts there.
LONGEST = 35


class Blip(Pretrained):
    network_type: ClassVar[Any]

    def __init__(self, settings: Any, place: Place) -> None:
        super().__init__(settings, place)
        self.network = open_network(self.network_type, place, settings.dtype)
        self.pixels = open_part(BlipImageProcessorPil, place)
        self.tokenizer = open_part(BertTokenizer, place)

    @property
    def limit(self) -> int:
        return LONGEST

    def judge(self, images: list[Image], texts: list[str]) -> torch.Tensor:
        pixels = self.pixels(images=images, return_tensors="pt").pixel_values
        pixels = pixels.to(self.device, self.network.dtype)
        seen = self.network.vision_model(pixel_values=pixels).last_hidden_state
        return torch.stack([self.compare(seen, self.tokens(text), text) for text in texts], dim=1)

    def compare(self, seen: torch.Tensor, tokens: torch.Tensor, text: str) -> torch.Tensor:
        """(images,) from (images, patches, width) and (1, tokens)"""
        raise NotImplementedError

    def read(self, seen: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
        """(images, tokens, width): the text, read with each image in view."""
        made = self.network.text_encoder(
            input_ids=tokens.repeat(len(seen), 1), encoder_hidden_states=seen
        )
        return made.last_hidden_state
