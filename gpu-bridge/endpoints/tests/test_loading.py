"""What is loaded is safetensors, whole and hashed; anything else is told before it is loaded."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from huggingface_hub.utils import filter_repo_objects
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from torch import nn

from teacup_endpoints import tiny
from teacup_endpoints.asking import Ask
from teacup_endpoints.config import Config
from teacup_endpoints.errors import Refused
from teacup_endpoints.loading import find_folder, identify, load
from teacup_endpoints.model import Model
from teacup_endpoints.sampling import Hooks, guide_to, sample, start
from teacup_endpoints.sources import Lora, Source, Weights

UNET = "unet/diffusion_pytorch_model.safetensors"
ASKED = Ask("a tea cup", (1, 2), 64, 64, steps=4, guidance_scale=5.0)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny.write_all(folder)
    return folder


@pytest.fixture
def broken(models: Path, tmp_path: Path) -> Path:
    return shutil.copytree(models / "sdxl", tmp_path / "sdxl")


def config(path: Path, **more: Any) -> Config:
    about = {k: more.pop(k) for k in ("dtype", "lora", "variant") if k in more}
    return Config(name="tiny", device="cpu", base=Source(path=str(path), **about), **more)


def latents(model: Model, asked: Ask = ASKED) -> torch.Tensor:
    return sample(start(model, asked), Hooks(guide_to(model, asked, asked.prompt))).latents


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
def test_what_is_written_is_what_is_loaded(models: Path, name: str) -> None:
    made = load(config(models / name)).base
    pipe = tiny.PIPELINES[name]()
    networks = {part: one for part, one in pipe.components.items() if isinstance(one, nn.Module)}
    assert {"unet", "vae", "text_encoder"} <= networks.keys()
    for part, network in networks.items():
        loaded, written = made.pipe.components[part].state_dict(), network.state_dict()
        assert loaded.keys() == written.keys()
        assert [key for key in written if not torch.equal(loaded[key], written[key])] == []
    # Numbers read from a file lie anywhere, which decides the last bits on processors with AVX-512.
    again = latents(Model(pipe, made.identity, rows=8, exact=True))
    torch.testing.assert_close(latents(made), again, rtol=0, atol=1e-4)


def test_every_file_has_its_hash_and_one_byte_changes_the_models(
    models: Path, broken: Path
) -> None:
    whole = identify(Source(path="x"), models / "sdxl")
    assert sorted(whole.files) == [
        "text_encoder/model.safetensors",
        "text_encoder_2/model.safetensors",
        UNET,
        "vae/diffusion_pytorch_model.safetensors",
    ]
    content = bytearray((broken / UNET).read_bytes())
    content[-1] ^= 1
    (broken / UNET).write_bytes(content)
    assert identify(Source(path="x"), broken).weights_hash != whole.weights_hash
    narrow = identify(Source(path="x", dtype="float16"), models / "sdxl")
    assert narrow.weights_hash != whole.weights_hash


@pytest.mark.parametrize("equal", [("vae", "text_encoder_2"), ("vae",), ()])
def test_the_refiner_shares_what_is_equal(
    models: Path, tmp_path: Path, equal: tuple[str, ...]
) -> None:
    """One of two equal parts in memory; of another's bytes each keeps its own."""
    folder = shutil.copytree(models / "refiner", tmp_path / "refiner")
    for part in equal:
        shutil.copytree(models / "sdxl" / part, folder / part, dirs_exist_ok=True)
    made = load(config(models / "sdxl", refiner=Source(path=str(folder))))
    assert made.refiner is not None
    own, base = made.refiner.pipe, made.base.pipe
    for part in ("vae", "text_encoder_2"):
        assert (getattr(own, part) is getattr(base, part)) is (part in equal)
    assert made.refiner.unet is not made.base.unet


def test_a_pickle_is_refused(models: Path, broken: Path) -> None:
    (broken / UNET).rename(broken / "unet/diffusion_pytorch_model.bin")
    with pytest.raises(Refused, match="a pickle could run any program"):
        load(config(broken))
    with pytest.raises(Refused, match="is a pickle"):
        load(config(broken / "model.ckpt"))
    lora = broken / "lora.bin"
    lora.write_bytes(b"\x80\x04N.")
    with pytest.raises(Refused, match=r"lora.bin is no .safetensors file: others could run any"):
        load(config(models / "sdxl", lora=(Lora(str(lora)),)))


def test_a_missing_file_is_told(broken: Path) -> None:
    (broken / UNET).unlink()
    with pytest.raises(Refused, match=r"unet has no .safetensors file: the download"):
        load(config(broken))


