"""How well an image explains a text: BLIP's captioner reads it word by word (CoMat's L_i2t).

    score(M, P) = mean (or sum) over the tokens of P of log p(token | tokens before it, prefix, M)

The prefix is read and not scored, the end of the text is. No label smoothing. Eq. 7, by which CoMat
chooses a captioner, compares a text with one that says something else:

    sensitivity = (log p(P | M) - log p(P' | M)) / |log p(P | M)|

CoMat's code leaves [CLS] as the first token; BLIP itself begins a caption with [DEC] (`"dec"`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from transformers import BlipForConditionalGeneration

from ..parameters import parameter
from ..pretrained import Place
from .base import Settings
from .blip import Blip


@dataclass(frozen=True)
class CaptionSettings(Settings):
    prefix: str = parameter("a photography of ", "Words before each text, not scored")
    reduction: Literal["mean", "sum"] = parameter("mean", "Over the tokens")
    begins_with: Literal["cls", "dec"] = parameter("cls", "First token of a text")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.prefix and not self.prefix.endswith(" "):
            raise ValueError("prefix must end with a space: it is not a part of the text's words.")


class CaptionLikelihood(Blip):
    name = "caption-likelihood"
    title = "Log-likelihood as a caption"
    settings_type = CaptionSettings
    network_type = BlipForConditionalGeneration

    def __init__(self, settings: CaptionSettings, place: Place) -> None:
        super().__init__(settings, place)
        # Without the mark of the end: the prefix goes on in the text.
        self.unscored = len(self.tokenizer(settings.prefix).input_ids) - 1

    @property
    def limit(self) -> int:
        return self.network.config.text_config.max_position_embeddings

    def said(self, text: str) -> str:
        return self.asked.prefix + text.lower()

    def compare(self, seen: torch.Tensor, tokens: torch.Tensor, text: str) -> torch.Tensor:
        if self.asked.begins_with == "dec":
            begin = tokens.new_tensor([[self.network.config.text_config.bos_token_id]])
            tokens = torch.cat([begin, tokens[:, 1:]], dim=1)
        asked = tokens.repeat(len(seen), 1)
        made = self.network.text_decoder(input_ids=asked, encoder_hidden_states=seen)
        logs = made.logits[:, :-1].float().log_softmax(dim=-1)
        each = logs.gather(2, asked[:, 1:, None])[..., 0][:, self.unscored - 1 :]
        return each.mean(dim=1) if self.asked.reduction == "mean" else each.sum(dim=1)


def sensitivity(said: Sequence[float], otherwise: Sequence[float]) -> list[float]:
    """Eq. 7 of each text and its corruption; 0 where the text is certain (log p = 0)."""
    pairs = zip(said, otherwise, strict=True)
    return [0.0 if p == 0 else (p - other) / abs(p) for p, other in pairs]


SCORER = CaptionLikelihood
