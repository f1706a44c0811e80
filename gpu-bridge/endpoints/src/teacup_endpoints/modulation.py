"""RealignDiff's attention modulation: an object's tokens up inside its mask and down outside; and
DenseDiffusion's, of the image's attention to itself: an object's cells look at each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from .attention import Explicit
from .masks import resize_mask
from .model import Model


@dataclass(frozen=True)
class Place:
    """One object in one image."""

    row: int  # of the batch
    phrase: str
    tokens: range
    score: float
    mask: torch.Tensor  # (h, w), bool, of the whole image

    @property
    def weight(self) -> float:
        """s_o (1 - area(m_o) / area(image)): all of a[k] but the step's lambda and the clamp."""
        return self.score * (1 - float(self.mask.float().mean()))


def modulated(
    logits: torch.Tensor,  # (..., cells, tokens); to itself (..., cells, cells)
    inside: torch.Tensor,  # R, of the same shape
    weight: torch.Tensor,  # a, (..., 1, tokens); to itself (..., cells, 1)
) -> torch.Tensor:
    """G' = G + R a (rowmax(G) - G) - (1 - R) a (G - rowmin(G)). With a at most 1 no logit leaves
    its row's range. Any positive factor of G is one of G', so it may come divided by sqrt(d)."""
    up = logits.amax(dim=-1, keepdim=True) - logits
    down = logits - logits.amin(dim=-1, keepdim=True)
    return logits + weight * torch.where(inside, up, -down)


def step_weight(t: float, last: int, strength: float) -> float:
    """lambda_t = w (t / 1000)^5."""
    return strength * (t / last) ** 5


class Modulation:
    """What the processors share: tensors by row of the batch, with one row of zeros at the end for
    whatever is not to be touched (the null half)."""

    def __init__(self, model: Model, places: list[Place], rows: int, tokens: int) -> None:
        self.model, self.places, self.rows = model, places, rows
        self.weight = torch.zeros(rows + 1, tokens, device=model.device)
        for place in places:
            part = self.weight[place.row, place.tokens.start : place.tokens.stop]
            # Objects that share a token: the stronger one's weight, inside either's mask.
            part.clamp_(min=place.weight)
        self._inside: dict[tuple[int, int], torch.Tensor] = {}
        self._among: dict[tuple[int, int], tuple[torch.Tensor, torch.Tensor]] = {}

    def inside(self, grid: tuple[int, int]) -> torch.Tensor:
        """R, (rows + 1, cells, tokens)."""
        if grid not in self._inside:
            shape = (self.rows + 1, grid[0] * grid[1], self.weight.shape[1])
            made = torch.zeros(shape, dtype=torch.bool, device=self.weight.device)
            for place in self.places:
                cells = resize_mask(place.mask, grid).flatten().to(made.device)
                made[place.row, :, place.tokens.start : place.tokens.stop] |= cells[:, None]
            self._inside[grid] = made
        return self._inside[grid]

    def among(self, grid: tuple[int, int]) -> tuple[torch.Tensor, torch.Tensor]:
        """The cells among themselves: R, (rows + 1, cells, cells), true within an object, and a,
        (rows + 1, cells, 1), 0 for a cell of no object, which looks wherever it likes."""
        if grid not in self._among:
            cells, device = grid[0] * grid[1], self.weight.device
            inside = torch.zeros(self.rows + 1, cells, cells, dtype=torch.bool, device=device)
            weight = torch.zeros(self.rows + 1, cells, 1, device=device)
            for place in self.places:
                own = resize_mask(place.mask, grid).flatten().to(device)
                inside[place.row] |= own[:, None] & own[None, :]
                weight[place.row, own] = weight[place.row, own].clamp(min=place.weight)
            self._among[grid] = inside, weight
        return self._among[grid]

    def marks(self, rows: torch.Tensor, null: int) -> torch.Tensor:
        """For `null` untouched rows, then these rows of the batch."""
        none = torch.full((null,), self.rows, device=rows.device)
        return torch.cat([none, rows])


class Modulate(Explicit):
    """One layer's processor, for one step. Which row is which it reads from the model's marks."""

    def __init__(self, shared: Modulation, grid: tuple[int, int], strength: float) -> None:
        self.shared, self.grid, self.strength = shared, grid, strength

    def weigh(
        self, attn: Any, query: torch.Tensor, key: torch.Tensor, mask: torch.Tensor | None
    ) -> torch.Tensor:
        marks = self.shared.model.marks
        if marks is None:
            raise RuntimeError("modulated rows need marks")
        logits = attn.scale * (query.float() @ key.float().transpose(-1, -2))
        logits = logits if mask is None else logits + mask
        logits = logits.unflatten(0, (len(marks), attn.heads))
        inside, weight = (part[:, None] for part in self.told(marks))
        weight = (weight * self.strength).clamp(max=1)
        return modulated(logits, inside, weight).softmax(dim=-1).flatten(0, 1).to(query.dtype)

    def told(self, marks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """R and s_o (1 - B) of these rows."""
        return self.shared.inside(self.grid)[marks], self.shared.weight[marks][:, None, :]


class ModulateItself(Modulate):
    """The same of a layer in which the image attends to itself."""

    def told(self, marks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        inside, weight = self.shared.among(self.grid)
        return inside[marks], weight[marks]
