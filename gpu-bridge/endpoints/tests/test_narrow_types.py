"""float16 and bfloat16 draw finite numbers, whatever the method, from the seeds to the picture."""

from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch

from teacup_endpoints import tiny
from teacup_endpoints.asking import Drawn, Loaded
from teacup_endpoints.config import Config
from teacup_endpoints.loading import load as load_endpoint
from teacup_endpoints.methods import METHODS
from teacup_endpoints.model import Model
from teacup_endpoints.rehearsal import ACTING, OFF
from teacup_endpoints.sources import Lora, Source

from .conftest import PAIR, MakeAsk, drawn, load, plain
from .every_method import Undecided
from .test_training import write_lora

DTYPES = [torch.float16, torch.bfloat16]


@cache
def narrow(name: str, dtype: torch.dtype) -> Model:
    model = load(name, rows=4, exact=True)
    model.pipe.to(dtype=dtype)
    return model


def finite(model: Model, made: Drawn, dtype: torch.dtype) -> None:
    assert made.latents.dtype == dtype
    assert bool(torch.isfinite(made.latents).all())
    # It refuses latents and pictures that are not finite.
    assert len(made.images or model.decode(made.latents, range(len(made.latents)))) == 2


def test_no_method_is_left_out() -> None:
    assert set(ACTING) == set(METHODS)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("name", ["sdxl", "sd1"])
@pytest.mark.parametrize("method", ACTING)
def test_every_method_draws_finite_numbers(
    ask: MakeAsk, method: str, name: str, dtype: torch.dtype
) -> None:
    loaded = Loaded(narrow(name, dtype), scorers={"clipscore": Undecided()})
    asked = ask(concepts=PAIR, seeds=(1, 2), steps=4, width=128, height=128)
    made = drawn(METHODS[method], loaded, asked, **ACTING[method])
    finite(loaded.base, made, dtype)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("method", OFF)
def test_off_is_plain_in_narrow_types_too(ask: MakeAsk, method: str, dtype: torch.dtype) -> None:
    model = narrow("sdxl", dtype)
    asked = ask(concepts=PAIR, seeds=(1, 2), steps=3)
    made = drawn(METHODS[method], Loaded(model), asked, **OFF[method])
    assert torch.equal(made.latents, plain(model, asked))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize(
    ("method", "params"),
    [("plain", {"refiner_from": 2}), ("moce", {"known_step": 2, "second_stage": "refiner"})],
    ids=["plain", "moce"],
)
def test_the_refiner_draws_finite_numbers(
    ask: MakeAsk, method: str, params: dict[str, Any], dtype: torch.dtype
) -> None:
    loaded = Loaded(narrow("sdxl", dtype), narrow("refiner", dtype))
    made = drawn(METHODS[method], loaded, ask(concepts=PAIR, seeds=(1, 2), steps=4), **params)
    finite(loaded.base, made, dtype)


@pytest.mark.parametrize(
    ("dtype", "forced", "decoded"),
    [
        (torch.float16, True, torch.float32),
        (torch.float16, False, torch.float16),
        (torch.bfloat16, True, torch.bfloat16),
    ],
    ids=["SDXL's own", "one that was made for float16", "bfloat16"],
)
def test_a_vae_that_overflows_in_float16_decodes_in_float32(
    ask: MakeAsk, dtype: torch.dtype, forced: bool, decoded: torch.dtype
) -> None:
    model = load("sdxl", rows=4, exact=True)
    model.pipe.to(dtype=dtype)
    model.vae.register_to_config(force_upcast=forced)
    seen: set[tuple[torch.dtype, torch.dtype]] = set()
    real = model.vae.decode

    def watched(latents: torch.Tensor, **more: Any) -> Any:
        seen.add((latents.dtype, model.vae.dtype))
        return real(latents, **more)

    model.vae.decode = watched
    model.decode(plain(model, ask(seeds=(1,), steps=1)), (1,))
    assert seen == {(decoded, decoded)}
    assert model.vae.dtype == dtype


def test_a_vae_that_fails_is_narrow_again(ask: MakeAsk) -> None:
    model = load("sdxl", rows=4, exact=True)
    model.pipe.to(dtype=torch.float16)

    def failing(_latents: torch.Tensor, **_more: Any) -> Any:
        raise KeyError("broken")

    model.vae.decode = failing
    with pytest.raises(KeyError):
        model.decode(plain(model, ask(seeds=(1,), steps=1)), (1,))
    assert model.vae.dtype == torch.float16


def test_a_vae_is_narrow_again_though_nobody_took_its_last_picture(ask: MakeAsk) -> None:
    model = load("sdxl", rows=4, exact=True)
    model.pipe.to(dtype=torch.float16)
    with closing(model.pictures(plain(model, ask(seeds=(1, 2), steps=1)), (1, 2))) as pictures:
        next(pictures)
        assert model.vae.dtype == torch.float32
    assert model.vae.dtype == torch.float16


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_a_fused_lora_draws_finite_numbers(ask: MakeAsk, tmp_path: Path, dtype: str) -> None:
    tiny.sdxl().save_pretrained(tmp_path / "sdxl")
    lora = Lora(str(write_lora(tmp_path / "comat.safetensors", "sdxl")), 0.5)
    source = Source(path=str(tmp_path / "sdxl"), dtype=dtype, lora=(lora,))  # pyright: ignore[reportArgumentType]
    loaded = load_endpoint(Config(name="comat", device="cpu", base=source))
    made = drawn(METHODS["plain"], loaded, ask(seeds=(1, 2)))
    finite(loaded.base, made, getattr(torch, dtype))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_a_tuned_encoder_is_judged_as_its_type_holds_it(ask: MakeAsk, dtype: torch.dtype) -> None:
    raw = ACTING["decorrelation"]
    made = drawn(METHODS["decorrelation"], Loaded(narrow("sd1", dtype)), ask(seeds=(1,)), **raw)
    for encoder in made.trace["decorrelation"]["encoders"]:
        assert encoder["l_corr"] < encoder["l_corr_before"]
