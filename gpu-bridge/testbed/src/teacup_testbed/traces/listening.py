"""The steps of a method, heard at its sampler: what the method does stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from teacup_endpoints.schedulers import SCHEDULERS


@dataclass(frozen=True)
class Step:
    time: float
    before: torch.Tensor  # (rows, channels, h, w)
    after: torch.Tensor


@contextmanager
def heard(pipe: Any, scheduler: str) -> Iterator[list[Step]]:
    """Inside it the pipeline's own sampler is the named one, and every step that anyone takes with
    it is in the list."""
    steps: list[Step] = []
    # A sampler is made anew for every prediction, from the class and the words of the pipeline's.
    kind: Any = SCHEDULERS[scheduler]

    class Heard(kind):
        def step(self, model_output: Any, timestep: Any, sample: Any, **more: Any) -> Any:
            made = super().step(model_output, timestep, sample, **more)
            steps.append(Step(float(timestep), sample.clone(), made[0].clone()))
            return made

    own = pipe.scheduler
    pipe.scheduler = Heard.from_config(own.config)
    try:
        yield steps
    finally:
        pipe.scheduler = own


def way_of(latents: torch.Tensor, steps: list[Step], times: list[float]) -> torch.Tensor:
    """(times + 1, channels, h, w): one image's latents from the start on, found backwards from its
    last: each is what the step to the next one began with. ValueError if a step was not heard."""
    way = [latents]
    for time in reversed(times):
        found = (
            before
            for step in steps
            if step.time == time
            for before, after in zip(step.before, step.after, strict=True)
            if torch.equal(after, way[-1])
        )
        before = next(found, None)
        if before is None:
            raise ValueError(f"no step at {time:g} leads to these latents")
        way.append(before)
    return torch.stack(way[::-1])
