"""Tiny models with random weights, in the layout of the real ones: for tests and rehearsals.
They draw noise, in the right shapes and with every part that the real ones have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from diffusers.models import AutoencoderKL, UNet2DConditionModel
from diffusers.pipelines import (
    StableDiffusionPipeline,
    StableDiffusionXLImg2ImgPipeline,
    StableDiffusionXLPipeline,
)
from diffusers.schedulers import EulerDiscreteScheduler, PNDMScheduler
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
)

# Whole words to the tokenizer; any other word falls into its letters.
WORDS = """
a an the of in on with and or first second photo depicts to at by from is full empty red blue green
yellow pink black white old new small large tea cup coffee iced coke glass mug bowl noodles basin
water wine beer milk dog cat bird horse book pencil pen table window garden street tracks train
rusty fish tank mouse keyboard bench car bus tree flower apple orange banana photography light soft
morning
""".split()  # noqa: SIM905 a list of words is read as words
_TIME_WIDTH = 8
# A part that may be absent, though diffusers' types do not say so.
_NONE: Any = None


def tokenizer(pad: str = "<|endoftext|>", words: Sequence[str] = WORDS, length: int = 77) -> Any:
    """CLIP's way of cutting texts, with a vocabulary of letters and a few words."""
    letters = [chr(code) for code in range(33, 127)]
    vocabulary = [*letters, *(f"{letter}</w>" for letter in letters)]
    merges: list[tuple[str, str]] = []
    for word in words:
        parts = [*word[:-1], f"{word[-1]}</w>"]
        while len(parts) > 1:
            pair = (parts[0], parts[1])
            parts[:2] = ["".join(pair)]
            if pair not in merges:
                merges.append(pair)
                vocabulary.append(parts[0])
    known = dict.fromkeys([*vocabulary, "<|startoftext|>", "<|endoftext|>"])
    numbers = {token: number for number, token in enumerate(known)}
    files: dict[str, Any] = {"vocab": numbers, "merges": merges}
    made = CLIPTokenizer(**files, pad_token=pad)
    made.model_max_length = length
    return made


def vae() -> AutoencoderKL:
    """Eight pixels a latent, as the real one."""
    shape: dict[str, Any] = dict(
        block_out_channels=[4, 4, 4, 8],
        down_block_types=["DownEncoderBlock2D"] * 4,
        up_block_types=["UpDecoderBlock2D"] * 4,
        latent_channels=4,
        layers_per_block=1,
        norm_num_groups=2,
    )
    return AutoencoderKL(**shape)


def text_config(cut: Any, width: int, projection: int) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=len(cut),
        hidden_size=width,
        intermediate_size=2 * width,
        projection_dim=projection,
        num_hidden_layers=3,
        num_attention_heads=2,
        max_position_embeddings=77,
        bos_token_id=cut.bos_token_id,
        eos_token_id=cut.eos_token_id,
        pad_token_id=cut.pad_token_id,
    )


def _unet(context: int, added: int | None, layers: Any) -> UNet2DConditionModel:
    """`added`: the width of SDXL's pooled vector and time ids together."""
    xl: dict[str, Any] = {"attention_head_dim": (2, 4, 4)}
    if added is not None:
        xl |= {
            "addition_embed_type": "text_time",
            "addition_time_embed_dim": _TIME_WIDTH,
            "projection_class_embeddings_input_dim": added,
            "use_linear_projection": True,
        }
    return UNet2DConditionModel(
        block_out_channels=(8, 16, 16),
        layers_per_block=1,
        sample_size=8,
        in_channels=4,
        out_channels=4,
        # SDXL's: the whole grid has no attention to the text, its half and its quarter do.
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=layers,
        cross_attention_dim=context,
        norm_num_groups=4,
        **xl,
    )


def sd1(seed: int = 0) -> StableDiffusionPipeline:
    with seeded(seed):
        cut = tokenizer()
        return StableDiffusionPipeline(
            vae=vae(),
            text_encoder=CLIPTextModel(text_config(cut, 16, 16)).eval(),
            tokenizer=cut,
            unet=_unet(context=16, added=None, layers=1).eval(),
            scheduler=_pndm(),
            safety_checker=_NONE,
            feature_extractor=_NONE,
            requires_safety_checker=False,
        )


def sdxl(seed: int = 0) -> StableDiffusionXLPipeline:
    """Two encoders of different widths: 16 + 24 = 40 for tokens, a pooled vector of 20."""
    with seeded(seed):
        cut, second = tokenizer(), tokenizer(pad="!")
        return StableDiffusionXLPipeline(
            vae=vae(),
            text_encoder=CLIPTextModel(text_config(cut, 16, 16)).eval(),
            text_encoder_2=CLIPTextModelWithProjection(text_config(second, 24, 20)).eval(),
            tokenizer=cut,
            tokenizer_2=second,
            unet=_unet(context=40, added=20 + 6 * _TIME_WIDTH, layers=(1, 1, 2)).eval(),
            scheduler=euler(),
            force_zeros_for_empty_prompt=True,
        )


def refiner(seed: int = 1) -> StableDiffusionXLImg2ImgPipeline:
    """Fits `sdxl` of the same seed's family: encoder 2 only, five time ids."""
    with seeded(seed):
        second = tokenizer(pad="!")
        return StableDiffusionXLImg2ImgPipeline(
            vae=vae(),
            text_encoder=_NONE,
            text_encoder_2=CLIPTextModelWithProjection(text_config(second, 24, 20)).eval(),
            tokenizer=_NONE,
            tokenizer_2=second,
            unet=_unet(context=24, added=20 + 5 * _TIME_WIDTH, layers=(1, 1, 1)).eval(),
            scheduler=euler(),
            requires_aesthetics_score=True,
            force_zeros_for_empty_prompt=False,
        )


def _pndm() -> Any:
    return PNDMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        skip_prk_steps=True,
        steps_offset=1,
    )


def euler() -> Any:
    return EulerDiscreteScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        steps_offset=1,
        timestep_spacing="leading",
    )


PIPELINES = {"sdxl": sdxl, "sd1": sd1, "refiner": refiner}


def write_all(folder: Path) -> list[Path]:
    """One folder a model, as `from_pretrained` reads it."""
    written: list[Path] = []
    for name, make in PIPELINES.items():
        make().save_pretrained(folder / name, safe_serialization=True)
        written.append(folder / name)
    return written


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Leaves the process's own random numbers as they were."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield
