"""Which backdrop or place stands behind a picture, and in which light."""

import torch
from torch import Tensor

from teacup_testbed.world.atlas import read_index
from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.lexicon import KINDS, NONE
from teacup_testbed.world.poses import EVEN, FINE, halved, posed
from teacup_testbed.world.scenes import Scenes

# Colours further apart than this are no more alike than any two.
FAR = 0.2
# What the light may do to a channel.
DIMMEST, BRIGHTEST = 0.78, 1.06


class Backgrounds:
    """Pictures of every place of the hosts and every backdrop, (b, 3, s, s) at half size."""

    def __init__(self, renderer: Renderer, hosts: list[int]) -> None:
        places = [(NONE, host) for host in hosts if KINDS[host] == "place"]
        scenes = [posed(places, x=FINE, y=EVEN, scale=EVEN)] if places else []
        scenes.append(_backdrops(NONE, "indoors"))
        trees = [host for host in hosts if KINDS[host] == "tree"]
        if trees:
            scenes.append(_backdrops(trees[0], "outdoors"))
        all_scenes = Scenes.joined(scenes)
        drawn = [
            renderer.backdrops(all_scenes[at : at + 256]) for at in range(0, len(all_scenes), 256)
        ]
        self.pictures = halved(torch.cat(drawn))
        is_place = torch.tensor(
            [KINDS[host] == "place" if host != NONE else False for host in all_scenes.host.tolist()]
        )
        self.place = torch.where(is_place, all_scenes.host, NONE).to(renderer.device)

    def find(self, picture: Tensor) -> tuple[int, Tensor, Tensor]:
        """Of a picture (3, s, s): its place or NONE, what stands behind it, its light (3, 1, 1)."""
        light = _light(picture, self.pictures)
        lit = (self.pictures * light).clamp(0, 1)
        best = far(lit, picture).flatten(1).mean(1).argmin()
        return int(self.place[best]), self.pictures[best], light[best]


def far(guesses: Tensor, picture: Tensor) -> Tensor:
    """How far each pixel's colour is from each guess', up to FAR: (n, s, s)."""
    return (guesses - picture).abs().mean(1).clamp(max=FAR)


def _light(picture: Tensor, backgrounds: Tensor) -> Tensor:
    """The channels' gains that most pixels agree on: (b, 3, 1, 1)."""
    ratio = picture / backgrounds.clamp(min=0.05)
    # What stands before the background says nothing of its light: the edge is mostly free.
    edge = torch.ones(picture.shape[-2:], dtype=torch.bool, device=picture.device)
    edge[4:, 4:-4] = False
    return ratio[:, :, edge].median(dim=2).values.clamp(DIMMEST, BRIGHTEST)[:, :, None, None]


def _backdrops(host: int, side: str) -> Scenes:
    count = len(read_index()["backdrops"][side])
    middles = [(k + 0.5) / count for k in range(count)]
    return posed([(NONE, host)], backdrop=middles, table=FINE)
