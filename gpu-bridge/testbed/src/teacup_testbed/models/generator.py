"""The text-to-image model: a small AutoencoderKL, UNet2DConditionModel and causal CLIPTextModel."""

from __future__ import annotations

from typing import Any

from diffusers.models import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

from ..shape import LATENT_CHANNELS, Shape


def make_vae(shape: Shape) -> Any:
    """Four pixels a latent. No attention: a shape's look needs no other corner of the picture."""
    levels = len(shape.vae)
    given: dict[str, Any] = {
        "block_out_channels": list(shape.vae),
        "down_block_types": ["DownEncoderBlock2D"] * levels,
        "up_block_types": ["UpDecoderBlock2D"] * levels,
        "latent_channels": LATENT_CHANNELS,
        "layers_per_block": 1,
        "norm_num_groups": 8,
        "mid_block_add_attention": False,
        "sample_size": shape.pixels,
        # Latents are brought to mean 0 and deviation 1 by the weights themselves.
        "scaling_factor": 1.0,
        "force_upcast": False,
    }
    return AutoencoderKL(**given)


def make_unet(shape: Shape) -> Any:
    given: dict[str, Any] = {
        "sample_size": shape.latent[-1],
        "in_channels": LATENT_CHANNELS,
        "out_channels": LATENT_CHANNELS,
        "block_out_channels": shape.unet,
        "layers_per_block": 1,
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        "cross_attention_dim": shape.text_width,
        # diffusers reads it as the number of heads.
        "attention_head_dim": shape.heads,
        "norm_num_groups": shape.groups,
    }
    return UNet2DConditionModel(**given)


def text_config(shape: Shape, tokenizer: Any) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=shape.text_width,
        intermediate_size=4 * shape.text_width,
        projection_dim=shape.text_width,
        num_hidden_layers=shape.text_layers,
        num_attention_heads=shape.heads,
        max_position_embeddings=shape.tokens,
        hidden_act="quick_gelu",
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )


def make_text_encoder(shape: Shape, tokenizer: Any) -> Any:
    return CLIPTextModel(text_config(shape, tokenizer))
