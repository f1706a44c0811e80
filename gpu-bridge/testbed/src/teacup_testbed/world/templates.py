"""The second oracle: reads a picture by comparing it with what the world could have drawn.

It shares no weights, no training data and no code with the network that judges. Every candidate is
composed before the background that was found; the one that leaves the least unexplained is read.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from teacup_testbed.world.backgrounds import Backgrounds, far
from teacup_testbed.world.cutouts import Hosts, LoneContents, maps_of, warped
from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.lexicon import (
    FAMILIES,
    KINDS,
    LOOKS_LIKE,
    NONE,
    family_numbers,
    ids_of,
)
from teacup_testbed.world.poses import halved

# Hosts whose contents are tried.
TRIED = 6
# Contents of a host that are tried in every pose.
FEW = 8
# A pixel is explained when its colour is this near.
NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Reading:
    """content and host (n,) long, NONE for none; explained (n,): the share of pixels accounted for.

    Noodles and soup are read as the first id of their name (LOOKS_LIKE).
    """

    content: Tensor
    host: Tensor
    explained: Tensor


@dataclass(frozen=True, slots=True)
class _View:
    """A picture in even light, what stands behind it, and what that alone leaves unexplained."""

    picture: Tensor
    behind: Tensor
    bare: Tensor

    def left(self, cutouts: Tensor) -> Tensor:
        """How far each pixel is from each cutout before the background, up to FAR: (n, s, s)."""
        composed = cutouts[:, :3] + self.behind * (1 - cutouts[:, 3:])
        return far(composed, self.picture)

    def change(self, empty: Tensor, hidden: Tensor) -> Tensor:
        """What hosts leave unexplained against the background alone, where nothing hides them.

        Less is better; a difference, since hosts differ in how much of them is never hidden.
        """
        return ((self.left(empty) - self.bare) * (1 - hidden)).flatten(1).sum(1)


@dataclass(frozen=True, slots=True)
class _Candidate:
    content: int
    host: int
    # What is left unexplained of every pixel, (s, s).
    left: Tensor

    @property
    def cost(self) -> float:
        return float(self.left.sum())


class Templates:
    """Reads pictures of a world of some families; ValueError for an unknown one."""

    def __init__(
        self,
        device: torch.device | str = "cpu",
        families: tuple[str, ...] = tuple(family.id for family in FAMILIES),
    ) -> None:
        ids = ids_of(family_numbers(families))
        contents = sorted({LOOKS_LIKE[content] for content in ids})
        objects = [host for host in ids if KINDS[host] != "place"]
        renderer = Renderer(device)
        self.device = renderer.device
        self.backgrounds = Backgrounds(renderer, ids)
        self.lone = LoneContents(renderer, contents)
        self.hosts = Hosts(renderer, objects, contents) if objects else None

    def read(self, pictures: Tensor) -> Reading:
        """Of pictures (n, 3, 64, 64) uint8."""
        small = halved(pictures.to(self.device).float() / 255)
        read = [self._read(picture) for picture in small]
        return Reading(
            content=torch.tensor([one.content for one in read], dtype=torch.long),
            host=torch.tensor([one.host for one in read], dtype=torch.long),
            explained=torch.tensor([float((one.left < NEAR).float().mean()) for one in read]),
        )

    def _read(self, lit: Tensor) -> _Candidate:
        place, behind, light = self.backgrounds.find(lit)
        picture = lit / light
        view = _View(picture, behind, far(behind[None], picture)[0])
        candidates = [_Candidate(NONE, place, view.bare), self._lone(view, place)]
        if place == NONE and self.hosts:
            candidates += _at_hosts(self.hosts, view)
        return min(candidates, key=lambda candidate: candidate.cost)

    def _lone(self, view: _View, place: int) -> _Candidate:
        left = view.left(self.lone.pictures)
        best = int(left.flatten(1).sum(1).argmin())
        return _Candidate(int(self.lone.contents[best]), place, left[best])


def _at_hosts(hosts: Hosts, view: _View) -> list[_Candidate]:
    """The hosts that explain most where no content hides them, each with its best content."""
    change = view.change(hosts.empty.flatten(0, 1), hosts.hidden.flatten(0, 1))
    best = change.unflatten(0, hosts.empty.shape[:2]).min(1)
    tried: dict[int, int] = {}
    for look in best.values.argsort().tolist():
        tried.setdefault(int(hosts.host[look]), look)
    return [
        _filled(hosts, look, hosts.poses[best.indices[look]], view)
        for look in list(tried.values())[:TRIED]
    ]


def _filled(hosts: Hosts, look: int, pose: Tensor, view: _View) -> _Candidate:
    """A host's best content: first in the pose that fits the host, then the best few in all."""
    poses, empty, hidden = hosts.nearby(look, pose)
    maps = maps_of(poses)
    fits = view.change(empty, hidden).argmin()
    upright = warped(hosts.filled[look], maps[fits : fits + 1])[:, 0]
    left = view.left(upright).flatten(1).sum(1)
    few = left.topk(min(FEW, len(left)), largest=False).indices
    left = view.left(warped(hosts.filled[look][few], maps).flatten(0, 1))
    best = int(left.flatten(1).sum(1).argmin())
    content = hosts.contents[few[best // len(maps)].cpu()]
    return _Candidate(int(content), int(hosts.host[look]), left[best])
