"""The truth of a picture is where its content and its host are seen."""

import torch

from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.lexicon import NONE
from teacup_testbed.world.scenes import Scenes
from teacup_testbed.world.truth import truth_of


def test_a_content_is_where_it_changes_the_picture_of_its_host() -> None:
    pairs = [(12 * (k % 4) + k % 11, 12 * (k % 4) + (5 * k) % 12) for k in range(48)]
    filled = Scenes.of(pairs, torch.Generator().manual_seed(4))
    empty = Scenes(torch.full_like(filled.content, NONE), filled.host, filled.look)
    renderer = Renderer()
    change = (renderer.draw(filled).int() - renderer.draw(empty).int()).abs().amax(1) > 6
    mask = truth_of(filled, renderer).content_mask
    # Milk on white china changes little, and a shade lies outside its thing.
    assert (change & mask).sum() / mask.sum() > 0.9
    assert (change & mask).sum() / change.sum() > 0.7


def test_boxes_are_the_bounds_of_the_masks_and_empty_where_nothing_is_seen() -> None:
    scenes = Scenes.of([(3, 7), (NONE, 7), (40, NONE)], torch.Generator().manual_seed(4))
    truth = truth_of(scenes, Renderer())
    left, top, right, bottom = truth.host_box[0].tolist()
    assert truth.host_mask[0, top:bottom, left:right].sum() == truth.host_mask[0].sum()
    assert truth.host_mask[0, top].any() and truth.host_mask[0, bottom - 1].any()
    assert truth.host_mask[0, :, left].any() and truth.host_mask[0, :, right - 1].any()
    assert truth.content_box[1].tolist() == truth.host_box[2].tolist() == [0, 0, 0, 0]
    assert not truth.content_mask[1].any() and not truth.host_mask[2].any()


def test_hosts_are_large_and_what_they_hold_is_distinctly_seen() -> None:
    jars = Scenes.of([(k, 7) for k in range(12)], torch.Generator().manual_seed(4))
    truth = truth_of(jars, Renderer())
    height = (truth.host_box[:, 3] - truth.host_box[:, 1]) / 64
    assert (height > 0.5).all()
    # A fortieth of the picture.
    assert (truth.content_mask.flatten(1).sum(1) >= 64 * 64 / 40).all()
