"""How long a stage trains, and what its learning rate is on the way."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

# A stage that comes too late still makes something for the stages behind it.
_LEAST_SECONDS = 20.0


@dataclass(frozen=True)
class Budget:
    """Steps, minutes of training, or a time of day: what ends first ends the stage. With steps
    alone a stage gives the same result wherever it was interrupted; the others depend on the
    machine."""

    steps: int | None = None
    minutes: float | None = None
    until: float | None = None  # seconds since 1970

    def __post_init__(self) -> None:
        if self.steps is None and self.minutes is None and self.until is None:
            raise ValueError("give --steps or --minutes: without either a stage would never end")
        if (self.steps or 1) < 1 or (self.minutes or 1.0) <= 0:
            raise ValueError("steps and minutes must be above zero")

    def from_now(self, seconds: float) -> Budget:
        """`until` as minutes, of which `seconds` are behind already."""
        if self.until is None:
            return self
        left = max(_LEAST_SECONDS, self.until - time.time()) + seconds
        return replace(self, minutes=min(self.minutes or left, left / 60), until=None)

    def progress(self, step: int, seconds: float) -> float:
        """0 at the start; 1 and more when the stage is over."""
        by_steps = 0.0 if self.steps is None else step / self.steps
        by_time = 0.0 if self.minutes is None else seconds / 60 / self.minutes
        return max(by_steps, by_time)


@dataclass(frozen=True)
class Rate:
    """The learning rate: a rise over the first steps, a plain, a line down to zero at the end."""

    peak: float
    warm_up: int = 100
    falls_from: float = 0.75  # share of the progress

    def at(self, step: int, progress: float) -> float:
        rise = min(1.0, (step + 1) / self.warm_up)
        left = max(0.0, 1.0 - progress)
        return self.peak * rise * min(1.0, left / (1 - self.falls_from))
