"""The judge of one picture: which host, which item, and whether it is a picture of the world."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

NONE = -1  # a scene without a host, or without an item


@dataclass(frozen=True)
class Verdict:
    """Of n pictures, each (n,). `host` and `item` are global ids, -1 for none."""

    host: torch.Tensor  # long
    item: torch.Tensor  # long
    is_garbage: torch.Tensor  # bool: malformed, or a head is not sure


class Oracle(nn.Module):
    """Pictures in [-1, 1] (n, 3, h, w) to logits of host, item and garbage. Class 0 is none."""

    def __init__(self, widths: tuple[int, ...], hosts: int, items: int) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3, widths[0], 3, padding=1), _norm(widths[0])]
        for before, width in zip((widths[0], *widths[:-1]), widths, strict=True):
            layers += [nn.SiLU(), nn.Conv2d(before, width, 3, stride=2, padding=1), _norm(width)]
            layers += [nn.SiLU(), nn.Conv2d(width, width, 3, padding=1), _norm(width)]
        self.body = nn.Sequential(*layers, nn.SiLU())
        # The mean says what fills the picture, the maximum finds what is small in it.
        self.host = nn.Linear(2 * widths[-1], hosts + 1)
        self.item = nn.Linear(2 * widths[-1], items + 1)
        self.garbage = nn.Linear(2 * widths[-1], 2)

    def forward(self, pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        seen = self.body(pictures)
        flat = torch.cat([seen.mean(dim=(2, 3)), seen.amax(dim=(2, 3))], dim=1)
        return self.host(flat), self.item(flat), self.garbage(flat)

    @torch.no_grad()
    def judge(self, pictures: torch.Tensor, sure: float = 0.5, rows: int = 512) -> Verdict:
        """`sure`: a head that gives its best class less than this abstains; that is garbage."""
        hosts, items, broken = [], [], []
        for part in pictures.split(rows):
            host, item, garbage = (logits.float().softmax(dim=1) for logits in self(part))
            (p_host, best_host), (p_item, best_item) = host.max(dim=1), item.max(dim=1)
            hosts.append(best_host - 1)
            items.append(best_item - 1)
            broken.append((garbage[:, 1] > 0.5) | (p_host < sure) | (p_item < sure))
        return Verdict(torch.cat(hosts), torch.cat(items), torch.cat(broken))


def _norm(width: int) -> nn.GroupNorm:
    # No statistics of the batch: a verdict does not depend on the pictures beside it.
    return nn.GroupNorm(8, width)
