"""ImageReward's official checkpoint, its tensors renamed into transformers' layout.

The official file is a pickle, which could run any program: it is turned into safetensors first, on
a machine where that does no harm (README.md has the line), and this reads safetensors only.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from transformers import BertTokenizer, BlipConfig, BlipImageProcessorPil

from .errors import Refused
from .scorers.imagereward import RewardNetwork
from .weights import check_header

_PATCH = 16
_HEAD_WIDTH = 64  # of BERT and of every vision transformer that BLIP comes with
_PLACES = "text_encoder.embeddings.position_embeddings.weight"
_INNER = "text_encoder.encoder.layer.0.intermediate.dense.bias"
_MLP = {"0": "0", "2": "1", "4": "2", "6": "3", "7": "4"}
_RENAMED = [
    (r"^visual_encoder\.cls_token$", "vision_model.embeddings.class_embedding"),
    (r"^visual_encoder\.pos_embed$", "vision_model.embeddings.position_embedding"),
    (r"^visual_encoder\.patch_embed\.proj\.", "vision_model.embeddings.patch_embedding."),
    (r"^visual_encoder\.norm\.", "vision_model.post_layernorm."),
    (r"^visual_encoder\.blocks\.(\d+)\.", r"vision_model.encoder.layers.\1."),
    (r"\.attn\.qkv\.", ".self_attn.qkv."),
    (r"\.attn\.proj\.", ".self_attn.projection."),
    (r"\.norm([12])\.", r".layer_norm\1."),
]


def rename(official: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """What the reward reads, under transformers' names; its two projections are left out."""
    made: dict[str, torch.Tensor] = {}
    for name, tensor in official.items():
        if layer := re.fullmatch(r"mlp\.layers\.(\d)\.(weight|bias)", name):
            made[f"mlp.{_MLP[layer[1]]}.{layer[2]}"] = tensor
            continue
        inner = name.removeprefix("blip.")
        for old, new in _RENAMED:
            inner = re.sub(old, new, inner)
        if inner.startswith(("vision_model.", "text_encoder.")) and "position_ids" not in inner:
            made[inner] = tensor
    return made


def config_of(renamed: dict[str, torch.Tensor]) -> BlipConfig:
    """Read off the tensors' shapes; the layer norms' small number is that of BLIP's own code."""

    def layers(pattern: str) -> int:
        return len({m[1] for name in renamed if (m := re.match(pattern, name))})

    patches, wide = renamed["vision_model.embeddings.position_embedding"].shape[1:]
    words, width = renamed["text_encoder.embeddings.word_embeddings.weight"].shape
    vision = {
        "hidden_size": wide,
        "intermediate_size": renamed["vision_model.encoder.layers.0.mlp.fc1.weight"].shape[0],
        "num_hidden_layers": layers(r"vision_model\.encoder\.layers\.(\d+)\."),
        "num_attention_heads": wide // _HEAD_WIDTH,
        "image_size": round((patches - 1) ** 0.5) * _PATCH,
        "patch_size": _PATCH,
        "layer_norm_eps": 1e-6,
    }
    text = {
        "vocab_size": words,
        "hidden_size": width,
        "intermediate_size": renamed[_INNER].shape[0],
        "max_position_embeddings": renamed[_PLACES].shape[0],
        "num_hidden_layers": layers(r"text_encoder\.encoder\.layer\.(\d+)\."),
        "num_attention_heads": width // _HEAD_WIDTH,
    }
    return BlipConfig(text_config=text, vision_config=vision)


def convert(checkpoint: Path, tokenizer: Path, folder: Path) -> None:
    """`tokenizer`: a folder with the files of bert-base-uncased's."""
    check_header(checkpoint)
    renamed = rename(load_file(checkpoint))
    try:
        config: Any = config_of(renamed)
        network: Any = RewardNetwork(config)
        network.load_state_dict(renamed)
        cut = BertTokenizer.from_pretrained(tokenizer, local_files_only=True)
    except (KeyError, RuntimeError, OSError, ValueError) as error:
        raise Refused(f"{checkpoint} is not ImageReward's checkpoint: {error}") from error
    network.save_pretrained(folder, safe_serialization=True)
    cut.save_pretrained(folder)
    write_pixels(folder, config.vision_config.image_size)


def write_pixels(folder: Path, side: int) -> None:
    """ImageReward cuts the middle out of the picture; a square one is the same either way."""
    BlipImageProcessorPil(
        size={"shortest_edge": side},
        do_center_crop=True,
        crop_size={"height": side, "width": side},
        default_to_square=False,
    ).save_pretrained(folder)
