"""The biased scenes as the UNet learns from them: latents and tokens."""

from __future__ import annotations

from typing import Any

import torch

from ..hashes import hash_of
from ..models.generator import make_vae
from ..world.sampling import biased
from .checkpoint import about_of, read_weights, write_weights
from .pictures import encode, load_into
from .pool import make_pool
from .setup import Setup


def latent_pool(
    setup: Setup, tokenizer: Any, wait_seconds: float = 0
) -> tuple[torch.Tensor, torch.Tensor]:
    """Latents and tokens. Kept beside the variant: they take minutes of a CPU, and a stage that
    goes on needs the same ones."""
    setup.await_weights("vae", wait_seconds)
    made_of = {
        "vae": hash_of(setup.trained_file("vae")),
        "scenes": f"{setup.pool} of {setup.families} by {setup.mix}, seed {setup.seed}",
    }
    file = setup.root / setup.name / "pool.safetensors"
    if not file.exists() or about_of(file) != made_of:
        assignment = setup.assignment()
        scenes = biased(assignment, setup.pool, setup.generator("unet"))
        pool = make_pool(scenes, assignment, tokenizer, setup.shape, setup.device, setup.seed)
        setup.say(f"{setup.name}: {len(scenes)} scenes drawn and captioned")
        latents = encode(load_vae(setup), pool.pictures)
        write_weights(file, {"latents": latents, "tokens": pool.tokens}, made_of)
    # Read back even when just made: the same numbers for a stage that goes on.
    kept = read_weights(file, setup.device)
    return kept["latents"], kept["tokens"]


def load_vae(setup: Setup) -> Any:
    return load_into(make_vae(setup.shape).to(setup.device), setup.weights_of("vae"))
