"""Stage `captioner`: the next word of a caption, given the picture, on uniform scenes."""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional

from .budget import Rate
from .pictures import to_unit


class CaptionerTask:
    name = "captioner"
    decay = 0.995
    weight_decay = 0.05

    def __init__(
        self,
        network: Any,
        pictures: torch.Tensor,  # (n, 3, side, side) uint8
        tokens: torch.Tensor,  # (n, captions, tokens) long
        pad: int,
        batch: int = 128,
    ) -> None:
        self.parts: Any = network.to(pictures.device)
        self.pictures, self.tokens, self.pad, self.count = pictures, tokens, pad, batch
        self.rate = Rate(1e-3, warm_up=200, falls_from=0.5)

    def batch(self, generator: torch.Generator) -> list[torch.Tensor]:
        device = self.pictures.device
        which = torch.randint(len(self.pictures), (self.count,), generator=generator, device=device)
        wording = torch.randint(
            self.tokens.shape[1], (self.count,), generator=generator, device=device
        )
        return [to_unit(self.pictures[which]), self.tokens[which, wording]]

    def loss(self, *batch: torch.Tensor) -> torch.Tensor:
        pictures, tokens = batch
        seen = self.parts.vision_model(pixel_values=pictures).last_hidden_state
        # Causal, and what follows a caption's end is never asked for: no mask is needed.
        made = self.parts.text_decoder(input_ids=tokens, encoder_hidden_states=seen)
        logits, asked = made.logits[:, :-1], tokens[:, 1:]
        return functional.cross_entropy(
            logits.flatten(0, 1).float(), asked.flatten(), ignore_index=self.pad
        )
