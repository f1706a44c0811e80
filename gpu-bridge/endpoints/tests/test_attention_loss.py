"""The loss of Attend-and-Excite on the attention to the text, after methods.md 7."""

from typing import Any

import pytest
import torch

from teacup_endpoints.asking import Ask, Drawn, Loaded
from teacup_endpoints.attention import text_layers
from teacup_endpoints.attention_loss import AttentionLoss, loss_of
from teacup_endpoints.methods.attend_and_excite import METHOD, Parameters, look_at
from teacup_endpoints.model import Model
from teacup_endpoints.sampling import State, start

from .conftest import PAIR, MakeAsk, drawn, load

NO_REFINEMENT = {"refine_at": [], "refine_until": []}
# Random weights attend to every token alike: no threshold above 0.2 is ever reached.
SIZE = {"width": 128, "height": 128}


def draw(model: Model, ask: Ask, **raw: Any) -> Drawn:
    return drawn(METHOD, Loaded(model), ask, **raw)


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
@pytest.mark.parametrize("scheduler", ["euler", "ddim"])
def test_the_gradient_is_taken_at_the_scaled_latents(
    name: str, ask: MakeAsk, scheduler: str
) -> None:
    """Catches Euler's unscaled latents, which have a deviation of about 13 at the first step."""
    model = load(name)
    seen: list[torch.Tensor] = []
    model.unet.register_forward_pre_hook(
        lambda _unet, args: seen.append(args[0].detach()) if args[0].requires_grad else None
    )
    asked = ask(concepts=PAIR, scheduler=scheduler)
    state = start(model, asked)
    expected = state.scaled(state.latents)
    draw(model, asked, altered_steps=1, **NO_REFINEMENT)
    assert torch.equal(seen[0], expected)


def loss_at(model: Model, asked: Ask, state: State, x: torch.Tensor) -> Any:
    return AttentionLoss(model, asked, look_at(model, asked, Parameters()))(state, x)


def test_the_gradient_is_the_losses_own_and_a_small_step_lowers_it(
    base: Model, ask: MakeAsk
) -> None:
    asked = ask(concepts=PAIR, scheduler="ddim", **SIZE)
    state = start(base, asked)
    loss, gradient = loss_at(base, asked, state, state.latents)
    assert bool(((loss >= 0) & (loss <= 1)).all())
    direction = gradient / gradient.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
    ahead, _ = loss_at(base, asked, state, state.latents + 1e-2 * direction)
    back, _ = loss_at(base, asked, state, state.latents - 1e-2 * direction)
    assert bool((back < loss).all())
    slope = (ahead - back) / 2e-2
    assert torch.allclose(slope, gradient.flatten(1).norm(dim=1), rtol=0.1)


def test_a_step_under_euler_moves_the_scaled_latents_by_the_step_size(
    sdxl: Model, ask: MakeAsk
) -> None:
    asked = ask(concepts=PAIR, scheduler="euler")
    state = start(sdxl, asked)
    _, gradient = loss_at(sdxl, asked, state, state.latents)
    before = state.scaled(state.latents)
    seen: list[torch.Tensor] = []
    hook = sdxl.unet.register_forward_pre_hook(lambda _unet, args: seen.append(args[0].detach()))
    draw(sdxl, asked, altered_steps=1, **NO_REFINEMENT)
    hook.remove()
    assert torch.allclose(seen[1][:3], before - 20 * gradient, atol=1e-6)


def test_the_loss_is_the_worst_words_best_cell() -> None:
    mean = torch.zeros(1, 9, 5)
    mean[0, 4, 1], mean[0, 8, 2], mean[0, :, 3] = 1.0, 0.001, 0.0
    one, both = loss_of(mean, [[1]], -1, (3, 3)), loss_of(mean, [[1], [2]], -1, (3, 3))
    middle = 1 / (1 + 2 * float(torch.exp(torch.tensor(-1.0)))) ** 2
    assert float(one) == pytest.approx(1 - middle - (1 - middle) / 3, abs=1e-3)
    assert float(both) > float(one)


