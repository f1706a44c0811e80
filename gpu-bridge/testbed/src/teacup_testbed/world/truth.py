"""What a picture truly shows, and where."""

from dataclasses import dataclass

import torch
from torch import Tensor

from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.scenes import Scenes


@dataclass(frozen=True, slots=True)
class Truth:
    """Of n pictures: ids (n,), masks (n, size, size) bool and boxes (n, 4) long.

    A box is left, top, right, bottom in pixels, the last two past the end; all 0 where nothing is
    seen.
    """

    content: Tensor
    host: Tensor
    content_mask: Tensor
    host_mask: Tensor
    content_box: Tensor
    host_box: Tensor


def truth_of(scenes: Scenes, renderer: Renderer) -> Truth:
    """The truth of the pictures that the renderer draws of the scenes."""
    content, host = renderer.masks(scenes)
    return Truth(scenes.content, scenes.host, content, host, _boxes(content), _boxes(host))


def _boxes(masks: Tensor) -> Tensor:
    columns, rows = _ends(masks.any(1)), _ends(masks.any(2))
    return torch.stack([columns[0], rows[0], columns[1], rows[1]], dim=1)


def _ends(line: Tensor) -> tuple[Tensor, Tensor]:
    """The first and one past the last True of each row, (n,) each; 0 and 0 where there is none."""
    count = line.shape[1]
    is_any = line.any(1)
    first = line.int().argmax(1)
    last = count - line.flip(1).int().argmax(1)
    return torch.where(is_any, first, 0), torch.where(is_any, last, 0)
