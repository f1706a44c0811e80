"""One layer of an encoder tuned to a prompt, after methods.md 4.6: its map, losses and epochs."""

import pytest
import torch

from teacup_endpoints.methods.decorrelation import Parameters
from teacup_endpoints.model import Model
from teacup_endpoints.tuning import (
    Focus,
    Layer,
    Tuned,
    acting_layer,
    align_loss,
    corr_loss,
    encode_tuned,
    encoders_of,
    epochs_of,
    layers_of,
    listen,
    swapped,
    train_loss,
    tune,
)

from .conftest import MakeAsk, load

FOCUS = Focus(t=6, s=(4,), last=6)


@pytest.fixture
def layers(base: Model, ask: MakeAsk) -> list[Layer]:
    return listen(base, ask().prompt)


def test_by_default_the_best_learning_rate_is_searched(ask: MakeAsk) -> None:
    layer = listen(load("sdxl"), ask().prompt)[1]
    rates = (1e-6, 3e-6, 1e-5, 3e-5, 1e-4)
    every = [one for rate in rates for one in epochs_of(layer, FOCUS, rate, Parameters())]
    before = corr_loss(layer.map(layer.weights), FOCUS)
    lowered = [one for one in every if one.l_corr < before]
    best = min(lowered, key=lambda one: one.l_val)
    kept = tune(layer, FOCUS, Parameters())
    assert (kept.learning_rate, kept.epoch) == (best.learning_rate, best.epoch)


def test_the_map_is_the_encoders_own_and_causal(ask: MakeAsk) -> None:
    for name in ("sdxl", "sd1"):
        model = load(name)
        for encoder in encoders_of(model):
            encoder.set_attn_implementation("eager")
        layers = listen(model, ask().prompt)
        ids = model.pipe.tokenizer(ask().prompt, padding="max_length", return_tensors="pt")
        for place, encoder in enumerate(encoders_of(model)):
            # Another tokenizer pads otherwise, and no token sees what is behind it.
            own = len(model.pipe.tokenizer(ask().prompt).input_ids)
            out = encoder(ids.input_ids[:, :own], output_attentions=True)
            layer = layers[place]
            a = layer.map(layer.weights)
            theirs = out.attentions[layer.index][0].mean(0)
            assert torch.allclose(a[:own, :own], theirs, atol=1e-6)
            assert torch.allclose(a.sum(1), torch.ones(77), atol=1e-6)
            assert torch.equal(a.triu(1), torch.zeros(77, 77))


def test_the_layer_is_the_last_that_the_unet_reads(ask: MakeAsk) -> None:
    for name, expected in (("sdxl", [1, 1]), ("sd1", [2])):
        model = load(name)
        assert [acting_layer(model, encoder) for encoder in encoders_of(model)] == expected
        assert [layer.index for layer in listen(model, ask().prompt)] == expected


def test_tuning_the_last_layer_of_sdxl_would_change_nothing_that_the_unet_reads(
    ask: MakeAsk,
) -> None:
    model = load("sdxl")
    reference = model.prompts.encode_again(ask().prompt)

    def changed(index: int) -> list[bool]:
        """Whether each encoder's part of the tokens moves with its layer."""
        moved: list[bool] = []
        for encoder in encoders_of(model):
            attention = layers_of(encoder)[index].self_attn
            layer = Layer(attention, index, torch.zeros(77, 1))
            noisy = {k: v + 0.1 for k, v in layer.weights.items() if "q_proj" in k}
            tuned = Tuned({**layer.weights, **noisy}, 0, 1, 0, 0, 0)
            made = encode_tuned(model, ask().prompt, [layer], [tuned])
            moved.append(not torch.equal(made.tokens, reference.tokens))
        return moved

    assert changed(-1) == [False, False]
    assert changed(-2) == [True, True]


def test_only_queries_and_keys_are_tuned(layers: list[Layer]) -> None:
    for layer in layers:
        best = tune(layer, FOCUS, Parameters(learning_rate=1e-2))
        width = layer.hidden.shape[1]
        assert sum(tensor.numel() for tensor in best.weights.values()) == 2 * (width**2 + width)
        for name, tensor in layer.weights.items():
            assert torch.equal(tensor, best.weights[name]) is False


