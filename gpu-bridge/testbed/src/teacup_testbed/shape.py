"""How large every network is: the shipped size, and a small one for tests and rehearsals."""

from __future__ import annotations

from dataclasses import dataclass

# Pixels a latent, in both directions.
FACTOR = 4
LATENT_CHANNELS = 4


@dataclass(frozen=True)
class Shape:
    """Widths are channels; `pool` and the like are numbers of scenes in a training set."""

    name: str
    pixels: int  # a side
    vae: tuple[int, ...]
    unet: tuple[int, ...]
    groups: int  # of every group norm in the UNet
    text_width: int
    text_layers: int
    heads: int
    oracle: tuple[int, ...]
    vision_width: int
    vision_layers: int
    tokens: int = 24  # a caption's longest, both marks included

    @property
    def latent(self) -> tuple[int, int, int]:
        """(channels, h, w)"""
        side = self.pixels // FACTOR
        return (LATENT_CHANNELS, side, side)


FULL = Shape(
    name="full",
    pixels=64,
    vae=(24, 32, 64),
    unet=(64, 96, 128),
    groups=32,
    text_width=128,
    text_layers=2,
    heads=4,
    oracle=(32, 64, 128, 192),
    vision_width=128,
    vision_layers=4,
)

SMOKE = Shape(
    name="smoke",
    pixels=32,
    vae=(8, 16, 16),
    unet=(16, 24, 32),
    groups=8,
    text_width=32,
    text_layers=1,
    heads=2,
    oracle=(8, 16, 32),
    vision_width=32,
    vision_layers=1,
)

SHAPES = {shape.name: shape for shape in (FULL, SMOKE)}
