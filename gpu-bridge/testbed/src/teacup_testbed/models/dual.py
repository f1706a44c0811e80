"""The dual encoder that steers MoCE: a small CLIP, which the endpoints' scorer `clipscore` opens.

Never the judge: it has its own data order, its own architecture and its own loss.
"""

from __future__ import annotations

from typing import Any

import torch
from transformers import CLIPConfig, CLIPImageProcessorPil, CLIPModel

from ..shape import Shape
from .generator import text_config

PATCH = 8


def vision_settings(shape: Shape) -> dict[str, int]:
    """Of a vision transformer, in transformers' words; the captioner's has the same."""
    return {
        "hidden_size": shape.vision_width,
        "intermediate_size": 4 * shape.vision_width,
        "num_hidden_layers": shape.vision_layers,
        "num_attention_heads": shape.heads,
        "image_size": shape.pixels,
        "patch_size": PATCH,
    }


def make_dual(shape: Shape, tokenizer: Any) -> CLIPModel:
    vision = {**vision_settings(shape), "hidden_act": "quick_gelu"}
    text = text_config(shape, tokenizer).to_dict()
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=shape.text_width)
    return CLIPModel(config)


def image_processor(shape: Shape) -> CLIPImageProcessorPil:
    """The picture as it is, from -1 to 1."""
    side = {"height": shape.pixels, "width": shape.pixels}
    half = [0.5, 0.5, 0.5]
    return CLIPImageProcessorPil(
        size={"shortest_edge": shape.pixels}, crop_size=side, image_mean=half, image_std=half
    )


def directions(made: Any) -> torch.Tensor:
    """(n, width) of length 1, of what CLIPModel's `get_..._features` returns."""
    return torch.nn.functional.normalize(made.pooler_output.float(), dim=-1)
