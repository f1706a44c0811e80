"""GroundingDINO and SAM of transformers, as `tagging.py` wants them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from PIL import Image
from transformers import AutoTokenizer, GroundingDinoForObjectDetection, SamModel, SamProcessor
from transformers.models.grounding_dino.image_processing_pil_grounding_dino import (
    GroundingDinoImageProcessorPil,
)
from transformers.models.sam.image_processing_pil_sam import SamImageProcessorPil

from .errors import Refused
from .pretrained import Place, open_network, open_part
from .tagging import Box, Found


class GroundingDino:
    """All phrases in one text, each ended by a full stop: "tea cup. iced coke." A query belongs to
    the phrase with the most probable token."""

    def __init__(self, place: Place, threshold: float = 0.3, dtype: str = "float32") -> None:
        """`threshold`: the least probability of a box, as CoMat has it."""
        self.place, self.threshold = place, threshold
        self.network = open_network(GroundingDinoForObjectDetection, place, dtype)
        self.tokenizer = open_part(AutoTokenizer, place)
        self.pixels = open_part(GroundingDinoImageProcessorPil, place)

    def to_json(self) -> dict[str, Any]:
        about = {"name": "grounding-dino", "threshold": self.threshold}
        return {**about, "model": self.place.identity.to_json()}

    @torch.no_grad()
    def detect(self, image: Image.Image, phrases: Sequence[str]) -> list[Found]:
        text, spans = self._text(phrases)
        told = {**text, **self.pixels(images=image, return_tensors="pt")}
        told = {key: value.to(self.place.device) for key, value in told.items()}
        told["pixel_values"] = told["pixel_values"].to(self.network.dtype)
        made = self.network(**told)
        likely = made.logits[0].float().sigmoid()  # (queries, tokens)
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


class Sam:
    """One mask a box: SAM's single, not its three."""

    def __init__(self, place: Place, dtype: str = "float32") -> None:
        self.place = place
        self.network = open_network(SamModel, place, dtype)
        self.processor: Any = SamProcessor(open_part(SamImageProcessorPil, place))

    def to_json(self) -> dict[str, Any]:
        return {"name": "sam", "model": self.place.identity.to_json()}

    @torch.no_grad()
    def segment(self, image: Image.Image, boxes: Sequence[Box]) -> torch.Tensor:
        told = self.processor(
            image, input_boxes=[[list(box) for box in boxes]], return_tensors="pt"
        )
        made = self.network(
            pixel_values=told["pixel_values"].to(self.place.device, self.network.dtype),
            input_boxes=told["input_boxes"].to(self.place.device, self.network.dtype),
            multimask_output=False,
        )
        (masks,) = self.processor.image_processor.post_process_masks(
            made.pred_masks.float().cpu(), told["original_sizes"], told["reshaped_input_sizes"]
        )
        return masks[:, 0]
