"""A training set in memory: scenes, and what is made of them once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch

from ..models.tokenizer import tokenize
from ..shape import Shape
from ..world.assignment import Assignment
from ..world.captions import caption
from ..world.draw import Renderer
from ..world.scenes import Scenes

# Wordings of one scene: a word must not become the mark of one look.
CAPTIONS = 2


@dataclass(frozen=True)
class Pool:
    scenes: Scenes
    pictures: torch.Tensor  # (n, 3, side, side) uint8
    tokens: torch.Tensor  # (n, captions, tokens) long


def make_pool(
    scenes: Scenes,
    assignment: Assignment,
    tokenizer: Any,
    shape: Shape,
    device: torch.device,
    seed: int,
) -> Pool:
    generator = torch.Generator().manual_seed(seed)
    texts = [caption(scenes, assignment, generator) for _ in range(CAPTIONS)]
    tokens = torch.stack(
        [once_each(part, lambda own: tokenize(tokenizer, own, shape.tokens)) for part in texts],
        dim=1,
    )
    return Pool(scenes, draw(scenes, shape, device), tokens.to(device))


def draw(scenes: Scenes, shape: Shape, device: torch.device) -> torch.Tensor:
    """(n, 3, side, side) uint8 on the device."""
    return _renderer(device, shape.pixels).draw(scenes)


# Its tiles take longer to read than a thousand scenes to draw.
_renderer = cache(Renderer)


def once_each(texts: Sequence[str], make: Callable[[list[str]], torch.Tensor]) -> torch.Tensor:
    """A row for each text; equal texts are made once."""
    places = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    made = make(list(places))
    return made[torch.tensor([places[text] for text in texts], device=made.device)]
