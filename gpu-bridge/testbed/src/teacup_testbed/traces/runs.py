"""One method's way from noise to pictures, as the endpoints package goes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from PIL.Image import Image
from teacup_endpoints.asking import Ask, Loaded, Scorer
from teacup_endpoints.methods import method_named
from teacup_endpoints.parameters import parse, to_json
from teacup_endpoints.schedulers import make_scheduler

from .listening import heard, way_of


@dataclass(frozen=True)
class Run:
    """A method and what it is asked."""

    name: str
    method: str
    scheduler: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Recorded:
    """`arrays`, by names behind the run's:

    latents  (steps + 1, seeds, channels, h, w) float32, from the start on, in the sampler's scale
    images   (seeds, h, w, 3) uint8
    seen     the same, what a scorer was shown: in each round the seeds still searching, in order
    """

    arrays: dict[str, np.ndarray]
    about: dict[str, Any]


def record(loaded: Loaded, ask: Ask, run: Run) -> Recorded:
    method = method_named(run.method)
    parameters: Any = parse(method.parameters, run.params)
    seen: list[Image] = []
    scorers = {name: _Shown(scorer, seen) for name, scorer in loaded.scorers.items()}
    with heard(loaded.base.pipe, run.scheduler) as steps:
        method.check(loaded, ask, parameters)
        drawn = method.run(replace(loaded, scorers=scorers), ask, parameters)
    schedule = _schedule(loaded, run.scheduler, ask.steps)
    ways = [way_of(latents, steps, schedule["timesteps"]) for latents in drawn.latents]
    pictures = drawn.images or loaded.base.decode(drawn.latents, ask.seeds)
    arrays = {"latents": torch.stack(ways, dim=1).numpy(), "images": _stacked(pictures)}
    if seen:
        arrays["seen"] = _stacked(seen)
    about = {
        "name": run.name,
        "method": run.method,
        "scheduler": run.scheduler,
        "parameters": to_json(parameters),
        **schedule,
        "trace": drawn.trace,
        **({} if drawn.per_image is None else {"images": drawn.per_image}),
    }
    return Recorded({f"{run.name}/{name}": array for name, array in arrays.items()}, about)


class _Shown:
    """A scorer that keeps what it was shown."""

    def __init__(self, scorer: Scorer, seen: list[Image]) -> None:
        self.scorer, self.seen = scorer, seen
        self.name, self.thresholds = scorer.name, scorer.thresholds

    def to_json(self) -> dict[str, Any]:
        return self.scorer.to_json()

    def score(self, images: Sequence[Image], texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.seen += images
        return self.scorer.score(images, texts)

    def removed(self, texts: Sequence[str]) -> dict[str, str]:
        return self.scorer.removed(texts)


def _schedule(loaded: Loaded, name: str, steps: int) -> dict[str, list[float]]:
    """The sampler's own numbers: its times, and sigmas if it has them."""
    scheduler = make_scheduler(loaded.base.pipe.scheduler, name)
    scheduler.set_timesteps(steps)
    sigmas = getattr(scheduler, "sigmas", None)
    times = {"timesteps": scheduler.timesteps.tolist()}
    return times if sigmas is None else {**times, "sigmas": sigmas.tolist()}


def _stacked(pictures: Sequence[Image]) -> np.ndarray:
    return np.stack([np.asarray(picture.convert("RGB")) for picture in pictures])
