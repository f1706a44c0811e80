"""What a picture shows, and how it happens to look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from teacup_testbed.world.lexicon import LOOKS_LIKE, NONE

# The nuisances, each a number in [0, 1): none of them says anything of content or host.
LOOKS = (
    "x",
    "y",
    "scale",
    "turn",
    "palette",
    "backdrop",
    "table",
    "light",
    "warmth",
    "item_x",
    "item_scale",
)


@dataclass(frozen=True, slots=True)
class Scenes:
    """n scenes: content and host (n,) long, NONE for none; look (n, len(LOOKS)) float in [0, 1)."""

    content: Tensor
    host: Tensor
    look: Tensor

    def __post_init__(self) -> None:
        n = len(self.content)
        if self.host.shape != (n,) or self.look.shape != (n, len(LOOKS)):
            raise ValueError(
                f"{n} contents with hosts {tuple(self.host.shape)}, looks {tuple(self.look.shape)}"
            )

    def __len__(self) -> int:
        return len(self.content)

    def __getitem__(self, index: slice | Tensor) -> Scenes:
        return Scenes(self.content[index], self.host[index], self.look[index])

    def to(self, device: torch.device | str) -> Scenes:
        return Scenes(self.content.to(device), self.host.to(device), self.look.to(device))

    def value(self, look: str) -> Tensor:
        """One nuisance, (n,)."""
        return self.look[:, LOOKS.index(look)]

    @staticmethod
    def of(pairs: Iterable[tuple[int, int]], generator: torch.Generator) -> Scenes:
        """The pairs of content and host in any look."""
        ids = torch.tensor(list(pairs), dtype=torch.long).reshape(-1, 2)
        looks = torch.rand(len(ids), len(LOOKS), generator=generator)
        return Scenes(ids[:, 0], ids[:, 1], looks)

    @staticmethod
    def joined(parts: Iterable[Scenes]) -> Scenes:
        parts = list(parts)
        return Scenes(
            torch.cat([part.content for part in parts]),
            torch.cat([part.host for part in parts]),
            torch.cat([part.look for part in parts]),
        )


def looks_like(content: Tensor) -> Tensor:
    """(n,) long: the first id of the same picture; NONE stays."""
    return torch.tensor([*LOOKS_LIKE, NONE], device=content.device)[content]
