"""Pictures are a function of their scenes, and show what they say."""

import pytest
import torch

from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.lexicon import HOSTS, NONE
from teacup_testbed.world.scenes import LOOKS, Scenes
from teacup_testbed.world.truth import truth_of


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


CUP, JUNGLE = 1, HOSTS.index("jungle")
# A cup hides nothing of its backdrop, a place all of it; a content moves by itself only in a place.
OF_A_CUP = {"x", "y", "scale", "turn", "palette", "backdrop", "table", "light", "warmth"}
OF_A_PLACE = {"x", "y", "scale", "light", "warmth", "item_x", "item_scale"}


@pytest.mark.parametrize(("pair", "seen"), [((0, CUP), OF_A_CUP), ((12, JUNGLE), OF_A_PLACE)])
def test_every_nuisance_changes_the_looks_of_a_scene_and_what_it_shows_stays(
    pair: tuple[int, int], seen: set[str]
) -> None:
    renderer = Renderer()
    changed = set()
    for at, name in enumerate(LOOKS):
        looks = torch.full((2, len(LOOKS)), 0.5)
        looks[0, at], looks[1, at] = 0.02, 0.98
        content, host = (torch.full((2,), one) for one in pair)
        scenes = Scenes(content, host, looks)
        one, other = renderer.draw(scenes)
        if not torch.equal(one, other):
            changed.add(name)
        truth = truth_of(scenes, renderer)
        assert [truth.content.tolist(), truth.host.tolist()] == [[pair[0]] * 2, [pair[1]] * 2]
        assert truth.content_mask.flatten(1).any(1).all()
    assert changed == seen


def test_a_host_moves_by_8_percent_of_the_picture_and_grows_by_12() -> None:
    looks = torch.full((4, len(LOOKS)), 0.5)
    looks[0, LOOKS.index("x")], looks[1, LOOKS.index("x")] = 0.0, 1.0
    looks[2, LOOKS.index("scale")], looks[3, LOOKS.index("scale")] = 0.0, 1.0
    scenes = Scenes(torch.full((4,), NONE), torch.full((4,), CUP), looks)
    left, _, right, _ = truth_of(scenes, Renderer()).host_box.float().T
    middle, width = (left + right) / 2, right - left
    assert (middle[1] - middle[0]).item() / 64 == pytest.approx(0.16, abs=0.02)
    assert (width[3] / width[2]).item() == pytest.approx(1.12 / 0.88, abs=0.05)
