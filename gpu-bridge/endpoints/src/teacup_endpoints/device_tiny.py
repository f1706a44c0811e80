"""Tiny models on a device against the same models on the processor: every method, in each type.

`error` is ||device - processor in float32|| / ||processor in float32||. In float32 it may be 1e-3;
in a narrow type twice what the processor itself is off by in that type, and 0.01.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any

import torch

from . import tiny
from .device_drawing import Made, apart, asked, draw, plain, stock
from .identity import Identity
from .model import Model
from .noise import noise
from .rehearsal import ACTING, OFF

Finding = tuple[bool, dict[str, Any]]
Check = tuple[str, Callable[[], Finding]]

DTYPES = (torch.float32, torch.float16, torch.bfloat16)
# One of each kind: forward passes alone, a tuned encoder, a gradient at the latents.
REPEATED = ("plain", "decorrelation", "attend_and_excite")
_SIDE, _STEPS, _SEEDS = 128, 3, 2


def model_of(name: str, device: str, dtype: torch.dtype) -> Model:
    pipe = tiny.PIPELINES[name]().to(device, dtype)
    pipe.set_progress_bar_config(disable=True)
    # Four rows are two guided images: no batch is filled up, none is cut.
    return Model(pipe, Identity(f"tiny-{name}", "none", "0" * 64), rows=4, exact=True)


def tiny_checks(device: str) -> Iterator[Check]:
    for name in ("sdxl", "sd1"):
        there = cache(partial(_on_processor, name))
        for dtype in DTYPES:
            said = f"{name}, {str(dtype).removeprefix('torch.')}"
            model = model_of(name, device, dtype)
            yield f"{said}: noise is the processor's", partial(_noise, model)
            yield f"{said}: plain is diffusers' own pipeline", partial(_stock, model)
            yield f"{said}: seeds in another order", partial(_order, model)
            for method in ACTING:
                yield f"{said}: {method}", partial(_acting, model, method, there)
            for method in REPEATED:
                params = ACTING[method]
                yield f"{said}: {method}, twice", partial(twice, model, method, params, _ask())
            for method in OFF:
                yield f"{said}: {method}, off, is plain", partial(off, model, method)


def _on_processor(name: str, method: str, dtype: torch.dtype) -> Made:
    return draw(model_of(name, "cpu", dtype), _ask(), method, ACTING[method])


def _ask() -> Any:
    return asked(_SEEDS, _STEPS, _SIDE)


def _noise(model: Model) -> Finding:
    shape = model.latent_shape(_SIDE, _SIDE)
    here = noise((1, 2), 3, shape, device=model.device, dtype=model.dtype)
    return torch.equal(here.cpu(), noise((1, 2), 3, shape, dtype=model.dtype)), {}


def _stock(model: Model) -> Finding:
    error = apart(plain(model, _ask()), stock(model, _ask()))
    return error == 0, {"error": error}


def _order(model: Model) -> Finding:
    ask = _ask()
    there = plain(model, ask)
    back = plain(model, replace(ask, seeds=ask.seeds[::-1]))
    error = apart(back.flip(0), there)
    return error <= 1e-5, {"error": error, "the_same_bits": error == 0}


def _acting(model: Model, method: str, there: Callable[[str, torch.dtype], Made]) -> Finding:
    made = draw(model, _ask(), method, ACTING[method])
    reference = there(method, torch.float32).drawn.latents
    own = apart(there(method, model.dtype).drawn.latents, reference)
    error = apart(made.drawn.latents, reference)
    allowed = 1e-3 if model.dtype == torch.float32 else 0.01 + 2 * own
    told = {"error": error, "processor_error": own, "allowed": allowed, **made.told(_SEEDS)}
    return made.keeps(_SEEDS) and error <= allowed, told


def twice(model: Model, method: str, params: dict[str, Any], ask: Any) -> Finding:
    """The same seed is the same picture: gradients may add up in any order on a GPU."""
    first, again = (draw(model, ask, method, params).drawn.latents for _ in range(2))
    error = apart(again, first)
    return error == 0, {"error": error}


def off(model: Model, method: str, ask: Any = None) -> Finding:
    """The same bits: there is nothing else that it computes."""
    ask = ask or _ask()
    error = apart(draw(model, ask, method, OFF[method]).drawn.latents, plain(model, ask))
    return error == 0, {"error": error}
