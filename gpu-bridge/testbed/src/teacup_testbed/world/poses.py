"""Scenes in chosen looks, for what searches them."""

import itertools
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.scenes import LOOKS, Scenes

EVEN = (0.1, 0.5, 0.9)
FINE = (0.1, 0.3, 0.5, 0.7, 0.9)


def posed(pairs: Iterable[tuple[int, int]], **looks: Sequence[float]) -> Scenes:
    """Every pair, outermost, in every combination of the looks; others stay in the middle."""
    combinations = list(itertools.product(*looks.values()))
    rows, ids = [], []
    for content, host in pairs:
        for values in combinations:
            look = dict.fromkeys(LOOKS, 0.5) | dict(zip(looks, values, strict=True))
            rows.append([look[name] for name in LOOKS])
            ids.append((content, host))
    pairs_of = torch.tensor(ids, dtype=torch.long)
    return Scenes(pairs_of[:, 0], pairs_of[:, 1], torch.tensor(rows))


def halved(pictures: Tensor) -> Tensor:
    """(n, c, s, s) float at half the size: what is found at this size is where it seems to be."""
    return functional.avg_pool2d(pictures, 2)


def cutouts_of(renderer: Renderer, scenes: Scenes) -> tuple[Tensor, Tensor]:
    """The renderer's cutouts at half its size: (n, 4, s, s) and (n, s, s)."""
    parts = [renderer.cutouts(scenes[at : at + 256]) for at in range(0, len(scenes), 256)]
    return (
        torch.cat([halved(cutout) for cutout, _ in parts]),
        torch.cat([halved(item[:, None])[:, 0] for _, item in parts]),
    )
