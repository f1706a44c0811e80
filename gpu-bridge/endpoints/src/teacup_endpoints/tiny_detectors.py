"""Tiny random GroundingDINO and SAM, in transformers' layout."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import torch
from transformers import (
    BertConfig,
    BertTokenizer,
    GroundingDinoConfig,
    GroundingDinoForObjectDetection,
    SamConfig,
    SamMaskDecoderConfig,
    SamModel,
    SamPromptEncoderConfig,
    SamVisionConfig,
    SwinConfig,
)
from transformers.models.grounding_dino.image_processing_pil_grounding_dino import (
    GroundingDinoImageProcessorPil,
)
from transformers.models.sam.image_processing_pil_sam import SamImageProcessorPil

from .tiny import WORDS

_SIDE, _MASK = 64, 16


def _tokenizer() -> Any:
    """BERT's way of cutting texts: a few whole words, and letters for any other."""
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "."]
    pieces = [f"##{letter}" for letter in string.ascii_lowercase]
    known = dict.fromkeys([*marks, *WORDS, *string.ascii_lowercase, *pieces])
    return BertTokenizer(vocab={word: number for number, word in enumerate(known)})


def write_grounding_dino(folder: Path) -> Path:
    cut = _tokenizer()
    shape: dict[str, Any] = {
        "image_size": 32,
        "patch_size": 4,
        "embed_dim": 8,
        "depths": [1, 1, 1, 1],
        "num_heads": [1, 1, 2, 2],
        "window_size": 2,
        "out_indices": [2, 3, 4],
    }
    text = BertConfig(
        vocab_size=len(cut),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
    )
    config = GroundingDinoConfig(
        backbone_config=SwinConfig(**shape),
        text_config=text,
        d_model=32,
        encoder_layers=1,
        decoder_layers=2,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        num_queries=6,
        encoder_n_points=2,
        decoder_n_points=2,
        max_text_len=64,
        disable_custom_kernels=True,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        GroundingDinoForObjectDetection(config).save_pretrained(folder)
    # Below 65 pixels a side its smallest map would be one cell, which it cannot normalise.
    pixels = GroundingDinoImageProcessorPil(size={"shortest_edge": 128, "longest_edge": 256})
    pixels.save_pretrained(folder)
    cut.save_pretrained(folder)
    return folder


def write_sam(folder: Path) -> Path:
    vision = SamVisionConfig(
        hidden_size=16,
        output_channels=8,
        num_hidden_layers=2,
        num_attention_heads=2,
        image_size=_SIDE,
        patch_size=16,
        mlp_ratio=2.0,
        window_size=2,
        global_attn_indexes=[1],
        num_pos_feats=4,
        initializer_range=0.02,
    )
    prompt = SamPromptEncoderConfig(
        hidden_size=8, image_size=_SIDE, patch_size=16, mask_input_channels=4
    )
    decoder = SamMaskDecoderConfig(
        hidden_size=8,
        mlp_dim=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        iou_head_hidden_dim=8,
    )
    config = SamConfig(
        vision_config=vision.to_dict(),
        prompt_encoder_config=prompt.to_dict(),
        mask_decoder_config=decoder.to_dict(),
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        SamModel(config).save_pretrained(folder)
    SamImageProcessorPil(
        size={"longest_edge": _SIDE},
        pad_size={"height": _SIDE, "width": _SIDE},
        mask_size={"longest_edge": _MASK},
        mask_pad_size={"height": _MASK, "width": _MASK},
    ).save_pretrained(folder)
    return folder


def write_detectors(folder: Path) -> list[Path]:
    return [write_grounding_dino(folder / "grounding-dino"), write_sam(folder / "sam")]
