"""What all stages of one training have in common, and where its files lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from ..models.tokenizer import make_tokenizer
from ..shape import FULL, Shape
from ..world.assignment import Assignment, Mix
from ..world.captions import WORDS
from ..world.lexicon import FAMILIES, family_numbers
from .checkpoint import read_weights


@dataclass(frozen=True)
class Setup:
    """`name`: the folder of the UNet's variant; the other stages serve all variants."""

    root: Path
    device: torch.device
    shape: Shape = FULL
    families: tuple[str, ...] = tuple(family.id for family in FAMILIES)
    seed: int = 0
    name: str = "unet"
    mix: Mix = field(default_factory=Mix)
    pool: int = 48_000  # scenes of a training set
    is_text_frozen: bool = False
    say: Callable[[str], None] = print

    @property
    def numbers(self) -> tuple[int, ...]:
        return family_numbers(self.families)

    def assignment(self) -> Assignment:
        return Assignment.of(self.families, self.seed, self.mix)

    def tokenizer(self) -> Any:
        return make_tokenizer(WORDS, self.shape.tokens)

    def generator(self, of: str) -> torch.Generator:
        """On the CPU: the same scenes for every device. Each use has its own numbers."""
        salt = sum(ord(letter) * 131**place for place, letter in enumerate(of)) % 1_000_003
        return torch.Generator().manual_seed(self.seed * 1_000_003 + salt)

    def weights_of(self, stage: str) -> dict[str, torch.Tensor]:
        file = self.root / stage / "weights.safetensors"
        if not file.exists():
            raise ValueError(f"{file} is not there: train the stage '{stage}' first.")
        return read_weights(file, self.device)
