"""One method drawn on one device, with what it took."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import torch

from .asking import Ask, Drawn, Loaded, Plan
from .bench_pair import NeverSure
from .methods import METHODS
from .model import Model, not_finite
from .noise import noise
from .parameters import parse
from .rehearsal import PAIR, PROMPT
from .sampling import Hooks, guide_to, sample, start


@dataclass(frozen=True)
class Made:
    drawn: Drawn
    evals: int  # of all images, without rows that only filled a batch up
    backwards: int
    plan: Plan  # of one image
    seconds: float
    peak_gib: float | None

    def keeps(self, images: int) -> bool:
        """Finite, and as many evals as its method says before it draws."""
        plan = self.plan
        forwards = images * plan.least <= self.evals <= images * plan.most
        most = plan.backwards if plan.backwards_most is None else plan.backwards_most
        gradients = images * plan.backwards <= self.backwards <= images * most
        return forwards and gradients and not not_finite(self.drawn.latents)

    def told(self, images: int) -> dict[str, Any]:
        return {
            "evals_an_image": self.evals / images,
            "planned": [self.plan.least, self.plan.most],
            "backwards_an_image": self.backwards / images,
            "seconds_an_image": round(self.seconds / images, 4),
            "peak_gib": self.peak_gib,
        }


def asked(seeds: int, steps: int, side: int) -> Ask:
    return Ask(PROMPT, tuple(range(1, seeds + 1)), side, side, steps, 5.0, concepts=PAIR)


def draw(model: Model, ask: Ask, name: str, params: dict[str, Any]) -> Made:
    """From the seeds to the pictures, which are refused where a number is not finite."""
    loaded = Loaded(model, scorers={NeverSure.name: NeverSure()})
    method = METHODS[name]
    parameters = parse(method.parameters, params)
    method.check(loaded, ask, parameters)
    plan = method.plan_evals(parameters, ask, start(model, ask).steps)
    before = counted(model)
    with Memory(model.device) as memory:
        begun = time.perf_counter()
        drawn = method.run(loaded, ask, parameters)
        if drawn.images is None:
            model.decode(drawn.latents, ask.seeds)
        seconds = time.perf_counter() - begun
    evals, backwards = (now - then for now, then in zip(counted(model), before, strict=True))
    return Made(drawn, evals, backwards, plan, seconds, memory.peak_gib)


def counted(model: Model) -> tuple[int, int]:
    counter = model.counter
    return counter.forwards - model.fillers, counter.backwards - model.backward_fillers


def plain(model: Model, ask: Ask) -> torch.Tensor:
    return sample(start(model, ask), Hooks(guide_to(model, ask, ask.prompt))).latents


def stock(model: Model, ask: Ask) -> torch.Tensor:
    """The latents of diffusers' own pipeline, of the same weights and noise."""
    shape = model.latent_shape(ask.width, ask.height)
    latents = noise(ask.seeds, 0, shape, device=model.device, dtype=model.dtype)
    return model.pipe(
        ask.prompt,
        latents=latents,
        width=ask.width,
        height=ask.height,
        num_inference_steps=ask.steps,
        guidance_scale=ask.guidance_scale,
        num_images_per_prompt=len(ask.seeds),
        output_type="latent",
    ).images


def apart(made: torch.Tensor, reference: torch.Tensor) -> float:
    """||made - reference|| / ||reference||, in float64; infinite where a number is not finite."""
    one, other = made.detach().cpu().double(), reference.detach().cpu().double()
    if not_finite(one):
        return float("inf")
    return float((one - other).norm() / other.norm())


class Memory:
    """The most that tensors held inside it, weights included; None off a GPU."""

    def __init__(self, device: torch.device) -> None:
        self.on_gpu = device.type == "cuda"
        self.peak_gib: float | None = None

    def __enter__(self) -> Memory:
        if self.on_gpu:
            torch.cuda.synchronize()
            torch.cuda.reset_peak_memory_stats()
        return self

    def __exit__(self, *_: object) -> None:
        if self.on_gpu:
            torch.cuda.synchronize()
            self.peak_gib = gib(torch.cuda.max_memory_allocated())


def gib(count: int) -> float:
    return round(count / 2**30, 2)
