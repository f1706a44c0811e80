"""BLIP-ITM: the probability that BLIP's matching head gives to "this text fits this image".

score = softmax(head(text encoder(w, M)[first token]))[match]
"""

from __future__ import annotations

import torch
from transformers import BlipForImageTextRetrieval

from .blip import Blip


class BlipItm(Blip):
    name = "blip-itm"
    title = "BLIP image-text matching"
    network_type = BlipForImageTextRetrieval

    def compare(self, seen: torch.Tensor, tokens: torch.Tensor, text: str) -> torch.Tensor:
        head = self.network.itm_head(self.read(seen, tokens)[:, 0])
        return head.float().softmax(dim=-1)[:, 1]


SCORER = BlipItm
