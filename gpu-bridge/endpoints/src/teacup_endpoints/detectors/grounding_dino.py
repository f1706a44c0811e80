"""GroundingDINO of transformers: boxes for phrases of any words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from PIL import Image
from transformers import AutoTokenizer, GroundingDinoForObjectDetection
from transformers.models.grounding_dino.image_processing_pil_grounding_dino import (
    GroundingDinoImageProcessorPil,
)

from ..errors import Refused
from ..model import not_finite
from ..parameters import parameter
from ..pretrained import Place, open_network, open_part
from ..sources import Weights
from ..tagging import TOO_NARROW, Found
from ..tools import Tool


@dataclass(frozen=True)
class Settings(Weights):
    threshold: float = parameter(
        0.3, "Least probability of a box", description="CoMat's", minimum=0, maximum=1
    )


class GroundingDino(Tool):
    """All phrases in one text, each ended by a full stop: "tea cup. iced coke." A query belongs to
    the phrase with the most probable token."""

    name = "grounding-dino"
    title = "GroundingDINO"
    settings_type = Settings

    def __init__(self, settings: Any, place: Place) -> None:
        super().__init__(settings, place)
        self.threshold: float = settings.threshold
        self.network = open_network(GroundingDinoForObjectDetection, place, settings.dtype)
        self.tokenizer = open_part(AutoTokenizer, place)
        self.pixels = open_part(GroundingDinoImageProcessorPil, place)

    @torch.no_grad()
    def detect(self, image: Image.Image, phrases: Sequence[str]) -> list[Found]:
        text, spans = self._text(phrases)
        told = {**text, **self.pixels(images=image, return_tensors="pt")}
        told = {key: value.to(self.place.device) for key, value in told.items()}
        told["pixel_values"] = told["pixel_values"].to(self.network.dtype)
        made = self.network(**told)
        likely = made.logits[0].float().sigmoid()  # (queries, tokens)
        # Of numbers that are not, none passes the threshold: nothing would be found, in silence.
        if not_finite(likely):
            raise Refused(TOO_NARROW.format(self.name))
        each = torch.stack([likely[:, span].amax(dim=1) for span in spans], dim=1)
        scores, owners = each.max(dim=1)
        kept = (scores > self.threshold).nonzero().flatten().tolist()
        boxes = _corners(made.pred_boxes[0].float(), image.size).tolist()
        found = [Found(phrases[int(owners[q])], float(scores[q]), tuple(boxes[q])) for q in kept]
        return sorted(found, key=lambda one: -one.score)

    def _text(self, phrases: Sequence[str]) -> tuple[dict[str, torch.Tensor], list[slice]]:
        cut = self.tokenizer
        parts = [cut(f"{p.lower()}.", add_special_tokens=False).input_ids for p in phrases]
        ids = [cut.cls_token_id, *(token for part in parts for token in part), cut.sep_token_id]
        most = self.network.config.max_text_len
        if len(ids) > most:
            raise Refused(f"The phrases have {len(ids)} tokens: {most} are possible at once.")
        spans: list[slice] = []
        start = 1
        for part in parts:
            spans.append(slice(start, start + len(part) - 1))  # without its full stop
            start += len(part)
        row = torch.tensor([ids])
        zeros, ones = torch.zeros_like(row), torch.ones_like(row)
        return {"input_ids": row, "token_type_ids": zeros, "attention_mask": ones}, spans


def _corners(boxes: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    """From centre and size, as shares of the image, to corners in its pixels."""
    x, y, width, height = boxes.unbind(dim=-1)
    corners = [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
    scale = boxes.new_tensor([size[0], size[1], size[0], size[1]])
    return torch.stack(corners, dim=-1).clamp(0, 1) * scale


DETECTOR = GroundingDino
