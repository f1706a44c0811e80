"""Pictures of scenes, composed of the atlas' tiles on any device."""

import torch
from torch import Tensor
from torch.nn import functional

from teacup_testbed.world.atlas import read_index, read_tiles
from teacup_testbed.world.lexicon import NONE
from teacup_testbed.world.placing import placing_of, sampled
from teacup_testbed.world.scenes import Scenes
from teacup_testbed.world.tables import Tables

# Scenes composed at once: about 100 MB of tiles.
AT_ONCE = 256


class Renderer:
    """Draws scenes: a pure function of them, the same on every device up to rounding."""

    def __init__(self, device: torch.device | str = "cpu", size: int = 64) -> None:
        self.device = torch.device(device)
        self.size = size
        self.tables = Tables(self.device)
        names = ("hosts", "items", "backdrops")
        self.tiles = {name: read_tiles(name).to(self.device) for name in names}
        self.reach = 1 + read_index()["margin"] / 256

    def draw(self, scenes: Scenes) -> Tensor:
        """(n, 3, size, size) uint8 on the renderer's device."""
        return torch.cat([self._draw(part.to(self.device)) for part in _parts(scenes)])

    def masks(self, scenes: Scenes) -> tuple[Tensor, Tensor]:
        """Where the item and where the host is seen: two (n, size, size) bool.

        A place is seen wherever its item is not.
        """
        parts = [self._masks(part.to(self.device)) for part in _parts(scenes)]
        return torch.cat([item for item, _ in parts]), torch.cat([host for _, host in parts])

    def _draw(self, scenes: Scenes) -> Tensor:
        picture = self._sheet("backdrops", self.tables.backdrop(scenes), self._grids(scenes)[2])
        picture = picture[:, :3]
        for layer in self._layers(scenes):
            picture = layer[:, :3] + picture * (1 - layer[:, 3:])
        return (_lit(picture, scenes) * 255).round().clamp(0, 255).to(torch.uint8)

    def _masks(self, scenes: Scenes) -> tuple[Tensor, Tensor]:
        behind, within, front, above = (layer[:, 3] for layer in self._layers(scenes))
        item = within * (1 - front) * (1 - above) + above
        host = (behind * (1 - within) * (1 - front) + front) * (1 - above)
        # A shade is no part of what casts it: it is less than half opaque.
        return item > 0.5, (host > 0.5) & (item <= 0.5)

    def _layers(self, scenes: Scenes) -> list[Tensor]:
        """Host behind, item within, host in front, item above: each (n, 4, size, size)."""
        host, item, _ = self._grids(scenes)
        behind, front = self.tables.host_tiles(scenes)
        within, above = self.tables.item_tiles(scenes)
        return [
            self._sheet("hosts", behind, host),
            self._sheet("items", within, item),
            self._sheet("hosts", front, host),
            self._sheet("items", above, item),
        ]

    def _grids(self, scenes: Scenes) -> list[Tensor]:
        is_place = self.tables.is_place(scenes)
        shift = self.tables.shift(scenes)
        return [
            functional.affine_grid(
                theta / self.reach, [len(scenes), 4, self.size, self.size], align_corners=False
            )
            for theta in placing_of(scenes, is_place, shift)
        ]

    def _sheet(self, name: str, tiles: Tensor, grid: Tensor) -> Tensor:
        return sampled(self.tiles[name], tiles, grid)


def _lit(picture: Tensor, scenes: Scenes) -> Tensor:
    """Up to 16 % dimmer, so that nothing white is lost, and up to 4 % warmer or cooler."""
    light = 0.84 + 0.16 * scenes.value("light")
    warmth = 0.08 * (scenes.value("warmth") - 0.5)
    gain = torch.stack([light * (1 + warmth), light, light * (1 - warmth)], dim=1)
    return (picture * gain[:, :, None, None]).clamp(0, 1)


def _parts(scenes: Scenes) -> list[Scenes]:
    return [scenes[at : at + AT_ONCE] for at in range(0, max(1, len(scenes)), AT_ONCE)]


def picture_of(content: int, host: int, renderer: Renderer) -> Tensor:
    """(3, size, size) uint8: one scene in its plainest look. For references and thumbnails."""
    if content == NONE and host == NONE:
        raise ValueError("a scene of nothing: name a content or a host")
    plain = Scenes(
        torch.tensor([content]), torch.tensor([host]), torch.full((1, renderer.tables.looks), 0.5)
    )
    return renderer.draw(plain)[0]
