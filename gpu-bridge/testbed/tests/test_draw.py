"""Pictures are a function of their scenes, and show what they say."""

import torch

from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.lexicon import HOSTS, NONE
from teacup_testbed.world.scenes import Scenes


def some(pairs: list[tuple[int, int]]) -> Scenes:
    return Scenes.of(pairs, torch.Generator().manual_seed(0))


def test_a_scene_is_drawn_the_same_alone_and_among_others() -> None:
    renderer = Renderer()
    scenes = some([(0, 1), (13, 20), (30, 25), (45, 46), (5, NONE), (NONE, 40)])
    together = renderer.draw(scenes)
    one_by_one = torch.cat([renderer.draw(scenes[k : k + 1]) for k in range(len(scenes))])
    assert together.shape == (6, 3, 64, 64)
    assert torch.equal(together, one_by_one)


def test_any_content_is_seen_in_or_at_any_host() -> None:
    renderer = Renderer()
    scenes = some([(content, host) for content in range(48) for host in range(len(HOSTS))])
    item, host = renderer.masks(scenes)
    assert item.flatten(1).sum(1).min() >= 30
    assert host.flatten(1).sum(1).min() >= 100
    assert not (item & host).any()
