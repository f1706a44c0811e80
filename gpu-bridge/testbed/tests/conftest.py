"""A training's folder with random weights of the smoke size, as the stages leave it."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from teacup_endpoints.tiny import seeded
from teacup_endpoints.tiny import tokenizer as clip_tokenizer
from teacup_endpoints.tiny_scorers import bert_tokenizer

from teacup_testbed.export import export
from teacup_testbed.models.captioner import make_captioner
from teacup_testbed.models.dual import make_dual
from teacup_testbed.models.generator import make_text_encoder, make_unet, make_vae
from teacup_testbed.models.oracle import Oracle
from teacup_testbed.shape import SMOKE, Shape
from teacup_testbed.train.checkpoint import write_weights
from teacup_testbed.train.setup import Setup
from teacup_testbed.world.captions import WORDS
from teacup_testbed.world.lexicon import CONTENTS

torch.set_num_threads(1)

# The contract asks for 64 pixels a side at least.
SMALL: Shape = replace(SMOKE, pixels=64)


@pytest.fixture(scope="session")
def setup(tmp_path_factory: pytest.TempPathFactory) -> Setup:
    made = Setup(tmp_path_factory.mktemp("training"), torch.device("cpu"), SMALL)
    with seeded(0):
        text = make_text_encoder(SMALL, made.tokenizer())
        generator = torch.nn.ModuleDict({"unet": make_unet(SMALL), "text": text})
        networks = {
            "vae": make_vae(SMALL),
            "unet": generator,
            "oracle": Oracle(SMALL.oracle, len(CONTENTS), len(CONTENTS)),
            "dual": make_dual(SMALL, clip_tokenizer(words=WORDS, length=SMALL.tokens)),
            "captioner": make_captioner(SMALL, bert_tokenizer(WORDS)),
        }
    for stage, network in networks.items():
        weights = {name: tensor.detach() for name, tensor in network.named_parameters()}
        about = {"stage": stage, "step": "0", "pool": "0", "minutes": "0", "seed": "0"}
        write_weights(_file(made, stage), weights, about)
    return made


def _file(setup: Setup, stage: str) -> Path:
    return setup.root / stage / "weights.safetensors"


@pytest.fixture(scope="session")
def generator_file(setup: Setup) -> Path:
    return _file(setup, "unet")


@pytest.fixture(scope="session")
def folder(setup: Setup, generator_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `export` writes. Whoever changes a file changes a copy."""
    made = tmp_path_factory.mktemp("exported")
    export(setup, generator_file, made)
    return made
