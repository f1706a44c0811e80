"""Several predictions at once, whose rows go through the network in one batch.

An endpoint draws one prompt at a time, and a processor is faster the more rows it is given. Each
prediction runs in a thread of its own up to where it asks the network; when all that still run have
asked, the last of them takes the rows of all. Between that they take turns, one at a time, because
tokenizers cannot serve two threads. Pictures move by rounding alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import torch
from teacup_endpoints.conditioning import Conditioning, join
from teacup_endpoints.model import Model

T = TypeVar("T")


@dataclass
class _Asked:
    """What one prediction wants of the network."""

    x: torch.Tensor
    t: torch.Tensor
    told: Conditioning
    made: torch.Tensor | None = None
    error: Exception | None = None
    is_done: threading.Event = field(default_factory=threading.Event)


class SharedModel(Model):
    """A model of which `together` can run several predictions. None of them may change the network
    (attention processors, tuned weights) or ask it for a gradient."""

    _turn = threading.Lock()  # held by the one prediction that runs
    _running = 0
    _waiting: tuple[_Asked, ...] = ()

    def together(self, tasks: Sequence[Callable[[], T]]) -> list[T]:
        """What each returned, in order. The first error of one is raised when all have ended."""
        self._running = len(tasks)
        with ThreadPoolExecutor(len(tasks)) as threads:
            futures = [threads.submit(self._run, task) for task in tasks]
        self._running = 0
        return [future.result() for future in futures]

    def forward(
        self,
        x: torch.Tensor,
        t: torch.Tensor,
        told: Conditioning,
        marks: torch.Tensor | None = None,
    ) -> torch.Tensor:
        if not self._running:
            return super().forward(x, t, told, marks)
        asked = _Asked(x, t, told)
        self._waiting = (*self._waiting, asked)
        self._answer_if_complete()
        self._turn.release()
        asked.is_done.wait()
        self._turn.acquire()
        if asked.error is not None:
            raise asked.error
        assert asked.made is not None  # noqa: S101 done without an error
        return asked.made

    def _run(self, task: Callable[[], T]) -> T:
        with self._turn:
            try:
                return task()
            finally:
                self._running -= 1
                self._answer_if_complete()

    def _answer_if_complete(self) -> None:
        if not self._waiting or len(self._waiting) < self._running:
            return
        every, self._waiting = self._waiting, ()
        try:
            with torch.no_grad():
                made = self._all(every)
            for asked, part in zip(every, made, strict=True):
                asked.made = part
        except Exception as error:
            for asked in every:
                asked.error = error
        for asked in every:
            asked.is_done.set()

    def _all(self, every: Sequence[_Asked]) -> list[torch.Tensor]:
        sizes = [len(asked.x) for asked in every]
        rows = torch.cat([asked.x for asked in every])
        # Predictions are at steps of their own.
        steps = torch.cat([asked.t.expand(len(asked.x)) for asked in every])
        told = join([asked.told for asked in every])
        return list(super().forward(rows, steps, told).split(sizes))
