"""What a stage draws on its way, so that a person sees how far it is."""

from __future__ import annotations

import torch

from ..evaluation.generator import generator_of
from ..models.generator import make_vae
from ..world.captions import alone, alone_host, prompts_of
from ..world.lexicon import FAMILIES, family_of
from ..world.sheet import tiled
from .loop import Sheet
from .pictures import decode, encode, load_into
from .setup import Setup

_COLUMNS = 8
_ROWS_A_FAMILY = 3


def vae_sheet(setup: Setup, pictures: torch.Tensor) -> Sheet:
    """A row of pictures (n, 3, side, side), and below it the same after a round trip."""
    shown = pictures[: 2 * _COLUMNS]

    def draw(weights: dict[str, torch.Tensor]) -> torch.Tensor:
        vae = load_into(make_vae(setup.shape).to(setup.device), weights)
        again = decode(vae, encode(vae, shown))
        rows = zip(shown.split(_COLUMNS), again.split(_COLUMNS), strict=True)
        return tiled(torch.cat([part for row in rows for part in row]), _COLUMNS)

    return draw


def unet_sheet(setup: Setup) -> Sheet:
    """Tuning pairs, a row each: four images of the pair, two of its content at home, both alone."""
    assignment = setup.assignment()
    pairs = []
    for number in assignment.families:
        own = [pair for pair in assignment.tuning if family_of(pair[0]) is FAMILIES[number]]
        pairs += own[:: len(own) // _ROWS_A_FAMILY][:_ROWS_A_FAMILY]
    prompts = [text for content, host in pairs for text in _row(content, host)]

    def draw(weights: dict[str, torch.Tensor]) -> torch.Tensor:
        made = generator_of(setup, weights).draw(prompts, range(len(prompts)))
        return tiled(made, _COLUMNS)

    return draw


def _row(content: int, host: int) -> list[str]:
    asked, typical = prompts_of(content, host), prompts_of(content, content)
    return [*asked[:4], *typical[:2], alone(content), alone_host(host)]
