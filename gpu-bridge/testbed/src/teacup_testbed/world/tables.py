"""Which tiles a scene is made of: the atlas' index as tensors."""

from collections.abc import Sequence

import torch
from torch import Tensor

from teacup_testbed.world.atlas import read_index
from teacup_testbed.world.lexicon import KINDS, NONE
from teacup_testbed.world.scenes import LOOKS, Scenes

INDOORS, OUTDOORS = 0, 1


class Tables:
    """Lookups by host and content; the last row of each stands for NONE."""

    looks = len(LOOKS)

    def __init__(self, device: torch.device) -> None:
        index = read_index()
        hosts = index["hosts"]

        def table(values: Sequence[object]) -> Tensor:
            return torch.tensor(values, device=device)

        most = max(len(host["looks"]) for host in hosts)
        # A host with fewer colours than another repeats its own.
        palettes = [[host["looks"][k % len(host["looks"])] for k in range(most)] for host in hosts]
        self.host = table([*palettes, [[-1, -1]] * most]) + 1  # (49, palettes, 2)
        lone = [[tile, -1] for tile in index["alone"]]
        nothing = [-1, -1]
        self.item = table([[*host["items"], nothing] for host in hosts] + [[*lone, nothing]]) + 1
        self.shifts = table([host["shift"] for host in hosts] + [[0, 0]]) / 256  # (49, 2)
        self.places = table([*(kind == "place" for kind in KINDS), False])
        outdoors = [kind == "tree" for kind in KINDS]
        self.outdoors = table([*outdoors, False])
        indoor, outdoor = (index["backdrops"][name] for name in ("indoors", "outdoors"))
        self.indoor_tiles = table([entry["tile"] for entry in indoor]) + 1
        self.outdoor_tiles = table([entry["tile"] for entry in outdoor]) + 1

    def host_tiles(self, scenes: Scenes) -> tuple[Tensor, Tensor]:
        """The tiles behind and in front of the content, (n,) each."""
        palette = (scenes.value("palette") * self.host.shape[1]).long()
        tiles = self.host[scenes.host, palette]
        return tiles[:, 0], tiles[:, 1]

    def item_tiles(self, scenes: Scenes) -> tuple[Tensor, Tensor]:
        """The tiles of the content within and above its host, (n,) each."""
        tiles = self.item[scenes.host, scenes.content]
        return tiles[:, 0], tiles[:, 1]

    def is_place(self, scenes: Scenes) -> Tensor:
        return self.places[scenes.host]

    def shift(self, scenes: Scenes) -> Tensor:
        """How far a content moves to stand on its place's ground, (n, 2) in half canvases."""
        return self.shifts[scenes.host]

    def backdrop(self, scenes: Scenes) -> Tensor:
        """The tile of the backdrop, (n,); a place hides it."""
        indoor, outdoor = (backdrop_numbers(scenes, side) for side in (INDOORS, OUTDOORS))
        is_outdoors = self.outdoors[scenes.host]
        return torch.where(is_outdoors, self.outdoor_tiles[outdoor], self.indoor_tiles[indoor])


def backdrop_numbers(scenes: Scenes, side: int) -> Tensor:
    """Which backdrop of the list a scene's look picks, (n,)."""
    count = len(read_index()["backdrops"][("indoors", "outdoors")[side]])
    return (scenes.value("backdrop") * count).long()


def backdrop_names(scenes: Scenes) -> list[str | None]:
    """What stands behind each scene: the id of its backdrop; None for a place, which hides it."""
    index = read_index()["backdrops"]
    indoor, outdoor = (backdrop_numbers(scenes, side).tolist() for side in (INDOORS, OUTDOORS))

    def name(at: int, host: int) -> str | None:
        kind = "" if host == NONE else KINDS[host]
        if kind == "place":
            return None
        if kind == "tree":
            return index["outdoors"][outdoor[at]]["id"]
        return index["indoors"][indoor[at]]["id"]

    return [name(at, host) for at, host in enumerate(scenes.host.tolist())]
