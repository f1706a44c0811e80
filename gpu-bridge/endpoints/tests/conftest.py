"""Tiny models, loaded once a run; tests that change one load their own."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from teacup_endpoints import tiny
from teacup_endpoints.asking import Ask, Concept, Drawn, Loaded, Method
from teacup_endpoints.identity import Identity
from teacup_endpoints.model import Model
from teacup_endpoints.parameters import parse
from teacup_endpoints.sampling import Hooks, guide_to, sample, start
from teacup_endpoints.tiny_scorers import write_scorers

torch.set_num_threads(1)

# `TEACUP_DEVICE=cuda pytest` draws there.
DEVICE = os.environ.get("TEACUP_DEVICE", "cpu")
# What is promised to 1e-5 is promised of float32 and not of tf32.
torch.backends.cudnn.allow_tf32 = False

PROMPT = "a tea cup of iced coke"
SEEDS = (11, 12, 13)
PAIR = (Concept("iced coke"), Concept("tea cup"))
MakeAsk = Callable[..., Ask]


def load(name: str, **options: Any) -> Model:
    pipe = tiny.PIPELINES[name]()
    # It is made on the processor, and to look whether all of it is there takes as long as a step.
    if DEVICE != "cpu":
        pipe.to(DEVICE)
    pipe.set_progress_bar_config(disable=True)
    return Model(pipe, Identity(f"tiny-{name}", "none", "0" * 64), **options)


def drawn(method: Method[Any], loaded: Loaded, ask: Ask, **raw: Any) -> Drawn:
    """As an endpoint draws: parameters are read, then checked, before anything is made."""
    parameters = parse(method.parameters, raw)
    method.check(loaded, ask, parameters)
    return method.run(loaded, ask, parameters)


def plain(model: Model, ask: Ask) -> torch.Tensor:
    """The latents that every method gives when it is off."""
    return sample(start(model, ask), Hooks(guide_to(model, ask, ask.prompt))).latents


@pytest.fixture(scope="session")
def sdxl() -> Model:
    return load("sdxl")


@pytest.fixture(scope="session")
def sd1() -> Model:
    return load("sd1")


@pytest.fixture(scope="session")
def refiner() -> Model:
    return load("refiner")


@pytest.fixture(scope="session")
def scorers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny scorer of each name."""
    folder = tmp_path_factory.mktemp("scorers")
    write_scorers(folder)
    return folder


@pytest.fixture(params=["sdxl", "sd1"])
def base(request: pytest.FixtureRequest) -> Model:
    """Each shape of model in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def loaded(base: Model) -> Loaded:
    return Loaded(base)


@pytest.fixture
def ask() -> MakeAsk:
    """An ask of six steps at 64 pixels, with whatever a test wants otherwise."""

    def make(**changes: Any) -> Ask:
        usual = {"prompt": PROMPT, "seeds": SEEDS, "width": 64, "height": 64}
        return Ask(**{**usual, "steps": 6, "guidance_scale": 5.0, **changes})

    return make
