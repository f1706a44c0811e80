"""Pictures of scenes, composed of the atlas' tiles on any device."""

import torch
from torch import Tensor

from teacup_testbed.world.atlas import read_index, read_tiles
from teacup_testbed.world.placing import grid_of, placing_of, sampled
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

    def cutouts(self, scenes: Scenes) -> tuple[Tensor, Tensor]:
        """Host and content before no backdrop, in even light, and how opaque the content is.

        (n, 4, size, size) in 0..1 with alpha multiplied in, and (n, size, size).
        """
        parts = [self._layers(part.to(self.device)) for part in _parts(scenes)]
        items = [_over(within, above)[:, 3] for _, within, _, above in parts]
        return torch.cat([_stacked(layers) for layers in parts]), torch.cat(items)

    def backdrops(self, scenes: Scenes) -> Tensor:
        """What stands behind each scene, in even light: a backdrop, or its place without content.

        (n, 3, size, size) in 0..1.
        """
        scenes = scenes.to(self.device)
        host, _, still = self._grids(scenes)
        picture = self._sheet("backdrops", self.tables.backdrop(scenes), still)
        behind, front = (
            torch.where(self.tables.is_place(scenes), tiles, 0)
            for tiles in self.tables.host_tiles(scenes)
        )
        place = _over(self._sheet("hosts", behind, host), self._sheet("hosts", front, host))
        return _over(picture, place)[:, :3]

    def _draw(self, scenes: Scenes) -> Tensor:
        picture = self._sheet("backdrops", self.tables.backdrop(scenes), self._grids(scenes)[2])
        picture = _over(picture, _stacked(self._layers(scenes)))[:, :3]
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
        maps = placing_of(scenes, is_place, shift)
        return [grid_of(one / self.reach, self.size) for one in maps]

    def _sheet(self, name: str, tiles: Tensor, grid: Tensor) -> Tensor:
        return sampled(self.tiles[name], tiles, grid)


def _over(under: Tensor, top: Tensor) -> Tensor:
    return top + under * (1 - top[:, 3:])


def _stacked(layers: list[Tensor]) -> Tensor:
    behind, within, front, above = layers
    return _over(_over(_over(behind, within), front), above)


def _lit(picture: Tensor, scenes: Scenes) -> Tensor:
    """Up to 16 % dimmer, so that nothing white is lost, and up to 4 % warmer or cooler."""
    light = 0.84 + 0.16 * scenes.value("light")
    warmth = 0.08 * (scenes.value("warmth") - 0.5)
    gain = torch.stack([light * (1 + warmth), light, light * (1 - warmth)], dim=1)
    return (picture * gain[:, :, None, None]).clamp(0, 1)


def _parts(scenes: Scenes) -> list[Scenes]:
    return [scenes[at : at + AT_ONCE] for at in range(0, max(1, len(scenes)), AT_ONCE)]
