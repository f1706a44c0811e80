"""SDXL in its true shape on a device, with random weights: what each method takes of it.

Finite pictures, evals exactly as planned, the most memory held and seconds an image, decoding
included. Weights are random: the pictures mean nothing, memory and time do.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch

from . import tiny, true_shape
from .device_drawing import apart, asked, draw, gib, plain, stock
from .device_tiny import Check, Finding, off, twice
from .identity import Identity
from .model import Model, free_memory
from .rehearsal import CUP, OFF

ROWS = 8  # as the examples have it
_UNREFINED: dict[str, Any] = {"altered_steps": 5, "refine_at": [], "refine_until": []}
# Random encoders may have nothing to be tuned: at a rate of 0 all of it runs.
_UNTUNED: dict[str, Any] = {"target": "iced coke", "among": "all", "learning_rate": 0}


@dataclass(frozen=True)
class Case:
    method: str
    images: int
    params: dict[str, Any] = field(default_factory=dict[str, Any])
    note: str = ""

    def __str__(self) -> str:
        return f"{self.method}{self.note and f' ({self.note})'}, images at once: {self.images}"


CASES = (
    Case("plain", 1),
    Case("plain", 4),
    Case("moce", 2, {"known_step": 3}, "known step"),
    Case("moce", 2, {}, "a search that accepts nothing"),
    Case("best_of", 2, {"k": 2}, "k = 2"),
    Case("concept_diffusion", 2),
    Case("concept_diffusion", 2, {"chunk": 1}, "chunk = 1"),
    Case("attend_and_excite", 1, _UNREFINED, "5 steps altered"),
    Case("attend_and_excite", 1, {**_UNREFINED, "checkpointing": True}, "the same, checkpointing"),
    Case("decorrelation", 2, _UNTUNED),
    Case("realign_diff", 2, {"objects": [CUP]}),
    Case("realign_diff", 2, {"objects": [CUP], "self_strength": 0.3}, "self-attention too"),
)


def shape_checks(
    device: str, dtypes: list[torch.dtype], steps: int, rehearsed: bool
) -> Iterator[Check]:
    """`rehearsed`: the same checks of a tiny model."""
    side = 128 if rehearsed else 1024
    for dtype in dtypes:
        pipe = tiny.sdxl().to(device, dtype) if rehearsed else true_shape.sdxl(device, dtype)
        # SDXL's own VAE overflows in float16, and says so: it is decoded in float32.
        pipe.vae.register_to_config(force_upcast=True)
        pipe.set_progress_bar_config(disable=True)
        model = Model(pipe, Identity("random", "none", "0" * 64), rows=ROWS)
        said = str(dtype).removeprefix("torch.")
        yield f"{said}: weights", partial(_weights, device)
        yield f"{said}: a first image", partial(_first, model, side)
        yield f"{said}: plain is diffusers' own pipeline", partial(_stock, model, side)
        for case in CASES:
            yield f"{said}: {case}", partial(_cost, model, case, steps, side)
        for case in (Case("plain", 2), Case("attend_and_excite", 2, _UNREFINED)):
            yield (
                f"{said}: {case.method}, twice",
                partial(twice, model, case.method, case.params, _two(side)),
            )
        for method in OFF:
            yield f"{said}: {method}, off, is plain", partial(_off, model, method, side)
        # Two models beside one another are more than a small card holds.
        del pipe, model
        free_memory()


def _two(side: int) -> Any:
    return asked(2, 2, side)


def _weights(device: str) -> Finding:
    gc.collect()  # the model before
    held = gib(torch.cuda.memory_allocated()) if device.startswith("cuda") else None
    return True, {"gib": held}


def _first(model: Model, side: int) -> Finding:
    """What a kernel takes when it is first loaded belongs to no method."""
    made = draw(model, asked(1, 2, side), "plain", {})
    return made.keeps(1), made.told(1)


def _stock(model: Model, side: int) -> Finding:
    error = apart(plain(model, _two(side)), stock(model, _two(side)))
    return error == 0, {"error": error}


def _off(model: Model, method: str, side: int) -> Finding:
    """In batches of plain's size: matrix products of another shape round otherwise (1e-2 in
    bfloat16 after two steps), and ConceptDiffusion has two texts more a step."""
    model.rows = 4
    try:
        return off(model, method, _two(side))
    finally:
        model.rows = ROWS


def _cost(model: Model, case: Case, steps: int, side: int) -> Finding:
    made = draw(model, asked(case.images, steps, side), case.method, case.params)
    # Out of memory halves it and goes on; a case that did says so, and the next begins whole.
    rows, model.rows, model.gradient_rows = model.rows, ROWS, ROWS // 2
    return made.keeps(case.images), {**made.told(case.images), "steps": steps, "rows": rows}
