"""SDXL base in its true shape with random weights: what a bench needs where there are no weights.
Random and not zeros, because zeros draw less power and run faster (quality.md, A8)."""

from __future__ import annotations

from typing import Any

import torch
from diffusers.models import AutoencoderKL, UNet2DConditionModel
from diffusers.pipelines import StableDiffusionXLPipeline
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from .tiny import euler, tokenizer

PARAMETERS = 2_567_463_684  # of the UNet


def unet() -> UNet2DConditionModel:
    shape: dict[str, Any] = {
        "sample_size": 128,
        "block_out_channels": (320, 640, 1280),
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        "layers_per_block": 2,
        "transformer_layers_per_block": (1, 2, 10),
        "attention_head_dim": (5, 10, 20),
        "cross_attention_dim": 2048,
        "use_linear_projection": True,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 2816,
    }
    return UNet2DConditionModel(**shape)


def vae() -> AutoencoderKL:
    shape: dict[str, Any] = {
        "block_out_channels": (128, 256, 512, 512),
        "down_block_types": ["DownEncoderBlock2D"] * 4,
        "up_block_types": ["UpDecoderBlock2D"] * 4,
        "layers_per_block": 2,
        "latent_channels": 4,
        "sample_size": 1024,
        "scaling_factor": 0.13025,
        "force_upcast": False,
    }
    return AutoencoderKL(**shape)


def _text(cut: Any, width: int, layers: int, heads: int, projection: int) -> CLIPTextConfig:
    """The real widths; the words are the tiny tokenizer's."""
    return CLIPTextConfig(
        vocab_size=len(cut),
        hidden_size=width,
        intermediate_size=4 * width,
        projection_dim=projection,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        bos_token_id=cut.bos_token_id,
        eos_token_id=cut.eos_token_id,
        pad_token_id=cut.pad_token_id,
    )


def sdxl(device: str, dtype: torch.dtype, seed: int = 0) -> StableDiffusionXLPipeline:
    """Made where it runs: 3.5 billion random numbers take seconds on a GPU and minutes here."""
    before = torch.get_default_dtype()
    # Diffusers reads a scheduler's numbers by numpy: they stay on the processor.
    scheduler = euler()
    torch.manual_seed(seed)
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            cut, second = tokenizer(), tokenizer(pad="!")
            return StableDiffusionXLPipeline(
                vae=vae().eval(),
                text_encoder=CLIPTextModel(_text(cut, 768, 12, 12, 768)).eval(),
                text_encoder_2=CLIPTextModelWithProjection(
                    _text(second, 1280, 32, 20, 1280)
                ).eval(),
                tokenizer=cut,
                tokenizer_2=second,
                unet=unet().eval(),
                scheduler=scheduler,
                force_zeros_for_empty_prompt=True,
            ).to(device)
    finally:
        torch.set_default_dtype(before)