def test_other_tokens_count_through_the_softmax_alone() -> None:
    torch.manual_seed(1)
    mean = torch.rand(2, 9, 8) / 100
    loss = loss_of(mean, [[2], [3]], 6, (3, 3))
    # Who of the others has which share of it is all the same, and what is behind the end.
    swapped = mean[:, :, [0, 1, 2, 3, 5, 4, 6, 7]]
    swapped[:, :, [0, 6, 7]] = 1.0
    assert torch.allclose(loss_of(swapped, [[2], [3]], 6, (3, 3)), loss, atol=1e-6)
    mean[:, :, 4] += 0.01
    assert bool((loss_of(mean, [[2], [3]], 6, (3, 3)) > loss).all())


def test_a_round_of_refinement_with_a_small_step_does_not_raise_the_loss(
    base: Model, ask: MakeAsk
) -> None:
    asked = ask(concepts=PAIR, **SIZE)
    state = start(base, asked)
    before, _ = loss_at(base, asked, state, state.latents)
    once = {"altered_steps": 0, "refine_at": [0], "refine_until": [1.0], "refine_rounds": 1}
    # Gradients of random weights are a thousandth, so the latents move by less than one.
    made = draw(base, asked, step_size=500, **once)
    assert made.per_image is not None
    after = torch.tensor([image["losses"][0] for image in made.per_image])
    assert bool((after < before).all())


def test_the_softmax_ends_with_the_text_for_sdxl_and_not_for_sd1(
    sdxl: Model, sd1: Model, ask: MakeAsk
) -> None:
    asked = ask(concepts=PAIR)
    assert look_at(sdxl, asked, Parameters()).end == 7
    assert look_at(sd1, asked, Parameters()).end == -1
    assert look_at(sd1, asked, Parameters(softmax_over="text")).end == 7


def test_layers_of_the_quarter_grid_are_those_of_the_paper(sdxl: Model, ask: MakeAsk) -> None:
    cells = [layer.cell for layer in text_layers(sdxl.unet)]
    assert sorted(set(cells)) == [2, 4]
    look = look_at(sdxl, ask(concepts=PAIR, width=1024, height=1024), Parameters())
    assert {layer.cell for layer in look.layers} == {4}
    assert look.layers[0].grid(128, 128) == (32, 32)
    half = look_at(sdxl, ask(concepts=PAIR), Parameters(grid="half"))
    assert len(half.layers) + len(look.layers) == len(cells)


def test_words_are_found_as_tokens_and_a_cut_word_has_pieces(sdxl: Model, ask: MakeAsk) -> None:
    asked = ask(prompt="A Zebra in a tea cup", seeds=(1,))
    made = draw(sdxl, asked, words=["tea cup", "zebra"], altered_steps=1)
    assert made.trace["tokens"] == [
        {"word": "tea", "tokens": [9]},
        {"word": "cup", "tokens": [10]},
        {"word": "Zebra", "tokens": [2, 3, 4, 5, 6]},
    ]
    assert look_at(sdxl, asked, Parameters(words=("zebra",))).words == [(6,)]
    mean = Parameters(words=("zebra",), pieces="mean")
    assert look_at(sdxl, asked, mean).words == [(2, 3, 4, 5, 6)]


def test_two_words_of_the_same_letters_are_two_and_a_shared_one_is_one(
    sdxl: Model, ask: MakeAsk
) -> None:
    asked = ask(prompt="a red cup and a black cup")
    cups = look_at(sdxl, asked, Parameters(words=("red cup", "black cup"))).words
    assert cups == [(2,), (3,), (6,), (7,)]
    shared = look_at(sdxl, asked, Parameters(words=("red cup", "red"))).words
    assert shared == [(2,), (3,)]


def test_processors_are_back_whatever_happens(sd1: Model, ask: MakeAsk) -> None:
    before = list(sd1.unet.attn_processors.values())
    draw(sd1, ask(concepts=PAIR), altered_steps=1)
    assert list(sd1.unet.attn_processors.values()) == before
    failing = sd1.unet.register_forward_hook(lambda *_: (_ for _ in ()).throw(KeyError("broken")))
    with pytest.raises(KeyError):
        draw(sd1, ask(concepts=PAIR), altered_steps=1)
    failing.remove()
    assert list(sd1.unet.attn_processors.values()) == before
