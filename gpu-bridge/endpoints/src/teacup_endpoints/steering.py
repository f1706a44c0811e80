"""ConceptDiffusion's equations, on directions in the space of latents. No network is asked here;
what the letters mean stands in `methods/concept_diffusion.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch

_NOTHING = 1e-12  # a squared length


@dataclass(frozen=True)
class Rule:
    """When a term acts, and which."""

    eta_subject: float
    eta_abstract: float
    upper_bound: float | None
    projection: Literal["sum", "span"]
    mask: bool


def steer(p: torch.Tensor, s: torch.Tensor, rule: Rule) -> tuple[torch.Tensor, torch.Tensor]:
    """One image, float32: P (c, h, w) and the s_i (n, c, h, w) to g (c, h, w) and the cosines
    c_1 .. c_n, c_a (n + 1)."""
    subjects = list(s)
    c_subjects = torch.stack([cosine(p, one) for one in subjects])
    a = abstract(p, s, rule.projection)
    c_a = cosine(p, a)
    # +1: under-represented, -1: over-represented, 0: neither.
    signs = (c_subjects < rule.eta_subject).to(p.dtype)
    if rule.upper_bound is not None:
        signs = signs - (c_subjects > rule.upper_bound).to(p.dtype)
    g = torch.zeros_like(p)
    for sign, one in zip(signs, subjects, strict=True):
        g = g + sign * (one - onto(one, p))
    kept = mask(a, c_a) if rule.mask else a
    g = g + (c_a < rule.eta_abstract).to(p.dtype) * kept
    return g, torch.cat([c_subjects, c_a[None]])


def onto(x: torch.Tensor, direction: torch.Tensor) -> torch.Tensor:
    """The part of x that lies along a direction."""
    square = (direction * direction).sum()
    share = (x * direction).sum() / square
    return torch.where(square < _NOTHING, 0.0, share) * direction


def cosine(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """|cos|, and 0 where one of them is nothing."""
    squares = torch.stack([(x * x).sum(), (y * y).sum()])
    value = (x * y).sum().abs() / squares.sqrt().prod()
    return torch.where((squares < _NOTHING).any(), 0.0, value).clamp(max=1.0)


def abstract(p: torch.Tensor, s: torch.Tensor, projection: str) -> torch.Tensor:
    """a: what the prompt's direction says beyond its subjects."""
    if projection == "sum":
        return p - onto(p, s.sum(0))
    # Least squares over the n by n products: as QR, and defined where subjects coincide too.
    rows = s.flatten(1).double()
    share = torch.linalg.pinv(rows @ rows.T, hermitian=True) @ (rows @ p.flatten().double())
    return p - (share @ rows).to(p.dtype).view_as(p)


def mask(a: torch.Tensor, level: torch.Tensor) -> torch.Tensor:
    """(c, h, w): per channel the entries at or above the quantile of |a|, the others 0."""
    sizes = a.abs().flatten(1)
    least = torch.quantile(sizes, level.nan_to_num(), dim=1).view(-1, 1, 1)
    return torch.where(a.abs() >= least, a, 0.0)