def test_while_a_tuned_layer_is_in_its_place_all_else_is_the_encoders_own(
    base: Model, ask: MakeAsk
) -> None:
    reference = base.prompts.encode_again(ask().prompt).tokens[0]
    for encoder, layer in zip(encoders_of(base), listen(base, ask().prompt), strict=True):
        own = {name: tensor.clone() for name, tensor in encoder.state_dict().items()}
        best = tune(layer, FOCUS, Parameters(learning_rate=1e-2))
        with swapped(layer.attention, best.weights):
            now = encoder.state_dict()
            changed = [name for name in own if not torch.equal(own[name], now[name])]
            embedded = base.prompts.encode_again(ask().prompt).tokens[0]
        assert sorted(name.rpartition("self_attn.")[2] for name in changed) == sorted(best.weights)
        assert all(torch.equal(own[name], now) for name, now in encoder.state_dict().items())
        # Every token behind the start attends to others, so each is moved, and the start is not.
        moved = (embedded != reference).any(dim=1).tolist()
        assert moved == [False, *[True] * 76]


def test_attention_to_the_correlated_word_falls(layers: list[Layer]) -> None:
    for layer in layers:
        before = layer.map(layer.weights)
        after = list(epochs_of(layer, FOCUS, 1e-2, Parameters()))[-1]
        now = layer.map(after.weights)
        assert now[6, 4] < before[6, 4]
        assert train_loss(now, FOCUS) < train_loss(before, FOCUS)
        assert after.l_corr < corr_loss(before, FOCUS)


def test_losses_are_those_of_the_equations() -> None:
    a = torch.tensor([[1.0, 0, 0, 0], [0.5, 0.5, 0, 0], [0.2, 0.3, 0.5, 0], [0.1, 0.4, 0.2, 0.3]])
    reference = a.clone()
    reference[2, 1] = 0.1
    reference[1, 0] = 0.0  # the start token is nobody's word
    focus = Focus(t=3, s=(1,), last=3)
    assert float(train_loss(a, focus)) == pytest.approx(0.4 - 0.2)
    assert corr_loss(a, focus) == pytest.approx(float(torch.tensor(0.4 / 0.3).log()))
    assert align_loss(a, reference, focus) == pytest.approx(0.2)
    both = Focus(t=3, s=(1, 2), last=3)
    assert float(train_loss(a, both)) == pytest.approx(0.6 - 0.2)


def test_alignment_leaves_the_three_focused_entries_out(layers: list[Layer]) -> None:
    focus = Focus(t=6, s=(3,), last=6)
    assert len(focus.aligned) == 6 * 7 // 2 - 3
    reference = layers[0].map(layers[0].weights)
    changed = reference.clone()
    for place in ((3, 3), (6, 3), (6, 6)):
        changed[place] += 0.25
    assert align_loss(changed, reference, focus) == 0
    changed[6, 5] += 0.125
    assert align_loss(changed, reference, focus) == pytest.approx(0.125)
    assert align_loss(changed, reference, Focus(t=2, s=(1,), last=2)) == 0


def test_the_floor_has_a_gradient_unless_it_is_detached() -> None:
    last = Focus(t=2, s=(1,), last=2)
    for detach, expected in ((False, [0.0, 1.0, -1.0]), (True, [0.0, 1.0, 0.0])):
        a = torch.tensor([[1.0, 0, 0], [0.5, 0.5, 0], [0.5, 0.4, 0.1]], requires_grad=True)
        train_loss(a, last, detach).backward()
        assert a.grad is not None
        assert a.grad[2].tolist() == expected


def test_the_epoch_kept_is_the_best_or_the_one_asked_for(layers: list[Layer]) -> None:
    for layer in layers:
        epochs = list(epochs_of(layer, FOCUS, 1e-2, Parameters()))
        assert [one.epoch for one in epochs] == list(range(1, 21))
        before = corr_loss(layer.map(layer.weights), FOCUS)
        # An epoch that moves nothing but the alignment is not the best of anything.
        best = min((one for one in epochs if one.l_corr < before), key=lambda one: one.l_val)
        assert tune(layer, FOCUS, Parameters(learning_rate=1e-2)).epoch == best.epoch
        asked = tune(layer, FOCUS, Parameters(learning_rate=1e-2, epoch=15))
        assert (asked.epoch, asked.l_val) == (15, epochs[14].l_val)
        for one in epochs:
            assert one.l_val == pytest.approx(one.l_corr + 5 * one.l_align)
