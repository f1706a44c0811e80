"""What the networks that steer can tell apart."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from teacup_endpoints.loading import open_scorers
from teacup_endpoints.parameters import parse
from teacup_endpoints.scorers import scorer_named
from teacup_endpoints.tiny_scorers import bert_tokenizer

from teacup_testbed.evaluation.steering_gates import likelihoods, steering_gates
from teacup_testbed.models.captioner import make_captioner
from teacup_testbed.train.pictures import load_into, to_unit
from teacup_testbed.train.setup import Setup
from teacup_testbed.world.captions import WORDS


def test_a_caption_is_as_likely_as_the_scorer_of_the_endpoints_says(
    setup: Setup, folder: Path
) -> None:
    texts = ["a tea cup of iced coke", "a camel in the desert by night"]
    picture = torch.randint(
        256, (1, 3, 64, 64), dtype=torch.uint8, generator=torch.Generator().manual_seed(0)
    )
    network = make_captioner(setup.shape, bert_tokenizer(WORDS))
    captioner = load_into(network, setup.weights_of("captioner"))

    ours = likelihoods(setup, captioner, to_unit(picture).repeat(2, 1, 1, 1), texts)

    raw = {"path": str(folder / "captioner"), "dtype": "float32", "prefix": ""}
    settings: Any = parse(scorer_named("caption-likelihood").settings_type, raw, "scorer")
    scorer = open_scorers({"caption-likelihood": settings}, "cpu")["caption-likelihood"]
    image = Image.fromarray(picture[0].permute(1, 2, 0).numpy())
    assert ours.tolist() == pytest.approx(scorer.score([image], texts)[0], abs=1e-3)


def test_only_scenes_with_both_are_asked_about(setup: Setup) -> None:
    gates = steering_gates(replace(setup, families=("F1", "F2")), count=40)
    host, content, by_host, by_content = gates
    assert 0 < host.trials == content.trials < 40
    # A typical scene has no other caption to be taken for.
    assert by_host.trials == by_content.trials <= host.trials


def test_without_a_trained_captioner_it_says_which_stage_to_train(
    setup: Setup, tmp_path: Path
) -> None:
    for stage in ("vae", "dual"):
        shutil.copytree(setup.root / stage, tmp_path / stage)
    with pytest.raises(ValueError, match="train the stage 'captioner' first"):
        steering_gates(replace(setup, root=tmp_path), count=4)
