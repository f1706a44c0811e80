"""Images that ask for the same step share the UNet's batch, as MoCE and the probe are shipped."""

from teacup_endpoints.asking import Loaded
from teacup_endpoints.config import read_config
from teacup_endpoints.methods import method_named
from teacup_endpoints.model import Model

from .conftest import MakeAsk, drawn, load
from .test_examples import FOLDER
from .test_moce import PAIR, Stub, draw, silent


def batches(model: Model) -> list[int]:
    """The sizes of the batches that its UNet is asked for from now on."""
    sizes: list[int] = []
    model.unet.register_forward_pre_hook(lambda _unet, args: sizes.append(len(args[0])))
    return sizes


def shipped(name: str) -> Model:
    """With as many rows as the endpoint's file and the method say, short batches left short."""
    config = read_config(FOLDER / "examples" / f"{name}.toml").config
    return silent(load("sdxl", rows=config.rows or method_named(name).rows))


def test_images_that_ask_for_the_same_step_share_the_batch(ask: MakeAsk) -> None:
    """Two rows an image: four images fill what is shipped."""
    model = shipped("moce")
    sizes = batches(model)
    asked = ask(steps=8, concepts=PAIR, seeds=(1, 2, 3, 4))
    draw(model, asked, known_step=3)
    assert sizes == [8] * 8
    sizes.clear()
    # Steps 1 to 3 are searched from 2 on: up with two images, down with the others.
    said = Stub((0.1, 0.9), (0.1, 0.9), (0.9, 0.1), (0.9, 0.1))
    draw(model, asked, said, rounds=2)
    first, second = [8] * (2 + 6), [4] + [4] * 2 + [8] * 5
    assert sizes == first + second


def test_the_probes_images_share_the_batch_at_every_step(ask: MakeAsk) -> None:
    model = shipped("probe")
    sizes = batches(model)
    asked = ask(steps=4, concepts=PAIR, seeds=(1, 2, 3, 4))
    loaded = Loaded(model, scorers={"clipscore": Stub((0.5, 0.5))})
    drawn(method_named("probe"), loaded, asked, points=2)
    # Plain's image; then both ways the first phase and the second from steps 0, 2 and 4.
    assert sizes == [8] * (4 + 2 * (4 + 4 + 2 + 0))
