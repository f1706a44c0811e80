"""The fast path draws the same pictures, to rounding, and the bench runs everywhere."""

import json
from typing import Any

import pytest
import torch

from teacup_endpoints import tiny
from teacup_endpoints.asking import Loaded
from teacup_endpoints.bench_gpu import main
from teacup_endpoints.config import Config, Source
from teacup_endpoints.fast import Fast, make_fast
from teacup_endpoints.identity import Identity
from teacup_endpoints.loading import load
from teacup_endpoints.model import Model

from .conftest import MakeAsk, plain


def fast_model(name: str, fast: Fast, backend: str = "inductor") -> Model:
    pipe: Any = tiny.PIPELINES[name]()
    return Model(make_fast(pipe, fast, backend), Identity("fast", "none", "0" * 64))


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
@pytest.mark.parametrize(
    "fast",
    [Fast(channels_last=True), Fast(fuse_qkv=True), Fast(compile="blocks")],
    ids=["channels last", "fused", "compiled"],
)
def test_each_switch_draws_the_same_to_rounding(
    request: pytest.FixtureRequest, ask: MakeAsk, name: str, fast: Fast
) -> None:
    # Without inductor: no compiler is needed, and the graph that is captured is the same.
    made = plain(fast_model(name, fast, backend="eager"), ask(steps=3))
    expected = plain(request.getfixturevalue(name), ask(steps=3))
    assert float((made - expected).norm() / expected.norm()) < 1e-5


def test_a_vae_of_another_type_decodes_and_the_latents_are_the_same(ask: MakeAsk) -> None:
    model = fast_model("sdxl", Fast(vae="bfloat16"))
    made = plain(model, ask(steps=2))
    assert (model.vae.dtype, made.dtype) == (torch.bfloat16, torch.float32)
    assert len(model.decode(made, ask().seeds)) == 3


def test_the_endpoints_file_turns_it_on(tmp_path: Any) -> None:
    tiny.sd1().save_pretrained(tmp_path / "sd1")
    fast = Fast(fuse_qkv=True, channels_last=True, vae="bfloat16")
    source = Source(path=str(tmp_path / "sd1"))
    config = Config(name="it", device="cpu", base=source, fast=fast)
    loaded: Loaded = load(config)
    assert loaded.base.vae.dtype == torch.bfloat16
    assert loaded.base.unet.conv_in.weight.is_contiguous(memory_format=torch.channels_last)
    assert loaded.base.fast == {"channels_last": True, "fuse_qkv": True, "vae": "bfloat16"}
    plain = load(Config(name="it", device="cpu", base=source)).base.identity
    assert plain.weights_hash != loaded.base.identity.weights_hash


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)


@pytest.mark.usefixtures("no_gpu")
def test_the_bench_runs_and_says_what_it_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tiny", "--dtype", "float32"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["gpu"], told["device"], told["dtype"], told["side"]) == (
        None,
        "cpu",
        "float32",
        64,
    )
    assert [(row["steps"], row["batch"]) for row in told["speeds"]] == [(2, 1), (2, 2)]
    assert all(row["ours"]["images_per_second"] > 0 for row in told["speeds"])
    # Of the same noise and the same weights: pictures of eight bits hardly differ.
    assert told["sameness"]["largest_of_255"] <= 2
    assert told["sameness"]["twice_the_same_bytes"] is True
    assert told["job"]["images"] == 4
    assert told["job"]["ratio"] >= 1


@pytest.mark.usefixtures("no_gpu")
def test_without_a_gpu_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--random"]) == 1
    assert "No GPU is there" in capsys.readouterr().err
