"""Two texts one after the other: the first for k steps, the second from there to the image, for as
many k as anybody asks for, each state and each image made once (methods.md 2.6)."""

from __future__ import annotations

from collections import defaultdict

import torch
from PIL.Image import Image

from .asking import Ask
from .model import Model
from .sampling import Hooks, State, guide_to, merge, sample, start


class Trajectory:
    """The first phase, as far as anybody asked for it: L_0, L_1, ... of all seeds."""

    def __init__(self, model: Model, ask: Ask, text: str) -> None:
        self.hooks = Hooks(guide_to(model, ask, text))
        # One state a seed: an image goes no further than its own search asked.
        whole = start(model, ask)
        self.steps = whole.steps
        self.furthest = [whole.rows([row]) for row in range(len(ask.seeds))]
        self.kept: list[dict[int, State]] = [{0: state.copy()} for state in self.furthest]

    def extend(self, wanted: dict[int, int]) -> None:
        """`wanted[row]` = k: makes L_k of that image. Images at the same step share the batch."""
        while behind := [row for row, k in wanted.items() if self.furthest[row].i < k]:
            at = min(self.furthest[row].i for row in behind)
            rows = [row for row in behind if self.furthest[row].i == at]
            together = sample(merge([self.furthest[row] for row in rows]), self.hooks, at + 1)
            for place, row in enumerate(rows):
                self.furthest[row] = together.rows([place])
                self.kept[row][at + 1] = self.furthest[row].copy()


class Finish:
    """The second phase: from L_k to the image, with another text. Each (image, k) once."""

    def __init__(self, model: Model, ask: Ask, text: str) -> None:
        self.model = model
        self.hooks = Hooks(guide_to(model, ask, text))
        self.latents: dict[tuple[int, int], torch.Tensor] = {}
        self.images: dict[tuple[int, int], Image] = {}

    def draw(self, trajectory: Trajectory, wanted: dict[int, int]) -> None:
        fresh = {row: k for row, k in wanted.items() if (row, k) not in self.latents}
        trajectory.extend(fresh)
        by_step: dict[int, list[int]] = defaultdict(list)
        for row, k in fresh.items():
            by_step[k].append(row)
        waiting: State | None = None
        places: list[tuple[int, int]] = []
        # The earliest start first; later ones join it where they start, and share its batch.
        for k in sorted(by_step):
            joining = merge([trajectory.kept[row][k].copy() for row in by_step[k]])
            if waiting is not None:
                joining = merge([sample(waiting, self.hooks, until=k), joining])
            waiting = joining
            places += [(row, k) for row in by_step[k]]
        if waiting is None:
            return
        made = sample(waiting, self.hooks).latents
        images = self.model.decode(made, waiting.seeds)
        for place, latents, image in zip(places, made, images, strict=True):
            self.latents[place], self.images[place] = latents, image
