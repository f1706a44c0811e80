"""A prediction from its input to its output, and everything that can end it."""

import base64
import gc
import io
import itertools
import json
import threading
import weakref
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from teacup_endpoints import drawing
from teacup_endpoints.asking import Loaded
from teacup_endpoints.config import Config, Defaults, Endpoint
from teacup_endpoints.drawing import Drawer, to_data_url, url_unless_black
from teacup_endpoints.errors import Failed, Refused
from teacup_endpoints.methods import METHODS
from teacup_endpoints.model import Model
from teacup_endpoints.openapi import CONTRACT, describe

from .conftest import load

Json = dict[str, Any]
INPUT = {"prompt": "a tea cup", "seeds": [5, 6, 7], "width": 64, "height": 64}


def drawer(model: Model | None = None, **params: Any) -> Drawer:
    config = Config(name="tiny", defaults=Defaults(steps=3))
    model = model or load("sdxl", rows=4, exact=True)
    return Drawer(Endpoint(config, params), Loaded(model))


def test_an_answer_is_the_contracts() -> None:
    made = drawer().draw(INPUT)
    pictures = [base64.b64decode(url.partition(",")[2]) for url in made["images"]]
    assert [Image.open(io.BytesIO(picture)).size for picture in pictures] == [(64, 64)] * 3
    assert all(url.startswith("data:image/png;base64,") for url in made["images"])
    assert made["seeds"] == [5, 6, 7]
    # Four rows a batch for three images: the row that only fills up is nobody's cost.
    assert (made["evals"], made["backwards"]) == (6, 0)
    assert set(made["timings"]) == {"sample", "decode", "encode"}
    assert made["model"]["weights_hash"] == "0" * 64
    assert made["method"]["parameters"] == {"template": "none", "refiner_from": None}
    assert made["trace"]["asked"]["scheduler"] == "EulerDiscreteScheduler"


def test_what_did_not_fit_into_77_tokens_is_told() -> None:
    made = drawer()
    assert "truncated" not in made.draw(INPUT)["trace"]
    prompt = " ".join(["cup"] * 80 + ["lost"])
    assert made.draw({**INPUT, "prompt": prompt})["trace"]["truncated"][prompt].endswith("lost")
    # Kept encodings are told again, and those of an earlier prediction are not.
    assert prompt in made.draw({**INPUT, "prompt": prompt})["trace"]["truncated"]
    assert "truncated" not in made.draw(INPUT)["trace"]


