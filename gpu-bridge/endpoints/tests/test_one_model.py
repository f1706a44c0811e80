"""An endpoint's process holds one loaded model: every weight of its files once, nothing else."""

import gc
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open

from teacup_endpoints import tiny
from teacup_endpoints.asking import Loaded
from teacup_endpoints.config import Config, Source
from teacup_endpoints.fast import Fast
from teacup_endpoints.loading import load
from teacup_endpoints.methods import METHODS
from teacup_endpoints.rehearsal import ACTING
from teacup_endpoints.sources import Lora

from .conftest import PAIR, MakeAsk, drawn
from .conftest import load as load_tiny
from .every_method import Undecided
from .test_lasting import UNTUNED
from .test_training import write_lora, write_unet


def weights() -> dict[int, int]:
    """Bytes of each storage with a weight in it, of whatever lives in this process."""
    gc.collect()
    alive = [thing for thing in gc.get_objects() if issubclass(type(thing), torch.nn.Parameter)]
    storages = [parameter.untyped_storage() for parameter in alive]
    return {storage.data_ptr(): storage.nbytes() for storage in storages}


def in_files(folder: Path, *parts: str) -> int:
    """Bytes of the weights, without what else the files say."""
    total = 0
    for file in [file for part in parts for file in (folder / part).glob("*.safetensors")]:
        with safe_open(file, framework="pt") as opened:
            tensors = [opened.get_tensor(name) for name in opened.keys()]  # noqa: SIM118 no dict
        total += sum(tensor.nbytes for tensor in tensors if tensor.is_floating_point())
    return total


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny.write_all(folder)
    for part in ("vae", "text_encoder_2"):
        shutil.copytree(folder / "sdxl" / part, folder / "refiner" / part, dirs_exist_ok=True)
    write_lora(folder / "lora.safetensors", "sdxl")
    write_unet(folder / "unet", "sdxl", 0.02)
    return folder


SDXL = ("unet", "vae", "text_encoder", "text_encoder_2")


@pytest.mark.parametrize(
    "made",
    ["plain", "with a refiner", "with another UNet", "with a LoRA", "made fast"],
)
def test_every_weight_of_the_files_lies_in_memory_once(models: Path, made: str) -> None:
    """A part that is shared, replaced, fused or made faster leaves no second one behind."""
    base: dict[str, Any] = {"path": str(models / "sdxl")}
    more: dict[str, Any] = {}
    expected = in_files(models / "sdxl", *SDXL)
    if made == "with a refiner":
        more["refiner"] = Source(path=str(models / "refiner"))
        expected += in_files(models / "refiner", "unet")
    if made == "with another UNet":
        base["unet"] = str(models / "unet")
    if made == "with a LoRA":
        base["lora"] = [Lora(path=str(models / "lora.safetensors"))]
    if made == "made fast":
        more["fast"] = Fast(channels_last=True, fuse_qkv=True)
    before = weights()
    _loaded = load(Config(name="it", base=Source(**base), **more))
    held = {at: size for at, size in weights().items() if at not in before}
    assert sum(held.values()) == expected


@pytest.mark.parametrize("method", METHODS)
def test_no_method_keeps_weights_of_its_own(ask: MakeAsk, method: str) -> None:
    loaded = Loaded(load_tiny("sdxl", rows=8), scorers={"clipscore": Undecided()})
    before = weights()
    raw = UNTUNED if method == "decorrelation" else ACTING[method]
    drawn(METHODS[method], loaded, ask(concepts=PAIR, seeds=(1,), steps=3), **raw)
    assert weights() == before
