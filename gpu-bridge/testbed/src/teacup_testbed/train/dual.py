"""Stages `dual` and `text`: pictures and texts that belong together, near one another.

Many pictures of a batch fit one text ("a tea cup"), so a text's target is spread evenly over all
that fit, as in supervised contrastive learning (Khosla et al. 2020, eq. 2).

On uniform scenes it is the dual encoder that steers. On biased scenes and their captions alone its
text tower is the `frozen` text encoder, which learns the bias as CLIP learns it from the web.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from ..models.dual import directions
from .budget import Rate
from .pictures import to_unit

ANY = -2  # a text that says nothing of it


@dataclass(frozen=True)
class Texts:
    """k texts of each picture, and what each says."""

    tokens: torch.Tensor  # (n, k, tokens) long
    content: torch.Tensor  # (n, k) long: the content that fits, -1 for none, ANY for all
    host: torch.Tensor  # (n, k) long


class DualTask:
    decay = 0.995
    weight_decay = 0.05

    def __init__(
        self,
        name: str,
        network: Any,
        pictures: torch.Tensor,  # (n, 3, side, side) uint8
        content: torch.Tensor,  # (n,) long
        host: torch.Tensor,  # (n,) long
        texts: Texts,
    ) -> None:
        # A CPU makes more of its minutes by more and smaller steps.
        is_gpu = pictures.device.type == "cuda"
        self.name, self.count = name, 256 if is_gpu else 64
        self.parts: Any = network.to(pictures.device)
        self.pictures, self.texts = pictures, texts
        self.content, self.host = content.to(pictures.device), host.to(pictures.device)
        self.rate = Rate(1e-3, warm_up=200 if is_gpu else 50, falls_from=0.5)

    def batch(self, generator: torch.Generator) -> list[torch.Tensor]:
        device = self.pictures.device
        which = torch.randint(len(self.pictures), (self.count,), generator=generator, device=device)
        kinds = self.texts.tokens.shape[1]
        kind = torch.randint(kinds, (self.count,), generator=generator, device=device)
        content, host = self.texts.content[which, kind], self.texts.host[which, kind]
        # Row: picture. Column: text.
        fits = _fits(self.content[which], content) & _fits(self.host[which], host)
        return [to_unit(self.pictures[which]), self.texts.tokens[which, kind], fits.float()]

    def loss(self, *batch: torch.Tensor) -> torch.Tensor:
        pictures, tokens, fits = batch
        seen = directions(self.parts.get_image_features(pixel_values=pictures))
        read = directions(self.parts.get_text_features(input_ids=tokens))
        logits = self.parts.logit_scale.clamp(max=4.6).exp() * seen @ read.T
        return (_spread(logits, fits) + _spread(logits.T, fits.T)) / 2


def _fits(has: torch.Tensor, said: torch.Tensor) -> torch.Tensor:
    return (has[:, None] == said[None]) | (said[None] == ANY)


def _spread(logits: torch.Tensor, fits: torch.Tensor) -> torch.Tensor:
    target = fits / fits.sum(dim=1, keepdim=True).clamp(min=1)
    return -(target * logits.log_softmax(dim=1)).sum(dim=1).mean()
