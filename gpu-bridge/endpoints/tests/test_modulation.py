"""How logits of attention are modulated, after methods.md 5.6; masks."""

import pytest
import torch

from teacup_endpoints.attention import text_layers
from teacup_endpoints.masks import read_mask, resize_mask, write_mask
from teacup_endpoints.model import Model
from teacup_endpoints.modulation import (
    Modulate,
    ModulateItself,
    Modulation,
    Place,
    modulated,
    step_weight,
)


def box(top: int, left: int, bottom: int, right: int, side: int = 128) -> torch.Tensor:
    mask = torch.zeros(side, side, dtype=torch.bool)
    mask[top:bottom, left:right] = True
    return mask


def trial(seed: int, objects: int, score: float = 2.0) -> tuple[torch.Tensor, ...]:
    """Random logits of 20 cells and 9 tokens, objects of one token each, in disjoint masks."""
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(20, 9, generator=generator) * 5
    inside = torch.zeros(20, 9, dtype=torch.bool)
    weight = torch.zeros(1, 9)
    for index in range(objects):
        cells = torch.arange(20) // 5 == index
        inside[:, 2 + index] = cells
        weight[0, 2 + index] = min(1.0, score * float(torch.rand(1, generator=generator)))
    return logits, inside, weight


def test_one_objects_token_never_falls_inside_and_never_rises_outside() -> None:
    for seed in range(200):
        logits, inside, weight = trial(seed, objects=1)
        change = modulated(logits, inside, weight).softmax(-1) - logits.softmax(-1)
        assert bool((change[:5, 2] >= -1e-6).all())
        assert bool((change[5:, 2] <= 1e-6).all())


def test_outside_of_every_mask_the_objects_together_do_not_rise() -> None:
    for seed in range(200):
        logits, inside, weight = trial(seed, objects=3)
        change = modulated(logits, inside, weight).softmax(-1) - logits.softmax(-1)
        assert bool((change[15:, 2:5].sum(-1) <= 1e-6).all())


def test_the_clamp_keeps_logits_in_their_rows_range_and_without_it_they_leave() -> None:
    left = 0
    for seed in range(200):
        logits, inside, weight = trial(seed, objects=3)
        low, high = logits.amin(-1, keepdim=True), logits.amax(-1, keepdim=True)
        made = modulated(logits, inside, weight)
        assert bool(((made >= low - 1e-5) & (made <= high + 1e-5)).all())
        assert torch.allclose(made.softmax(-1).sum(-1), torch.ones(20))
        wild = modulated(logits, inside, 2 * (weight > 0))
        left += int(((wild < low - 1e-5) | (wild > high + 1e-5)).any())
    assert left > 190


def test_columns_of_no_object_keep_their_logits() -> None:
    logits, inside, weight = trial(1, objects=2)
    made = modulated(logits, inside, weight)
    assert torch.equal(made[:, [0, 1, *range(4, 9)]], logits[:, [0, 1, *range(4, 9)]])


def test_the_steps_weight_falls_with_the_fifth_power() -> None:
    assert step_weight(1000, 1000, 1.0) == 1.0
    assert step_weight(500, 1000, 1.0) == pytest.approx(1 / 32)
    assert Place(0, "x", range(1, 2), 2.0, box(0, 0, 64, 128)).weight == pytest.approx(1.0)


def test_objects_that_share_a_token_are_both_its_place(sdxl: Model) -> None:
    places = [
        Place(0, "tea cup", range(2, 4), 2.0, box(0, 0, 128, 64)),
        Place(0, "cup", range(3, 4), 0.5, box(0, 64, 128, 128)),
    ]
    shared = Modulation(sdxl, places, rows=1, tokens=77)
    assert shared.weight[0, 2:4].tolist() == [1.0, 1.0]
    assert shared.weight[1].sum() == 0
    assert shared.inside((4, 4))[0, :, 3].all()
    assert shared.inside((4, 4))[0, :, 2].tolist() == [True, True, False, False] * 4


def test_cells_of_an_object_look_at_each_other_and_other_cells_as_before() -> None:
    for seed in range(200):
        generator = torch.Generator().manual_seed(seed)
        logits = torch.randn(16, 16, generator=generator) * 5
        own = torch.rand(16, generator=generator) < 0.4
        weight = own[:, None] * float(torch.rand(1, generator=generator))
        made = modulated(logits, own[:, None] & own[None, :], weight)
        change = made.softmax(-1) - logits.softmax(-1)
        assert bool((change[own][:, own].sum(-1) >= -1e-6).all())
        assert torch.equal(made[~own], logits[~own])
        low, high = logits.amin(-1, keepdim=True), logits.amax(-1, keepdim=True)
        assert bool(((made >= low - 1e-5) & (made <= high + 1e-5)).all())


def test_cells_among_themselves_are_those_of_one_object(sdxl: Model) -> None:
    places = [
        Place(0, "tea cup", range(2, 4), 2.0, box(0, 0, 128, 64)),
        Place(0, "iced coke", range(5, 7), 0.5, box(0, 64, 64, 128)),
    ]
    inside, weight = Modulation(sdxl, places, rows=1, tokens=77).among((2, 2))
    # Cells: cup, coke, cup, nothing.
    assert weight[0, :, 0].tolist() == [1.0, 0.375, 1.0, 0.0]
    assert inside[0].int().tolist() == [[1, 0, 1, 0], [0, 1, 0, 0], [1, 0, 1, 0], [0] * 4]
    assert not inside[1].any()
    assert weight[1].sum() == 0


@pytest.mark.parametrize("kind", [Modulate, ModulateItself])
def test_logits_are_made_in_float32_whatever_the_networks_type(
    sdxl: Model, kind: type[Modulate]
) -> None:
    """Products that leave float16: in it they would be infinite, and their row no number."""
    layer = text_layers(sdxl.unet)[0].attention
    torch.manual_seed(0)
    width = layer.to_q.out_features // layer.heads
    query, key = (300 * torch.randn(layer.heads, 4, width) for _ in range(2))
    shared = Modulation(
        sdxl, [Place(0, "tea cup", range(1, 2), 2.0, box(0, 0, 128, 64))], rows=1, tokens=4
    )
    processor = kind(shared, (2, 2), 1.0)
    sdxl.marks = torch.tensor([0])
    try:
        narrow = processor.weigh(layer, query.half(), key.half(), None)
        wide = processor.weigh(layer, query.half().float(), key.half().float(), None)
    finally:
        sdxl.marks = None
    assert narrow.dtype == torch.float16
    assert torch.equal(narrow, wide.half())


def test_masks_travel_as_pngs_and_shrink_to_the_nearest_cell() -> None:
    mask = box(3, 5, 60, 70)
    assert torch.equal(read_mask(write_mask(mask), "mask"), mask)
    assert resize_mask(box(0, 0, 64, 64), (2, 2)).tolist() == [[True, False], [False, False]]
