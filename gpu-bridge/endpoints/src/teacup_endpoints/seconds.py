"""Seconds by phase, for an answer's `timings`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import torch


class Seconds:
    def __init__(self) -> None:
        self.by_phase: dict[str, float] = {}

    @contextmanager
    def __call__(self, phase: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        self.by_phase[phase] = time.monotonic() - start
