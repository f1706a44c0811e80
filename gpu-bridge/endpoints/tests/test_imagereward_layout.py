"""ImageReward's official names, and back: the same scores from the folder that is written."""

import re
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from transformers import BlipConfig

from teacup_endpoints import imagereward_layout as layout
from teacup_endpoints.cli import main
from teacup_endpoints.scorers.imagereward import RewardNetwork

from .scorers import opened, picture

_OFFICIAL = [
    (r"^vision_model\.embeddings\.class_embedding$", "visual_encoder.cls_token"),
    (r"^vision_model\.embeddings\.position_embedding$", "visual_encoder.pos_embed"),
    (r"^vision_model\.embeddings\.patch_embedding\.", "visual_encoder.patch_embed.proj."),
    (r"^vision_model\.post_layernorm\.", "visual_encoder.norm."),
    (r"^vision_model\.encoder\.layers\.", "visual_encoder.blocks."),
    (r"\.self_attn\.projection\.", ".attn.proj."),
    (r"\.self_attn\.", ".attn."),
    (r"\.layer_norm", ".norm"),
]


def official(network: torch.nn.Module) -> dict[str, torch.Tensor]:
    made: dict[str, torch.Tensor] = {"blip.text_proj.weight": torch.zeros(1)}
    for name, tensor in network.state_dict().items():
        if layer := re.fullmatch(r"mlp\.(\d)\.(\w+)", name):
            made[f"mlp.layers.{(0, 2, 4, 6, 7)[int(layer[1])]}.{layer[2]}"] = tensor
            continue
        for new, old in _OFFICIAL:
            name = re.sub(new, old, name)
        made[f"blip.{name}"] = tensor.contiguous()
    return made


def test_the_written_folder_scores_as_the_checkpoint(
    scorers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = opened(scorers, "imagereward")
    save_file(official(source.network), tmp_path / "official.safetensors")
    # Heads and patches of the tiny one.
    monkeypatch.setattr(layout, "_HEAD_WIDTH", 8)
    monkeypatch.setattr(layout, "_PATCH", 8)
    real = layout.config_of

    def with_tiny_heads(renamed: dict[str, torch.Tensor]) -> BlipConfig:
        config: Any = real(renamed)
        config.vision_config.num_attention_heads = 2
        config.vision_config.layer_norm_eps = 1e-5
        return config

    monkeypatch.setattr(layout, "config_of", with_tiny_heads)
    words = str(scorers / "imagereward")
    arguments = [str(tmp_path / "official.safetensors"), words, str(tmp_path / "imagereward")]
    assert main(["imagereward", *arguments]) == 0
    images, texts = [picture(0), picture(1)], ["a red cup", "a dog"]
    made = opened(tmp_path, "imagereward").score(images, texts)
    assert made == source.score(images, texts)


def test_the_real_ones_shape_is_read_off_its_tensors() -> None:
    vision = {
        "hidden_size": 1024,
        "intermediate_size": 4096,
        "num_hidden_layers": 24,
        "num_attention_heads": 16,
        "image_size": 224,
        "layer_norm_eps": 1e-6,
    }
    real: Any = BlipConfig(text_config={"num_attention_heads": 12}, vision_config=vision)
    with torch.device("meta"):
        tensors = layout.rename(official(RewardNetwork(real)))
    read: Any = layout.config_of(tensors)
    assert read.text_config.to_dict() == real.text_config.to_dict()
    assert read.vision_config.to_dict() == real.vision_config.to_dict()


def test_another_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_file({"a": torch.zeros(1)}, tmp_path / "a.safetensors")
    assert main(["imagereward", str(tmp_path / "a.safetensors"), "x", str(tmp_path / "y")]) == 1
    assert "is not ImageReward's checkpoint" in capsys.readouterr().err