@pytest.mark.parametrize("index", ["", "{", "<html>", "[1, 2]", "null"])
def test_a_damaged_index_is_told(broken: Path, index: str) -> None:
    (broken / "model_index.json").write_text(index)
    with pytest.raises(Refused, match=r"model_index.json is damaged"):
        load(config(broken))


def test_a_variant_that_is_not_there_is_told(models: Path) -> None:
    with pytest.raises(Refused, match="of the variant 'fp16'"):
        load(config(models / "sdxl", variant="fp16"))


@pytest.mark.parametrize("cut", [0, 7, 20, 5000, -1])
def test_a_file_that_broke_off_is_told(broken: Path, cut: int) -> None:
    (broken / UNET).write_bytes((broken / UNET).read_bytes()[:cut])
    with pytest.raises(Refused, match="damaged or not complete"):
        load(config(broken))


@pytest.mark.parametrize("header", [b"\xff" * 8, b"\x05" + b"\0" * 7 + b"[1,2]", b"<html>" * 9])
def test_a_corrupt_header_is_told(broken: Path, header: bytes) -> None:
    (broken / UNET).write_bytes(header)
    with pytest.raises(Refused, match="damaged or not complete"):
        load(config(broken))


@pytest.mark.parametrize(
    ("source", "fetched"),
    [
        (Source(id="a/b", revision="0" * 40, variant="fp16"), ["unet/d.fp16.safetensors"]),
        (Source(id="a/b", revision="0" * 40), ["unet/d.safetensors"]),
        (Weights(id="a/b", revision="0" * 40), ["whole.safetensors", "unet/d.safetensors"]),
    ],
    ids=["a variant", "no variant", "a scorer"],
)
def test_of_a_repository_no_more_is_fetched_than_is_loaded(
    monkeypatch: pytest.MonkeyPatch, source: Weights, fetched: list[str]
) -> None:
    there = ["model_index.json", "whole.safetensors", "unet/d.safetensors", "unet/d.bin"]
    there += ["unet/d.fp16.safetensors", "unet/d.non_ema.safetensors"]
    asked: list[str] = []

    def snapshot(_name: str, revision: str, **patterns: Any) -> str:
        asked.extend(filter_repo_objects(there, **patterns))
        return "folder"

    monkeypatch.setattr("huggingface_hub.snapshot_download", snapshot)
    assert find_folder(source) == Path("folder")
    assert asked == ["model_index.json", *fetched]


def test_a_safety_checker_is_never_loaded(models: Path, tmp_path: Path) -> None:
    """It would blacken images behind everybody's back; here its folder is not even there."""
    folder = shutil.copytree(models / "sd1", tmp_path / "sd1")
    index = json.loads((folder / "model_index.json").read_text())
    index["safety_checker"] = ["stable_diffusion", "StableDiffusionSafetyChecker"]
    (folder / "model_index.json").write_text(json.dumps(index))
    made = load(config(folder)).base
    assert made.pipe.safety_checker is None
    assert torch.equal(latents(made), latents(load(config(models / "sd1")).base))


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no model_index"):
        load(config(tmp_path))


def write_lora(folder: Path, up: float) -> Path:
    pipe = tiny.sdxl()
    pipe.unet.add_adapter(LoraConfig(r=2, target_modules=["to_q", "to_v"]))
    made = get_peft_model_state_dict(pipe.unet)
    weights: Any = {k: v if "lora_A" in k else torch.full_like(v, up) for k, v in made.items()}
    pipe.save_lora_weights(folder, unet_lora_layers=weights)
    return folder / "pytorch_lora_weights.safetensors"


def test_a_lora_of_zeros_is_the_model_and_another_is_not(models: Path, tmp_path: Path) -> None:
    plain = load(config(models / "sdxl")).base
    zeros = Lora(str(write_lora(tmp_path / "zeros", 0.0)))
    other = Lora(str(write_lora(tmp_path / "other", 0.5)))
    zero = load(config(models / "sdxl", lora=(zeros,))).base
    changed = load(config(models / "sdxl", lora=(other,))).base
    assert torch.equal(latents(plain), latents(zero))
    assert not torch.equal(latents(plain), latents(changed))
    hashes = {model.identity.weights_hash for model in (plain, zero, changed)}
    assert len(hashes) == 3


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_narrow_types_make_finite_numbers(models: Path, name: str, dtype: str) -> None:
    model = load(config(models / name, dtype=dtype)).base
    assert model.dtype == getattr(torch, dtype)
    made = latents(model)
    assert made.dtype == model.dtype
    assert bool(torch.isfinite(made).all())
    assert len(model.decode(made, ASKED.seeds)) == 2
