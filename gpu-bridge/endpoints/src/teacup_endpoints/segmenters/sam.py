"""SAM of transformers: the pixels in boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from PIL import Image
from transformers import SamModel, SamProcessor
from transformers.models.sam.image_processing_pil_sam import SamImageProcessorPil

from ..errors import Refused
from ..model import not_finite
from ..pretrained import Place, open_network, open_part
from ..tagging import TOO_NARROW, Box
from ..tools import Tool


class Sam(Tool):
    """One mask a box: SAM's single, not its three."""

    name = "sam"
    title = "Segment Anything"

    def __init__(self, settings: Any, place: Place) -> None:
        super().__init__(settings, place)
        self.network = open_network(SamModel, place, settings.dtype)
        self.processor: Any = SamProcessor(open_part(SamImageProcessorPil, place))

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
        if not_finite(made.pred_masks):
            raise Refused(TOO_NARROW.format(self.name))
        (masks,) = self.processor.image_processor.post_process_masks(
            made.pred_masks.float().cpu(), told["original_sizes"], told["reshaped_input_sizes"]
        )
        return masks[:, 0]


SEGMENTER = Sam