def test_the_files_parameters_are_defaults_and_the_inputs_win() -> None:
    made = drawer(template="first_and_second")
    concepts = [{"text": "iced coke"}, {"text": "tea cup"}]
    told = made.draw({**INPUT, "concepts": concepts})
    assert told["trace"]["prompt"] == "first iced coke, and second a tea cup"
    plain = made.draw({**INPUT, "method_params": {"template": "none"}})
    assert plain["trace"]["prompt"] == "a tea cup"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"prompt": " "}, "input.prompt is empty"),
        ({"seeds": []}, "has 0 seeds"),
        ({"seeds": [2**31]}, "from 0 to 2147483647"),
        ({"seeds": [1.5]}, r"input.seeds\[0\] must be a whole number"),
        ({"width": 68}, "input.width is 68: this model needs a multiple of 8"),
        ({"width": 4096}, "at most 2048"),
        ({"height": None}, "input.height is missing"),
        ({"steps": 0}, "input.steps is 0"),
        ({"scheduler": "made-up"}, "'made-up' is not known: name one of euler"),
        ({"concepts": [{"text": ""}]}, "a concept without a text"),
        ({"method_params": {"x": 1}}, "method_params.x is not known here"),
        ({"method_params": [1]}, "must be an object"),
        ({"method_params": {"refiner_from": 1}}, "no refiner"),
        ({"seed": 1}, "input.seed is not known here"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_input_is_refused_in_a_sentence(changes: Json, sentence: str) -> None:
    model = load("sdxl", rows=4, exact=True)
    with pytest.raises(Refused, match=sentence):
        drawer(model).draw({**INPUT, **changes})
    assert model.counter.forwards == 0


def out_of_memory_above(rows: int, network: torch.nn.Module, name: str = "forward") -> list[int]:
    """Makes a network fail as a full GPU does; gives the sizes it was asked for."""
    asked: list[int] = []
    real = getattr(network, name)

    def limited(x: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        asked.append(len(x))
        if len(x) > rows:
            raise torch.OutOfMemoryError("simulated")
        return real(x, *args, **kwargs)

    setattr(network, name, limited)
    return asked


def test_out_of_memory_falls_back_to_smaller_batches_for_good() -> None:
    model = load("sdxl", rows=8, exact=True)
    asked = out_of_memory_above(2, model.unet)
    first = drawer(model).draw(INPUT)
    assert asked[:3] == [8, 4, 2]
    assert first["trace"]["rows"] == 2
    expected = drawer(load("sdxl", rows=2, exact=True)).draw(INPUT)
    assert first["images"] == expected["images"]
    asked.clear()
    drawer(model).draw(INPUT)
    assert set(asked) == {2}


def test_not_even_one_image_fails_with_a_sentence() -> None:
    model = load("sdxl", rows=4, exact=True)
    out_of_memory_above(0, model.unet)
    with pytest.raises(Failed, match="does not hold one image of this size"):
        drawer(model).draw(INPUT)


def test_out_of_memory_in_a_text_encoder_fails_with_a_sentence() -> None:
    model = load("sdxl", rows=4, exact=True)
    out_of_memory_above(0, model.pipe.text_encoder_2)
    with pytest.raises(Failed, match="does not hold one image of this size"):
        drawer(model).draw(INPUT)


def test_out_of_memory_while_decoding_decodes_fewer_at_once() -> None:
    model = load("sdxl")
    expected = drawer(load("sdxl")).draw(INPUT)
    asked = out_of_memory_above(1, model.vae, "decode")
    made = drawer(model).draw(INPUT)
    assert asked == [3, 1, 1, 1]
    assert [len(url) > 100 for url in made["images"]] == [True] * 3
    assert made["seeds"] == expected["seeds"]
    out_of_memory_above(0, model.vae, "decode")
    with pytest.raises(Failed, match="does not hold one image"):
        drawer(model).draw(INPUT)


def test_pictures_are_encoded_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """While one thread is in zlib the others go on: three that wait for each other prove it."""
    expected = drawer().draw(INPUT)["images"]
    together = threading.Barrier(3, timeout=30)

    def meeting(image: Image.Image) -> str:
        together.wait()
        return to_data_url(image)

    monkeypatch.setattr(drawing, "to_data_url", meeting)
    assert drawer().draw(INPUT)["images"] == expected


@pytest.mark.parametrize(("side", "batches"), [(1024, [1, 1, 1]), (640, [2, 1]), (64, [3])])
def test_no_more_than_a_megapixel_is_decoded_at_once(side: int, batches: list[int]) -> None:
    model, sizes = load("sdxl"), []

    def grey(latents: torch.Tensor, **_more: Any) -> tuple[torch.Tensor]:
        sizes.append(len(latents))
        return (torch.zeros(len(latents), 3, side, side),)

    model.vae.decode = grey
    shape = model.latent_shape(side, side)
    assert len(model.decode(torch.zeros(3, *shape), (1, 2, 3))) == 3
    assert sizes == batches


def test_a_picture_is_encoded_while_the_next_one_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = drawer().draw(INPUT)["images"]
    model = load("sdxl", rows=4, exact=True)
    begun = threading.Semaphore(1)  # the first has nothing to wait for
    real = model.vae.decode

    def waiting(latents: torch.Tensor, **more: Any) -> Any:
        assert begun.acquire(timeout=30)
        return real(latents, **more)

    def telling(image: Image.Image) -> str:
        begun.release()
        return to_data_url(image)

    model.vae.decode = waiting
    monkeypatch.setattr(drawing, "to_data_url", telling)
    assert drawer(model).draw(INPUT)["images"] == expected


class Cancelled(BaseException):
    """As coglet raises it into the thread."""


def test_a_cancellation_in_the_middle_of_a_step_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = load("sdxl", rows=4, exact=True)
    expected = drawer(load("sdxl", rows=4, exact=True)).draw(INPUT)["images"]
    held: list[Any] = []
    real = model.unet.forward

    def cancelling(x: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        held.append(weakref.ref(x))
        if len(held) == 3:
            raise Cancelled
        return real(x, *args, **kwargs)

    model.unet.forward = cancelling
    freed: list[bool] = []
    monkeypatch.setattr(drawing, "free_memory", lambda: freed.append(True))
    with pytest.raises(Cancelled):
        drawer(model).draw(INPUT)
    # On a GPU torch keeps what it had: it is given back to other programs too.
    assert freed == [True]
    gc.collect()
    assert [ref() for ref in held] == [None] * 3
    assert model.marks is None
    model.unet.forward = real
    assert drawer(model).draw(INPUT)["images"] == expected


def test_numbers_that_are_not_finite_are_told_with_their_seeds() -> None:
    model = load("sdxl", rows=2, exact=True)
    real = model.unet.forward
    calls: list[int] = []

    def broken(x: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        made = real(x, *args, **kwargs)
        return (made[0] * (float("nan") if len(calls) == 1 else 1),)

    model.unet.forward = broken
    with pytest.raises(Refused, match=r"not finite at the seeds \[5, 6\]"):
        drawer(model).draw(INPUT)


def test_a_picture_of_numbers_that_are_not_finite_is_told() -> None:
    """Its latents are fine: a narrow VAE overflows, and a picture of it would look like one."""
    model = load("sdxl", rows=2, exact=True)
    real = model.vae.decode

    def broken(latents: torch.Tensor, **more: Any) -> Any:
        (pixels,) = real(latents, **more)
        pixels[0, 0, :4] = float("nan")
        return (pixels,)

    model.vae.decode = broken
    with pytest.raises(Refused, match="The VAE made numbers that are not finite"):
        drawer(model).draw(INPUT)


def test_a_black_image_is_left_out_and_a_dark_one_is_kept() -> None:
    black, dark = (Image.new("RGB", (8, 8), (value, 0, 0)) for value in (0, 1))
    assert url_unless_black(black) is None
    assert url_unless_black(dark) == to_data_url(dark)


def test_a_black_image_leaves_the_others_in_the_answer_and_says_why() -> None:
    expected = drawer().draw(INPUT)
    model = load("sdxl", rows=4, exact=True)
    real, calls = model.vae.decode, itertools.count()

    def censored(latents: torch.Tensor, **more: Any) -> Any:
        """Exact: an image a call, and the second one is black."""
        (pixels,) = real(latents, **more)
        return (torch.full_like(pixels, -1) if next(calls) == 1 else pixels,)

    model.vae.decode = censored
    made = drawer(model).draw(INPUT)
    assert made["images"] == [expected["images"][0], None, expected["images"][2]]
    assert "wholly black at the seeds [6]: " in made["filtered"]
    # What was taken was drawn as well.
    assert (made["seeds"], made["evals"]) == (expected["seeds"], expected["evals"])
    assert "filtered" not in expected


def test_the_schema_is_the_contracts() -> None:
    contract = Path(__file__).parents[2] / "contract/json-schema/render-input.json"
    assert json.loads(CONTRACT.read_text()) == json.loads(contract.read_text())
    made = drawer(template="first_and_second").endpoint
    described = describe(made.config, made.method_params)
    assert described["components"]["schemas"]["Input"]["properties"]["seeds"]["maxItems"] == 64
    assert "put" in described["paths"]["/predictions/{prediction_id}"]
    # What a form shows first is what the endpoint's file says.
    told = {
        name: each["properties"]
        for name, each in described["components"]["schemas"].items()
        if name in ("MethodParams", "Settings")
    }
    assert told["MethodParams"]["template"]["default"] == "first_and_second"
    assert told["Settings"]["steps"]["default"] == 3


@pytest.mark.parametrize("steps", [1, 40])
@pytest.mark.parametrize("method", METHODS)
def test_what_an_image_takes_is_told_before_the_first_one(method: str, steps: int) -> None:
    config = Config(name="it", method=method, defaults=Defaults(steps=steps))
    plan = describe(config, {})["x-teacup"]["method"]["plan"]
    assert (plan["steps"], plan["guided"]) == (steps, True)
    assert 2 * steps <= plan["least"] <= plan["most"]
    assert 0 <= plan["backwards"] <= plan["backwards_most"]


def test_the_plan_is_of_the_endpoints_own_defaults() -> None:
    def told(method: str, **params: Any) -> dict[str, Any]:
        config = Config(name="it", method=method, defaults=Defaults(steps=40))
        return describe(config, params)["x-teacup"]["method"]["plan"]

    assert (told("plain")["least"], told("plain")["most"]) == (80, 80)
    # methods.md 2.6: 190 to 226 of a search of three rounds; one that accepts at once is plain.
    assert (told("moce")["least"], told("moce")["most"]) == (80, 226)
    assert told("moce", known_step=10)["most"] == 80
    # Two subjects beside the null and the prompt.
    assert told("concept_diffusion")["most"] == 160
    excited = told("attend_and_excite", altered_steps=25, refine_at=[], refine_until=[])
    assert (excited["most"], excited["backwards_most"]) == (105, 25)


def test_of_others_pipelines_no_plan_is_told() -> None:
    assert "plan" not in describe(Config(name="it", pipeline="any"), {})["x-teacup"]["method"]
