"""Latents are made once for each VAE and mix of scenes."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from teacup_endpoints.tiny import seeded

from teacup_testbed.models.generator import make_vae
from teacup_testbed.shape import SMOKE
from teacup_testbed.train.checkpoint import write_weights
from teacup_testbed.train.latents import latent_pool
from teacup_testbed.train.setup import Setup


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def setup(tmp_path: Path, said: list[str]) -> Setup:
    write_vae(tmp_path, seed=0)
    return Setup(tmp_path, torch.device("cpu"), SMOKE, ("F1",), pool=12, say=said.append)


def write_vae(folder: Path, seed: int) -> None:
    with seeded(seed):
        vae = make_vae(SMOKE)
    write_weights(folder / "vae" / "weights.safetensors", vae.state_dict(), {})


def test_a_stage_that_goes_on_reads_what_it_made(setup: Setup, said: list[str]) -> None:
    first = latent_pool(setup, setup.tokenizer())
    again = latent_pool(setup, setup.tokenizer())

    assert said == ["unet: 12 scenes drawn and captioned"]
    assert [tensor.dtype for tensor in first] == [torch.float32, torch.long]
    assert [torch.equal(*both) for both in zip(first, again, strict=True)] == [True, True]


def test_another_vae_or_other_scenes_are_made_anew(setup: Setup, said: list[str]) -> None:
    latents, _ = latent_pool(setup, setup.tokenizer())
    write_vae(setup.root, seed=1)
    others, _ = latent_pool(setup, setup.tokenizer())
    fewer, _ = latent_pool(replace(setup, pool=6), setup.tokenizer())

    assert len(said) == 3
    assert not torch.equal(latents, others)
    assert len(fewer) == 6
