"""Each example's file, with tiny weights in the places that it names, keeps the contract from a Cog
server over HTTP: no method that is shipped is left out."""

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from teacup_endpoints import tiny
from teacup_endpoints.config import read_config
from teacup_endpoints.drawing import Drawer
from teacup_endpoints.loading import load
from teacup_endpoints.masks import write_mask
from teacup_endpoints.tiny_scorers import write_scorers

from .server import keeps_the_contract, predict, serve_file
from .test_examples import EXAMPLES, FOLDER, PARITY
from .test_foreign import sd3
from .test_modulation import box
from .test_training import write_lora, write_unet

TINY = {
    "stabilityai/stable-diffusion-xl-base-1.0": "sdxl",
    "stabilityai/stable-diffusion-xl-refiner-1.0": "refiner",
    "stable-diffusion-v1-5/stable-diffusion-v1-5": "sd1",
    "CompVis/stable-diffusion-v1-4": "sd1",
}
# Weights of the model that was published; a compiler; a hub's commit.
NOT_TINY = re.compile(r"^(?:revision|variant|compile) = .*\n", re.MULTILINE)
INPUT = {
    "prompt": "a tea cup of iced coke",
    "concepts": [{"text": "iced coke"}, {"text": "tea cup"}],
    "seeds": [1],
    "width": 64,
    "height": 64,
}
# What draws nothing is held by `test_scoring.py` and `test_tag_serving.py`.
DRAWING = [file for file in EXAMPLES if file.stem not in ("score", "tag")]
# What a random encoder needs to be tuned at all, and the object without which RealignDiff is plain.
ACTING = {
    "decorrelation": 'target = "iced coke"\namong = "all"\nlearning_rate = 0.01',
    "realign-diff": 'objects = [{ phrase = "tea cup", score = 2, mask = "'
    f'{write_mask(box(0, 0, 128, 64))}" }}]',
}
# Torch is imported once for all of them: the file that the next prediction is for stands in `now`.
SWAPPING = """
import os
from pathlib import Path
from teacup_endpoints.run import Runner as Shipped

NOW = Path(__file__).with_name("now")


class Runner(Shipped):
    def setup(self, weights=None):
        self.shipped = {}

    @property
    def drawer(self):
        name = NOW.read_text()
        if name not in self.shipped:
            os.environ["TEACUP_ENDPOINT"] = name
            one = Shipped()
            one.setup()
            self.shipped = {name: one}
        return self.shipped[name].drawer
"""


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    tiny.write_all(folder)
    # As in SDXL, whose refiner has the base's bytes there: one of two in memory, made fast once.
    for part in ("vae", "text_encoder_2"):
        shutil.copytree(folder / "sdxl" / part, folder / "refiner" / part, dirs_exist_ok=True)
    write_scorers(folder)
    (folder / "clipscore").rename(folder / "clip-vit-base-patch32")
    sd3().save_pretrained(folder / "stable-diffusion-3.5-medium")
    write_lora(folder / "comat-sdxl.safetensors", "sdxl")
    write_unet(folder / "comat-sd15-unet", "sd1", 0.02)
    return folder


def shrunk(file: Path) -> str:
    text = NOT_TINY.sub("", file.read_text())
    text = re.sub(r'^id = "(.*)"$', lambda at: f'path = "{TINY[at[1]]}"', text, flags=re.MULTILINE)
    text = re.sub(r'^dtype = ".*"$', 'dtype = "float32"', text, flags=re.MULTILINE)
    text = re.sub(r"^steps = \d+$", "steps = 3", text, flags=re.MULTILINE)
    text = re.sub(r"^refiner_from = \d+$", "refiner_from = 2", text, flags=re.MULTILINE)
    return text


@pytest.fixture(scope="module")
def url(weights: Path) -> Iterator[str]:
    # Its description says that it reads concepts, so the suite sends two to each.
    file = weights / "moce.toml"
    file.write_text(shrunk(FOLDER / "examples" / file.name))
    with serve_file(file, runner=SWAPPING) as (url, _server):
        yield url


@pytest.mark.parametrize("file", DRAWING, ids=lambda file: file.stem)
def test_an_example_keeps_the_contract(weights: Path, url: str, file: Path) -> None:
    own = weights / file.name
    acting = ACTING.get(file.stem)
    own.write_text(shrunk(file) + (f"\n[method_params]\n{acting}\n" if acting else ""))
    (weights / "now").write_text(str(own))
    keeps_the_contract(url)
    drew = predict(url, INPUT)[1]["output"]["method"]["name"]
    assert drew == read_config(file).config.method


@pytest.mark.parametrize("file", PARITY, ids=lambda file: file.stem)
def test_official_settings_draw(weights: Path, file: Path) -> None:
    own = weights / f"{file.stem}-parity.toml"
    # They name weights beside the examples, a folder above their own.
    own.write_text(shrunk(file).replace('"../', '"'))
    endpoint = read_config(own)
    drawer = Drawer(endpoint, load(endpoint.config, endpoint.scorers))
    acting = tomllib.loads(ACTING.get(file.stem, ""))
    made = drawer.draw({**INPUT, "seeds": [1, 2], "method_params": acting})
    assert made["method"]["name"] == endpoint.config.method
    assert len(made["images"]) == 2
    if file.stem == "moce":
        # Decided over the images of the prompt: one search, and none of an image's own.
        assert made["trace"]["visited"]
        assert "images" not in made["trace"]
