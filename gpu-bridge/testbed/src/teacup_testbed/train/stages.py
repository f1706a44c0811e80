"""Each stage: its data, its task, and what is said of the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
from teacup_endpoints.tiny import tokenizer as clip_tokenizer
from teacup_endpoints.tiny_scorers import bert_tokenizer

from ..models.captioner import make_captioner
from ..models.dual import make_dual
from ..models.generator import make_text_encoder, make_vae
from ..models.tokenizer import tokenize
from ..world.captions import WORDS
from ..world.lexicon import CONTENTS
from ..world.sampling import biased, uniform
from ..world.scenes import Scenes, looks_like
from .captioner import CaptionerTask
from .checkpoint import write_weights
from .denoiser import DenoiserTask
from .dual import DualTask
from .latents import latent_pool, load_vae
from .loop import Run, train
from .oracle import OracleTask, broken_pictures, round_trip
from .pictures import load_into
from .pool import draw, make_pool
from .setup import Setup
from .sheets import unet_sheet, vae_sheet
from .texts import biased_texts, spoken_texts
from .vae import VaeTask, fold_statistics, psnr

# Of the uniform scenes with both: content and host of two families.
_ACROSS = 0.3
SNAPSHOTS = (0.2, 0.35, 0.5, 0.65, 0.8)


def train_vae(setup: Setup, run: Run) -> None:
    scenes = _uniform(setup, "vae", setup.pool // 2)
    pictures = draw(scenes, setup.shape, setup.device)
    task = VaeTask(setup.shape, pictures, _size(setup, 16, 64))
    sheet = vae_sheet(setup, pictures)
    here = replace(run, folder=setup.root / "vae" / "raw", snapshots=SNAPSHOTS, sheet=sheet)
    weights = train(task, here)
    vae = _with(make_vae(setup.shape), weights, setup.device)
    fresh = draw(_uniform(setup, "vae-check", 1024), setup.shape, setup.device)
    vae.requires_grad_(False)
    fold_statistics(vae, fresh)
    decibels = psnr(vae, fresh)
    about = {"stage": "vae", "psnr": f"{decibels:.2f}", "seed": str(setup.seed)}
    write_weights(setup.root / "vae" / "weights.safetensors", vae.state_dict(), about)
    setup.say(f"vae: {decibels:.2f} dB on fresh renders")


def train_unet(setup: Setup, run: Run, wait_seconds: float = 0) -> None:
    tokenizer = setup.tokenizer()
    latents, tokens = latent_pool(setup, tokenizer, wait_seconds)
    text: Any = make_text_encoder(setup.shape, tokenizer)
    if setup.is_text_frozen:
        setup.await_weights("text", wait_seconds)
        load_into(text, setup.weights_of("text"), "text_model.")
    null = tokenize(tokenizer, [""], setup.shape.tokens)[0]
    frozen = setup.is_text_frozen
    batch, rate = _size(setup, 32, 128), 1e-3
    task = DenoiserTask(
        setup.shape,
        latents,
        tokens,
        null,
        text,
        is_text_frozen=frozen,
        batch=batch,
        rate=rate,
    )
    sheet, folder = unet_sheet(setup), setup.root / setup.name
    train(task, replace(run, folder=folder, snapshots=SNAPSHOTS, sheet=sheet))


def train_oracle(setup: Setup, run: Run, wait_seconds: float = 0) -> None:
    scenes = _uniform(setup, "oracle", setup.pool)
    pictures = draw(scenes, setup.shape, setup.device)
    setup.await_weights("vae", wait_seconds)
    vae = load_vae(setup)
    generator = torch.Generator(setup.device).manual_seed(setup.seed + 1)
    broken = broken_pictures(vae, pictures[: setup.pool // 3], generator, (0.7, 1.6))
    whole = torch.cat([pictures, round_trip(vae, pictures)])
    item = looks_like(scenes.content)
    host, item = scenes.host.repeat(2), item.repeat(2)
    task = OracleTask(setup.shape, whole, host, item, broken, len(CONTENTS))
    train(task, replace(run, folder=setup.root / "oracle"))


def train_dual(setup: Setup, run: Run, wait_seconds: float = 0) -> None:
    """The VAE's traces are on half of the pictures: it will score decoded ones."""
    scenes = _uniform(setup, "dual", setup.pool)
    pictures = draw(scenes, setup.shape, setup.device)
    setup.await_weights("vae", wait_seconds)
    half = len(pictures) // 2
    pictures[:half] = round_trip(load_vae(setup), pictures[:half])
    tokenizer = clip_tokenizer(words=WORDS, length=setup.shape.tokens)
    texts = spoken_texts(scenes, tokenizer, setup.shape.tokens, setup.device)
    network = make_dual(setup.shape, tokenizer)
    task = DualTask("dual", network, pictures, scenes.content, scenes.host, texts)
    train(task, replace(run, folder=setup.root / "dual"))


def train_text(setup: Setup, run: Run, wait_seconds: float = 0) -> None:
    """The text tower alone is kept in use; its words are the generator's."""
    assignment, tokenizer = setup.assignment(), setup.tokenizer()
    scenes = biased(assignment, setup.pool, setup.generator("text"))
    pool = make_pool(scenes, assignment, tokenizer, setup.shape, setup.device, setup.seed)
    network = make_dual(setup.shape, tokenizer)
    texts = biased_texts(scenes, pool.tokens)
    task = DualTask("text", network, pool.pictures, scenes.content, scenes.host, texts)
    train(task, replace(run, folder=setup.root / "text"))


def train_captioner(setup: Setup, run: Run, wait_seconds: float = 0) -> None:
    scenes = _uniform(setup, "captioner", setup.pool)
    pictures = draw(scenes, setup.shape, setup.device)
    tokenizer = bert_tokenizer(WORDS)
    spoken = spoken_texts(scenes, tokenizer, setup.shape.tokens, setup.device)
    network = make_captioner(setup.shape, tokenizer)
    # Captions that name all that is seen: the reward is for what was left out.
    task = CaptionerTask(network, pictures, spoken.tokens[:, :2], tokenizer.pad_token_id)
    train(task, replace(run, folder=setup.root / "captioner"))


Stage = Callable[..., None]
STAGES: dict[str, Stage] = {
    "vae": train_vae,
    "unet": train_unet,
    "oracle": train_oracle,
    "dual": train_dual,
    "text": train_text,
    "captioner": train_captioner,
}


def _uniform(setup: Setup, of: str, count: int) -> Scenes:
    return uniform(setup.families, count, setup.generator(of), across=_ACROSS)


def _size(setup: Setup, small: int, large: int) -> int:
    return large if setup.device.type == "cuda" else small


def _with(network: Any, weights: dict[str, torch.Tensor], device: torch.device) -> Any:
    network.load_state_dict({k: v.cpu() for k, v in weights.items()}, strict=False)
    return network.to(device).eval()
