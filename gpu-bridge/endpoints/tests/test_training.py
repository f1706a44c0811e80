"""CoMat: trained weights under any method, with where they come from in every answer."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from safetensors.torch import save_file

from teacup_endpoints import tiny
from teacup_endpoints.asking import Ask
from teacup_endpoints.config import Config, read_config
from teacup_endpoints.drawing import Drawer
from teacup_endpoints.errors import Refused
from teacup_endpoints.loading import load
from teacup_endpoints.model import Model
from teacup_endpoints.sampling import Hooks, guide_to, sample, start
from teacup_endpoints.sources import Lora, Source
from teacup_endpoints.training import Training

ASKED = Ask("a tea cup", (1, 2), 64, 64, steps=3, guidance_scale=5.0)
WRITTEN = {"trained_with": "CoMat", "training_steps": "2000", "tags": "x" * 9000}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny.write_all(folder)
    return folder


def latents(model: Model) -> torch.Tensor:
    return sample(start(model, ASKED), Hooks(guide_to(model, ASKED, ASKED.prompt))).latents


def write_lora(file: Path, name: str, up: float = 0.3) -> Path:
    """CoMat's: every projection of the UNet's attention, small rank; up-matrices of one number."""
    pipe: Any = tiny.PIPELINES[name]()
    torch.manual_seed(3)
    pipe.unet.add_adapter(LoraConfig(r=2, target_modules=["to_q", "to_k", "to_v", "to_out.0"]))
    made = get_peft_model_state_dict(pipe.unet)
    weights = {
        f"unet.{key}": value if "lora_A" in key else torch.full_like(value, up)
        for key, value in made.items()
    }
    save_file(weights, file, metadata={"format": "pt", **WRITTEN})
    return file


def write_unet(folder: Path, name: str, change: float) -> Path:
    pipe: Any = tiny.PIPELINES[name]()
    with torch.no_grad():
        for parameter in pipe.unet.parameters():
            parameter.add_(change * torch.ones_like(parameter))
    pipe.unet.save_pretrained(folder)
    return folder


def config(path: Path, **source: Any) -> Config:
    return Config(name="comat", device="cpu", base=Source(path=str(path), **source))


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
def test_a_fused_lora_draws_what_an_unfused_one_draws(
    models: Path, tmp_path: Path, name: str
) -> None:
    file = write_lora(tmp_path / "comat.safetensors", name)
    fused = load(config(models / name, lora=(Lora(str(file), 0.5),))).base
    unfused = load(config(models / name)).base
    plain = latents(unfused)
    unfused.pipe.load_lora_weights(str(file), local_files_only=True, adapter_name="it")
    unfused.pipe.set_adapters("it", 0.5)
    made, expected = latents(fused), latents(unfused)
    assert float((made - expected).norm() / expected.norm()) < 1e-4
    assert float((made - plain).norm() / plain.norm()) > 1e-2


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
def test_a_whole_unet_takes_the_place_of_the_models_own(
    models: Path, tmp_path: Path, name: str
) -> None:
    plain = load(config(models / name)).base
    same = load(config(models / name, unet=str(write_unet(tmp_path / "same", name, 0.0)))).base
    other = load(config(models / name, unet=str(write_unet(tmp_path / "it", name, 0.02)))).base
    assert torch.equal(latents(plain), latents(same))
    assert not torch.equal(latents(plain), latents(other))
    assert plain.identity.weights_hash == same.identity.weights_hash
    assert plain.identity.weights_hash != other.identity.weights_hash


def test_what_is_known_of_the_training_stands_in_every_answer(models: Path, tmp_path: Path) -> None:
    write_lora(tmp_path / "comat.safetensors", "sdxl")
    (tmp_path / "it.toml").write_text(
        f'name = "comat"\n[base]\npath = "{models}/sdxl"\n'
        'lora = [{ path = "comat.safetensors" }]\n'
        '[base.training]\nmethod = "CoMat"\nsteps = 2000\nnot_held_out = ["ABC-6K"]\n'
    )
    endpoint = read_config(tmp_path / "it.toml")
    asked = {"prompt": "a tea cup", "seeds": [1], "width": 64, "height": 64, "steps": 1}
    told = Drawer(endpoint, load(endpoint.config)).draw(asked)["model"]["training"]
    assert told["told"] == {"method": "CoMat", "steps": 2000, "not_held_out": ("ABC-6K",)}
    written = told["files"]["lora/0"]
    assert (written["trained_with"], written["training_steps"]) == ("CoMat", "2000")
    assert len(written["tags"]) == 500
    json.dumps(told)


def test_the_scorers_that_a_training_pleased_are_told(models: Path) -> None:
    training = Training(method="RL", rewards=("clipscore",))
    told = load(config(models / "sdxl", training=training)).base.identity.to_json()["training"]
    assert json.loads(json.dumps(told["told"])) == {"method": "RL", "rewards": ["clipscore"]}


def test_of_untrained_weights_nothing_is_told(models: Path) -> None:
    assert "training" not in load(config(models / "sdxl")).base.identity.to_json()


def test_what_a_person_tells_is_not_a_part_of_the_weights(models: Path) -> None:
    told = load(config(models / "sdxl", training=Training(method="CoMat"))).base.identity
    assert told.weights_hash == load(config(models / "sdxl")).base.identity.weights_hash
    assert told.to_json()["training"] == {"told": {"method": "CoMat"}, "files": {}}


def test_a_lora_of_another_model_is_refused(models: Path, tmp_path: Path) -> None:
    file = write_lora(tmp_path / "sd1.safetensors", "sd1")
    with pytest.raises(Refused, match=r"sd1.safetensors does not fit"):
        load(config(models / "sdxl", lora=(Lora(str(file)),)))
    save_file({"unet.nothing.lora_A.weight": torch.zeros(2, 2)}, tmp_path / "none.safetensors")
    with pytest.raises(Refused, match=r"none.safetensors does not fit"):
        load(config(models / "sdxl", lora=(Lora(str(tmp_path / "none.safetensors")),)))


def test_a_unet_of_another_model_is_refused(models: Path, tmp_path: Path) -> None:
    other = write_unet(tmp_path / "it", "sd1", 0.0)
    with pytest.raises(Refused, match="is no UNet for"):
        load(config(models / "sdxl", unet=str(other)))
    with pytest.raises(Refused, match="cannot be loaded"):
        load(config(models / "sdxl", unet=str(tmp_path / "nowhere")))
    (other / "diffusion_pytorch_model.safetensors").write_bytes(b"")
    with pytest.raises(Refused, match="damaged or not complete"):
        load(config(models / "sdxl", unet=str(other)))
    shutil.rmtree(other)


def test_training_without_a_method_is_refused(tmp_path: Path) -> None:
    text = 'name = "a"\n[base]\npath = "m"\n[base.training]\nsteps = 1\n'
    (tmp_path / "it.toml").write_text(text)
    with pytest.raises(Refused, match="name the method that the weights were trained with"):
        read_config(tmp_path / "it.toml")
