"""What stands before a background: every host with every content, and every lone content."""

import torch
from torch import Tensor
from torch.nn import functional

from teacup_testbed.world.atlas import read_index
from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.lexicon import NONE
from teacup_testbed.world.placing import grid_of, undoing
from teacup_testbed.world.poses import cutouts_of, posed
from teacup_testbed.world.scenes import Scenes


class LoneContents:
    """Contents without a host or on a place, (c * poses, 4, s, s), the contents outermost."""

    def __init__(self, renderer: Renderer, contents: list[int]) -> None:
        plain, _ = cutouts_of(renderer, posed([(content, NONE) for content in contents]))
        maps = maps_of(
            poses_of(
                scale=(0.88, 1.0, 1.14),
                dx=(-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3),
                dy=(-0.19, -0.12, -0.05, 0.02, 0.09),
            ).to(renderer.device)
        )
        self.pictures = warped(plain, maps).flatten(0, 1)
        self.contents = torch.tensor(contents).repeat_interleave(len(maps))


class Hosts:
    """Hosts that are objects, each in all its colours: l looks in p poses.

    empty (l, p, 4, s, s); hidden (l, p, s, s): how far any content could hide the host; filled
    (l, 1 + c, 4, s, s): upright, with nothing and with each content; poses (p, 4).
    """

    def __init__(self, renderer: Renderer, hosts: list[int], contents: list[int]) -> None:
        self.contents = torch.tensor([NONE, *contents])
        self.poses = poses_of(
            scale=(0.9, 1.0, 1.1), dx=(-0.13, -0.065, 0.0, 0.065, 0.13), dy=(-0.07, 0.0, 0.07)
        ).to(renderer.device)
        looks = read_index()["hosts"]
        most = max(len(host["looks"]) for host in looks)
        self.host = torch.tensor([host for host in hosts for _ in looks[host]["looks"]])
        scenes = [
            posed(((content, host) for content in (NONE, *contents)), palette=((k + 0.5) / most,))
            for host in hosts
            for k in range(len(looks[host]["looks"]))
        ]
        pictures, items = cutouts_of(renderer, Scenes.joined(scenes))
        self.filled = pictures.unflatten(0, (len(self.host), len(self.contents)))
        self.reach = items.unflatten(0, (len(self.host), len(self.contents))).amax(1)
        self.empty = warped(self.filled[:, 0], maps_of(self.poses))
        self.hidden = warped(self.reach[:, None], maps_of(self.poses))[:, :, 0]

    def nearby(self, look: int, pose: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Poses around one, (q, 4), and the look's empty and hidden in them."""
        steps = poses_of(
            scale=(-0.04, 0.0, 0.04),
            dx=(-0.03, 0.0, 0.03),
            dy=(-0.035, 0.0, 0.035),
            turn=(-0.045, 0.0, 0.045),
        )
        poses = pose + steps.to(pose.device)
        maps = maps_of(poses)
        empty = warped(self.filled[look : look + 1, 0], maps)[0]
        hidden = warped(self.reach[look : look + 1, None], maps)[0, :, 0]
        return poses, empty, hidden


def poses_of(
    scale: tuple[float, ...],
    dx: tuple[float, ...],
    dy: tuple[float, ...],
    turn: tuple[float, ...] = (0.0,),
) -> Tensor:
    """Every combination of scale, dx, dy and turn, (p, 4)."""
    return torch.cartesian_prod(*(torch.tensor(values) for values in (scale, dx, dy, turn)))


def maps_of(poses: Tensor) -> Tensor:
    """The maps from the picture to the upright cutout, (p, 2, 3)."""
    scale, dx, dy, turn = poses.unbind(1)
    return undoing(scale, turn, dx, dy)


def warped(pictures: Tensor, maps: Tensor) -> Tensor:
    """Pictures (n, c, s, s) by maps (p, 2, 3): (n, p, c, s, s)."""
    n, _, size, _ = pictures.shape
    whole = grid_of(maps, size).reshape(1, len(maps) * size, size, 2).expand(n, -1, -1, -1)
    drawn = functional.grid_sample(pictures, whole, align_corners=False)
    return drawn.unflatten(2, (len(maps), size)).movedim(2, 1)
