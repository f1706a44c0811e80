"""Where the layers of a scene stand: affine maps from the picture back to the tiles."""

import torch
from torch import Tensor
from torch.nn import functional

from teacup_testbed.world.scenes import Scenes

# Half canvases from the middle: the foot that things are scaled and turned about.
FOOT = (0.0, 0.7)


def placing_of(scenes: Scenes, is_place: Tensor, shift: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """For host, item and backdrop the (n, 2, 3) map from picture to canvas, middle 0, edges +-1.

    An object moves by 8 % and grows by 12 %, with its content; a place only moves and grows as far
    as it still fills the picture, and its content moves in it.
    """
    x, y, grow = (scenes.value(look) - 0.5 for look in ("x", "y", "scale"))
    scale = torch.where(is_place, 1.06 + 0.12 * grow, 1 + 0.24 * grow)
    turn = torch.where(is_place, 0.0, (scenes.value("turn") - 0.5) * 0.14)
    dx, dy = 0.32 * x, torch.where(is_place, 0.12, 0.2) * y
    host = undoing(scale, turn, dx, dy)

    item_scale = torch.where(is_place, 0.9 + 0.24 * (scenes.value("item_scale")), 1.0)
    item_dx = torch.where(is_place, 0.36 * (scenes.value("item_x") - 0.5), 0.0) + shift[:, 0]
    own = undoing(item_scale, torch.zeros_like(scale), item_dx, shift[:, 1])
    item = _then(host, own)

    table = 0.3 * (scenes.value("table") - 0.5)
    still = torch.zeros_like(table)
    backdrop = undoing(torch.ones_like(table), still, still, table)
    return host, item, backdrop


def sampled(tiles: Tensor, numbers: Tensor, grid: Tensor) -> Tensor:
    """Tiles (t, 4, h, w) uint8 by their numbers (n,) at a grid (n, s, s, 2): (n, 4, s, s) in 0..1.

    The empty tile costs nothing.
    """
    n, size = grid.shape[0], grid.shape[1]
    result = torch.zeros(n, 4, size, size, device=grid.device)
    shown = numbers.nonzero()[:, 0]
    if len(shown) > 0:
        picked = tiles[numbers[shown]].float() / 255
        drawn = functional.grid_sample(picked, grid[shown], align_corners=False)
        result[shown] = drawn
    return result


def undoing(scale: Tensor, turn: Tensor, dx: Tensor, dy: Tensor) -> Tensor:
    """Undoes: grow and turn about the foot, then move by (dx, dy). (n, 2, 3)."""
    foot = torch.tensor(FOOT, device=scale.device)
    cos, sin = torch.cos(turn) / scale, torch.sin(turn) / scale
    turned = torch.stack([torch.stack([cos, sin], 1), torch.stack([-sin, cos], 1)], 1)
    origin = foot + torch.stack([dx, dy], 1)
    offset = foot - (turned * origin[:, None, :]).sum(2)
    return torch.cat([turned, offset[:, :, None]], 2)


def _then(first: Tensor, second: Tensor) -> Tensor:
    """The map that applies `first` and then `second`."""
    # Sums, not matrix products: those are rounded more coarsely on some devices.
    linear = (second[:, :, :2, None] * first[:, None, :, :2]).sum(2)
    offset = (second[:, :, :2] * first[:, None, :, 2]).sum(2) + second[:, :, 2]
    return torch.cat([linear, offset[:, :, None]], 2)


def grid_of(maps: Tensor, size: int) -> Tensor:
    """Where each pixel of a picture looks by maps (n, 2, 3): (n, size, size, 2).

    torch's own affine_grid is a matrix product.
    """
    middles = (torch.arange(size, device=maps.device) + 0.5) * 2 / size - 1
    y, x = torch.meshgrid(middles, middles, indexing="ij")
    across, down, offset = (maps[:, None, None, :, k] for k in range(3))
    return across * x[:, :, None] + down * y[:, :, None] + offset
