"""Decorrelation after methods.md 4.6, on tiny CLIP encoders whose layers are the real kind."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from teacup_endpoints.asking import Ask, Concept, Drawn, Loaded
from teacup_endpoints.errors import Refused
from teacup_endpoints.methods import decorrelation
from teacup_endpoints.methods.decorrelation import METHOD, Parameters, correlated_word, setting_of
from teacup_endpoints.model import Model
from teacup_endpoints.parameters import parse
from teacup_endpoints.sampling import Hooks, guide, guide_to, sample, start
from teacup_endpoints.schedulers import SCHEDULERS
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
    train_loss,
    tune,
)

from .conftest import load

MakeAsk = Callable[..., Ask]
# Every word is one token: a tea cup of iced coke = 1 2 3 4 5 6. A random encoder attends to all
# alike, and "cup" happens to be the floor: "of" is what these can be decorrelated from.
PAIR = (Concept("tea cup"), Concept("iced coke"))
FAST = {"learning_rate": 1e-2, "among": "all"}
FOCUS = Focus(t=6, s=(4,), last=6)


def draw(model: Model, ask: Ask, cache: dict[Any, Any] | None = None, **raw: Any) -> Drawn:
    loaded, parameters = Loaded(model, cache={} if cache is None else cache), parse(Parameters, raw)
    METHOD.check(loaded, ask, parameters)
    return METHOD.run(loaded, ask, parameters)


def plain(model: Model, ask: Ask) -> torch.Tensor:
    return sample(start(model, ask), Hooks(guide_to(model, ask, ask.prompt))).latents


def told(drawn: Drawn) -> dict[str, Any]:
    return drawn.trace["decorrelation"]


def snapshot(model: Model) -> list[torch.Tensor]:
    tensors = [t for encoder in encoders_of(model) for t in encoder.state_dict().values()]
    return [tensor.clone() for tensor in tensors]


@pytest.fixture
def layers(base: Model, ask: MakeAsk) -> list[Layer]:
    return listen(base, ask().prompt)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_a_learning_rate_of_zero_is_plain_guidance(
    base: Model, ask: MakeAsk, scheduler: str
) -> None:
    asked = ask(scheduler=scheduler, concepts=PAIR)
    made = draw(base, asked, learning_rate=0)
    assert torch.equal(made.latents, plain(base, asked))
    for encoder in told(made)["encoders"]:
        assert encoder["l_align"] == 0
        assert encoder["l_val"] == encoder["l_corr"] == encoder["l_corr_before"]


def test_the_embeddings_change_and_the_model_does_not(ask: MakeAsk) -> None:
    for name in ("sdxl", "sd1"):
        model = load(name)
        before = snapshot(model)
        made = draw(model, ask(concepts=PAIR), **FAST)
        assert not torch.equal(made.latents, plain(model, ask()))
        after = snapshot(model)
        assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))
        assert len(told(made)["encoders"]) == len(encoders_of(model))
        for encoder in told(made)["encoders"]:
            assert encoder["l_corr"] < encoder["l_corr_before"]


def test_by_default_the_best_learning_rate_is_searched(ask: MakeAsk) -> None:
    layer = listen(load("sdxl"), ask().prompt)[1]
    rates = (1e-6, 3e-6, 1e-5, 3e-5, 1e-4)
    every = [one for rate in rates for one in epochs_of(layer, FOCUS, rate, Parameters())]
    before = corr_loss(layer.map(layer.weights), FOCUS)
    lowered = [one for one in every if one.l_corr < before]
    best = min(lowered, key=lambda one: one.l_val)
    kept = tune(layer, FOCUS, Parameters())
    assert (kept.learning_rate, kept.epoch) == (best.learning_rate, best.epoch)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_evals_are_those_of_plain_guidance(base: Model, ask: MakeAsk, scheduler: str) -> None:
    asked = ask(scheduler=scheduler, concepts=PAIR)
    before = base.counter.forwards, base.counter.backwards
    draw(base, asked, **FAST)
    steps = start(base, asked).steps
    plan = METHOD.plan_evals(Parameters(), asked, steps)
    assert (plan.least, plan.most, plan.backwards) == (2 * steps, 2 * steps, 0)
    assert base.counter.forwards - before[0] == plan.least * 3
    assert base.counter.backwards == before[1]


def test_permuting_the_seeds_permutes_the_images(base: Model, ask: MakeAsk) -> None:
    there = draw(base, ask(concepts=PAIR, seeds=(1, 2, 3)), **FAST).latents
    back = draw(base, ask(concepts=PAIR, seeds=(3, 1, 2)), **FAST).latents
    assert torch.equal(there, back[[1, 2, 0]])


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


def test_the_correlated_word_is_the_one_most_attended_to(base: Model, ask: MakeAsk) -> None:
    layers = listen(base, ask().prompt)
    references = [layer.map(layer.weights) for layer in layers]
    row = torch.stack(references).mean(0)
    setting = setting_of(base, ask(), Parameters(target="coke", among="all"))
    assert (setting.t, setting.last, setting.chosen_from) == (6, 6, "all")
    assert correlated_word(setting, references).tokens == (1 + int(row[6, 1:6].argmax()),)
    nouns = setting_of(base, ask(), Parameters(target="iced coke"))
    assert ([word.text for word in nouns.candidates], nouns.chosen_from) == (["cup"], "nouns")
    adjective = setting_of(base, ask(prompt="red cup"), Parameters(target="cup"))
    assert ([word.text for word in adjective.candidates], adjective.chosen_from) == (["red"], "all")
    named = setting_of(base, ask(), Parameters(target="coke", correlated="tea"))
    assert ([word.text for word in named.candidates], named.chosen_from) == (["tea"], "named")


def test_swapping_the_objects_swaps_their_parts(base: Model, ask: MakeAsk) -> None:
    there = told(draw(base, ask(concepts=PAIR), learning_rate=0))
    swapped = ask(prompt="iced coke in a tea cup", concepts=PAIR)
    back = told(draw(base, swapped, learning_rate=0))
    assert (there["target"], there["correlated"]) == ("iced coke", "cup")
    assert (back["target"], back["correlated"]) == ("tea cup", "coke")
    assert setting_of(base, ask(concepts=PAIR), Parameters()).t == 6
    assert setting_of(base, swapped, Parameters()).t == 6
    assert setting_of(base, swapped, Parameters()).candidates[0].tokens == (2,)


def test_words_in_several_pieces_count_as_one(base: Model, ask: MakeAsk) -> None:
    asked = ask(prompt="a teapot with a mugful")
    setting = setting_of(base, asked, Parameters(target="mugful"))
    assert len(setting.candidates[0].tokens) > 1
    ids = base.pipe.tokenizer(asked.prompt).input_ids
    assert setting.t == setting.last == len(ids) - 2
    made = told(draw(base, asked, target="mugful", **FAST))
    assert made["correlated"] == "teapot"


def test_only_queries_and_keys_are_tuned(layers: list[Layer]) -> None:
    for layer in layers:
        best = tune(layer, FOCUS, Parameters(learning_rate=1e-2))
        width = layer.hidden.shape[1]
        assert sum(tensor.numel() for tensor in best.weights.values()) == 2 * (width**2 + width)
        for name, tensor in layer.weights.items():
            assert torch.equal(tensor, best.weights[name]) is False
    # Nothing else could have a gradient: the loss is a function of these four tensors.


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


def test_tuning_that_does_not_help_is_refused(ask: MakeAsk) -> None:
    model = load("sd1")
    model.pipe.to(dtype=torch.bfloat16)
    # Steps that the model's type cannot hold.
    with pytest.raises(Refused, match=r"did not lower .* another method_params.learning_rate"):
        draw(model, ask(concepts=PAIR), learning_rate=1e-9, among="all")


def test_a_word_that_is_the_floor_already_is_left_alone(base: Model, ask: MakeAsk) -> None:
    with pytest.raises(Refused, match="'iced coke' attends to 'cup' less than to anything else"):
        draw(base, ask(concepts=PAIR))


def test_a_prompt_is_tuned_once_for_all_that_it_depends_on(ask: MakeAsk) -> None:
    model = load("sdxl")
    cache: dict[Any, Any] = {}
    asked = ask(concepts=PAIR)
    first = draw(model, asked, cache, **FAST)
    calls = model.prompts.calls
    again = draw(model, asked, cache, **FAST)
    assert model.prompts.calls == calls
    assert torch.equal(first.latents, again.latents)
    # What is only mixed differently is not tuned again.
    other = draw(model, asked, cache, pooled="reference", **FAST)
    assert model.prompts.calls == calls
    assert not torch.equal(other.latents, first.latents)
    for changes, raw in [
        ({"prompt": "a red tea cup of iced coke"}, FAST),
        ({}, {**FAST, "tau": 1.0}),
        ({"concepts": PAIR[:1]}, {**FAST, "target": "coke"}),
    ]:
        draw(model, ask(**{"concepts": PAIR, **changes}), cache, **raw)
        assert model.prompts.calls > calls
        calls = model.prompts.calls


def test_no_more_prompts_are_kept_than_memory_is_meant_for(
    ask: MakeAsk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decorrelation, "_KEPT_PROMPTS", 2)
    model = load("sd1")
    cache: dict[Any, Any] = {}
    quick = {"target": "coke", "learning_rate": 0, "epochs": 1}
    for count in range(1, 5):
        prompt = " ".join(["cup"] * count + ["coke"])
        draw(model, ask(prompt=prompt, seeds=(1,), steps=1), cache, **quick)
    assert len(cache["decorrelation"]) == 2


def test_the_null_side_is_the_original_encoders(ask: MakeAsk) -> None:
    model = load("sdxl")
    asked = ask(concepts=PAIR)
    own = draw(model, asked, **FAST).latents
    assert torch.equal(draw(model, asked, null="zeros", **FAST).latents, own)
    encoded = draw(model, asked, null="encode", learning_rate=0).latents
    empty, prompt = (model.prompts.encode(text, 64, 64) for text in ("", asked.prompt))
    hooks = Hooks(guide(model, empty, prompt, asked.guidance_scale))
    assert torch.equal(encoded, sample(start(model, asked), hooks).latents)
    assert not torch.equal(encoded, own)
    sd1 = load("sd1")
    own = draw(sd1, asked, **FAST).latents
    assert torch.equal(draw(sd1, asked, null="encode", **FAST).latents, own)
    assert not torch.equal(draw(sd1, asked, null="zeros", **FAST).latents, own)


def test_the_reference_pooled_vector_can_be_kept(ask: MakeAsk) -> None:
    model = load("sdxl")
    seen: list[torch.Tensor] = []
    model.unet.register_forward_pre_hook(
        lambda _, _args, given: seen.append(given["added_cond_kwargs"]["text_embeds"][-1]),
        with_kwargs=True,
    )
    reference = model.prompts.encode(ask().prompt, 64, 64).pooled
    assert reference is not None
    for pooled, same in (("reference", True), ("tuned", False)):
        draw(model, ask(concepts=PAIR, steps=1), pooled=pooled, **FAST)
        assert torch.equal(seen[-1], reference[0]) is same


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_narrow_types_make_finite_numbers(name: str, dtype: torch.dtype, ask: MakeAsk) -> None:
    model = load(name)
    model.pipe.to(dtype=dtype)
    asked = ask(concepts=PAIR, scheduler="euler")
    made = draw(model, asked, **FAST)
    assert made.latents.dtype == dtype
    assert bool(torch.isfinite(made.latents).all())
    assert all(one["l_corr"] < one["l_corr_before"] for one in told(made)["encoders"])
    assert torch.equal(draw(model, asked, learning_rate=0).latents, plain(model, asked))


@pytest.mark.parametrize(
    ("raw", "changes", "sentence"),
    [
        ({}, {}, "needs the object that goes missing"),
        ({"target": "glass"}, {}, "do not contain 'glass'"),
        ({}, {"concepts": (Concept("glass"), Concept("mug"))}, "'glass' or 'mug'"),
        ({"target": "coke"}, {"prompt": " ".join(["cup"] * 80) + " coke"}, "first 77 tokens"),
        ({"target": "a tea"}, {}, "Nothing stands before 'a tea'"),
        ({"target": "tea cup", "correlated": "coke"}, {}, "'coke' does not stand before"),
        (
            {"target": "coke", "null": "zeros"},
            {"negative_prompt": "red"},
            "no place for a negative",
        ),
        ({"target": "coke", "epoch": 21}, {}, "epoch is 21, and there are 20 epochs"),
        ({"target": "coke", "epochs": 0}, {}, "epochs is 0"),
        ({"target": "coke", "learning_rate": -1}, {}, "learning_rate is -1"),
        ({"target": "coke", "null": "none"}, {}, "one of encode, zeros"),
        ({"target": "coke", "lr": 1}, {}, "lr is not known here"),
    ],
)
def test_what_cannot_be_tuned_is_refused(
    sdxl: Model, ask: MakeAsk, raw: dict[str, Any], changes: dict[str, Any], sentence: str
) -> None:
    before = sdxl.counter.forwards
    with pytest.raises(Refused, match=sentence):
        draw(sdxl, ask(**changes), **raw)
    assert sdxl.counter.forwards == before


def test_an_encoder_of_another_kind_is_refused(ask: MakeAsk) -> None:
    model = load("sd1")
    model.pipe.text_encoder = torch.nn.Linear(2, 2)
    with pytest.raises(Refused, match="this model has another"):
        METHOD.check(Loaded(model), ask(), Parameters(target="coke"))
