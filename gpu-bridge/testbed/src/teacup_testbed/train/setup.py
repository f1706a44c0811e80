"""What all stages of one training have in common, and where its files lie."""

from __future__ import annotations

import time
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

# Weights that were trained before and passed their gates: of the full shape, on all families.
GIVEN = Path(__file__).parents[3] / "weights"


def given_stages(shape: Shape, is_anew: bool = False) -> set[str]:
    """Stages that need no training, because their weights come with the package."""
    if is_anew or shape != FULL:
        return set()
    return {file.stem for file in GIVEN.glob("*.safetensors")}


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
    is_anew: bool = False  # takes no committed weights
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

    def file_of(self, stage: str) -> Path:
        """The training's own weights; those of the package where it has none."""
        own = self.root / stage / "weights.safetensors"
        is_given = stage in given_stages(self.shape, self.is_anew) and not own.exists()
        return GIVEN / f"{stage}.safetensors" if is_given else own

    def await_weights(self, stage: str, seconds: float) -> None:
        """For stages that start together: the writer renames the file when it is whole."""
        until = time.monotonic() + seconds
        while not self.file_of(stage).exists() and time.monotonic() < until:
            time.sleep(0.2)

    def trained_file(self, stage: str) -> Path:
        """ValueError where the stage has not ended yet."""
        file = self.file_of(stage)
        if not file.exists():
            raise ValueError(f"{file} is not there: train the stage '{stage}' first.")
        return file

    def weights_of(self, stage: str) -> dict[str, torch.Tensor]:
        return read_weights(self.trained_file(stage), self.device)
