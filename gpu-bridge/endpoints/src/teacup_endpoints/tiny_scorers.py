"""Tiny random CLIP and BLIP for the scorers, in transformers' layout."""

from __future__ import annotations

import string
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transformers import (
    BertTokenizer,
    BlipConfig,
    BlipForConditionalGeneration,
    BlipForImageTextRetrieval,
    BlipForQuestionAnswering,
    BlipImageProcessorPil,
    CLIPConfig,
    CLIPImageProcessorPil,
    CLIPModel,
)

from .scorers.imagereward import RewardNetwork
from .tiny import WORDS, seeded, text_config, tokenizer

_SIDE, _PATCH = 32, 8
# Large enough for the picture and the words to matter in three layers of random numbers.
_SPREAD = 0.3


def bert_tokenizer(words: Sequence[str] = WORDS) -> Any:
    """BERT's way of cutting texts: a few whole words, and letters for any other."""
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    signs = [*string.ascii_lowercase, *string.digits, *string.punctuation]
    pieces = [f"##{letter}" for letter in string.ascii_lowercase + string.digits]
    known = dict.fromkeys([*marks, "yes", "no", "there", *words, *signs, *pieces])
    return BertTokenizer(vocab={word: number for number, word in enumerate(known)})


def _blip_config(cut: Any, wide: int) -> BlipConfig:
    vision = {
        "hidden_size": wide,
        "intermediate_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "image_size": _SIDE,
        "patch_size": _PATCH,
        "initializer_range": _SPREAD,
    }
    text = {
        # [DEC] and [ENC] behind the tokenizer's own words, as in the real ones.
        "vocab_size": len(cut) + 2,
        "bos_token_id": len(cut),
        "sep_token_id": cut.sep_token_id,
        "pad_token_id": cut.pad_token_id,
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "max_position_embeddings": 64,
        "initializer_range": _SPREAD,
    }
    spread = {"image_text_hidden_size": 8, "initializer_range": _SPREAD}
    return BlipConfig(text_config=text, vision_config=vision, **spread)


def _write_clip(folder: Path) -> None:
    cut = tokenizer()
    vision = {
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "image_size": _SIDE,
        "patch_size": _PATCH,
    }
    text = text_config(cut, 16, 16).to_dict()
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=16)
    CLIPModel(config).save_pretrained(folder, safe_serialization=True)
    crop = {"height": _SIDE, "width": _SIDE}
    CLIPImageProcessorPil(size={"shortest_edge": _SIDE}, crop_size=crop).save_pretrained(folder)
    cut.save_pretrained(folder)


def _write_blip(folder: Path, kind: Any) -> None:
    cut = bert_tokenizer()
    # Pictures may be wider than words, but the answers' network looks at both.
    wide = 16 if kind is BlipForQuestionAnswering else 24
    kind(_blip_config(cut, wide)).save_pretrained(folder, safe_serialization=True)
    BlipImageProcessorPil(size={"height": _SIDE, "width": _SIDE}).save_pretrained(folder)
    cut.save_pretrained(folder)


BLIPS = {
    "blip-itm": BlipForImageTextRetrieval,
    "blip-vqa": BlipForQuestionAnswering,
    "caption-likelihood": BlipForConditionalGeneration,
    "imagereward": RewardNetwork,
}


def write_scorers(folder: Path, seed: int = 0) -> list[Path]:
    """One folder a scorer, by its name."""
    with seeded(seed):
        _write_clip(folder / "clipscore")
        for name, kind in BLIPS.items():
            _write_blip(folder / name, kind)
    return [folder / name for name in ("clipscore", *BLIPS)]
