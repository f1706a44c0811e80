"""The captioner, a small BLIP: what the endpoints' scorer `caption-likelihood` opens, and what
fine-tuning by captions (CoMat) takes its reward from."""

from __future__ import annotations

from typing import Any

from transformers import BlipConfig, BlipForConditionalGeneration, BlipImageProcessorPil

from ..shape import Shape
from .dual import vision_settings


def make_captioner(shape: Shape, tokenizer: Any) -> BlipForConditionalGeneration:
    text = {
        # [DEC] and [ENC] behind the tokenizer's own words, as in the real ones.
        "vocab_size": len(tokenizer) + 2,
        "bos_token_id": len(tokenizer),
        "sep_token_id": tokenizer.sep_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "hidden_size": shape.text_width,
        "encoder_hidden_size": shape.vision_width,
        "intermediate_size": 4 * shape.text_width,
        "num_hidden_layers": shape.text_layers,
        "num_attention_heads": shape.heads,
        "max_position_embeddings": 64,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
    }
    config = BlipConfig(text_config=text, vision_config=vision_settings(shape))
    return BlipForConditionalGeneration(config)


def image_processor(shape: Shape) -> BlipImageProcessorPil:
    half = [0.5, 0.5, 0.5]
    size = {"height": shape.pixels, "width": shape.pixels}
    return BlipImageProcessorPil(size=size, image_mean=half, image_std=half)
